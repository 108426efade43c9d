"""Personal settings, and what new users of the organization begin with.

An account's row keeps what differs from the defaults. Changing the organization's defaults leaves those who are
there as they are: what they had by default is written down for them first.
"""

from typing import Any

import msgspec

from aloha.contract.errors import ApiError, PermissionDeniedError
from aloha.contract.settings import USER_SETTINGS

from ..access.languages import LANGUAGES
from ..access.realm import Realm, load_realm
from ..access.setting_rules import check_setting
from ..access.user_status import StatusRow, load_statuses
from ..access.users import EmailVisibility, User, find_user, may_see_email, shown_email
from ..events.emit import EVERYBODY, emit, emit_internal, to_users
from ..store import WriteTx
from .drafts import forget_drafts
from .people import emit_delivery_email, emit_person, emit_shown_email, watchers_of
from .presence import is_told_at_once, seen_after_setting, tell_presence
from .user_status import NewStatus, update_status

SET_OWN = "update account set settings = :settings where realm_id = :realm_id and user_id = :user_id"
SET_TIMEZONE = "update account set timezone = :timezone where realm_id = :realm_id and user_id = :user_id"
SET_HASH = """
    update account set password_hash = :new where realm_id = :realm_id and user_id = :user_id and password_hash = :old
"""
ALL_OWN = "select user_id, settings from account where realm_id = :realm_id"
SET_DEFAULTS = "update realm set user_defaults = :defaults where realm_id = :realm_id"
ADMINS = """
    select user_id from account where realm_id = :realm_id and role <= 200 and is_active = 1 and is_system = 0
"""


def update_settings(tx: WriteTx, user: User, changes: dict[str, Any]) -> dict[str, Any]:
    """Sets the user's own settings; each that changes makes its events, in the order given. What changed."""
    for name, value in changes.items():
        check_setting(name, value)
    realm = load_realm(tx)
    before = {**user.settings(realm), "timezone": user.timezone}
    changed = {name: value for name, value in changes.items() if before[name] != value}
    if not changed:
        return {}
    _store(tx, user, realm, changed)
    after = find_user(tx, user.user_id)
    assert after is not None
    for name, value in changed.items():
        _emit_setting(tx, user, realm, name, value)
        match name:
            case "timezone":
                person = {"email": shown_email(after, realm), "user_id": user.user_id, "timezone": value}
                emit_person(tx, watchers_of(tx, user.user_id), person)
            case "email_address_visibility":
                _emit_visibility(tx, after, realm, int(before[name]), int(value))
            case "enable_drafts_synchronization" if not value:
                forget_drafts(tx, user.user_id)
            case "allow_private_data_export":
                event = {"type": "realm_export_consent", "user_id": user.user_id, "consented": value}
                emit(tx, event, to_users(tx, tx.values(ADMINS)))
            case "presence_enabled":
                _emit_presence(tx, after, enabled=value)
    return changed


def _emit_presence(tx: WriteTx, user: User, *, enabled: bool) -> None:
    """Others see the user go, or come; who is seen is not away any more."""
    if not user.is_bot and is_told_at_once(tx):
        tell_presence(tx, user, seen_after_setting(user.user_id, enabled=enabled, now=tx.now))
    if enabled and load_statuses(tx, [user.user_id]).get(user.user_id, StatusRow(user.user_id)).away:
        update_status(tx, user, NewStatus(away=False))


def _store(tx: WriteTx, user: User, realm: Realm, changed: dict[str, Any]) -> None:
    own = msgspec.json.decode(user.settings_json)
    for name, value in changed.items():
        if name == "timezone":
            tx.execute(SET_TIMEZONE, user_id=user.user_id, timezone=value)
        elif value == realm.user_defaults.get(name, USER_SETTINGS[name].default):
            own.pop(name, None)
        else:
            own[name] = value
    tx.execute(SET_OWN, user_id=user.user_id, settings=msgspec.json.encode(own).decode())


def _emit_setting(tx: WriteTx, user: User, realm: Realm, name: str, value: Any) -> None:
    """To the user's own queues, in the modern form and in the one for older clients."""
    own = to_users(tx, [user.user_id])
    language = {"language_name": LANGUAGES[value]} if name == "default_language" else {}
    emit(tx, {"type": "user_settings", "op": "update", "property": name, "value": value, **language}, own)
    address = shown_email(user, realm)
    match USER_SETTINGS[name].legacy:
        case "display":
            legacy = {"type": "update_display_settings", "user": address, "setting_name": name, "setting": value}
            emit(tx, {**legacy, **language}, own)
        case "notification":
            legacy = {"type": "update_global_notifications", "user": address, "notification_name": name}
            emit(tx, {**legacy, "setting": value}, own)


def _emit_visibility(tx: WriteTx, user: User, realm: Realm, before: int, after: int) -> None:
    """The address to those who now see it, its end to those who no longer do, and to all which one stands for it."""
    if user.is_bot:
        return
    watchers = watchers_of(tx, user.user_id)
    for shown in (True, False):
        turned = [
            user_id
            for user_id, role in watchers.roles.items()
            if user_id != user.user_id
            and may_see_email(after, role) is shown
            and may_see_email(before, role) is not shown
        ]
        emit_delivery_email(tx, user, to_users(tx, watchers.who(turned)), shown=shown)
    if EmailVisibility.EVERYONE in (before, after):
        emit_shown_email(tx, watchers, user, realm)


def set_password(tx: WriteTx, user: User, *, old_hash: str, new_hash: str) -> None:
    """`old_hash` is what the old password was checked against; nobody may have changed it since."""
    if not tx.execute(SET_HASH, user_id=user.user_id, old=old_hash, new=new_hash):
        raise ApiError("Wrong password!")


def update_user_defaults(tx: WriteTx, actor: User, changes: dict[str, Any]) -> None:
    """With what new users begin."""
    if not actor.is_admin:
        raise PermissionDeniedError("Must be an organization administrator")
    for name, value in changes.items():
        check_setting(name, value)
    defaults = load_realm(tx).user_defaults
    current = {name: defaults.get(name, USER_SETTINGS[name].default) for name in changes}
    changed = {name: value for name, value in changes.items() if current[name] != value}
    if not changed:
        return
    _keep_for_existing(tx, {name: current[name] for name in changed}, changed)
    kept = {**defaults, **changed}
    sparse = {name: value for name, value in kept.items() if value != USER_SETTINGS[name].default}
    tx.execute(SET_DEFAULTS, defaults=msgspec.json.encode(sparse).decode())
    for name, value in changed.items():
        event = {"type": "realm_user_settings_defaults", "op": "update", "property": name, "value": value}
        emit(tx, event, EVERYBODY)
    emit_internal(tx, "_realm", {})


def _keep_for_existing(tx: WriteTx, before: dict[str, Any], after: dict[str, Any]) -> None:
    """Their values stay: the old default is written down for them, and what equals the new one no longer is."""
    rows = []
    for user_id, text in tx.rows(ALL_OWN):
        own = {**before, **msgspec.json.decode(text)}
        sparse = {name: value for name, value in own.items() if name not in after or value != after[name]}
        rows.append({"user_id": user_id, "settings": msgspec.json.encode(sparse).decode()})
    tx.execute_many(SET_OWN, rows)
