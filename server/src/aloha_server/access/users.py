"""People: their rows, their roles, and who may see whom.

Guests see only people whom they share something with when the organization's `can_access_all_users_group` leaves
them out; everybody else sees everybody. An address is shown as its owner allows it; to others stands an address
made of the id.
"""

from collections.abc import Iterable
from enum import IntEnum
from typing import Any

import msgspec

from aloha.contract.errors import ApiError
from aloha.contract.settings import USER_SETTINGS

from ..store import Tx
from .realm import Realm

COLUMNS = """user_id, email, full_name, role, is_active, bot_type, bot_owner_id, is_system, timezone, avatar_source,
    avatar_version, avatar_file, joined_at, settings"""
ONE = f"select {COLUMNS} from account where realm_id = :realm_id and user_id = :user_id"
SOME = f"select {COLUMNS} from account where realm_id = :realm_id and user_id = any(:ids) order by user_id"
EVERY = f"select {COLUMNS} from account where realm_id = :realm_id order by user_id"
BY_EMAIL = f"select {COLUMNS} from account where realm_id = :realm_id and email_key = :email_key"
ACTIVE_IDS = "select user_id from account where realm_id = :realm_id and is_active = 1 and is_system = 0"


class Role(IntEnum):
    OWNER = 100
    ADMIN = 200
    MODERATOR = 300
    MEMBER = 400
    GUEST = 600


class EmailVisibility(IntEnum):
    EVERYONE = 1
    MEMBERS = 2
    ADMINS = 3
    NOBODY = 4
    MODERATORS = 5


class User(msgspec.Struct, frozen=True):
    """A row of `account` without its secrets. `email` is the delivery address: show `shown_email` instead."""

    user_id: int
    email: str
    full_name: str
    role: int
    is_active: int
    bot_type: int | None
    bot_owner_id: int | None
    is_system: int
    timezone: str
    avatar_source: str
    avatar_version: int
    avatar_file: str
    joined_at: int
    settings_json: str

    @property
    def is_guest(self) -> bool:
        return self.role == Role.GUEST

    @property
    def is_admin(self) -> bool:
        return self.role <= Role.ADMIN

    @property
    def is_bot(self) -> bool:
        return self.bot_type is not None

    def settings(self, realm: Realm) -> dict[str, Any]:
        """Every personal setting: one's own over the organization's defaults over ours."""
        defaults = {name: setting.default for name, setting in USER_SETTINGS.items()}
        return {**defaults, **realm.user_defaults, **msgspec.json.decode(self.settings_json)}

    def setting(self, name: str, realm: Realm) -> Any:
        own = msgspec.json.decode(self.settings_json)
        return own.get(name, realm.user_defaults.get(name, USER_SETTINGS[name].default))


def find_user(tx: Tx, user_id: int) -> User | None:
    return tx.one(User, ONE, user_id=user_id)


def load_users(tx: Tx, user_ids: Iterable[int]) -> dict[int, User]:
    """Those that exist, by id, in one query."""
    ids = list(user_ids)
    return {user.user_id: user for user in tx.all(User, SOME, ids=ids)} if ids else {}


def load_all_users(tx: Tx) -> list[User]:
    """Everybody, built-in bots and deactivated accounts included."""
    return tx.all(User, EVERY)


def find_user_by_email(tx: Tx, email: str, realm: Realm) -> User | None:
    """By the delivery address or the one shown in its place. The caller checks what its user may see."""
    local, _, domain = email.casefold().partition("@")
    if domain == realm.mail_domain and local.startswith("user") and local[4:].isdecimal() and len(local) < 20:
        user = find_user(tx, int(local[4:]))
        if user is not None:
            return user
    return tx.one(User, BY_EMAIL, email_key=email.casefold())


def acting_user(tx: Tx, user_id: int) -> User:
    """The user who acts, read in the transaction: an earlier action may have deactivated or demoted them."""
    user = find_user(tx, user_id)
    if user is None or not user.is_active:
        raise ApiError("Account is deactivated", code="USER_DEACTIVATED")
    return user


def check_person(user: User) -> None:
    """Raises ApiError for bots, which do not do what only people do."""
    if user.is_bot:
        raise ApiError("This endpoint does not accept bot requests.")


def active_user_ids(tx: Tx) -> list[int]:
    return tx.values(ACTIVE_IDS)


def email_visibility(user: User, realm: Realm) -> int:
    """Bots' addresses are no secret."""
    return EmailVisibility.EVERYONE if user.is_bot else int(user.setting("email_address_visibility", realm))


def may_see_email(visibility: int, viewer_role: int) -> bool:
    """Whether somebody of that role is shown the delivery address; one's own is always shown."""
    match visibility:
        case EmailVisibility.EVERYONE:
            return True
        case EmailVisibility.MEMBERS:
            return viewer_role <= Role.MEMBER
        case EmailVisibility.MODERATORS:
            return viewer_role <= Role.MODERATOR
        case EmailVisibility.ADMINS:
            return viewer_role <= Role.ADMIN
    return False


def hidden_email(user_id: int, realm: Realm) -> str:
    return f"user{user_id}@{realm.mail_domain}"


def shown_email(user: User, realm: Realm) -> str:
    """The address that stands for the user everywhere: the real one only if everybody may see it."""
    if email_visibility(user, realm) == EmailVisibility.EVERYONE:
        return user.email
    return hidden_email(user.user_id, realm)
