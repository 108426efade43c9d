"""The ways to the data of one process: reads and writes from the loop, and what commits bring to hub and caches.

`Data` is what API handlers know as their services. It belongs to the loop's thread; only `_deliver` runs on a lane's.
"""

import asyncio
import contextlib
import logging
import time
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any, TypeVar

import msgspec

from .access.accounts import Account, Accounts
from .access.adapters import user_adapters
from .access.keys import KeyRing
from .access.message_adapters import MESSAGE_ADAPTERS
from .access.presence import OVERLAP_S, Presences, load_presence
from .access.realm import Realms, load_realms
from .access.receipts import forget_old_receipts
from .actions.discarded import find_due_files, forget_files
from .actions.presence import write_presence
from .actions.promotions import find_promotable, promote_members
from .api.polls import EventPolls
from .deliveries import Deliveries
from .events import keeper
from .events.adapt import Adaptation
from .events.audience import Audiences
from .events.entry import Entry
from .events.hub import Hub, Poll, RealmHub
from .events.log import HEADS, make_entries, read_entries, read_head
from .events.queues import expire_queues, touch_queues
from .files import open_files
from .http.auth import parse_basic
from .http.ratelimit import RateLimits
from .http.realms import find_realm
from .settings import Settings
from .store import Job, LogRow, Store, Tx, WriteTx

logger = logging.getLogger(__name__)
T = TypeVar("T")

READER_THREADS = 2
TICK_S = 0.5  # how soon what another process wrote is noticed
BEAT_S = 1.0
KEEP_S = 60.0
PRESENCE_S = 3.0
FILL_ENTRIES_MAX = 1_000
DRAIN_STEPS = 10
DRAIN_S = 1.0


