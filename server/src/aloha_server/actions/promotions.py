"""Members who are past the waiting period become full members: at a moment that is told, not by the clock alone.

The realm's row says up to when this was done, and everything that asks who is a full member asks by it
(`realm.settled_by`). So a snapshot and the events after it agree at every position.
"""

from collections.abc import Iterable

from ..access.realm import load_realm, load_settled_by, realm_settings, system_groups
from ..access.realm import settled_by as settled
from ..store import Tx, WriteTx
from .group_events import MembersOp, emit_members_change
from .stream_view import StreamView

BETWEEN = """
    select user_id from account
    where realm_id = :realm_id and role = 400 and is_active = 1 and is_system = 0
        and joined_at > :after and joined_at <= :until order by user_id
"""
SET_PROMOTED = "update realm set promoted_at = :now where realm_id = :realm_id"
FOREVER = 2.0**53


def find_promotable(tx: Tx) -> list[int]:
    """Who is past the waiting period and no full member yet."""
    realm = load_realm(tx)
    days = realm_settings(tx, realm)["waiting_period_threshold"]
    return _between(tx, load_settled_by(tx), tx.now - days * 24 * 3600) if days else []


def promote_members(tx: WriteTx) -> None:
    """Makes them full members, with all that they may see as such."""
    before = load_settled_by(tx)
    view = StreamView(tx, user_ids=find_promotable(tx))
    promote(tx, before)
    view.emit_changes(tx)


def promote(tx: WriteTx, before: float) -> None:
    """Who is a full member now and was none by `before`, or was one and no longer is, comes as events."""
    tx.execute(SET_PROMOTED, now=int(tx.now))
    realm = load_realm(tx)
    after = settled(realm, realm_settings(tx, realm))
    _emit(tx, "add_members", _between(tx, before, after))
    _emit(tx, "remove_members", _between(tx, after, before))


def _between(tx: Tx, after: float, until: float) -> list[int]:
    return tx.values(BETWEEN, after=min(after, FOREVER), until=min(until, FOREVER))


def _emit(tx: WriteTx, op: MembersOp, user_ids: Iterable[int]) -> None:
    emit_members_change(tx, op, system_groups(tx)["role:fullmembers"], user_ids)
