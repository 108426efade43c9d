"""The user's settings and lists of their own."""

from collections.abc import Callable
from typing import Any

from aloha.contract.register import SECTIONS as FIELDS
from aloha.contract.settings import USER_SETTINGS, RealmUserSettingsDefaults, UserSettings

from ..access.alert_words import load_alert_words
from ..access.setting_rules import NOTIFICATION_SOUNDS, emojiset_choices
from .view import View


def section_alert_words(view: View) -> dict[str, Any]:
    return {"alert_words": load_alert_words(view.tx, view.user.user_id)}


def _offered() -> dict[str, Any]:
    return {"emojiset_choices": emojiset_choices(), "available_notification_sounds": list(NOTIFICATION_SOUNDS)}


def _own(view: View) -> dict[str, Any]:
    return {**view.user.settings(view.realm), "timezone": view.user.timezone}


def section_user_settings(view: View) -> dict[str, Any]:
    return {"user_settings": UserSettings(**_own(view), **_offered())}


def section_realm_user_settings_defaults(view: View) -> dict[str, Any]:
    defaults = {name: setting.default for name, setting in USER_SETTINGS.items() if setting.in_realm_defaults}
    return {
        "realm_user_settings_defaults": RealmUserSettingsDefaults(
            **{**defaults, **view.realm.user_defaults}, **_offered()
        )
    }


def _flat(view: View, section: str) -> dict[str, Any]:
    """For clients that do not know `user_settings`."""
    if view.request.capabilities.user_settings_object:
        return {}
    settings = {**_own(view), **_offered()}
    return {field: settings[field] for field in FIELDS[section]}


def section_update_display_settings(view: View) -> dict[str, Any]:
    return _flat(view, "update_display_settings")


def section_update_global_notifications(view: View) -> dict[str, Any]:
    return _flat(view, "update_global_notifications")


SECTIONS: dict[str, Callable[[View], dict[str, Any]]] = {
    "alert_words": section_alert_words,
    "user_settings": section_user_settings,
    "realm_user_settings_defaults": section_realm_user_settings_defaults,
    "update_display_settings": section_update_display_settings,
    "update_global_notifications": section_update_global_notifications,
}
