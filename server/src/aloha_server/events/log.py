"""Reading the log from the database: what the tail in memory no longer, or not yet, holds."""

import msgspec

from ..store import LogRow, Tx
from .adapt import Adaptation
from .audience import Audiences
from .entry import Entry
from .filter import admits
from .queues import Queue

EVENTS_MAX = 500  # of one answer; an entry's events are never split
BYTES_MAX = 1024 * 1024
SCAN_MAX = 50_000  # positions looked at in one slice
SLICES_MAX = 4  # of one answer; past that it is a heartbeat at the position reached

HEAD = "select position, pruned from log_head where realm_id = :realm_id"
HEADS = "select realm_id, position from log_head"
RANGE = """
    select realm_id, position, kind, audience_id, public, created_at, format, body from log_entry
    where realm_id = :realm_id and position > :after and position <= :until order by position limit :count
"""
SETS = """
    select distinct audience_id from log_entry
    where realm_id = :realm_id and position > :after and position <= :until and audience_id <> 0
"""
OWN = """
    select realm_id, position, kind, audience_id, public, created_at, format, body from log_entry
    where realm_id = :realm_id and position > :after and position <= :until
        and (audience_id is null or audience_id = any(:sets) or (public > :beyond and kind = 'message'))
    order by position limit :count
"""


class Head(msgspec.Struct, frozen=True):
    position: int
    pruned: int


class Answer(msgspec.Struct, frozen=True):
    """Events of a queue, and the position up to which nothing of it was left out."""

    events: list[bytes]
    through: int


def read_head(tx: Tx) -> Head:
    head = tx.one(Head, HEAD)
    assert head is not None
    return head


def read_entries(tx: Tx, after: int, until: int, audiences: Audiences, count: int) -> list[Entry]:
    """The entries of a range, in order, at most `count`."""
    return make_entries(tx, tx.all(LogRow, RANGE, after=after, until=until, count=count), audiences)


def make_entries(tx: Tx, rows: list[LogRow], audiences: Audiences) -> list[Entry]:
    sets = audiences.load(tx, [row.audience_id for row in rows])
    return [Entry(row, sets[row.audience_id]) for row in rows]


def catch_up(
    tx: Tx, queue: Queue, after: int, until: int, audiences: Audiences, adapt: Adaptation, *, is_guest: bool
) -> Answer:
    """The queue's next events after a position, read in slices.

    Each slice first asks which sets of users stand in it and which of them hold the user, from an index alone,
    and then fetches only the rows of those sets: 500 events behind 500,000 entries fetch 500 rows.
    """
    events: list[bytes] = []
    size = 0
    for _ in range(SLICES_MAX):
        end = min(until, after + SCAN_MAX)
        rows = _own_rows(tx, queue, after, end, audiences)
        for entry in make_entries(tx, rows, audiences):
            if admits(entry, queue, is_guest=is_guest, now=tx.now):
                adapted = adapt(entry, queue)
                events += adapted
                size += sum(map(len, adapted))
            after = entry.position
            if len(events) >= EVENTS_MAX or size >= BYTES_MAX:
                return Answer(events, after)
        if len(rows) < EVENTS_MAX:
            after = end
        if events or after >= until:
            break
    return Answer(events, after)


def _own_rows(tx: Tx, queue: Queue, after: int, until: int, audiences: Audiences) -> list[LogRow]:
    candidates = [id_ for id_ in tx.values(SETS, after=after, until=until) if id_ is not None]
    sets = audiences.load(tx, candidates)
    own = [id_ for id_ in candidates if (found := sets[id_]) is not None and queue.user_id in found]
    beyond = 0 if queue.widened else 9  # no entry is as public as that
    return tx.all(LogRow, OWN, after=after, until=until, sets=own, beyond=beyond, count=EVENTS_MAX)
