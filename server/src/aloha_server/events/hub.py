"""The hub: who waits, and waking them.

Theory. A waiting client is a `Poll`, parked under its user. A wake carries a position, never data: `publish`
extends the realm's tail, and each poll that may be concerned is asked whether it admits one of the new entries;
the one that does is unparked and answered by reading the tail from where it had read to. Three facts keep
events from being lost:

- `park` happens on the loop in the same step as the read that found nothing, and `publish` runs on the loop too,
  so no entry falls between.
- The tail is contiguous. An entry above a hole is not seen by anybody until the hole is filled.
- `woken` is the position up to which every parked poll has been asked. It moves only when a whole round of
  asking is over, so the id of a heartbeat is never above what its queue was checked for.

A round of waking is cut into slices of `SLICE_S_MAX` of the loop. Polls that park meanwhile have read to the
tail's end and need not be asked.

Simplified: one process, one loop; the tail of a realm stays in memory once somebody polled it.
What would change it: more than one loop per process (then a hub per loop, fed by the same tail).
"""

import asyncio
import random
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence

from pyroaring import BitMap

from .adapt import Adaptation
from .entry import Entry
from .filter import admits
from .log import BYTES_MAX, EVENTS_MAX, Answer
from .queues import Queue
from .tail import Tail

SLICE_S_MAX = 0.005
TAIL_SCAN_MAX = 5_000
HEARTBEAT_S_MIN = 45
HEARTBEAT_S_MAX = 55

# Called once, unparked, with the queue's events; None: the tail no longer reaches back, read the database.
Deliver = Callable[["Poll", Answer | None], None]


class Poll:
    """One waiting client. `after` is the position up to which its queue was read and found empty."""

    __slots__ = ("after", "deliver", "due", "is_guest", "parked", "queue")

    def __init__(self, queue: Queue, after: int, deliver: Deliver, *, is_guest: bool) -> None:
        self.queue = queue
        self.after = after
        self.deliver = deliver
        self.is_guest = is_guest
        self.parked = False
        self.due = 0


class RealmHub:
    """The waiting polls and the tail of one realm. Belongs to the loop's thread."""

    def __init__(
        self,
        position: int,
        schedule: Callable[[Iterator[None]], None],
        clock: Callable[[], float],
        adapt: Adaptation,
    ) -> None:
        self.tail = Tail(position)
        self._adapt = adapt
        self.woken = position
        self._schedule = schedule
        self._clock = clock
        self._by_queue: dict[str, Poll] = {}
        self._by_user: dict[int, list[Poll]] = {}
        self._users = BitMap()
        self._widened: set[Poll] = set()

    def __len__(self) -> int:
        return len(self._by_queue)

    def read(self, queue: Queue, after: int, *, is_guest: bool) -> Answer:
        """The queue's events after a position that the tail reaches, bounded by events, bytes and entries."""
        entries = self.tail.after(after)[:TAIL_SCAN_MAX]
        events: list[bytes] = []
        size = 0
        now = self._clock()
        for entry in entries:
            if admits(entry, queue, is_guest=is_guest, now=now):
                for event in self._adapt(entry, queue):
                    events.append(event)
                    size += len(event)
                if len(events) >= EVENTS_MAX or size >= BYTES_MAX:
                    return Answer(events, entry.position)
        return Answer(events, max(after, entries[-1].position) if entries else after)

    def parked(self, queue_id: str) -> Poll | None:
        return self._by_queue.get(queue_id)

    def parked_of(self, user_id: int) -> list[Poll]:
        return list(self._by_user.get(user_id, ()))

    def all_parked(self) -> list[Poll]:
        return list(self._by_queue.values())

    def park(self, poll: Poll) -> None:
        """Waits for the next entry. The caller has just read to the tail's end and found nothing."""
        poll.parked = True
        self._by_queue[poll.queue.queue_id] = poll
        mine = self._by_user.get(poll.queue.user_id)
        if mine is None:
            self._by_user[poll.queue.user_id] = [poll]
            self._users.add(poll.queue.user_id)
        else:
            mine.append(poll)
        if poll.queue.widened:
            self._widened.add(poll)

    def unpark(self, poll: Poll) -> None:
        """Leaves no trace; harmless for one that is not parked."""
        if not poll.parked:
            return
        poll.parked = False
        del self._by_queue[poll.queue.queue_id]
        mine = self._by_user[poll.queue.user_id]
        mine.remove(poll)
        if not mine:
            del self._by_user[poll.queue.user_id]
            self._users.discard(poll.queue.user_id)
        self._widened.discard(poll)

    def publish(self, entries: Iterable[Entry]) -> Sequence[Entry]:
        """Takes committed entries; whoever waits for them is answered. Returns the new contiguous ones."""
        added = self.tail.extend(entries)
        if added:
            self._schedule(self._wake(added))
        return added

    def _wake(self, added: Sequence[Entry]) -> Iterator[None]:
        """A round of asking, one poll a step."""
        for entry in added:
            if entry.internal:
                continue
            for poll in self._candidates(entry):
                if poll.parked and admits(entry, poll.queue, is_guest=poll.is_guest, now=self._clock()):
                    self._answer(poll)
                yield
        self.woken = max(self.woken, added[-1].position)

    def _candidates(self, entry: Entry) -> list[Poll]:
        if entry.audience is None:
            return list(self._by_queue.values())
        polls = [poll for user_id in self._users & entry.audience for poll in self._by_user[user_id]]
        if entry.public and self._widened:
            polls.extend(poll for poll in self._widened if poll.queue.user_id not in entry.audience)
        return polls

    def _answer(self, poll: Poll) -> None:
        """Reads the log for a poll; should the read find nothing after all, it waits on."""
        self.unpark(poll)
        poll.after = self.checked(poll)
        if not self.tail.reaches(poll.after):
            poll.deliver(poll, None)
            return
        answer = self.read(poll.queue, poll.after, is_guest=poll.is_guest)
        if answer.events:
            poll.deliver(poll, answer)
        else:
            poll.after = answer.through
            self.park(poll)

    def checked(self, poll: Poll) -> int:
        """The position up to which the queue is known to have nothing: what it read, or was asked about."""
        return max(poll.after, self.woken)


