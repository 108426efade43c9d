"""Audiences of one action's events: many of its events go to the same people, whose set is looked up once."""

from pyroaring import BitMap

from ..events.emit import to_users
from ..store import WriteTx


class AudienceCache:
    """Lives as long as an action."""

    def __init__(self, tx: WriteTx) -> None:
        self._tx = tx
        self._ids: dict[bytes, int] = {}

    def of(self, user_ids: BitMap) -> int:
        """The id of the set; NOBODY for the empty one."""
        key = user_ids.serialize()
        found = self._ids.get(key)
        if found is None:
            found = self._ids[key] = to_users(self._tx, user_ids)
        return found
