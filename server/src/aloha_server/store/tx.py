"""Transactions: what reads and actions are handed.

A `Tx` reads one realm in one consistent view. A `WriteTx` also holds the realm's lock: it was begun by locking
the realm's row in `log_head`, so whatever it reads stays true until it commits, and ids taken from it rise in
the order of the log. Positions and message ids are only real after COMMIT; nobody is told of them before.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Protocol, TypeVar

import msgspec

from .dialect import Dialect

T = TypeVar("T")
Row = tuple[Any, ...]

LOCK_HEAD = "select position, last_message_id from log_head where realm_id = :realm_id for update"
WRITE_HEAD = """
    update log_head set position = :position, last_message_id = :last_message_id where realm_id = :realm_id
"""
APPEND = """
    insert into log_entry (realm_id, position, kind, audience_id, public, created_at, format, body)
    values (:realm_id, :position, :kind, :audience_id, :public, :created_at, :format, :body)
"""
NEXT_ID = """
    insert into id_counter (realm_id, kind, last_id) values (:realm_id, :kind, :count)
    on conflict (realm_id, kind) do update set last_id = id_counter.last_id + :count returning last_id
"""
FORMAT = 1  # of log entries' bodies; fields are only added


class LogRow(msgspec.Struct, frozen=True, gc=False):
    """An entry as it stands in the log. `audience_id` None means everybody in the realm."""

    realm_id: int
    position: int
    kind: str
    audience_id: int | None
    public: int
    created_at: float
    format: int
    body: bytes


class Cursor(Protocol):
    @property
    def rowcount(self) -> int: ...
    def fetchone(self) -> Any: ...
    def fetchall(self) -> Any: ...


class Connection(Protocol):
    """What both drivers' connections share; statements are already translated."""

    def execute(self, text: str, parameters: Mapping[str, Any], /) -> Cursor: ...
    def executemany(self, text: str, rows: Iterable[Mapping[str, Any]], /) -> None: ...


class Tx:
    """Reads of one realm. Every statement may use `:realm_id`. `now` is the time at which it began."""

    def __init__(self, connection: Connection, dialect: Dialect, realm_id: int, now: float) -> None:
        self.realm_id = realm_id
        self.now = now
        self._connection = connection
        self._dialect = dialect

    @property
    def backend(self) -> str:
        """For what the two say differently."""
        return self._dialect.name

    def _run(self, sql: str, parameters: dict[str, Any]) -> Cursor:
        statement = self._dialect.statement(sql)
        parameters["realm_id"] = self.realm_id
        return self._connection.execute(statement.text, self._dialect.bind(statement, parameters))

    def rows(self, sql: str, /, **parameters: Any) -> list[Row]:
        """All rows, as tuples."""
        return self._run(sql, parameters).fetchall()  # type: ignore[no-any-return]

    def row(self, sql: str, /, **parameters: Any) -> Row | None:
        """The first row, or None."""
        return self._run(sql, parameters).fetchone()  # type: ignore[no-any-return]

    def value(self, sql: str, /, **parameters: Any) -> Any:
        """The first column of the first row, or None."""
        row = self._run(sql, parameters).fetchone()
        return None if row is None else row[0]

    def values(self, sql: str, /, **parameters: Any) -> list[Any]:
        """The first column of all rows."""
        return [row[0] for row in self._run(sql, parameters).fetchall()]

    def all(self, kind: type[T], sql: str, /, **parameters: Any) -> list[T]:
        """All rows as structs; the columns stand in the order of the struct's fields."""
        return [kind(*row) for row in self._run(sql, parameters).fetchall()]

    def one(self, kind: type[T], sql: str, /, **parameters: Any) -> T | None:
        """The first row as a struct, or None."""
        row = self._run(sql, parameters).fetchone()
        return None if row is None else kind(*row)


class WriteTx(Tx):
    """The one writer of a realm at this moment. Made by `begin`, after which the realm is locked."""

    def __init__(self, connection: Connection, dialect: Dialect, realm_id: int, now: float) -> None:
        super().__init__(connection, dialect, realm_id, now)
        row = self.row(LOCK_HEAD)
        if row is None:
            raise LookupError(f"realm {realm_id} has no log")
        self.position: int = row[0]
        self.last_message_id: int = row[1]
        self.appended: list[LogRow] = []
        self._written = 0  # how many of `appended` are in the table

    def execute(self, sql: str, /, **parameters: Any) -> int:
        """Runs a statement that changes data; the number of rows changed."""
        return self._run(sql, parameters).rowcount

    def execute_many(self, sql: str, rows: Iterable[dict[str, Any]]) -> None:
        statement = self._dialect.statement(sql)
        realm = {"realm_id": self.realm_id}
        self._connection.executemany(statement.text, [{**row, **realm} for row in rows])

    def next_id(self, kind: str, count: int = 1) -> int:
        """The next id of its kind in the realm; with `count`, the last of so many."""
        return int(self.value(NEXT_ID, kind=kind, count=count))

    def next_message_id(self) -> int:
        self.last_message_id += 1
        return self.last_message_id

    def append(self, kind: str, body: bytes, audience_id: int | None, public: int = 0) -> int:
        """Adds an entry to the realm's log and returns its position."""
        self.position += 1
        row = LogRow(self.realm_id, self.position, kind, audience_id, public, self.now, FORMAT, body)
        self.appended.append(row)
        return self.position

    def mark(self) -> tuple[int, int, int]:
        """What `restore` takes to forget all that came after."""
        return self.position, self.last_message_id, len(self.appended)

    def restore(self, mark: tuple[int, int, int]) -> None:
        """Forgets ids and entries of an action that was rolled back to its savepoint."""
        self.position, self.last_message_id, length = mark
        del self.appended[length:]
        self._written = min(self._written, length)

    def write_entries(self) -> None:
        """Writes the entries appended since the last call."""
        fresh = self.appended[self._written :]
        if fresh:
            self.execute_many(APPEND, [msgspec.structs.asdict(row) for row in fresh])
            self._written = len(self.appended)

    def write_head(self) -> None:
        self.execute(WRITE_HEAD, position=self.position, last_message_id=self.last_message_id)