class Hub:
    """All realms' hubs of a process, the slices of their work, and heartbeats."""

    def __init__(
        self,
        clock: Callable[[], float],
        *,
        heartbeat: Callable[[RealmHub, Poll], None],
        adapt: Adaptation | None = None,
    ) -> None:
        self.adapt = adapt or Adaptation()
        self._clock = clock
        self._heartbeat = heartbeat
        self._realms: dict[int, RealmHub] = {}
        self._rounds: deque[Iterator[None]] = deque()
        self._working = False
        self._due: dict[int, set[Poll]] = {}

    def realm(self, realm_id: int) -> RealmHub | None:
        return self._realms.get(realm_id)

    def realms(self) -> dict[int, RealmHub]:
        return self._realms

    def open(self, realm_id: int, position: int) -> RealmHub:
        """The realm's hub, begun at a head that was read from the database."""
        hub = self._realms.get(realm_id)
        if hub is None:
            hub = self._realms[realm_id] = RealmHub(position, self._start, self._clock, self.adapt)
        return hub

    def park(self, hub: RealmHub, poll: Poll) -> None:
        """Parks, and has the poll answered by a heartbeat 45 to 55 s later if nothing comes."""
        hub.park(poll)
        now = int(asyncio.get_running_loop().time())
        poll.due = now + random.randint(HEARTBEAT_S_MIN, HEARTBEAT_S_MAX)  # noqa: S311
        self._due.setdefault(poll.due, set()).add(poll)

    def forget(self, hub: RealmHub, poll: Poll) -> None:
        """Cancels a wait; leaves no trace."""
        hub.unpark(poll)
        self.settled(poll)

    def settled(self, poll: Poll) -> None:
        """The poll was answered: it needs no heartbeat."""
        waiting = self._due.get(poll.due)
        if waiting is not None:
            waiting.discard(poll)

    def tick(self) -> None:
        """Called about once a second: heartbeats to those whose time has come."""
        now = int(asyncio.get_running_loop().time())
        for second in [second for second in self._due if second <= now]:
            for poll in self._due.pop(second):
                hub = self._realms[poll.queue.realm_id]
                if poll.parked:
                    hub.unpark(poll)
                    self._heartbeat(hub, poll)

    def _start(self, work: Iterator[None]) -> None:
        self._rounds.append(work)
        if not self._working:
            self._working = True
            self._work()

    def _work(self) -> None:
        loop = asyncio.get_running_loop()
        deadline = loop.time() + SLICE_S_MAX
        steps = 0
        while self._rounds:
            for _ in self._rounds[0]:
                steps += 1
                if steps % 16 == 0 and loop.time() > deadline:
                    loop.call_soon(self._work)
                    return
            self._rounds.popleft()
        self._working = False
