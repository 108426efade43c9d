"""A batch: many actions, one transaction.

Each action runs under a savepoint, so one that fails takes nothing with it; a failed COMMIT fails all of them.
Results and appended entries are given back only after COMMIT.
"""

import time
from collections.abc import Callable, Iterable
from typing import Any

from .engine import Engine, WriteConnection
from .tx import LogRow, WriteTx

Action = Callable[[WriteTx], Any]
Probe = Callable[[str], None]


class Job:
    """One action and, once its batch is over, its result or its error."""

    __slots__ = ("action", "alone", "context", "error", "realm_id", "result")

    def __init__(self, realm_id: int, action: Action, *, alone: bool = False, context: Any = None) -> None:
        self.realm_id = realm_id
        self.action = action
        self.alone = alone  # long: has a batch of its own
        self.context = context  # the caller's, handed back
        self.result: Any = None
        self.error: BaseException | None = None


class Batch:
    """Runs jobs in one transaction.

    `probe(point)` is called at "begun", "locked", "commit" and "committed",
    for tests."""

    def __init__(self, engine: Engine, clock: Callable[[], float] = time.time, probe: Probe | None = None) -> None:
        self._engine = engine
        self._clock = clock
        self.probe = probe

    def run(self, jobs: Iterable[Job]) -> list[LogRow]:
        """The entries that the jobs appended. Errors stand in the jobs; only what hits all of them is raised."""
        transactions: dict[int, WriteTx] = {}
        done: list[Job] = []
        try:
            with self._engine.writing() as connection:
                for job in jobs:
                    done.append(job)
                    self._run_job(connection, transactions, job)
                if all(job.error is not None for job in done):
                    return []
                for tx in transactions.values():
                    tx.write_head()
                self._reach("commit")
                connection.commit()
        except BaseException as error:
            for job in done:
                job.result, job.error = None, job.error or error
            raise
        self._reach("committed")
        return [row for tx in transactions.values() for row in tx.appended]

    def _run_job(self, connection: WriteConnection, transactions: dict[int, WriteTx], job: Job) -> None:
        tx = transactions.get(job.realm_id)
        if tx is None:
            self._reach("begun")
            try:
                tx = WriteTx(connection, self._engine.dialect, job.realm_id, self._clock())
            except LookupError as error:
                job.error = error
                return
            transactions[job.realm_id] = tx
            self._reach("locked")
        mark = tx.mark()
        connection.execute("savepoint action", {})
        try:
            job.result = job.action(tx)
            tx.write_entries()
        except Exception as error:
            connection.execute("rollback to savepoint action", {})
            tx.restore(mark)
            job.error = error
        connection.execute("release savepoint action", {})

    def _reach(self, point: str) -> None:
        if self.probe is not None:
            self.probe(point)
