"""PostgreSQL through psycopg 3: a pool for reads (REPEATABLE READ) and one for writes (READ COMMITTED).

A write transaction locks its realm's row first (`WriteTx`), so READ COMMITTED then sees all that was committed
before it; a snapshot taken before the lock would be stale, which is why writes do not use REPEATABLE READ.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, cast

import psycopg
from psycopg import IsolationLevel
from psycopg.abc import QueryNoTemplate
from psycopg_pool import ConnectionPool

from .dialect import Dialect, PostgresDialect
from .engine import StoreError

POOL_READERS_MAX = 8
POOL_WRITERS_MAX = 4
CONNECT_TIMEOUT_S = 10.0


class PostgresConnection:
    def __init__(self, raw: psycopg.Connection[tuple[Any, ...]]) -> None:
        self.raw = raw

    def execute(self, text: str, parameters: Mapping[str, Any] | None = None, /) -> psycopg.Cursor[tuple[Any, ...]]:
        return self.raw.execute(cast("QueryNoTemplate", text), parameters)

    def executemany(self, text: str, rows: Iterable[Mapping[str, Any]], /) -> None:
        with self.raw.cursor() as cursor:
            cursor.executemany(cast("QueryNoTemplate", text), rows)

    def commit(self) -> None:
        self.raw.commit()


class PostgresEngine:
    shared_lane = False

    def __init__(self, url: str) -> None:
        self.dialect: Dialect = PostgresDialect()
        self.url = url.replace("postgres://", "postgresql://", 1).replace("postgresql://", "postgresql+psycopg://", 1)
        self._readers = self._pool(url, POOL_READERS_MAX, _configure_reader)
        self._writers = self._pool(url, POOL_WRITERS_MAX, _configure_writer)

    @staticmethod
    def _pool(url: str, size: int, configure: Any) -> ConnectionPool[psycopg.Connection[tuple[Any, ...]]]:
        pool = ConnectionPool(url, min_size=1, max_size=size, configure=configure, open=False, check=None)
        try:
            pool.open(wait=True, timeout=CONNECT_TIMEOUT_S)
        except psycopg.Error as error:
            pool.close()
            raise StoreError(f"cannot reach the database: {str(error).splitlines()[0]}") from error
        return pool

    @contextmanager
    def reading(self) -> Iterator[PostgresConnection]:
        with self._readers.connection() as raw:
            try:
                yield PostgresConnection(raw)
            finally:
                if not raw.closed:
                    raw.rollback()

    @contextmanager
    def writing(self) -> Iterator[PostgresConnection]:
        with self._writers.connection() as raw:
            try:
                yield PostgresConnection(raw)
            finally:
                if not raw.closed:
                    raw.rollback()

    def changed(self) -> bool:
        """PostgreSQL has no cheap sign of a commit: the heads are read every time, one query for all realms."""
        return True

    def maintain(self) -> None:
        """Nothing: the server has its own checkpointer."""

    def close(self) -> None:
        self._readers.close()
        self._writers.close()


def _configure_reader(raw: psycopg.Connection[tuple[Any, ...]]) -> None:
    raw.isolation_level = IsolationLevel.REPEATABLE_READ
    raw.read_only = True


def _configure_writer(raw: psycopg.Connection[tuple[Any, ...]]) -> None:
    raw.isolation_level = IsolationLevel.READ_COMMITTED
