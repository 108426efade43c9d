"""What the user keeps for themselves: drafts, snippets, messages and reminders for later, hints. The lists keep the
order in which the server sends them."""

from collections.abc import Callable
from typing import Any

State = dict[str, Any]
Event = dict[str, Any]


def apply_drafts(state: State, event: Event) -> None:
    """Newest first."""
    if "drafts" not in state:
        return
    match event["op"]:
        case "add":
            state["drafts"] += event["drafts"]
        case "update":
            _replace(state["drafts"], "id", event["draft"])
        case "remove":
            _remove(state["drafts"], "id", event["draft_id"])
    state["drafts"].sort(key=lambda draft: (draft["timestamp"], draft["id"]), reverse=True)


def apply_setting(state: State, event: Event) -> None:
    """Who ends the synchronization of drafts has none on the server any more."""
    name = event["property"] if event["type"] == "user_settings" else event["setting_name"]
    value = event["value"] if event["type"] == "user_settings" else event["setting"]
    if name == "enable_drafts_synchronization" and not value and "drafts" in state:
        state["drafts"] = []


def apply_saved_snippets(state: State, event: Event) -> None:
    if "saved_snippets" not in state:
        return
    match event["op"]:
        case "add":
            state["saved_snippets"].append(event["saved_snippet"])
        case "update":
            _replace(state["saved_snippets"], "id", event["saved_snippet"])
        case "remove":
            _remove(state["saved_snippets"], "id", event["saved_snippet_id"])


def apply_scheduled_messages(state: State, event: Event) -> None:
    """By the time when they are due."""
    if "scheduled_messages" not in state:
        return
    match event["op"]:
        case "add":
            state["scheduled_messages"] += event["scheduled_messages"]
        case "update":
            _replace(state["scheduled_messages"], "scheduled_message_id", event["scheduled_message"])
        case "remove":
            _remove(state["scheduled_messages"], "scheduled_message_id", event["scheduled_message_id"])
    _sort(state["scheduled_messages"], "scheduled_message_id")


def apply_reminders(state: State, event: Event) -> None:
    """By the time when they are due."""
    if "reminders" not in state:
        return
    match event["op"]:
        case "add":
            state["reminders"] += event["reminders"]
        case "remove":
            _remove(state["reminders"], "reminder_id", event["reminder_id"])
    _sort(state["reminders"], "reminder_id")


def apply_onboarding_steps(state: State, event: Event) -> None:
    if "onboarding_steps" in state:
        state["onboarding_steps"] = event["onboarding_steps"]


APPLY: dict[str, Callable[[State, Event], None]] = {
    "drafts": apply_drafts,
    "onboarding_steps": apply_onboarding_steps,
    "reminders": apply_reminders,
    "saved_snippets": apply_saved_snippets,
    "scheduled_messages": apply_scheduled_messages,
    "update_display_settings": apply_setting,
    "user_settings": apply_setting,
}


def _replace(items: list[dict[str, Any]], key: str, new: dict[str, Any]) -> None:
    items[:] = [new if item[key] == new[key] else item for item in items]


def _remove(items: list[dict[str, Any]], key: str, gone: int) -> None:
    items[:] = [item for item in items if item[key] != gone]


def _sort(items: list[dict[str, Any]], key: str) -> None:
    items.sort(key=lambda item: (item["scheduled_delivery_timestamp"], item[key]))
