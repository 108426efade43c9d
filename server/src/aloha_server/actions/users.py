"""Accounts: made, renamed, given another address or key. Roles are in `roles`, the end of an account in `activity`."""

from collections.abc import Callable

import msgspec
from msgspec import UNSET, UnsetType

from aloha.contract.errors import ApiError, PermissionDeniedError

from ..access.domains import check_email_allowed
from ..access.keys import sealed_text
from ..access.members import direct_groups
from ..access.people import shown_avatar
from ..access.profile import check_email, check_email_free, check_full_name, check_name_free
from ..access.realm import Realm, load_realm, load_settled_by
from ..access.users import EmailVisibility, Role, User, email_visibility, find_user
from ..events.emit import to_users
from ..store import Tx, WriteTx
from .invites import close_invites_to
from .people import (
    emit_added,
    emit_bot_added,
    emit_bot_change,
    emit_delivery_email,
    emit_members,
    emit_person,
    emit_shown_email,
    tell_processes,
    watchers_of,
)
from .roles import change_role, check_may_change

INSERT = """
    insert into account (realm_id, user_id, email, email_key, full_name, name_key, role, bot_type, bot_owner_id,
        timezone, joined_at, password_hash, api_key_digest, api_key_sealed, settings)
    values (:realm_id, :user_id, :email, :email_key, :full_name, :name_key, :role, :bot_type, :bot_owner_id,
        :timezone, :joined_at, :password_hash, :api_key_digest, :api_key_sealed, '{}')
"""
SET_NAME = """
    update account set full_name = :full_name, name_key = :name_key where realm_id = :realm_id and user_id = :user_id
"""
SET_EMAIL = """
    update account set email = :email, email_key = :email_key where realm_id = :realm_id and user_id = :user_id
"""
SET_KEY = """
    update account set api_key_digest = :digest, api_key_sealed = :sealed
    where realm_id = :realm_id and user_id = :user_id
"""


class NewUser(msgspec.Struct, frozen=True, kw_only=True):
    """An account to make. What is slow to make or secret was made before."""

    email: str
    full_name: str
    role: int = Role.MEMBER
    password_hash: str | None = None
    sealed_key: bytes
    api_key_digest: bytes
    bot_type: int | None = None
    bot_owner_id: int | None = None
    timezone: str = ""


Subscribe = Callable[[WriteTx, int], object]


def create_user(tx: WriteTx, actor: User | None, new: NewUser, subscribe: Subscribe | None = None) -> int:
    """The new user's id; `subscribe` gives them their first streams. `actor` None is the server's own command line."""
    if actor is not None and not actor.is_admin:
        raise PermissionDeniedError("Must be an organization administrator")
    if actor is not None and new.role == Role.OWNER and actor.role != Role.OWNER:
        raise PermissionDeniedError("Must be an organization owner")
    if actor is not None:
        check_email_allowed(tx, load_realm(tx), new.email)
    user_id = create_account(tx, new)
    if subscribe is not None:
        subscribe(tx, user_id)
    return user_id


def create_account(tx: WriteTx, new: NewUser) -> int:
    """Without asking who does it."""
    realm = load_realm(tx)
    user = _insert(tx, realm, new)
    close_invites_to(tx, user.email)
    watchers = watchers_of(tx, user.user_id)
    emit_added(tx, watchers, user, realm)
    groups = direct_groups(user.role, user.joined_at, load_settled_by(tx))
    emit_members(tx, watchers, "add_members", user.user_id, groups)
    if user.is_bot:
        emit_bot_added(tx, user, realm, new.sealed_key)
    return user.user_id


def _insert(tx: WriteTx, realm: Realm, new: NewUser) -> User:
    email = check_email(new.email, realm)
    check_email_free(tx, email)
    full_name = check_full_name(new.full_name)
    check_name_free(tx, realm, full_name)
    user_id = tx.next_id("user")
    tx.execute(
        INSERT,
        user_id=user_id,
        email=email,
        email_key=email.casefold(),
        full_name=full_name,
        name_key=full_name.casefold(),
        role=int(new.role),
        bot_type=new.bot_type,
        bot_owner_id=new.bot_owner_id,
        timezone=new.timezone,
        joined_at=int(tx.now),
        password_hash=new.password_hash,
        api_key_digest=new.api_key_digest,
        api_key_sealed=new.sealed_key,
    )
    user = find_user(tx, user_id)
    assert user is not None
    return user


def update_user(
    tx: WriteTx,
    actor: User,
    user: User,
    *,
    full_name: str | UnsetType = UNSET,
    role: int | UnsetType = UNSET,
    new_email: str | UnsetType = UNSET,
) -> None:
    """An administrator's changes of somebody. Nothing is changed if one of them is refused."""
    check_may_change(actor, user)
    if full_name is not UNSET:
        rename_user(tx, user, full_name)
    if role is not UNSET:
        change_role(tx, actor, user, role)
    if new_email is not UNSET:
        change_email(tx, user.user_id, new_email)


def rename_user(tx: WriteTx, user: User, full_name: str) -> None:
    full_name = check_full_name(full_name)
    if full_name == user.full_name:
        return
    if not user.is_bot:
        check_name_free(tx, load_realm(tx), full_name, user.user_id)
    tx.execute(SET_NAME, user_id=user.user_id, full_name=full_name, name_key=full_name.casefold())
    emit_person(tx, watchers_of(tx, user.user_id), {"user_id": user.user_id, "full_name": full_name})
    if user.is_bot:
        emit_bot_change(tx, user, {"full_name": full_name})
    tell_processes(tx, user.user_id)


def change_email(tx: WriteTx, user_id: int, email: str) -> None:
    realm = load_realm(tx)
    before = find_user(tx, user_id)
    assert before is not None
    email = check_email(email, realm)
    if email == before.email:
        return
    check_email_free(tx, email, user_id)
    if not before.is_bot:
        check_email_allowed(tx, realm, email)
    tx.execute(SET_EMAIL, user_id=user_id, email=email, email_key=email.casefold())
    user = find_user(tx, user_id)
    assert user is not None
    watchers = watchers_of(tx, user_id)
    visibility = email_visibility(user, realm)
    emit_delivery_email(tx, user, to_users(tx, watchers.who_see_email(user, visibility)), shown=True)
    if visibility == EmailVisibility.EVERYONE:
        emit_shown_email(tx, watchers, user, realm)
    if user.is_bot:
        emit_bot_change(tx, user, {"avatar_url": shown_avatar(user, realm)})
    tell_processes(tx, user_id)


def regenerate_api_key(tx: WriteTx, user: User, *, sealed_key: bytes, api_key_digest: bytes) -> None:
    """The old key is worth nothing from here on."""
    tx.execute(SET_KEY, user_id=user.user_id, digest=api_key_digest, sealed=sealed_key)
    if user.is_bot:
        emit_bot_change(tx, user, {"api_key": sealed_text(sealed_key)})
    tell_processes(tx, user.user_id)


def access_user(tx: Tx, user_id: int) -> User:
    """Somebody to act on; the bots that the server brings along are nobody's to change."""
    user = find_user(tx, user_id)
    if user is None or user.is_system:
        raise ApiError("No such user")
    return user
