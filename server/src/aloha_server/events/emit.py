"""Telling of a change, in the transaction that makes it: the one place where events are made.

Who hears: `EVERYBODY`, `to_users(tx, ids)`, or the id of a stored set. A body names nobody's key or password.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Final

import msgspec

from ..store import WriteTx
from .audience import NOBODY, store_audience

EVERYBODY: Final = None
encode = msgspec.json.encode


def to_users(tx: WriteTx, user_ids: Iterable[int]) -> int:
    """The audience of these users; NOBODY for none."""
    return store_audience(tx, user_ids)


def emit(tx: WriteTx, event: Mapping[str, Any], audience: int | None) -> int:
    """Appends an event that is the same for all who hear it; returns its id. Nobody to hear it: no entry, 0."""
    if audience == NOBODY:
        return 0
    body = encode({**event, "id": tx.position + 1})
    return tx.append(event["type"], body, audience)


def emit_body(
    tx: WriteTx, kind: str, body: msgspec.Struct | dict[str, Any], audience: int | None, public: int = 0
) -> int:
    """Appends an entry that `adapt` makes into what each queue is sent."""
    if audience == NOBODY and not public:
        return 0
    return tx.append(kind, encode(body), audience, public)


def emit_internal(tx: WriteTx, kind: str, body: Mapping[str, Any]) -> None:
    """Tells processes, not people: `_account`, `_due`, `_queue`, `_realm`."""
    tx.append(kind, encode(body), NOBODY)
