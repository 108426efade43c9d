"""Bots, for their owners and administrators. Keys are read sealed: the caller opens them with the server's key file."""

from ..access.people import shown_avatar
from ..access.realm import load_realm
from ..access.users import User, find_user, load_users, shown_email
from ..store import Tx

OWNED = """
    select user_id, api_key_sealed from account
    where realm_id = :realm_id and bot_owner_id = :owner_id and bot_type is not null and is_active = 1
    order by user_id
"""
SEALED_KEY = "select api_key_sealed from account where realm_id = :realm_id and user_id = :user_id"


def get_owned_bots(tx: Tx, owner: User) -> list[tuple[User, bytes]]:
    """The active ones, with their sealed keys."""
    sealed = {user_id: bytes(key) for user_id, key in tx.rows(OWNED, owner_id=owner.user_id)}
    return [(bot, sealed[bot.user_id]) for bot in load_users(tx, sealed).values()]


def get_sealed_key(tx: Tx, bot: User) -> bytes:
    return bytes(tx.value(SEALED_KEY, user_id=bot.user_id))


def bot_avatar(tx: Tx, bot: User) -> str:
    url = shown_avatar(bot, load_realm(tx))
    assert url is not None
    return url


def owner_address(tx: Tx, bot: User) -> str | None:
    """As others see it; None without an owner."""
    owner = None if bot.bot_owner_id is None else find_user(tx, bot.bot_owner_id)
    return None if owner is None else shown_email(owner, load_realm(tx))
