"""The declared settings against the register result, which shows them, and their permissions against each other."""

import json
import typing
from pathlib import Path
from typing import Any, get_args

import msgspec
import pytest

from aloha.contract import settings
from aloha.contract.objects import GroupSetting
from aloha.contract.register import SECTIONS, RegisterResult
from aloha.contract.settings import (
    GROUP_GROUP_SETTINGS,
    REALM_GROUP_SETTINGS,
    REALM_SETTINGS,
    STREAM_GROUP_SETTINGS,
    USER_SETTINGS,
    RealmUserSettingsDefaults,
    UserSettings,
    supported_permission_settings,
)

SAMPLE = Path(__file__).parents[3] / "shared" / "contract" / "samples" / "register_full_member.json"
# What the server offers beside the settings themselves.
OFFERED = {"available_notification_sounds", "emojiset_choices"}


def recorded_state() -> dict[str, Any]:
    if not SAMPLE.is_file():
        pytest.skip("the recorded exchanges (../shared/contract/samples) are not here")
    body: dict[str, Any] = json.loads(SAMPLE.read_text())["body"]
    return body


def test_personal_defaults_are_those_of_the_wire() -> None:
    recorded = recorded_state()["realm_user_settings_defaults"]
    ours = {name: setting.default for name, setting in USER_SETTINGS.items() if setting.in_realm_defaults}
    assert ours == {name: value for name, value in recorded.items() if name not in OFFERED}


def test_only_the_time_zone_has_no_default_in_the_organization() -> None:
    assert [name for name, setting in USER_SETTINGS.items() if not setting.in_realm_defaults] == ["timezone"]
    assert {field.name for field in msgspec.structs.fields(UserSettings)} == USER_SETTINGS.keys() | OFFERED


def test_legacy_settings_are_those_that_older_clients_read_flat() -> None:
    for legacy, section in (
        ("display", "update_display_settings"),
        ("notification", "update_global_notifications"),
    ):
        ours = {name for name, setting in USER_SETTINGS.items() if setting.legacy == legacy}
        assert ours == set(SECTIONS[section]) - OFFERED


def test_defaults_keep_to_the_choices() -> None:
    for setting in USER_SETTINGS.values():
        if setting.choices:
            assert setting.default in setting.choices
            assert get_args(setting.type) == setting.choices


def test_settings_are_always_written_whole() -> None:
    assert msgspec.to_builtins(RealmUserSettingsDefaults())["enter_sends"] is True
    assert msgspec.to_builtins(UserSettings()).keys() == USER_SETTINGS.keys() | OFFERED


def test_every_organization_setting_is_shown_by_register_with_its_type() -> None:
    hints = typing.get_type_hints(RegisterResult)
    for setting in REALM_SETTINGS.values():
        if setting.name == "authentication_methods":  # shown with more than what is set
            continue
        shown = set(get_args(hints[setting.register_field])) - {msgspec.UnsetType}
        wanted = {setting.type} | set(get_args(setting.type))
        literal = {type(value) for value in get_args(setting.type) if not isinstance(value, type)}
        assert shown <= wanted | literal, setting.name


def test_organization_defaults_have_the_declared_type() -> None:
    for setting in REALM_SETTINGS.values():
        if not setting.group:
            assert msgspec.convert(setting.default, setting.type) == setting.default


def test_group_settings_are_told_of_together() -> None:
    groups = {name: setting for name, setting in REALM_SETTINGS.items() if setting.group}
    assert groups.keys() == REALM_GROUP_SETTINGS.keys()
    assert {setting.event for setting in groups.values()} == {"update_dict"}
    assert all(setting.type == GroupSetting for setting in groups.values())


def test_permissions_are_those_of_the_wire() -> None:
    recorded = recorded_state()["server_supported_permission_settings"]
    ours = msgspec.to_builtins(supported_permission_settings())
    assert recorded["stream"] == ours["stream"]
    assert recorded["group"] == ours["group"]
    assert recorded["realm"].items() <= ours["realm"].items()  # the record is cut


def test_default_holders_of_permissions_are_those_of_the_wire() -> None:
    """Groups whose ids the record tells by other fields: the cut list of groups names only two of them."""
    state = recorded_state()
    by_group: dict[str, set[int]] = {}
    for setting in REALM_GROUP_SETTINGS.values():
        by_group.setdefault(setting.default_group_name, set()).add(state[f"realm_{setting.name}"])
    assert all(len(ids) == 1 for ids in by_group.values())
    assert len({frozenset(ids) for ids in by_group.values()}) == len(by_group)


def test_default_holder_of_a_permission_may_hold_it() -> None:
    for setting in [*REALM_GROUP_SETTINGS.values(), *STREAM_GROUP_SETTINGS.values(), *GROUP_GROUP_SETTINGS.values()]:
        if setting.default_group_name == "role:nobody":
            assert setting.allow_nobody_group
        if setting.default_group_name == "role:everyone":
            assert setting.allow_everyone_group
        if setting.allowed_system_groups:
            assert setting.default_group_name in setting.allowed_system_groups


def test_public_names_exist() -> None:
    assert all(hasattr(settings, name) for name in settings.__all__)