class Data:
    """The ways to the data of one process: reads and writes from the loop, and the log's news to hub and caches."""

    def __init__(
        self, store: Store, settings: Settings, rate_limits: RateLimits, clock: Callable[[], float] = time.time
    ) -> None:
        self.store = store
        self.settings = settings
        self.keys = KeyRing(settings.data)
        self.files = open_files(settings)
        self.clock = clock
        self.audiences = Audiences()
        self.realms = Realms()
        self.accounts = Accounts(self.read)
        self.presences = Presences()
        self._presence_since = 0.0  # up to when what other processes wrote of it was read
        self.hub = Hub(
            clock, heartbeat=self._heartbeat, adapt=Adaptation({**user_adapters(self.keys), **MESSAGE_ADAPTERS})
        )
        self.polls = EventPolls(self, self.hub, self.accounts, self.audiences, clock)
        self.deliveries = Deliveries(self, clock)
        self._rate_limits = rate_limits
        self._readers = ThreadPoolExecutor(READER_THREADS, thread_name_prefix="reader")
        self._offloaded = ThreadPoolExecutor(1, thread_name_prefix="offloaded")
        self._maintainer = ThreadPoolExecutor(1, thread_name_prefix="maintain")
        self._filling: set[int] = set()
        self._tasks: set[asyncio.Task[None]] = set()

    async def start(self) -> None:
        """Knows the realms and their heads; from here on every commit is heard."""
        self._loop = asyncio.get_running_loop()
        self.store.deliver = self._deliver
        await self._load_realms()
        for realm_id, position in await self.read(0, lambda tx: tx.rows(HEADS)):
            self.hub.open(realm_id, position)
        await self._greet()
        self._every(BEAT_S, self._beat)
        self._every(TICK_S, self._tick)
        self._every(PRESENCE_S, self.keep_presence)
        self._every(KEEP_S, self._keep)
        self._spawn(self.deliveries.run())

    async def drain(self) -> None:
        """Answers everybody who waits, spread over a second, so that they do not all come back at once."""
        for step in range(DRAIN_STEPS):
            if not self.polls.drain(1 / (DRAIN_STEPS - step)):
                return
            await asyncio.sleep(DRAIN_S / DRAIN_STEPS)

    async def stop(self) -> None:
        """Writes what is only in memory, then closes the store."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self.keep_presence()
        await self._flush()
        await self._loop.run_in_executor(self._maintainer, self.store.close)
        await self.files.close()
        self._readers.shutdown()
        self._offloaded.shutdown()
        self._maintainer.shutdown()

    async def read(self, realm_id: int, fn: Callable[[Tx], T]) -> T:
        """Runs a read on a store thread, in one consistent view."""
        return await self._loop.run_in_executor(self._readers, self.store.read, realm_id, fn)

    async def write(self, realm_id: int, fn: Callable[[WriteTx], T], *, alone: bool = False) -> T:
        """Runs an action in the realm's lane; returns after COMMIT. An exception of `fn` undoes it."""
        future: asyncio.Future[T] = self._loop.create_future()
        self.store.submit(Job(realm_id, fn, alone=alone, context=future))
        return await future

    async def offload(self, fn: Callable[[], T]) -> T:
        """Runs what is slow and needs no data: off the loop, one at a time."""
        return await self._loop.run_in_executor(self._offloaded, fn)

    # What commits bring.

    def _deliver(self, jobs: list[Job], rows: list[LogRow]) -> None:
        """On the lane's thread: makes entries of rows, then tells the loop once for the whole batch."""
        entries: dict[int, list[Entry]] = {}
        try:
            for realm_id in {row.realm_id for row in rows}:
                entries[realm_id] = self._make_entries(realm_id, [row for row in rows if row.realm_id == realm_id])
        except Exception:  # the tick reads them from the database
            logger.exception("committed entries could not be read back")
        with contextlib.suppress(RuntimeError):  # the loop is closed: nobody waits any more
            self._loop.call_soon_threadsafe(self._finish, jobs, entries)

    def _make_entries(self, realm_id: int, rows: list[LogRow]) -> list[Entry]:
        sets = self.audiences.known(realm_id, (row.audience_id for row in rows))
        if sets is None:
            return self.store.read(realm_id, lambda tx: make_entries(tx, rows, self.audiences))
        return [Entry(row, sets[row.audience_id]) for row in rows]

    def _finish(self, jobs: list[Job], entries: dict[int, list[Entry]]) -> None:
        for job in jobs:
            future: asyncio.Future[object] = job.context
            if future.done():
                continue
            if job.error is None:
                future.set_result(job.result)
            else:
                future.set_exception(job.error)
        for realm_id, new in entries.items():
            self._publish(realm_id, new)

    def _publish(self, realm_id: int, entries: list[Entry]) -> None:
        hub = self.hub.realm(realm_id)
        if hub is None:
            return  # the tick opens it
        for entry in hub.publish(entries):
            if entry.internal:
                self._hear(realm_id, entry)
        if hub.tail.has_hole:
            self._spawn(self._fill(realm_id, hub))

    def _hear(self, realm_id: int, entry: Entry) -> None:
        """Entries for processes keep the caches true."""
        body = msgspec.json.decode(entry.body)
        match entry.kind:
            case "_account":
                self.accounts.forget(realm_id, body["user_id"])
                self.polls.forget_user(realm_id, body["user_id"])
                if not body.get("is_active", True):
                    self.presences.forget(realm_id, body["user_id"])
            case "_queue":
                self.polls.forget_queue(realm_id, body["queue_id"])
            case "_due":
                self.deliveries.hear(body["due_at"])
            case "_realm":
                self._spawn(self._load_realms())

    # What other processes wrote, and time.

    async def _beat(self) -> None:
        self.hub.tick()

    async def _tick(self) -> None:
        await self._loop.run_in_executor(self._maintainer, self.store.engine.maintain)
        if not await self._loop.run_in_executor(self._maintainer, self.store.engine.changed):
            return
        for realm_id, position in await self.read(0, lambda tx: tx.rows(HEADS)):
            hub = self.hub.realm(realm_id)
            if hub is None:
                await self._load_realms()
                self.hub.open(realm_id, position)
            elif position > hub.tail.end:
                await self._fill(realm_id, hub)

    async def _fill(self, realm_id: int, hub: RealmHub) -> None:
        """Reads what the tail misses; one at a time per realm."""
        if realm_id in self._filling:
            return
        self._filling.add(realm_id)
        try:
            while True:
                after = hub.tail.end
                entries = await self.read(
                    realm_id,
                    lambda tx: read_entries(tx, after, 2**62, self.audiences, FILL_ENTRIES_MAX),  # noqa: B023
                )
                if not entries:
                    return
                self._publish(realm_id, entries)
                if hub.tail.end == after:
                    return
        finally:
            self._filling.discard(realm_id)

    async def open_hub(self, realm_id: int) -> RealmHub:
        hub = self.hub.realm(realm_id)
        if hub is None:
            head = await self.read(realm_id, read_head)
            hub = self.hub.open(realm_id, head.position)
        return hub

    async def _keep(self) -> None:
        await self._flush()
        for realm_id in list(self.hub.realms()):
            while await self.write(realm_id, expire_queues, alone=True):
                pass
            await self.write(realm_id, forget_old_receipts, alone=True)
            if await self.read(realm_id, find_promotable):
                await self.write(realm_id, promote_members, alone=True)
            await self._sweep_files(realm_id)
            until = await self.read(realm_id, lambda tx: keeper.find_prunable(tx, self.settings.log_retention_s))
            while await self.write(realm_id, lambda tx: keeper.prune(tx, until), alone=True):  # noqa: B023
                pass

    async def _sweep_files(self, realm_id: int) -> None:
        """Deletes the files that nothing refers to any more."""
        while keys := await self.read(realm_id, find_due_files):
            for key in keys:
                await self.files.delete(key)
            await self.write(realm_id, lambda tx: forget_files(tx, keys), alone=True)

    async def _flush(self) -> None:
        """Writes what queues acknowledged, one batch per realm, and that the server is alive."""
        by_realm: dict[int, list[tuple[str, int, float]]] = {realm_id: [] for realm_id in self.hub.realms()}
        for queue in self.polls.touched():
            by_realm[queue.realm_id].append((queue.queue_id, queue.acknowledged, queue.polled_at))
        for realm_id, touched in by_realm.items():

            def write(tx: WriteTx, touched: list[tuple[str, int, float]] = touched) -> None:
                touch_queues(tx, touched)
                keeper.mark_alive(tx)

            await self.write(realm_id, write, alone=True)

    async def keep_presence(self) -> None:
        """Writes what pings changed, tells large organizations who came, and hears what other processes wrote."""
        now = self.clock()
        for realm_id, presence in self.presences.loaded().items():
            unwritten, came = presence.take_unwritten(), presence.take_unannounced()
            if unwritten or came:
                try:
                    await self.write(realm_id, partial(write_presence, unwritten=unwritten, came=came))
                except Exception:
                    presence.give_back(unwritten)
                    raise
            if not self.store.engine.shared_lane:  # SQLite has one process
                since = self._presence_since - OVERLAP_S
                presence.merge(await self.read(realm_id, partial(load_presence, since=since)), now)
        self._presence_since = now

    async def _greet(self) -> None:
        """Excuses the time in which no server was there, and tells clients of a new release."""
        alive_at = await self.read(0, keeper.read_alive_at)
        down_s = self.clock() - alive_at if alive_at else 0.0
        for realm_id in list(self.hub.realms()):
            if down_s > 2 * KEEP_S:
                await self.write(realm_id, lambda tx: keeper.excuse_downtime(tx, down_s))
            await self.write(realm_id, lambda tx: keeper.announce_release(tx, int(self.clock())))

    # The edge's questions.

    async def _load_realms(self) -> None:
        self.realms.replace(await self.read(0, load_realms))

    def find_realm_id(self, host: bytes) -> int:
        return find_realm(self.realms, host).realm_id

    def parse_credentials(self, authorization: bytes | None) -> tuple[str, str]:
        return parse_basic(authorization)

    def check_limit(self, realm_id: int, user_id: int) -> None:
        self._rate_limits.hit_poll(realm_id, user_id)

    def _heartbeat(self, hub: RealmHub, poll: Poll) -> None:
        self.polls.heartbeat(hub, poll)

    async def authenticate(self, realm_id: int, email: str, api_key: str) -> Account:
        return await self.accounts.authenticate(realm_id, email, api_key)

    async def check_health(self) -> bool:
        """Whether the database answers."""
        return bool(await self.read(0, lambda tx: tx.value("select 1")) == 1)

    # Tasks.

    def _every(self, seconds: float, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
        async def repeat() -> None:
            while True:
                await asyncio.sleep(seconds)
                try:
                    await work()
                except Exception:
                    logger.exception("background work failed; it is tried again")

        self._spawn(repeat())

    def _spawn(self, work: Coroutine[Any, Any, None]) -> None:
        task = self._loop.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
