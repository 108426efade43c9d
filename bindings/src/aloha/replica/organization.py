"""The organization of a replica: its settings and its emoji, and what follows from them for the user."""

from collections.abc import Callable
from typing import Any

from .permissions import refresh_permissions

State = dict[str, Any]
Event = dict[str, Any]


def apply_realm(state: State, event: Event) -> None:
    if "realm_name" not in state:
        return
    match event["op"]:
        case "update":
            _set(state, event["property"], event["value"])
        case "update_dict":
            for name, value in event["data"].items():
                _set(state, name, value)
    refresh_permissions(state)


def _set(state: State, name: str, value: Any) -> None:
    field = name if name == "max_file_upload_size_mib" else f"realm_{name}"
    if field in state:
        state[field] = value
    match name:
        case "authentication_methods":
            email = bool(value.get("Email", {}).get("enabled"))
            state |= {"realm_email_auth_enabled": email, "realm_password_auth_enabled": email}
        case "message_edit_history_visibility_policy":
            state["realm_allow_edit_history"] = value != "none"


def apply_realm_emoji(state: State, event: Event) -> None:
    if "realm_emoji" in state:
        state["realm_emoji"] = event["realm_emoji"]


def apply_realm_domains(state: State, event: Event) -> None:
    if "realm_domains" not in state:
        return
    match event["op"]:
        case "add":
            state["realm_domains"].append(event["realm_domain"])
        case "change":
            for one in state["realm_domains"]:
                if one["domain"] == event["realm_domain"]["domain"]:
                    one.update(event["realm_domain"])
        case "remove":
            state["realm_domains"] = [one for one in state["realm_domains"] if one["domain"] != event["domain"]]


def _replace(field: str) -> Callable[[State, Event], None]:
    """For events that carry the whole list."""

    def apply(state: State, event: Event) -> None:
        if field in state:
            state[field] = event[field]

    return apply


APPLY: dict[str, Callable[[State, Event], None]] = {
    "realm": apply_realm,
    "realm_domains": apply_realm_domains,
    "realm_emoji": apply_realm_emoji,
    "realm_filters": _replace("realm_filters"),
    "realm_linkifiers": _replace("realm_linkifiers"),
    "realm_playgrounds": _replace("realm_playgrounds"),
    "muted_topics": _replace("muted_topics"),
    "muted_users": _replace("muted_users"),
    "onboarding_steps": _replace("onboarding_steps"),
}
