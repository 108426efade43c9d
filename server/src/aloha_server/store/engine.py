"""What a database must offer. `sqlite` and `postgres` are the two; the whole suite runs on both.

Obligations of an engine:
- `reading` gives a connection inside a transaction that sees one consistent state for as long as it is open.
- `writing` gives a connection inside a transaction that nobody has committed; `commit` makes it durable (on
  disk, past a power loss) before it returns, or raises, and then nothing of it happened. Left without
  `commit`, it is rolled back.
- `changed` answers whether somebody else may have committed since the last call; True may be wrong, False not.
"""

from contextlib import AbstractContextManager
from typing import Protocol

from .dialect import Dialect
from .tx import Connection


class StoreError(Exception):
    """The database cannot be used: the text says why and what to do, in one line."""


class WriteConnection(Connection, Protocol):
    def commit(self) -> None: ...


class Engine(Protocol):
    dialect: Dialect
    url: str  # for SQLAlchemy, which runs the migrations
    shared_lane: bool  # one lane for all realms, because there is one writer

    def reading(self) -> AbstractContextManager[Connection]: ...
    def writing(self) -> AbstractContextManager[WriteConnection]: ...
    def changed(self) -> bool: ...
    def maintain(self) -> None:
        """Called about once a second from a thread of its own: checkpoints and the like."""

    def close(self) -> None: ...
