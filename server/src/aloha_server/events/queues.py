"""Event queues: durable cursors. A queue holds no events; reading it is reading the log after a position.

A queue's row is written when it is made and when it ends; what it acknowledged and when it was last polled is
kept in memory and written in one batch about once a minute, only ever forward. It serves expiry and pruning
alone: a client brings its position with every poll.
"""

import secrets
from typing import Any

import msgspec

from aloha.contract.objects import NarrowTerm
from aloha.contract.register import ClientCapabilities

from ..store import Tx, WriteTx
from .audience import NOBODY

LIFESPAN_S_DEFAULT = 24 * 3600
LIFESPAN_S_MAX = 7 * 24 * 3600
LIFESPAN_S_MOBILE = 12 * 3600
QUEUES_PER_USER_MAX = 1000

INSERT = """
    insert into event_queue
        (realm_id, queue_id, user_id, client, spec, start, acknowledged, polled_at, lifespan_s)
    values (:realm_id, :queue_id, :user_id, :client, :spec, :start, :start, :polled_at, :lifespan_s)
"""
LOAD = """
    select queue_id, user_id, client, spec, start, acknowledged, polled_at, lifespan_s
    from event_queue where realm_id = :realm_id and queue_id = :queue_id
"""
DELETE = "delete from event_queue where realm_id = :realm_id and queue_id = :queue_id"
OF_USER = "select queue_id from event_queue where realm_id = :realm_id and user_id = :user_id order by polled_at"
TOUCH = """
    update event_queue set
        acknowledged = case when acknowledged < :acknowledged then :acknowledged else acknowledged end,
        polled_at = case when polled_at < :polled_at then :polled_at else polled_at end
    where realm_id = :realm_id and queue_id = :queue_id
"""
EXPIRED = """
    select queue_id from event_queue
    where realm_id = :realm_id and polled_at + lifespan_s < :now order by polled_at limit 1000
"""


class QueueSpec(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What the client asked for at registration."""

    event_types: tuple[str, ...] | None = None
    narrow: tuple[NarrowTerm, ...] = ()
    all_public_streams: bool = False
    apply_markdown: bool = False
    client_gravatar: bool = False
    slim_presence: bool = False
    capabilities: ClientCapabilities = ClientCapabilities()


class Queue:
    """A queue as a process holds it; equal specs are shared."""

    __slots__ = (
        "acknowledged",
        "client",
        "event_types",
        "lifespan_s",
        "polled_at",
        "queue_id",
        "realm_id",
        "spec",
        "start",
        "user_id",
        "widened",
    )

    def __init__(self, realm_id: int, row: tuple[Any, ...], specs: dict[str, QueueSpec]) -> None:
        self.realm_id = realm_id
        self.queue_id: str = row[0]
        self.user_id: int = row[1]
        self.client: str = row[2]
        spec = specs.get(row[3])
        if spec is None:
            spec = specs[row[3]] = msgspec.json.decode(row[3], type=QueueSpec)
        self.spec = spec
        self.event_types = None if spec.event_types is None else frozenset(spec.event_types)
        self.widened = bool(spec.narrow) or spec.all_public_streams  # hears streams beyond its subscriptions
        self.start: int = row[4]
        self.acknowledged: int = row[5]
        self.polled_at: float = row[6]
        self.lifespan_s: float = row[7]


def create_queue(tx: WriteTx, *, user_id: int, client: str, spec: QueueSpec, start: int, lifespan_s: float) -> str:
    """Makes the row; past `QUEUES_PER_USER_MAX` the one that was idle longest ends. Returns the queue's id."""
    owned = tx.values(OF_USER, user_id=user_id)
    for queue_id in owned[: max(0, len(owned) - QUEUES_PER_USER_MAX + 1)]:
        delete_queue(tx, queue_id)
    queue_id = secrets.token_urlsafe(18)
    tx.execute(
        INSERT,
        queue_id=queue_id,
        user_id=user_id,
        client=client,
        spec=msgspec.json.encode(spec).decode(),
        start=start,
        polled_at=tx.now,
        lifespan_s=lifespan_s,
    )
    return queue_id


def delete_queue(tx: WriteTx, queue_id: str) -> None:
    """Ends a queue: whoever polls it, in any process, is told that it is unknown."""
    if tx.execute(DELETE, queue_id=queue_id):
        tx.append("_queue", msgspec.json.encode({"queue_id": queue_id}), NOBODY)


def delete_queues_of(tx: WriteTx, user_id: int) -> None:
    for queue_id in tx.values(OF_USER, user_id=user_id):
        delete_queue(tx, queue_id)


def load_queue(tx: Tx, queue_id: str) -> tuple[Any, ...] | None:
    return tx.row(LOAD, queue_id=queue_id)


def touch_queues(tx: WriteTx, touched: list[tuple[str, int, float]]) -> None:
    """Writes what the queues acknowledged and when they were polled, only forward."""
    rows = [{"queue_id": id_, "acknowledged": position, "polled_at": at} for id_, position, at in touched]
    tx.execute_many(TOUCH, rows)


def expire_queues(tx: WriteTx) -> int:
    """Ends queues whose lifespan passed without a poll, some at a time; how many."""
    expired = tx.values(EXPIRED, now=tx.now)
    for queue_id in expired:
        delete_queue(tx, queue_id)
    return len(expired)
