"""Whom limited guests see, for many of them at once: what `visibility.seen_by_guest` answers for one."""

from collections import defaultdict
from collections.abc import Iterable

from pyroaring import BitMap

from ..store import Tx
from .roster import load_roster

STREAMS = """
    select mine.user_id, mine.stream_id from subscription mine
    join stream s on s.realm_id = mine.realm_id and s.stream_id = mine.stream_id and s.is_archived = 0
    where mine.realm_id = :realm_id and mine.user_id = any(:ids) and mine.is_active = 1
"""
SUBSCRIBERS = """
    select stream_id, user_id from subscription
    where realm_id = :realm_id and stream_id = any(:stream_ids) and is_active = 1
"""
CONVERSATIONS = """
    select distinct mine.user_id, other.user_id from direct_member mine
    join direct_member other on other.realm_id = mine.realm_id and other.recipient_id = mine.recipient_id
    where mine.realm_id = :realm_id and mine.user_id = any(:ids)
"""
SYSTEM_BOTS = "select user_id from account where realm_id = :realm_id and is_system = 1"


def seen_by_limited_guests(tx: Tx, user_ids: Iterable[int]) -> dict[int, BitMap]:
    """Whom each sees of `user_ids` who is a limited guest; the others, who see everybody, are left out.

    A constant number of queries, and rows for the streams that they share, not for each pair of people.
    """
    guests = list(load_roster(tx, user_ids).limited)
    if not guests:
        return {}
    bots = BitMap(tx.values(SYSTEM_BOTS))
    seen = {guest_id: bots | BitMap([guest_id]) for guest_id in guests}
    shared = tx.rows(STREAMS, ids=guests)
    subscribers: dict[int, list[int]] = defaultdict(list)
    for stream_id, user_id in tx.rows(SUBSCRIBERS, stream_ids=sorted({stream_id for _, stream_id in shared})):
        subscribers[stream_id].append(user_id)
    sets = {stream_id: BitMap(ids) for stream_id, ids in subscribers.items()}
    for guest_id, stream_id in shared:
        seen[guest_id] |= sets[stream_id]
    for guest_id, other_id in tx.rows(CONVERSATIONS, ids=guests):
        seen[guest_id].add(other_id)
    return seen
