"""Sends what is due: scheduled messages and reminders, each once.

One task per process sleeps until the next is due. Which that is, it reads from the database after every round, so a
restart forgets nothing; that an earlier one was scheduled, here or in another process, it hears through the log
(entries `_due`). Several processes may try the same message: the action looks under the realm's lock whether it is
still there (see `actions.scheduled_messages`), and what fails there is tried again or marked in a transaction of
its own, so that nothing is half sent.
"""

import asyncio
import contextlib
import logging
import math
from collections import Counter
from collections.abc import Callable
from typing import Protocol, TypeVar

from aloha.contract.errors import ApiError

from .access.directory import render_content
from .access.scheduled import ReminderRow, Scheduled, find_reminder, find_scheduled
from .access.users import acting_user, find_user
from .actions import reminders, scheduled_messages
from .reads.reminders import Prepared, prepare_reminder
from .store import Tx, WriteTx

logger = logging.getLogger(__name__)
T = TypeVar("T")

ROUND_MAX = 100  # how many of each kind are looked up at a time
ROUND_S_MAX = 60.0  # between rounds: what was not heard of is found then
LOOK_S = 1.0  # the longest wait without a look at the clock, which may be turned
RETRY_S = 1.0  # after a failure
TRIES_MAX = 3  # of one that fails for a reason that is none of its sender's

DUE_MESSAGES = """
    select realm_id, scheduled_id, due_at from scheduled_message where failed = 0 order by due_at limit :count
"""
DUE_REMINDERS = "select realm_id, reminder_id, due_at from reminder order by due_at limit :count"


class Lanes(Protocol):
    """What `Data` offers."""

    async def read(self, realm_id: int, fn: Callable[[Tx], T]) -> T: ...
    async def write(self, realm_id: int, fn: Callable[[WriteTx], T]) -> T: ...


class Deliveries:
    """Belongs to the loop's thread. `next_due_at` is when the next round begins."""

    def __init__(self, lanes: Lanes, clock: Callable[[], float]) -> None:
        self._lanes = lanes
        self._clock = clock
        self._earlier = asyncio.Event()
        self._tries: Counter[tuple[str, int, int]] = Counter()
        self.next_due_at = math.inf

    def hear(self, due_at: float) -> None:
        """Something was scheduled for that time."""
        if due_at < self.next_due_at:
            self._earlier.set()

    async def run(self) -> None:
        """Until it is cancelled."""
        while True:
            self._earlier.clear()
            self.next_due_at = math.inf  # what is heard of during the round counts
            try:
                self.next_due_at = min(await self.deliver_due(), self._clock() + ROUND_S_MAX)
            except Exception:
                logger.exception("what is due could not be sent; it is tried again")
                await asyncio.sleep(RETRY_S)
                continue
            while not self._earlier.is_set() and (left_s := self.next_due_at - self._clock()) > 0:
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self._earlier.wait(), min(left_s, LOOK_S))

    async def deliver_due(self) -> float:
        """Sends all that is due, oldest first; when the next will be."""
        while True:
            due, next_due_at = await self._lanes.read(0, self._find_due)
            if not due:
                return next_due_at
            for _, kind, realm_id, id_ in due:
                await self._deliver(kind, realm_id, id_)

    def _find_due(self, tx: Tx) -> tuple[list[tuple[int, str, int, int]], float]:
        """What is due by now, in the order of time, and else when the next will be."""
        waiting = [
            (due_at, kind, realm_id, id_)
            for kind, sql in (("message", DUE_MESSAGES), ("reminder", DUE_REMINDERS))
            for realm_id, id_, due_at in tx.rows(sql, count=ROUND_MAX)
        ]
        due = sorted(one for one in waiting if one[0] <= tx.now)
        return due, min((one[0] for one in waiting), default=math.inf)

    async def _deliver(self, kind: str, realm_id: int, id_: int) -> None:
        """Raises what is worth another try."""
        send = self._send_message if kind == "message" else self._send_reminder
        try:
            await send(realm_id, id_, give_up=self._tries[kind, realm_id, id_] >= TRIES_MAX)
        except ApiError:
            raise  # the server is busy
        except Exception:
            self._tries[kind, realm_id, id_] += 1
            raise
        del self._tries[kind, realm_id, id_]

    async def _send_message(self, realm_id: int, scheduled_id: int, *, give_up: bool) -> None:
        row = await self._lanes.read(realm_id, lambda tx: find_scheduled(tx, scheduled_id))
        if row is None:
            return
        if give_up:
            await self._fail(realm_id, row, "The server failed.")
            return
        try:
            rendered = await self._lanes.read(
                realm_id, lambda tx: render_content(tx, row.content, acting_user(tx, row.user_id))
            )
            await self._lanes.write(realm_id, lambda tx: scheduled_messages.deliver_scheduled(tx, row, rendered))
        except ApiError as error:
            if error.code == "SERVER_BUSY":
                raise
            await self._fail(realm_id, row, error.msg)

    async def _fail(self, realm_id: int, row: Scheduled, reason: str) -> None:
        await self._lanes.write(realm_id, lambda tx: scheduled_messages.fail_scheduled(tx, row, reason))

    async def _send_reminder(self, realm_id: int, reminder_id: int, *, give_up: bool) -> None:
        row = await self._lanes.read(realm_id, lambda tx: find_reminder(tx, reminder_id))
        if row is None:
            return
        if give_up:
            await self._lanes.write(realm_id, lambda tx: reminders.drop_reminder(tx, row))
            return
        ready = await self._lanes.read(realm_id, lambda tx: prepare(tx, row))
        await self._lanes.write(
            realm_id,
            lambda tx: reminders.deliver_reminder(tx, row, ready.quoted, ready.content, ready.rendered),
        )


def prepare(tx: Tx, row: ReminderRow) -> Prepared:
    user = find_user(tx, row.user_id)
    assert user is not None
    return prepare_reminder(tx, user, row.message_id, row.note)
