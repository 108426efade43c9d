"""Audiences: immutable sets of user ids, stored once by content and shared by every entry that names them.

An entry's `audience_id` is None for everybody in the realm, `NOBODY` for entries that only processes read, else
a row of `audience` that is never changed. A set that changes gets a new row.
"""

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Iterable

from pyroaring import BitMap, FrozenBitMap

from ..store import Tx, WriteTx

NOBODY = 0
CACHED_BYTES_MAX = 64 * 1024 * 1024

FIND = "select audience_id from audience where realm_id = :realm_id and digest = :digest"
INSERT = (
    "insert into audience (realm_id, audience_id, digest, bitmap) values (:realm_id, :audience_id, :digest, :bitmap)"
)
LOAD = "select audience_id, bitmap from audience where realm_id = :realm_id and audience_id = any(:ids)"


def store_audience(tx: WriteTx, user_ids: Iterable[int]) -> int:
    """The id of the set, made if no such set was stored before."""
    bitmap = user_ids if isinstance(user_ids, BitMap) else BitMap(user_ids)
    if not bitmap:
        return NOBODY
    content = bitmap.serialize()
    digest = hashlib.blake2b(content, digest_size=16).digest()
    found = tx.value(FIND, digest=digest)
    if found is not None:
        return int(found)
    audience_id = tx.next_id("audience")
    tx.execute(INSERT, audience_id=audience_id, digest=digest, bitmap=content)
    return audience_id


def load_audience(tx: Tx, audience_id: int) -> BitMap:
    """A copy of the set that may be changed."""
    if audience_id == NOBODY:
        return BitMap()
    [(_, content)] = tx.rows(LOAD, ids=[audience_id])
    return BitMap.deserialize(content)


class Audiences:
    """The process's memory of sets, bounded by their bytes. Holds committed sets only; safe from any thread."""

    def __init__(self) -> None:
        self._sets: OrderedDict[tuple[int, int], tuple[FrozenBitMap, int]] = OrderedDict()
        self._bytes = 0
        self._lock = threading.Lock()

    def known(self, realm_id: int, audience_ids: Iterable[int | None]) -> dict[int | None, FrozenBitMap | None] | None:
        """All the sets if all are in memory, else None."""
        found: dict[int | None, FrozenBitMap | None] = {None: None, NOBODY: FrozenBitMap()}
        with self._lock:
            for audience_id in audience_ids:
                if audience_id and audience_id not in found:
                    kept = self._sets.get((realm_id, audience_id))
                    if kept is None:
                        return None
                    found[audience_id] = kept[0]
        return found

    def load(self, tx: Tx, audience_ids: Iterable[int | None]) -> dict[int | None, FrozenBitMap | None]:
        """Each id's set (None for everybody), from memory or in one query."""
        found: dict[int | None, FrozenBitMap | None] = {None: None, NOBODY: FrozenBitMap()}
        missing = []
        with self._lock:
            for audience_id in set(audience_ids):
                if audience_id is None or audience_id == NOBODY:
                    continue
                kept = self._sets.get((tx.realm_id, audience_id))
                if kept is None:
                    missing.append(audience_id)
                else:
                    self._sets.move_to_end((tx.realm_id, audience_id))
                    found[audience_id] = kept[0]
        if missing:
            for audience_id, content in tx.rows(LOAD, ids=missing):
                found[audience_id] = self._keep((tx.realm_id, audience_id), content)
        return found

    def _keep(self, key: tuple[int, int], content: bytes) -> FrozenBitMap:
        bitmap = FrozenBitMap.deserialize(content)
        with self._lock:
            if key not in self._sets:
                self._sets[key] = (bitmap, len(content))
                self._bytes += len(content)
            while self._bytes > CACHED_BYTES_MAX:
                _, (_, size) = self._sets.popitem(last=False)
                self._bytes -= size
        return bitmap
