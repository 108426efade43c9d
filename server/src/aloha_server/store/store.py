"""The store: an engine with its schema, its reads and its lanes.

At most `READING_MAX` reads run at a time (`_gate`), beside the lane: with four busy threads and the default switch
interval a small request's median was seen to go from 0.5 ms to 48 ms. Lanes do not pass the gate: readers that come
and go all the time would starve the one writer that everybody waits for.

Shut down in this order: lanes (they finish what they took), then the engine.
"""

import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from .batch import Action, Batch, Job
from .engine import Engine, StoreError
from .lane import Deliver, Lane
from .migrate import migrate
from .sqlite import SqliteEngine
from .tx import LogRow, Tx, WriteTx

T = TypeVar("T")

READING_MAX = 2
SWITCH_INTERVAL_S = 0.0005


class Store:
    """`deliver` hears of every committed batch, from a lane's thread; see `lane`."""

    def __init__(self, engine: Engine, *, clock: Callable[[], float] = time.time) -> None:
        self.engine = engine
        self.clock = clock
        self.batch = Batch(engine, clock)
        self.deliver: Deliver = _deliver_to_nobody
        self._gate = threading.Semaphore(READING_MAX)
        self._lanes: dict[int, Lane] = {}
        self._lanes_lock = threading.Lock()
        sys.setswitchinterval(SWITCH_INTERVAL_S)
        migrate(engine)

    @classmethod
    def open(cls, data: Path, database_url: str = "", *, clock: Callable[[], float] = time.time) -> "Store":
        """PostgreSQL where a URL is given, else SQLite in the data folder. Raises StoreError."""
        if not database_url:
            return cls(SqliteEngine(data), clock=clock)
        if not database_url.startswith(("postgresql://", "postgres://")):
            raise StoreError(f"--database-url must begin with postgresql://, not {database_url.split(':')[0]}:")
        from .postgres import PostgresEngine

        return cls(PostgresEngine(database_url), clock=clock)

    def read(self, realm_id: int, read: Callable[[Tx], T]) -> T:
        """Runs a read in one consistent view, in the caller's thread."""
        with self._gate, self.engine.reading() as connection:
            return read(Tx(connection, self.engine.dialect, realm_id, self.clock()))

    def submit(self, job: Job) -> None:
        """Hands a write to its realm's lane; `deliver` gets it back."""
        self._lane(job.realm_id).submit(job)

    def write(self, realm_id: int, action: Callable[[WriteTx], T]) -> T:
        """Runs one action in the caller's thread, past the lanes: for command lines and tests."""
        job = Job(realm_id, action)
        rows = self.batch.run([job])
        if job.error is not None:
            raise job.error
        self.deliver([], rows)
        result: T = job.result
        return result

    def close(self) -> None:
        for lane in self._lanes.values():
            lane.close()
        self.engine.close()

    def _lane(self, realm_id: int) -> Lane:
        key = 0 if self.engine.shared_lane else realm_id
        lane = self._lanes.get(key)
        if lane is None:
            with self._lanes_lock:
                lane = self._lanes.get(key)
                if lane is None:
                    lane = Lane(self.batch, self._pass_on, f"lane-{key}")
                    self._lanes[key] = lane
        return lane

    def _pass_on(self, jobs: list[Job], rows: list[LogRow]) -> None:
        self.deliver(jobs, rows)


def _deliver_to_nobody(jobs: list[Job], rows: list[LogRow]) -> None:
    """Before the server listens there is nobody to tell."""


__all__ = ["Action", "Job", "LogRow", "Store", "StoreError", "Tx", "WriteTx"]
