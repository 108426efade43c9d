"""Keeping the log: what queues acknowledged, expiry, pruning. Called about once a minute, in slices."""

from aloha.contract.version import ALOHA_FEATURE_LEVEL, FEATURE_LEVEL, VERSION, ZULIP_VERSION

from ..store import Tx, WriteTx
from .emit import EVERYBODY, emit

PRUNE_ENTRIES_MAX = 5_000  # of one slice, so that no send waits for long
RETAINED_ENTRIES_MAX = 2_000_000  # past it the oldest queues end, loudly

BOUNDS = """
    select
        (select max(position) from log_entry where realm_id = :realm_id and created_at < :cutoff),
        (select min(acknowledged) from event_queue where realm_id = :realm_id)
"""
HEAD = "select position, pruned from log_head where realm_id = :realm_id"
GET_META = "select value from server_meta where name = :name"
SET_META = """
    insert into server_meta (name, value) values (:name, :value)
    on conflict (name) do update set value = :value
"""
EXCUSE = "update event_queue set polled_at = polled_at + :seconds where realm_id = :realm_id"
PRUNE = "delete from log_entry where realm_id = :realm_id and position <= :position"
SET_PRUNED = "update log_head set pruned = :position where realm_id = :realm_id"


def find_prunable(tx: Tx, retention_s: float) -> int:
    """The highest position that may go: older than the retention, and acknowledged by every queue (unless the
    log is past its bound)."""
    head = tx.row(HEAD)
    if head is None:
        return 0
    by_age, by_queues = tx.row(BOUNDS, cutoff=tx.now - retention_s) or (None, None)
    allowed = min(value for value in (by_age or 0, head[0] if by_queues is None else by_queues))
    return max(allowed, int(head[0]) - RETAINED_ENTRIES_MAX)


def prune(tx: WriteTx, until: int) -> bool:
    """Deletes one slice of entries; whether more are to go. A queue that stands before them ends at its next poll."""
    row = tx.row(HEAD)
    assert row is not None
    position = min(until, int(row[1]) + PRUNE_ENTRIES_MAX)
    if position <= row[1]:
        return False
    tx.execute(PRUNE, position=position)
    tx.execute(SET_PRUNED, position=position)
    return position < until


def read_alive_at(tx: Tx) -> float:
    """When a server last said that it was alive; 0 if none ever did."""
    value = tx.value(GET_META, name="alive_at")
    return float(value) if value else 0.0


def mark_alive(tx: WriteTx) -> None:
    tx.execute(SET_META, name="alive_at", value=str(tx.now))


def excuse_downtime(tx: WriteTx, seconds: float) -> None:
    """Queues do not age while there is no server to poll."""
    tx.execute(EXCUSE, seconds=seconds)


def announce_release(tx: WriteTx, generation: int) -> bool:
    """Appends a `restart` event if this release is not the one that the realm last heard of."""
    name, release = f"release:{tx.realm_id}", f"{VERSION}/{FEATURE_LEVEL}/{ALOHA_FEATURE_LEVEL}"
    known = tx.value(GET_META, name=name)
    if known == release:
        return False
    tx.execute(SET_META, name=name, value=release)
    if known is not None:
        event = {
            "type": "restart",
            "zulip_version": ZULIP_VERSION,
            "zulip_merge_base": "",
            "zulip_feature_level": FEATURE_LEVEL,
            "aloha_version": VERSION,
            "aloha_feature_level": ALOHA_FEATURE_LEVEL,
            "server_generation": generation,
        }
        emit(tx, event, EVERYBODY)
    return True
