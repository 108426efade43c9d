"""`GET /events`: the long poll.

The common case costs no task and no thread: credentials and queue are remembered, the realm's tail reaches back
far enough, so the answer, or parking, is plain work on the loop. What is not remembered goes through `_slow`,
a task that reads the database and then comes back to the same decision.
"""

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Coroutine
from functools import partial
from typing import Protocol, TypeVar
from urllib.parse import parse_qsl

import msgspec

from aloha.contract.errors import ApiError, BadEventQueueError, MissingParameterError

from ..access.accounts import Account, Accounts
from ..events.audience import Audiences
from ..events.hub import Hub, Poll, RealmHub
from ..events.log import Answer, catch_up, read_head
from ..events.queues import Queue, QueueSpec, load_queue
from ..store import Tx

logger = logging.getLogger(__name__)

T = TypeVar("T")
Headers = tuple[tuple[bytes, bytes], ...]
Respond = Callable[[int, Headers, bytes], None]

QUEUES_KEPT_MAX = 500_000
CLOSE: Headers = ((b"connection", b"close"),)
QUEUE_ID_LENGTH_MAX = 100
DIGITS_MAX = 18


class PollRequest(Protocol):
    """What the edge hands over of a request; nothing is decoded."""

    @property
    def host(self) -> bytes: ...
    @property
    def authorization(self) -> bytes | None: ...
    @property
    def query(self) -> bytes: ...
    @property
    def counted(self) -> bool: ...


class Environment(Protocol):
    """What the composition root provides."""

    async def read(self, realm_id: int, fn: Callable[[Tx], T]) -> T: ...
    def find_realm_id(self, host: bytes) -> int:
        """Raises NONEXISTENT_SUBDOMAIN."""

    def parse_credentials(self, authorization: bytes | None) -> tuple[str, str]:
        """Raises UnauthorizedError."""

    def check_limit(self, realm_id: int, user_id: int) -> None:
        """Raises RateLimitError."""

    def open_hub(self, realm_id: int) -> Awaitable[RealmHub]:
        """The realm's hub, begun at the head as it is in the database."""


class Parameters(msgspec.Struct, frozen=True, gc=False):
    queue_id: str
    last_event_id: int
    dont_block: bool


class Request:
    """One `GET /events` until it is answered or its connection is gone."""

    __slots__ = (
        "account",
        "cancelled",
        "hub",
        "parameters",
        "poll",
        "queue",
        "realm_id",
        "respond",
        "service",
        "task",
        "waited",
    )
    # Known step by step, each before it is used.
    realm_id: int
    account: Account
    hub: RealmHub
    parameters: Parameters
    queue: Queue

    def __init__(self, service: "EventPolls", respond: Respond) -> None:
        self.service = service
        self.respond = respond
        self.cancelled = False
        self.waited = False
        self.poll: Poll | None = None
        self.task: asyncio.Task[None] | None = None

    def cancel(self) -> None:
        self.cancelled = True
        if self.task is not None:
            self.task.cancel()
        if self.poll is not None:
            self.service.hub.forget(self.hub, self.poll)


