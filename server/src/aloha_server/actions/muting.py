"""Muting people. What they wrote and write is read by those who mute them, and stays so when the muting ends."""

from aloha.contract.errors import ApiError

from ..access.muting import load_muted_users, muted_among
from ..access.read_state import mark_read, unread_from
from ..access.users import User
from ..events.emit import emit, to_users
from ..store import WriteTx
from .flags import add_read

MUTED_MAX = 1_000

COUNT = "select count(*) from muted_user where realm_id = :realm_id and user_id = :user_id"
INSERT = """
    insert into muted_user (realm_id, user_id, muted_id, muted_at) values (:realm_id, :user_id, :muted_id, :now)
"""
DELETE = "delete from muted_user where realm_id = :realm_id and user_id = :user_id and muted_id = :muted_id"


def mute_user(tx: WriteTx, actor: User, other: User) -> None:
    if other.user_id == actor.user_id:
        raise ApiError("Cannot mute self")
    if muted_among(tx, actor.user_id, [other.user_id]):
        raise ApiError("User already muted")
    if tx.value(COUNT, user_id=actor.user_id) >= MUTED_MAX:
        raise ApiError(f"At most {MUTED_MAX} users can be muted")
    unread = unread_from(tx, actor.user_id, other.user_id)
    tx.execute(INSERT, user_id=actor.user_id, muted_id=other.user_id, now=int(tx.now))
    _tell(tx, actor)
    add_read(tx, actor, unread)


def unmute_user(tx: WriteTx, actor: User, other: User) -> None:
    """What did not reach the user for the muting is marked as read, so that it stays so."""
    if not tx.execute(DELETE, user_id=actor.user_id, muted_id=other.user_id):
        raise ApiError("User is not muted")
    mark_read(tx, actor.user_id, unread_from(tx, actor.user_id, other.user_id))
    _tell(tx, actor)


def _tell(tx: WriteTx, actor: User) -> None:
    event = {"type": "muted_users", "muted_users": load_muted_users(tx, actor.user_id)}
    emit(tx, event, to_users(tx, [actor.user_id]))
