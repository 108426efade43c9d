"""The recent end of a realm's log in memory: contiguous, decoded, encoded once, shared by every queue.

`end` is the highest position below which nothing is missing. An entry above a hole waits in `_above` until the
hole is read from the database; nobody is shown it before, else a reader would step over the hole for good.
Bounded by entries and bytes; what falls out at the old end is read from the database.
"""

from collections.abc import Iterable, Sequence

from .entry import Entry

ENTRIES_MAX = 20_000
BYTES_MAX = 32 * 1024 * 1024


class Tail:
    """Entries after `start`, up to and including `end`. Belongs to the loop's thread."""

    def __init__(self, position: int) -> None:
        self.start = position
        self.end = position
        self._entries: list[Entry] = []
        self._bytes = 0
        self._above: dict[int, Entry] = {}

    def extend(self, entries: Iterable[Entry]) -> Sequence[Entry]:
        """Takes entries in any order; returns those that became part of the contiguous end, in order."""
        for entry in entries:
            if entry.position > self.end:
                self._above.setdefault(entry.position, entry)
        added = []
        while self.end + 1 in self._above:
            self.end += 1
            entry = self._above.pop(self.end)
            self._entries.append(entry)
            self._bytes += entry.size
            added.append(entry)
        if len(self._entries) > ENTRIES_MAX or self._bytes > BYTES_MAX:
            self._shrink()
        return added

    @property
    def has_hole(self) -> bool:
        return bool(self._above)

    def reaches(self, position: int) -> bool:
        """Whether everything after `position` is here."""
        return position >= self.start

    def after(self, position: int) -> Sequence[Entry]:
        """The contiguous entries after a position that the tail reaches."""
        assert position >= self.start
        return self._entries[position - self.start :]

    def _shrink(self) -> None:
        """Drops the older quarter, so that the cost of moving the rest is shared by many entries."""
        cut = max(1, len(self._entries) // 4)
        while cut < len(self._entries) and self._bytes - sum(e.size for e in self._entries[:cut]) > BYTES_MAX:
            cut = min(len(self._entries), cut * 2)
        self._bytes -= sum(entry.size for entry in self._entries[:cut])
        del self._entries[:cut]
        self.start += cut
