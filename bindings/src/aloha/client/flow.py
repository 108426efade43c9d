"""What a client of the events API does next, decided without I/O, clock or randomness of its own.

`event_flow` is a generator: it yields a step, its driver carries it out and sends back what came of it.
The sync and the async client are two short drivers of this one truth.

What it promises, whatever network and server do, while the queue lives:
- Each event is delivered once and in order. The position moves past an id only when the driver came back
  from delivering the id's last event, and a poll that brought nothing is repeated from the same position, so
  a lost answer is asked for again and an answer that repeats delivered events has them dropped.
- Events that share an id are one thing: they never come in two answers. So ids are compared with the position
  that the poll started from, once per answer; comparing after each event would drop the second of a pair.
- A queue that is gone is told as a `Gap`, never passed over. `Save` follows it, so a client that dies between
  the two tells of the gap again.
- It never hammers: every fault, and every answer that brings nothing in no time, is followed by a `Sleep`.
- It ends with `ApiError` for a refusal that will never heal (a wrong key, a bad narrow), and only then.

To stop, close the generator: what was not acknowledged by then is delivered again to whoever resumes.
"""

from collections.abc import Callable, Generator, Mapping
from typing import Any, TypeVar

import msgspec

from aloha.client.backoff import BASE_S, CAP_S, Backoff
from aloha.client.wire import (
    Answer,
    ConnectionFailed,
    Outcome,
    describe,
    get_refusal,
    get_retry_after_s,
    is_final,
    is_success,
)
from aloha.contract.errors import ApiError

Event = dict[str, Any]  # as it travelled: bots know events as plain dicts

LONGPOLL_TIMEOUT_S = 90.0  # where the server does not tell its own
QUICK_S = 1.0  # no long-poll that waited for anything comes back sooner


class Position(msgspec.Struct, frozen=True, kw_only=True):
    """How far a queue has been read: all events up to `last_event_id` are delivered.

    `reached_at` is when that was, by the client's clock, in seconds since the epoch; 0 where nobody knows.
    """

    queue_id: str
    last_event_id: int
    longpoll_timeout_s: float = LONGPOLL_TIMEOUT_S
    reached_at: float = 0.0


class Register(msgspec.Struct, frozen=True):
    """Call `POST /register`; send back its outcome."""

    params: Mapping[str, Any]


class Poll(msgspec.Struct, frozen=True):
    """Call `GET /events`, waiting at most `position.longpoll_timeout_s`; send back its outcome."""

    position: Position


class Deliver(msgspec.Struct, frozen=True):
    """Hand the event over. Coming back acknowledges it."""

    event: Event


class Save(msgspec.Struct, frozen=True):
    """Keep the position: everything up to it is delivered."""

    position: Position


class Gap(msgspec.Struct, frozen=True):
    """The queue at `lost` is gone and a new one starts at `resumed`: what happened since `lost.reached_at` did
    not arrive."""

    lost: Position
    resumed: Position
    reason: ApiError


class Sleep(msgspec.Struct, frozen=True):
    """Let `seconds` pass. `reason` is for the log."""

    seconds: float
    reason: str


Step = Register | Poll | Deliver | Save | Gap | Sleep
Flow = Generator[Step, Outcome, None]

T = TypeVar("T")
_Asking = Generator[Step, Outcome, T]


class FlowOptions(msgspec.Struct, frozen=True, kw_only=True):
    """`register` are the parameters of each registration; `resume` is where to go on instead of registering.
    `clock` tells the seconds since the epoch."""

    random: Callable[[], float]
    clock: Callable[[], float] = float
    register: Mapping[str, Any] = {}
    resume: Position | None = None
    backoff_base_s: float = BASE_S
    backoff_cap_s: float = CAP_S


def event_flow(options: FlowOptions) -> Flow:
    """The whole life of an event loop. Never returns by itself; raises `ApiError` where going on is in vain."""
    backoff = Backoff(options.random, options.backoff_base_s, options.backoff_cap_s)
    if options.resume is None:
        position = yield from _register(options, backoff)
        yield Save(position)
    else:
        position = options.resume
    while True:
        try:
            answer, events = yield from _ask(Poll(position), _read_events, backoff)
        except ApiError as error:
            if error.code != "BAD_EVENT_QUEUE_ID":
                raise
            position = yield from _replace_queue(position, error, options, backoff)
            continue
        fresh = [event for event in events if event["id"] > position.last_event_id]
        if fresh or answer.elapsed_s >= QUICK_S:
            backoff.reset()
            position = yield from _deliver(fresh, position, options.clock)
        else:
            # Another reader of this queue, or a server on its way down: asking again at once would spin.
            yield Sleep(backoff.next_s(), "an answer without anything new")


def _replace_queue(lost: Position, reason: ApiError, options: FlowOptions, backoff: Backoff) -> _Asking[Position]:
    # A restored backup ends all queues at once: their clients must not register at once.
    yield Sleep(backoff.next_s(), str(reason))
    position = yield from _register(options, backoff)
    yield Gap(lost, position, reason)
    yield Save(position)
    return position


def _register(options: FlowOptions, backoff: Backoff) -> _Asking[Position]:
    position = yield from _ask(Register(options.register), _read_registration, backoff)
    return msgspec.structs.replace(position, reached_at=options.clock())


def _deliver(events: list[Event], position: Position, clock: Callable[[], float]) -> _Asking[Position]:
    following: list[int | None] = [*(event["id"] for event in events[1:]), None]
    for event, next_id in zip(events, following, strict=False):
        if event["type"] != "heartbeat":
            yield Deliver(event)
        if event["id"] != next_id:
            position = Position(
                queue_id=position.queue_id,
                last_event_id=event["id"],
                longpoll_timeout_s=position.longpoll_timeout_s,
                reached_at=clock(),
            )
            yield Save(position)
    return position


def _ask(step: Register | Poll, read: Callable[[Answer], T], backoff: Backoff) -> _Asking[T]:
    """Repeat one step until it brings what `read` understands; raise the refusal that repeating cannot heal."""
    while True:
        outcome = yield step
        assert outcome is not None, "a driver sends back what came of a request"
        reason, wait_s = describe(outcome), 0.0
        if not isinstance(outcome, ConnectionFailed):
            refusal = get_refusal(outcome)
            if refusal is not None and is_final(refusal):
                raise refusal
            if is_success(outcome):
                try:
                    return read(outcome)
                except msgspec.ValidationError as error:
                    reason = f"an answer that cannot be right: {error}"
            wait_s = get_retry_after_s(outcome)
        yield Sleep(backoff.next_s(wait_s), reason)


class _Registration(msgspec.Struct):
    queue_id: str
    last_event_id: int
    event_queue_longpoll_timeout_seconds: float = LONGPOLL_TIMEOUT_S


def _read_registration(answer: Answer) -> Position:
    found = msgspec.convert(answer.body, _Registration)
    return Position(
        queue_id=found.queue_id,
        last_event_id=found.last_event_id,
        longpoll_timeout_s=found.event_queue_longpoll_timeout_seconds,
    )


class _EventHead(msgspec.Struct):
    id: int
    type: str


class _Events(msgspec.Struct):
    events: list[_EventHead]


def _read_events(answer: Answer) -> tuple[Answer, list[Event]]:
    heads = msgspec.convert(answer.body, _Events).events
    ids = [head.id for head in heads]
    if ids != sorted(ids):
        raise msgspec.ValidationError("its event ids fall")
    assert answer.body is not None
    return answer, answer.body["events"]
