"""Personal settings of a replica, in their modern and older forms."""

from collections.abc import Callable
from typing import Any

State = dict[str, Any]
Event = dict[str, Any]


def apply_user_settings(state: State, event: Event) -> None:
    if "user_settings" in state:
        state["user_settings"][event["property"]] = event["value"]


def apply_update_display_settings(state: State, event: Event) -> None:
    if event["setting_name"] in state:
        state[event["setting_name"]] = event["setting"]


def apply_update_global_notifications(state: State, event: Event) -> None:
    if event["notification_name"] in state:
        state[event["notification_name"]] = event["setting"]


def apply_realm_user_settings_defaults(state: State, event: Event) -> None:
    if "realm_user_settings_defaults" in state:
        state["realm_user_settings_defaults"][event["property"]] = event["value"]


def apply_alert_words(state: State, event: Event) -> None:
    if "alert_words" in state:
        state["alert_words"] = event["alert_words"]


APPLY: dict[str, Callable[[State, Event], None]] = {
    "user_settings": apply_user_settings,
    "update_display_settings": apply_update_display_settings,
    "update_global_notifications": apply_update_global_notifications,
    "realm_user_settings_defaults": apply_realm_user_settings_defaults,
    "alert_words": apply_alert_words,
}