class EventPolls:
    """Answers long polls. Belongs to the loop's thread."""

    def __init__(
        self, environment: Environment, hub: Hub, accounts: Accounts, audiences: Audiences, clock: Callable[[], float]
    ) -> None:
        self.hub = hub
        self._environment = environment
        self._accounts = accounts
        self._audiences = audiences
        self._clock = clock
        self._queues: OrderedDict[tuple[int, str], Queue] = OrderedDict()
        self._specs: dict[str, QueueSpec] = {}
        self._touched: set[Queue] = set()
        self._requests: dict[Poll, Request] = {}

    def begin(self, request: PollRequest, respond: Respond) -> Request:
        """Answers now or later, by one call of `respond`."""
        handle = Request(self, respond)
        try:
            self._begin(handle, request)
        except ApiError as error:
            _refuse(handle, error)
        return handle

    def _begin(self, handle: Request, request: PollRequest) -> None:
        handle.realm_id = self._environment.find_realm_id(request.host)
        email, api_key = self._environment.parse_credentials(request.authorization)
        account = self._accounts.cached(handle.realm_id, email, api_key)
        hub = self.hub.realm(handle.realm_id)
        if account is not None and hub is not None:
            handle.account, handle.hub = account, hub
            handle.parameters = self._admit(account, request)
            queue = self._queues.get((handle.realm_id, handle.parameters.queue_id))
            if queue is not None:
                handle.queue = queue
                self._proceed(handle)
            else:
                self._spawn(handle, self._find_queue(handle))
            return
        self._spawn(handle, self._slow(handle, email, api_key, request))

    def _spawn(self, handle: Request, work: Coroutine[None, None, None]) -> None:
        handle.task = asyncio.get_running_loop().create_task(self._guard(handle, work))

    async def _guard(self, handle: Request, work: Coroutine[None, None, None]) -> None:
        """Whatever happens, the client is answered."""
        try:
            await work
        except ApiError as error:
            _refuse(handle, error)
        except Exception:
            logger.exception("a long poll failed")
            _refuse(handle, ApiError("Internal server error", code="INTERNAL_SERVER_ERROR"))

    def _admit(self, account: Account, request: PollRequest) -> Parameters:
        if request.counted:
            self._environment.check_limit(account.realm_id, account.user_id)
        return parse_parameters(request.query)

    async def _slow(self, handle: Request, email: str, api_key: str, request: PollRequest) -> None:
        """Reads what is not in memory; ends in the same `_proceed`."""
        handle.account = await self._accounts.authenticate(handle.realm_id, email, api_key)
        handle.parameters = self._admit(handle.account, request)
        handle.hub = await self._environment.open_hub(handle.realm_id)
        await self._find_queue(handle)

    async def _find_queue(self, handle: Request) -> None:
        handle.queue = await self._load_queue(handle.realm_id, handle.parameters.queue_id)
        handle.task = None
        self._proceed(handle)

    async def _load_queue(self, realm_id: int, queue_id: str) -> Queue:
        row = await self._environment.read(realm_id, lambda tx: load_queue(tx, queue_id))
        if row is None:
            raise BadEventQueueError(queue_id)
        queue = self._queues.get((realm_id, queue_id))  # another poll may have been quicker
        if queue is None:
            queue = self._queues[realm_id, queue_id] = Queue(realm_id, row, self._specs)
            if len(self._queues) > QUEUES_KEPT_MAX:
                self._forget_idle()
        return queue

    def _proceed(self, handle: Request) -> None:
        """Everything is known but the events: acknowledges, and answers, parks, or reads the database."""
        queue, parameters = handle.queue, handle.parameters
        if queue.user_id != handle.account.user_id:
            raise BadEventQueueError(parameters.queue_id)
        after = max(parameters.last_event_id, queue.start)
        self._complete_earlier(handle)
        if after > handle.hub.tail.end or not handle.hub.tail.reaches(after):
            self._spawn(handle, self._far(handle, after))
            return
        self._touch(queue, after)
        self._read_or_park(handle, after)

    def _touch(self, queue: Queue, acknowledged: int) -> None:
        queue.polled_at = self._clock()
        queue.acknowledged = max(queue.acknowledged, acknowledged)
        self._queues.move_to_end((queue.realm_id, queue.queue_id))
        self._touched.add(queue)

    def _read_or_park(self, handle: Request, after: int) -> None:
        """Read, and park in the same step of the loop if there is nothing: no entry falls between."""
        answer = handle.hub.read(handle.queue, after, is_guest=handle.account.is_guest)
        if answer.events or handle.parameters.dont_block:
            self._answer(handle, answer.events)
        elif answer.through < handle.hub.tail.end:  # a bound was met
            self._heartbeat(handle, answer.through)
        else:
            self._park(handle, answer.through)

    def _complete_earlier(self, handle: Request) -> None:
        """A second poll of a queue completes the first at once."""
        earlier = handle.hub.parked(handle.queue.queue_id)
        if earlier is not None:
            self._settle(earlier, [])

    def _park(self, handle: Request, after: int) -> None:
        self._complete_earlier(handle)
        handle.waited = True
        poll = Poll(handle.queue, after, self._deliver, is_guest=handle.account.is_guest)
        handle.poll = poll
        self._requests[poll] = handle
        self.hub.park(handle.hub, poll)

    async def _far(self, handle: Request, after: int) -> None:
        """The position is outside the tail: behind it (catch up from the database), or ahead of it."""
        queue, is_guest = handle.queue, handle.account.is_guest
        head = await self._environment.read(queue.realm_id, read_head)
        if not head.pruned <= after <= head.position:
            raise BadEventQueueError(queue.queue_id)
        self._touch(queue, after)
        while not handle.hub.tail.reaches(after):
            until = handle.hub.tail.end
            read = partial(
                catch_up,
                queue=queue,
                after=after,
                until=until,
                audiences=self._audiences,
                adapt=self.hub.adapt,
                is_guest=is_guest,
            )
            answer = await self._environment.read(queue.realm_id, read)
            after = answer.through
            if answer.events:
                self._answer(handle, answer.events)
                return
            if after < until:
                self._heartbeat(handle, after)
                return
        handle.task = None
        if after > handle.hub.tail.end:  # another process is ahead of what this one has heard of
            self._park(handle, after)
        else:
            self._read_or_park(handle, after)

    def _deliver(self, poll: Poll, answer: Answer | None) -> None:
        """The hub found something for a parked poll."""
        handle = self._requests[poll]
        if answer is None:
            self._drop(poll)
            self._spawn(handle, self._far(handle, poll.after))
        else:
            self._settle(poll, answer.events)

    def _settle(self, poll: Poll, events: list[bytes], headers: Headers = ()) -> None:
        self.hub.forget(self._requests[poll].hub, poll)
        self._answer(self._drop(poll), events, headers)

    def _drop(self, poll: Poll) -> Request:
        self.hub.settled(poll)
        handle = self._requests.pop(poll)
        handle.poll = None
        return handle

    def heartbeat(self, hub: RealmHub, poll: Poll) -> None:
        """The hub's clock says that this poll, already unparked, waited long enough."""
        self._heartbeat(self._drop(poll), hub.checked(poll))

    def _heartbeat(self, handle: Request, position: int, headers: Headers = ()) -> None:
        self._answer(handle, [b'{"type":"heartbeat","id":%d}' % position], headers)

    def _answer(self, handle: Request, events: list[bytes], headers: Headers = ()) -> None:
        if handle.cancelled:
            return
        queue_id = b',"queue_id":"%s"' % handle.queue.queue_id.encode() if handle.waited else b""
        body = b'{"result":"success","msg":"","events":[%s]%s}' % (b",".join(events), queue_id)
        handle.respond(200, headers, body)

    def forget_queue(self, realm_id: int, queue_id: str) -> None:
        """The queue ended, here or in another process."""
        queue = self._queues.pop((realm_id, queue_id), None)
        if queue is not None:
            self._touched.discard(queue)
        hub = self.hub.realm(realm_id)
        poll = hub.parked(queue_id) if hub else None
        if hub is not None and poll is not None:
            self.hub.forget(hub, poll)
            _refuse(self._drop(poll), BadEventQueueError(queue_id))

    def forget_user(self, realm_id: int, user_id: int) -> None:
        """Key, role or activity changed: who waits is sent away and authenticates again."""
        hub = self.hub.realm(realm_id)
        for poll in hub.parked_of(user_id) if hub else ():
            self._settle(poll, [])

    def touched(self) -> list[Queue]:
        """The queues polled since the last call."""
        touched, self._touched = list(self._touched), set()
        return touched

    def drain(self, share: float) -> int:
        """Answers about a share of those who wait by a heartbeat that closes; how many still wait."""
        for hub in self.hub.realms().values():
            parked = hub.all_parked()
            for poll in parked[: max(1, int(len(parked) * share))]:
                hub.unpark(poll)
                position = hub.checked(poll)
                self._heartbeat(self._drop(poll), position, CLOSE)
        return sum(map(len, self.hub.realms().values()))

    def _forget_idle(self) -> None:
        """Drops the oldest tenth of the remembered queues that nobody waits on; their rows remain."""
        for key in list(self._queues)[: QUEUES_KEPT_MAX // 10]:
            hub = self.hub.realm(key[0])
            if self._queues[key] not in self._touched and not (hub and hub.parked(key[1])):
                del self._queues[key]


def _refuse(handle: Request, error: ApiError) -> None:
    if not handle.cancelled:
        headers = tuple((name.encode(), value.encode()) for name, value in error.headers.items())
        handle.respond(error.status, headers, msgspec.json.encode(error.envelope()))


def parse_parameters(query: bytes) -> Parameters:
    """The query string of a poll; raises ApiError."""
    try:
        values = dict(parse_qsl(query.decode("ascii"), keep_blank_values=True, max_num_fields=20, errors="strict"))
    except ValueError as error:
        raise ApiError("The query string is malformed") from error
    if "queue_id" not in values:
        raise MissingParameterError("queue_id")
    if "\0" in values["queue_id"]:
        raise ApiError("queue_id contains a NUL character")
    if "last_event_id" not in values:
        raise ApiError("Missing 'last_event_id' argument")
    last = values["last_event_id"]
    if not last.removeprefix("-").isdecimal() or not last.isascii() or len(last) > DIGITS_MAX:
        raise ApiError("last_event_id is not an integer")
    block = values.get("dont_block", "false").lower()
    if block not in ("true", "false"):
        raise ApiError("dont_block is not a boolean")
    return Parameters(values["queue_id"][:QUEUE_ID_LENGTH_MAX], int(last), block == "true")
