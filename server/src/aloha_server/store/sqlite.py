"""SQLite: one file in the data folder, one writer, as many readers as there are threads.

WAL with `synchronous=FULL`: a commit is on disk before it is answered. The writer never checkpoints; a thread of
its own does (`maintain`), so no send waits for it. When readers keep the WAL from being reset and it passes
`WAL_PAGES_MAX`, the next maintenance waits for them (RESTART), which bounds the file.
"""

import fcntl
import os
import queue
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from .dialect import Dialect, SqliteDialect
from .engine import StoreError

BUSY_TIMEOUT_S = 10.0
READERS_MAX = 8
STATEMENTS_KEPT = 512
WAL_PAGES_CHECKPOINT = 500
WAL_PAGES_MAX = 10_000
DATABASE_NAME = "aloha.db"


class SqliteConnection:
    """One connection of the driver, in autocommit mode: transactions are begun and ended in SQL."""

    def __init__(self, path: Path, *, read_only: bool) -> None:
        self.raw = sqlite3.connect(
            path,
            timeout=BUSY_TIMEOUT_S,
            isolation_level=None,
            check_same_thread=False,
            cached_statements=STATEMENTS_KEPT,
        )
        self.raw.execute("pragma foreign_keys = off")
        self.raw.execute("pragma synchronous = full")
        self.raw.execute("pragma wal_autocheckpoint = 0")
        self.raw.execute("pragma temp_store = memory")
        self.raw.execute("pragma cache_size = -16000")
        if read_only:
            self.raw.execute("pragma query_only = on")

    def execute(self, text: str, parameters: Mapping[str, Any] = {}, /) -> sqlite3.Cursor:
        return self.raw.execute(text, parameters)

    def executemany(self, text: str, rows: Iterable[Mapping[str, Any]], /) -> None:
        self.raw.executemany(text, rows)

    def commit(self) -> None:
        self.raw.execute("commit")

    def rollback(self) -> None:
        if self.raw.in_transaction:
            self.raw.execute("rollback")


class SqliteEngine:
    shared_lane = True

    def __init__(self, data: Path) -> None:
        self.dialect: Dialect = SqliteDialect()
        self.path = data / DATABASE_NAME
        self.url = f"sqlite:///{self.path}"
        _make_private(data, self.path)
        self._writer = SqliteConnection(self.path, read_only=False)
        mode = self._writer.execute("pragma journal_mode = wal").fetchone()[0]
        if mode != "wal":
            raise StoreError(f"{self.path}: this file system cannot hold SQLite's WAL (journal mode {mode})")
        self._write_lock = threading.Lock()
        self._readers: queue.SimpleQueue[SqliteConnection] = queue.SimpleQueue()
        for _ in range(READERS_MAX):
            self._readers.put(SqliteConnection(self.path, read_only=True))
        self._watcher = SqliteConnection(self.path, read_only=True)
        self._data_version = self._read_data_version()
        self._checkpointer = SqliteConnection(self.path, read_only=False)

    @contextmanager
    def reading(self) -> Iterator[SqliteConnection]:
        connection = self._readers.get()
        try:
            connection.execute("begin")
            yield connection
        finally:
            connection.rollback()
            self._readers.put(connection)

    @contextmanager
    def writing(self) -> Iterator[SqliteConnection]:
        with self._write_lock:
            self._writer.execute("begin immediate")
            try:
                yield self._writer
            finally:
                self._writer.rollback()

    def changed(self) -> bool:
        """`PRAGMA data_version` differs when another connection committed; ours count too, which is cheap."""
        version = self._read_data_version()
        was, self._data_version = self._data_version, version
        return version != was

    def _read_data_version(self) -> int:
        return int(self._watcher.execute("pragma data_version").fetchone()[0])

    def maintain(self) -> None:
        wal = self.path.with_name(self.path.name + "-wal")
        pages = wal.stat().st_size // 4096 if wal.exists() else 0
        if pages > WAL_PAGES_MAX:
            self._checkpointer.execute("pragma wal_checkpoint(restart)")
            self._checkpointer.execute("pragma wal_checkpoint(truncate)")
        elif pages > WAL_PAGES_CHECKPOINT:
            self._checkpointer.execute("pragma wal_checkpoint(passive)")

    def close(self) -> None:
        while not self._readers.empty():
            self._readers.get().raw.close()
        for connection in (self._watcher, self._checkpointer, self._writer):
            connection.raw.close()


def _make_private(data: Path, path: Path) -> None:
    """The folder 0700 and the file 0600 before anything is written; existing modes are left alone."""
    try:
        if not data.exists():
            data.mkdir(parents=True, mode=0o700)
        if not path.exists():
            path.touch(mode=0o600)
    except OSError as error:
        raise StoreError(f"cannot use the data folder {data}: {error.strerror}") from error


class DataFolderLock:
    """Held by a `serve` for as long as it lives: a second one on the same folder is refused."""

    def __init__(self, data: Path) -> None:
        self._file = os.open(data / "serve.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(self._file)
            raise StoreError(
                f"another aloha-server serves the data folder {data}: stop it first, or choose another --data"
            ) from None

    def release(self) -> None:
        os.close(self._file)
