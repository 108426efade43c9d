"""Small things that many tests share."""

import threading
from collections.abc import Callable

from aloha_server.store import Job, LogRow, Store, WriteTx


def make_bare_realm(store: Store, realm_id: int = 1) -> None:
    """A realm's log without anything in the realm."""
    with store.engine.writing() as connection:
        connection.execute(f"insert into log_head values ({realm_id}, 0, 0, 0, 'epoch')", {})
        connection.commit()


class Collector:
    """Hears what a store delivers."""

    def __init__(self, store: Store) -> None:
        self.jobs: list[Job] = []
        self.rows: list[LogRow] = []
        self.sizes: list[int] = []
        self._changed = threading.Condition()
        store.deliver = self._deliver

    def _deliver(self, jobs: list[Job], rows: list[LogRow]) -> None:
        with self._changed:
            self.jobs += jobs
            self.rows += rows
            self.sizes.append(len(jobs))
            self._changed.notify()

    def wait_for(self, count: int) -> tuple[list[Job], list[LogRow]]:
        """Returns when so many jobs are finished."""
        with self._changed:
            assert self._changed.wait_for(lambda: len(self.jobs) >= count, 20)
            return self.jobs, self.rows

    def hold(self, store: Store) -> Callable[[], None]:
        """Occupies the lane until the returned function is called."""
        entered, released = threading.Event(), threading.Event()

        def wait(tx: WriteTx) -> None:
            entered.set()
            assert released.wait(20)

        store.submit(Job(1, wait, alone=True))
        assert entered.wait(20)
        return released.set
