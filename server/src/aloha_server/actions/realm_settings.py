"""The organization's settings. What changes who sees whom, or what, comes to those people as events as well."""

from typing import Any

import msgspec

from aloha.contract.endpoints._params import GroupSettingUpdate
from aloha.contract.errors import ApiError, PermissionDeniedError
from aloha.contract.settings import REALM_GROUP_SETTINGS, REALM_SETTINGS

from ..access.group_settings import check_group_setting, check_old_setting
from ..access.organization import wire_authentication_methods
from ..access.realm import load_realm, realm_settings, settled_by, system_groups
from ..access.realm_rules import OWNER_SETTINGS, check_realm_setting
from ..access.users import Role, User, active_user_ids
from ..events.emit import EVERYBODY, emit, emit_internal
from ..store import Tx, WriteTx
from .promotions import promote
from .stream_view import StreamView

NEVER = -1
SET = "update realm set name = :name, settings = :settings where realm_id = :realm_id"
SIGHT_SETTINGS = frozenset({"can_access_all_users_group", "waiting_period_threshold"})


def update_realm(tx: WriteTx, actor: User, given: dict[str, Any]) -> dict[str, Any]:
    """Changes what is given; what was changed, with its new values."""
    if not actor.is_admin:
        raise PermissionDeniedError("Must be an organization administrator")
    if actor.role != Role.OWNER and not OWNER_SETTINGS.isdisjoint(given):
        raise PermissionDeniedError("Must be an organization owner")
    realm = load_realm(tx)
    before = realm_settings(tx, realm)
    values = {name: _checked(tx, actor, name, value, before[name]) for name, value in given.items()}
    changed = {name: value for name, value in values.items() if value != before[name]}
    if not changed:
        return {}
    view = None if SIGHT_SETTINGS.isdisjoint(changed) else StreamView(tx, user_ids=active_user_ids(tx))
    _store(tx, {**before, **changed})
    _emit(tx, changed)
    if "waiting_period_threshold" in changed:
        promote(tx, settled_by(realm, before))
    if view is not None:
        view.emit_changes(tx)
    emit_internal(tx, "_realm", {})
    return changed


def _checked(tx: Tx, actor: User, name: str, value: Any, current: Any) -> Any:
    """The value as it is kept; raises ApiError."""
    if isinstance(value, GroupSettingUpdate):
        if value.old is not msgspec.UNSET:
            check_old_setting(value.old, current)
        return check_group_setting(tx, REALM_GROUP_SETTINGS[name], value.new)
    if value == "unlimited" and REALM_SETTINGS[name].type is not str:
        return NEVER if name == "message_retention_days" else None
    if isinstance(value, str):
        value = value.strip()
        limit = REALM_SETTINGS[name].max_length
        if limit is not None and len(value) > limit:
            raise ApiError(f"{name} is too long (limit: {limit} characters)")
    check_realm_setting(tx, name, value, actor)
    return value


def _store(tx: WriteTx, settings: dict[str, Any]) -> None:
    """Only what differs from the defaults."""
    groups = system_groups(tx)
    sparse = {}
    for name, value in settings.items():
        setting = REALM_SETTINGS[name]
        if name != "name" and value != (groups[setting.default] if setting.group else setting.default):
            sparse[name] = value
    tx.execute(SET, name=settings["name"], settings=msgspec.json.encode(sparse).decode())


def _emit(tx: WriteTx, changed: dict[str, Any]) -> None:
    together = {}
    for name, value in changed.items():
        if name == "authentication_methods":
            together[name] = wire_authentication_methods(value)
        elif REALM_SETTINGS[name].event == "update_dict":
            together[name] = value
        else:
            emit(tx, {"type": "realm", "op": "update", "property": name, "value": value}, EVERYBODY)
    if together:
        emit(tx, {"type": "realm", "op": "update_dict", "property": "default", "data": together}, EVERYBODY)
