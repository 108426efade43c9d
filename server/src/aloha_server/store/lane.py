"""The write lane: a thread through which all writes of a realm pass, one batch after the other.

A batch is what waits when the thread is free, at most `BATCH_JOBS_MAX` actions or `BATCH_S_MAX` of work; under
load batches grow by themselves and the cost of a COMMIT is shared. Nobody hears of a write before its COMMIT:
`deliver` is called with the finished jobs and the entries, in the order of commits, from the lane's thread.
"""

import threading
import time
from collections import deque
from collections.abc import Callable, Iterator

from aloha.contract.errors import ApiError

from .batch import Batch, Job
from .tx import LogRow

BATCH_JOBS_MAX = 64
BATCH_S_MAX = 0.005
BACKLOG_JOBS_MAX = 10_000

Deliver = Callable[[list[Job], list[LogRow]], None]


class Lane:
    def __init__(self, batch: Batch, deliver: Deliver, name: str) -> None:
        self._batch = batch
        self._deliver = deliver
        self._waiting: deque[Job] = deque()
        self._changed = threading.Condition()
        self._closing = False
        self._thread = threading.Thread(target=self._work, name=name, daemon=True)
        self._thread.start()

    def submit(self, job: Job) -> None:
        """Queues a job; raises SERVER_BUSY when too many wait."""
        with self._changed:
            if self._closing or len(self._waiting) >= BACKLOG_JOBS_MAX:
                raise ApiError(
                    "The server has too many changes waiting",
                    code="SERVER_BUSY",
                    headers={"Retry-After": "1"},
                    **{"retry-after": 1},
                )
            self._waiting.append(job)
            self._changed.notify()

    def close(self) -> None:
        """Waits for what was submitted; after it, submit is refused."""
        with self._changed:
            self._closing = True
            self._changed.notify()
        self._thread.join()

    def _work(self) -> None:
        while self._wait():
            jobs: list[Job] = []
            try:
                rows = self._batch.run(self._take(jobs))
            except Exception as error:
                rows = []
                for job in jobs:
                    job.error = job.error or error
                if not jobs:  # the transaction could not even begin: the first in line is told
                    job = self._waiting.popleft()
                    job.error = error
                    jobs.append(job)
            self._deliver(jobs, rows)

    def _wait(self) -> bool:
        with self._changed:
            while not self._waiting and not self._closing:
                self._changed.wait()
            return bool(self._waiting)

    def _take(self, taken: list[Job]) -> Iterator[Job]:
        """Gives jobs to the running batch until it is full, its time is over or none waits."""
        deadline = time.monotonic() + BATCH_S_MAX
        while self._waiting and len(taken) < BATCH_JOBS_MAX:
            if taken and (self._waiting[0].alone or taken[-1].alone or time.monotonic() > deadline):
                return
            job = self._waiting.popleft()
            taken.append(job)
            yield job
