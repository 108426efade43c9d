"""People, groups and bots of a replica."""

import json
from collections.abc import Callable
from typing import Any

from .permissions import refresh_permissions

State = dict[str, Any]
Event = dict[str, Any]

CHOICE = 3  # the type of a custom profile field
OWNER, ADMIN, MODERATOR, GUEST = 100, 200, 300, 600


def apply_realm_user(state: State, event: Event) -> None:
    if "realm_users" not in state:
        return
    person = event["person"]
    match event["op"]:
        case "add":
            _remove(state, person["user_id"])
            shown = {name: value for name, value in person.items() if name != "is_active"}
            state["realm_users" if person.get("is_active", True) else "realm_non_active_users"].append(shown)
        case "remove":
            _remove(state, person["user_id"])
            _forget_status(state, person["user_id"])
        case "update" if "custom_profile_field" in person:
            _fill_in(state, person["user_id"], person["custom_profile_field"])
        case "update":
            _update(state, person)
    _follow_groups(state, event["op"], person)
    refresh_permissions(state)


def _follow_groups(state: State, op: str, person: dict[str, Any]) -> None:
    """Who goes out of a guest's view stands in no group that it sees; who comes into it is named in theirs after."""
    if op == "update" or "realm_user_groups" not in state:
        return
    for group in state["realm_user_groups"]:
        if person["user_id"] in group["members"]:
            group["members"].remove(person["user_id"])


def _update(state: State, person: dict[str, Any]) -> None:
    user_id = person["user_id"]
    changes = {name: value for name, value in person.items() if name != "user_id"}
    if "email" in changes and "timezone" in changes:
        changes = {"timezone": changes["timezone"]}
    if "new_email" in changes:
        changes["email"] = changes.pop("new_email")
    if "role" in changes:
        role = changes["role"]
        changes |= {"is_owner": role == OWNER, "is_admin": role <= ADMIN, "is_guest": role == GUEST}
    medium = changes.pop("avatar_url_medium", None)
    source = changes.pop("avatar_source", None)
    is_active = changes.pop("is_active", None)
    for name in ("realm_users", "realm_non_active_users"):
        for user in state[name]:
            if user["user_id"] == user_id:
                user.update(changes)
    for bot in state.get("realm_bots", ()):
        if bot["user_id"] == user_id and "email" in changes:
            bot["email"] = changes["email"]
    if is_active is False:
        _forget_status(state, user_id)
    if is_active is not None:
        _move(state, user_id, "realm_users" if is_active else "realm_non_active_users")
    if user_id == state.get("user_id"):
        own = {name: value for name, value in changes.items() if name in state}
        if "role" in changes:
            own["is_moderator"] = changes["role"] <= MODERATOR
        if source is not None:
            # One's own is always spelled out: the medium one without its size.
            own |= {"avatar_source": source, "avatar_url_medium": medium}
            own["avatar_url"] = changes["avatar_url"] or medium.replace("&s=500", "")
        state.update(own)


def _fill_in(state: State, user_id: int, field: dict[str, Any]) -> None:
    """A custom profile field of somebody; null clears it."""
    shown = {name: value for name, value in field.items() if name != "id"}
    for name in ("realm_users", "realm_non_active_users"):
        for user in state[name]:
            if user["user_id"] == user_id and field["value"] is None:
                user["profile_data"].pop(str(field["id"]), None)
            elif user["user_id"] == user_id:
                user["profile_data"][str(field["id"])] = shown


def _forget_status(state: State, user_id: int) -> None:
    state.get("user_status", {}).pop(str(user_id), None)


def apply_user_status(state: State, event: Event) -> None:
    """What is given is new, and what is empty is cleared."""
    if "user_status" not in state:
        return
    status = dict(state["user_status"].get(str(event["user_id"]), {}))
    status |= {name: value for name, value in event.items() if name not in ("type", "id", "user_id")}
    if not status.get("emoji_name"):
        status.pop("reaction_type", None)
    status = {name: value for name, value in status.items() if value}
    if status:
        state["user_status"][str(event["user_id"])] = status
    else:
        _forget_status(state, event["user_id"])


def apply_custom_profile_fields(state: State, event: Event) -> None:
    """All fields. What people entered goes with a field, and what they chose with an option, that is gone."""
    if "custom_profile_fields" in state:
        state["custom_profile_fields"] = event["fields"]
    fields = {str(field["id"]): field for field in event["fields"]}
    for name in ("realm_users", "realm_non_active_users"):
        for user in state.get(name, ()):
            if "profile_data" in user:
                kept = user["profile_data"].items()
                user["profile_data"] = {id_: value for id_, value in kept if _is_kept(fields.get(id_), value["value"])}


def _is_kept(field: dict[str, Any] | None, value: str) -> bool:
    if field is None:
        return False
    return field["type"] != CHOICE or value in json.loads(field["field_data"])


def _remove(state: State, user_id: int) -> None:
    for name in ("realm_users", "realm_non_active_users"):
        state[name] = [user for user in state[name] if user["user_id"] != user_id]


def _move(state: State, user_id: int, to: str) -> None:
    for name in ("realm_users", "realm_non_active_users"):
        for user in state[name]:
            if user["user_id"] == user_id and name != to:
                state[name] = [other for other in state[name] if other["user_id"] != user_id]
                state[to].append(user)
                return


def apply_user_group(state: State, event: Event) -> None:
    if "realm_user_groups" not in state:
        return
    group = next((group for group in state["realm_user_groups"] if group["id"] == event.get("group_id")), None)
    match event["op"]:
        case "add":
            state["realm_user_groups"].append(event["group"])
        case "remove":
            state["realm_user_groups"] = [one for one in state["realm_user_groups"] if one is not group]
        case "update" if group is not None:
            group.update(event["data"])
        case "add_members" if group is not None:
            group["members"] = sorted({*group["members"], *event["user_ids"]})
        case "remove_members" if group is not None:
            group["members"] = sorted({*group["members"]} - {*event["user_ids"]})
        case "add_subgroups" if group is not None:
            group["direct_subgroup_ids"] = sorted({*group["direct_subgroup_ids"], *event["direct_subgroup_ids"]})
        case "remove_subgroups" if group is not None:
            group["direct_subgroup_ids"] = sorted({*group["direct_subgroup_ids"]} - {*event["direct_subgroup_ids"]})
    refresh_permissions(state)


def apply_realm_bot(state: State, event: Event) -> None:
    if "realm_bots" not in state:
        return
    bot = event["bot"]
    known = next((one for one in state["realm_bots"] if one["user_id"] == bot["user_id"]), None)
    match event["op"]:
        case "add" if known is None:
            state["realm_bots"].append(bot)
        case "add" | "update" if known is not None:
            known.update(bot)
        case "delete" | "remove":
            state["realm_bots"] = [one for one in state["realm_bots"] if one is not known]


APPLY: dict[str, Callable[[State, Event], None]] = {
    "custom_profile_fields": apply_custom_profile_fields,
    "realm_user": apply_realm_user,
    "user_status": apply_user_status,
    "user_group": apply_user_group,
    "realm_bot": apply_realm_bot,
}
