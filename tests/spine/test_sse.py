"""Server-sent events: the same events as a long poll's, resumed by Last-Event-ID, ended where a client has to act."""

import base64
import http.client
import json
import threading
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
from tests.world import Person, World

from aloha_server.http.ratelimit import Allowance


class Stream:
    """One `GET /events` with `Accept: text/event-stream`, read line by line."""

    def __init__(self, person: Person, last_event_id: int | None, queue_id: str = "", **headers: str) -> None:
        query = urlencode({"queue_id": queue_id or person.replica.queue_id, "last_event_id": last_event_id or -1})
        token = base64.b64encode(f"{person.email}:{person.api_key}".encode()).decode()
        sent = {"Authorization": f"Basic {token}", "Accept": "text/event-stream", **headers}
        self._connection = http.client.HTTPConnection("127.0.0.1", person.port, timeout=20)
        self._connection.request("GET", f"/api/v1/events?{query}", headers=sent)
        self.answer = self._connection.getresponse()

    def block(self) -> dict[str, Any]:
        """The next block: `id`, `event`, `data` (decoded) and `comment`, as far as it has them; {} at the end."""
        found: dict[str, Any] = {}
        while line := self.answer.readline().decode().rstrip("\n"):
            name, _, value = line.partition(": ")
            found[name or "comment"] = json.loads(value) if name == "data" else value
        return found

    def events(self, count: int) -> list[tuple[str | None, dict[str, Any]]]:
        """Ids and events of the next so many blocks that have data."""
        found: list[tuple[str | None, dict[str, Any]]] = []
        while len(found) < count:
            block = self.block()
            assert block, "the stream ended"
            if "data" in block:
                found.append((block.get("id"), block["data"]))
        return found

    def close(self) -> None:
        """The response holds the socket where the answer has no length."""
        self.answer.close()
        self._connection.close()


@pytest.fixture
def open_stream() -> Iterator[Callable[..., Stream]]:
    """Makes streams that are closed after the test."""
    streams: list[Stream] = []

    def open_(*arguments: Any, **headers: str) -> Stream:
        streams.append(Stream(*arguments, **headers))  # type: ignore[arg-type]
        return streams[-1]

    yield open_
    for stream in streams:
        stream.close()


Open = Callable[..., Stream]


def wait_until_parked(world: World) -> None:
    """Returns when some poll waits; a stream's own does not count at the edge."""
    deadline = threading.Event()
    for _ in range(2000):
        if any(map(len, world.server.data.hub.realms().values())):
            return
        deadline.wait(0.005)
    raise AssertionError("nobody waits")


def test_a_stream_has_what_a_poll_has_and_goes_on_where_it_was(world: World, open_stream: Open) -> None:
    member = world.member
    position = member.replica.position
    world.owner.post("/messages", type="direct", to=[member.user_id], content="before")
    stream = open_stream(member, position)
    assert stream.answer.status == 200
    assert stream.answer.getheader("content-type") == "text/event-stream; charset=utf-8"
    assert stream.answer.getheader("x-accel-buffering") == "no"
    assert stream.block()["retry"] == "1000"
    world.owner.post("/messages", type="direct", to=[member.user_id], content="waiting")
    polled = member.poll(member.replica.queue_id, position)
    streamed = stream.events(2)
    assert [event for _, event in streamed] == polled
    assert [int(id_ or -1) for id_, _ in streamed] == [event["id"] for event in polled]
    resumed = open_stream(member, None, **{"Last-Event-ID": str(polled[0]["id"])})
    assert [event for _, event in resumed.events(1)] == polled[1:]


def test_events_that_share_an_id_are_acknowledged_together(world: World, open_stream: Open) -> None:
    member = world.member
    queue = member.post("/register")  # without capabilities, so that each deleted message is an event
    world.owner.post("/users/me/subscriptions", subscriptions=[{"name": "kitchen"}], principals=[member.user_id])
    sent = [
        world.owner.post("/messages", type="channel", to="kitchen", topic="soup", content=str(number))["id"]
        for number in range(2)
    ]
    for message_id in sent:
        world.owner.delete(f"/messages/{message_id}")
    stream = open_stream(member, queue["last_event_id"], queue["queue_id"])
    polled = member.poll(queue["queue_id"], queue["last_event_id"])
    streamed = stream.events(len(polled))
    for (id_, event), following in zip(streamed, [*polled[1:], None], strict=True):
        is_last = following is None or following["id"] != event["id"]
        assert (id_ is not None) == is_last


def test_a_refusal_is_an_ordinary_answer(world: World, open_stream: Open) -> None:
    stream = open_stream(world.member, 0, "nosuch")
    assert stream.answer.status == 400
    assert json.loads(stream.answer.read())["code"] == "BAD_EVENT_QUEUE_ID"
    stream = open_stream(world.member, 10**9)
    assert stream.answer.status == 400
    stream = open_stream(world.member, 0, Authorization="Basic bm9ib2R5Om5v")
    assert stream.answer.status == 401


def test_a_queue_that_ends_ends_its_stream_with_the_error(world: World, open_stream: Open) -> None:
    member = world.member
    stream = open_stream(member, member.replica.position)
    stream.block()
    wait_until_parked(world)
    member.delete("/events", queue_id=member.replica.queue_id)
    block = stream.block()
    assert (block["event"], block["data"]["code"]) == ("error", "BAD_EVENT_QUEUE_ID")
    assert stream.block() == {}


@pytest.mark.parametrize("reader", ["poll", "stream"])
def test_another_reader_of_the_queue_ends_the_stream(world: World, open_stream: Open, reader: str) -> None:
    member = world.member
    stream = open_stream(member, member.replica.position)
    stream.block()
    wait_until_parked(world)
    if reader == "poll":
        assert member.poll(member.replica.queue_id, member.replica.position) == []
        assert stream.block() == {}
        return
    other = open_stream(member, member.replica.position)
    assert stream.block() == {}
    world.owner.post("/messages", type="direct", to=[member.user_id], content="for the second")
    assert [event["type"] for _, event in other.events(1)] == ["message"]


def test_a_stream_is_counted_once_however_much_it_brings(
    world: World, open_stream: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its own polls use up no rate limit: else a busy channel would cut it off."""
    member = world.member
    hits: list[int] = []
    limits = world.server.data._rate_limits
    original = limits.hit_poll

    def hit(realm_id: int, user_id: int) -> Allowance:
        hits.append(user_id)
        return original(realm_id, user_id)

    monkeypatch.setattr(limits, "hit_poll", hit)
    stream = open_stream(member, member.replica.position)
    for number in range(5):
        world.owner.post("/messages", type="direct", to=[member.user_id], content=str(number))
        stream.events(1)
    assert hits == [member.user_id]


def test_shutting_down_ends_a_stream_with_its_position(world: World, open_stream: Open) -> None:
    member = world.member
    stream = open_stream(member, member.replica.position)
    stream.block()
    wait_until_parked(world)
    world.server.edge.stop()
    assert "id" in stream.block()
    assert stream.block() == {}
