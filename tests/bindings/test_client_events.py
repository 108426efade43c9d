"""Event loops as iterators, sync and async, against the fake: order, acknowledgement, resuming, gaps."""

import asyncio
import contextlib
import threading
import time
from collections.abc import Generator
from pathlib import Path

from aloha import FilePosition, Gap
from aloha.contract.events import Event, MessageEvent, ReactionAddEvent, UnknownEvent
from aloha.testing import CUT, LOST, FakeServer, page, refusal


def test_events_come_typed_and_in_order_over_every_fault() -> None:
    server = FakeServer()
    ada = server.add_user("Ada")
    got: list[str] = []
    with server.client(random=lambda: 0.0) as client:
        events = client.events(["message", "reaction", "novelty"])
        server.fail("POST", "/register", CUT, page(502))
        server.fail("GET", "/events", LOST, CUT, refusal("RATE_LIMIT_HIT", status=429, retry_after_s=7.5))
        for number in range(5):
            server.fail("GET", "/events", LOST)
            if number == 2:
                server.emit("novelty", number=number)
            if number == 0:
                _register_first(server, events, got)
            server.say(ada, f"message {number}")
        while len(got) < 7:
            got.append(_describe(next(events)))
        events.close()
    assert got == ["first", *(f"message {n}" for n in range(2)), "novelty", *(f"message {n}" for n in range(2, 5))]
    assert 7.5 in client.naps
    assert server.queues == []  # given back, because nobody will resume it


def _register_first(server: FakeServer, events: Generator[Event], got: list[str]) -> None:
    """The queue begins when the first event is asked for, which somebody else must then send."""

    def send() -> None:
        server.wait_for(lambda: bool(server.queues), "a queue")
        server.say(server.bot, "first")

    thread = threading.Thread(target=send)
    thread.start()
    got.append(_describe(next(events)))
    thread.join()


def _describe(event: Event) -> str:
    match event:
        case MessageEvent():
            return event.message.content
        case ReactionAddEvent():
            return event.emoji_name
        case UnknownEvent():
            return event.type
    raise AssertionError(event)


def test_a_position_is_saved_when_the_next_event_is_asked_for(tmp_path: Path) -> None:
    server = FakeServer()
    store = FilePosition(tmp_path / "position")
    before = time.time()
    with server.client() as client:
        events = client.events(["message"], resume=store)
        _register_first(server, events, [])
        saved = store.load()
        assert saved is not None
        assert saved.last_event_id == -1
        assert before <= saved.reached_at <= time.time()
        server.say(server.bot, "second")
        assert _describe(next(events)) == "second"
        saved = store.load()
        assert saved is not None
        assert saved.last_event_id == 0
        events.close()
    with server.client() as client:  # "second" was not acknowledged
        assert _describe(next(client.events(["message"], resume=store))) == "second"


def test_pending_events_are_dropped_on_request(tmp_path: Path) -> None:
    server = FakeServer()
    store = FilePosition(tmp_path / "position")
    with server.client() as client:
        _register_first(server, client.events(["message"], resume=store), [])
    server.say(server.bot, "missed")
    gaps: list[Gap] = []
    with server.client() as client:
        events = client.events(["message"], resume=store, drop_pending=True, on_gap=gaps.append)
        server.drop_queues()  # else the helper would take the old queue for the new one
        got: list[str] = []
        _register_first(server, events, got)
    assert got == ["first"]
    assert gaps == []


def test_a_gap_tells_since_when(tmp_path: Path) -> None:
    server = FakeServer()
    store = FilePosition(tmp_path / "position")
    with server.client() as client:
        events = client.events(["message"], resume=store)
        _register_first(server, events, [])
    server.drop_queues()
    gaps: list[Gap] = []
    with server.client() as client:
        _register_first(server, client.events(["message"], resume=store, on_gap=gaps.append), [])
    [gap] = gaps
    assert gap.lost.last_event_id == -1
    assert abs(gap.lost.reached_at - time.time()) < 60


def test_async_events_are_the_same() -> None:
    server = FakeServer()

    async def run() -> list[str]:
        got = []
        async with server.async_client(random=lambda: 0.0) as client:
            server.fail("GET", "/events", CUT, LOST)
            events = client.events(["message"])
            async with contextlib.aclosing(events):
                pending = asyncio.ensure_future(anext(events))
                await asyncio.to_thread(server.wait_until_polled)
                server.say(server.bot, "one")
                server.say(server.bot, "two")
                got.append(_describe(await pending))
                got.append(_describe(await anext(events)))
        return got

    assert asyncio.run(run()) == ["one", "two"]
    assert server.queues == []
