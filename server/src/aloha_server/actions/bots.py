"""Bots: made, changed and ended by those who own them and by administrators."""

import re

from aloha.contract.errors import ApiError, PermissionDeniedError

from ..access.groups import may
from ..access.realm import load_realm
from ..access.users import Role, User, check_person, find_user
from ..events.emit import emit, to_users
from ..store import Tx, WriteTx
from .activity import deactivate_accounts
from .people import emit_bot_added, emit_bot_change, emit_person, tell_processes, watchers_of
from .roles import change_role
from .users import NewUser, create_account, rename_user

GENERIC, INCOMING_WEBHOOK = 1, 2
BOTS_MAX = 100  # of one owner

_SHORT_NAME = re.compile(r"[a-z0-9]([a-z0-9._-]*[a-z0-9])?", re.IGNORECASE)

NAMESAKE = """
    select 1 from account
    where realm_id = :realm_id and is_active = 1 and bot_type is not null and name_key = :name_key
        and user_id <> :user_id
"""
OWNED = """
    select count(*) from account
    where realm_id = :realm_id and bot_owner_id = :owner_id and is_active = 1 and bot_type is not null
"""
SET_OWNER = "update account set bot_owner_id = :owner_id where realm_id = :realm_id and user_id = :user_id"
SEALED_KEY = "select api_key_sealed from account where realm_id = :realm_id and user_id = :user_id"


def bot_address(tx: Tx, short_name: str) -> str:
    """The address of a bot of that short name; raises ApiError."""
    if len(short_name) > 50 or _SHORT_NAME.fullmatch(short_name) is None:
        raise ApiError("Bad name or username")
    return f"{short_name.removesuffix('-bot')}-bot@{load_realm(tx).mail_domain}"


def create_bot(tx: WriteTx, actor: User, new: NewUser) -> int:
    """The new bot's id; `new` has its owner and type."""
    check_person(actor)
    if new.bot_type not in (GENERIC, INCOMING_WEBHOOK):
        raise ApiError("Invalid bot type")
    allowed = may(tx, actor, "can_create_bots_group") or (
        new.bot_type == INCOMING_WEBHOOK and may(tx, actor, "can_create_write_only_bots_group")
    )
    if not allowed:
        raise PermissionDeniedError
    _check_bot_name(tx, new.full_name)
    _check_may_own(tx, actor)
    return create_account(tx, new)


def access_bot(tx: Tx, actor: User, bot_id: int) -> User:
    """A bot that the actor may change: their own, or any for administrators."""
    bot = find_user(tx, bot_id)
    if bot is None or not bot.is_bot or bot.is_system:
        raise ApiError("No such bot")
    if not actor.is_admin and bot.bot_owner_id != actor.user_id:
        raise PermissionDeniedError
    if bot.role == Role.OWNER and actor.role != Role.OWNER:
        raise PermissionDeniedError("Must be an organization owner")
    return bot


def update_bot(
    tx: WriteTx, actor: User, bot: User, *, full_name: str | None, role: int | None, owner_id: int | None
) -> None:
    """Nothing is changed if one of the changes is refused."""
    if full_name is not None:
        _check_bot_name(tx, full_name, bot.user_id)
        rename_user(tx, bot, full_name)
    if role is not None and role != bot.role:
        if not actor.is_admin:
            raise PermissionDeniedError("Must be an organization administrator")
        change_role(tx, actor, bot, role)
    if owner_id is not None and owner_id != bot.bot_owner_id:
        _change_owner(tx, bot, owner_id)


def deactivate_bot(tx: WriteTx, bot: User) -> None:
    if bot.is_active:
        deactivate_accounts(tx, [bot.user_id])


def _change_owner(tx: WriteTx, bot: User, owner_id: int) -> None:
    """Who owned it and is no administrator loses sight of its key; the new owner gains it."""
    owner = find_user(tx, owner_id)
    if owner is None or owner.is_system:
        raise ApiError("Failed to change owner, no such user")
    if not owner.is_active:
        raise ApiError("Failed to change owner, user is deactivated")
    if owner.is_bot:
        raise ApiError("Failed to change owner, bots can't own other bots")
    _check_may_own(tx, owner)
    before = None if bot.bot_owner_id is None else find_user(tx, bot.bot_owner_id)
    tx.execute(SET_OWNER, user_id=bot.user_id, owner_id=owner_id)
    after = find_user(tx, bot.user_id)
    assert after is not None
    if before is not None and not before.is_admin:
        event = {"type": "realm_bot", "op": "delete", "bot": {"user_id": bot.user_id}}
        emit(tx, event, to_users(tx, [before.user_id]))
    if not owner.is_admin:
        sealed = tx.value(SEALED_KEY, user_id=bot.user_id)
        emit_bot_added(tx, after, load_realm(tx), sealed, to_users(tx, [owner_id]))
    emit_bot_change(tx, after, {"owner_id": owner_id})
    emit_person(tx, watchers_of(tx, bot.user_id), {"user_id": bot.user_id, "bot_owner_id": owner_id})
    tell_processes(tx, bot.user_id)


def _check_bot_name(tx: Tx, full_name: str, user_id: int = 0) -> None:
    if tx.value(NAMESAKE, name_key=full_name.strip().casefold(), user_id=user_id) is not None:
        raise ApiError("Name is already in use.")


def _check_may_own(tx: Tx, owner: User) -> None:
    if tx.value(OWNED, owner_id=owner.user_id) >= BOTS_MAX:
        raise ApiError(f"A user has at most {BOTS_MAX} bots")
