"""Who muted whom. Messages of somebody whom a user mutes do not reach that user: see `read_state`."""

from collections.abc import Iterable

from aloha.contract.objects import MutedUser

from ..store import Tx

OWN = """
    select muted_id, muted_at from muted_user
    where realm_id = :realm_id and user_id = :user_id order by muted_at, muted_id
"""
MUTERS = "select user_id from muted_user where realm_id = :realm_id and muted_id = :muted_id"
MUTED_AMONG = """
    select muted_id from muted_user
    where realm_id = :realm_id and user_id = :user_id and muted_id = any(:user_ids)
"""


def load_muted_users(tx: Tx, user_id: int) -> list[MutedUser]:
    """Whom the user mutes, in the order of muting."""
    return [MutedUser(id=muted_id, timestamp=muted_at) for muted_id, muted_at in tx.rows(OWN, user_id=user_id)]


def muted_ids(tx: Tx, user_id: int) -> set[int]:
    """Whom the user mutes."""
    return {muted.id for muted in load_muted_users(tx, user_id)}


def muters_of(tx: Tx, user_id: int) -> set[int]:
    """Those who mute this user."""
    return set(tx.values(MUTERS, muted_id=user_id))


def muted_among(tx: Tx, user_id: int, others: Iterable[int]) -> set[int]:
    """Whom of the others the user mutes."""
    return set(tx.values(MUTED_AMONG, user_id=user_id, user_ids=list(others)))
