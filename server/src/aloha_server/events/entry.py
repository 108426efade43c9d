"""An entry of the log as readers hold it: decoded at most once, encoded once for each variant that somebody reads.

`encoded` is the memory of `adapt`: what is the same for many queues is made once and shared by all.
"""

from collections.abc import Hashable
from typing import Any, TypeVar

import msgspec
from pyroaring import FrozenBitMap

from ..store import LogRow

T = TypeVar("T")

EPHEMERAL_S_MAX = 60.0
EPHEMERAL_KINDS = frozenset({"typing", "typing_edit_message", "presence"})


class Entry:
    """`audience` None is everybody; `kind` is the event's type, with a leading underscore for processes only."""

    __slots__ = ("_decoded", "audience", "body", "created_at", "encoded", "kind", "position", "public")

    def __init__(self, row: LogRow, audience: FrozenBitMap | None) -> None:
        self.position = row.position
        self.kind = row.kind
        self.audience = audience
        self.public = row.public
        self.created_at = row.created_at
        self.body = row.body
        self.encoded: dict[Hashable, tuple[bytes, ...]] = {}
        self._decoded: Any = None

    @property
    def internal(self) -> bool:
        return self.kind[0] == "_"

    @property
    def size(self) -> int:
        """About how many bytes it holds; encodings are as large as the body."""
        return 400 + 2 * len(self.body)

    def decoded(self, kind: type[T]) -> T:
        """The body as a struct."""
        if self._decoded is None:
            self._decoded = msgspec.json.decode(self.body, type=kind)
        found: T = self._decoded
        return found
