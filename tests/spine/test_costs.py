"""What grows with what: a send does not grow with its readers, and no read asks once per thing that it finds."""

import contextlib
from collections.abc import Iterator
from typing import Any

import pytest
from tests.world import Http, World

from aloha_server.events.log import HEADS
from aloha_server.populate import Person as Populated
from aloha_server.populate import Size, populate
from aloha_server.store.tx import Cursor, Tx, WriteTx


class Statements:
    """What ran meanwhile: texts in their order and how many rows they changed. The server's once-a-second look at
    the heads is left out."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.rows = 0

    @property
    def writes(self) -> list[str]:
        return [text for text in self.texts if not text.lstrip().startswith(("select", "with"))]


@contextlib.contextmanager
def counting() -> Iterator[Statements]:
    found = Statements()
    run, execute_many = Tx._run, WriteTx.execute_many

    def count_run(tx: Tx, sql: str, parameters: dict[str, Any]) -> Cursor:
        cursor = run(tx, sql, parameters)
        if sql != HEADS:
            found.texts.append(sql)
            if not sql.lstrip().startswith(("select", "with")):
                found.rows += max(0, cursor.rowcount)
        return cursor

    def count_many(tx: WriteTx, sql: str, rows: Any) -> None:
        many = list(rows)
        found.texts.append(sql)
        found.rows += len(many)
        execute_many(tx, sql, many)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Tx, "_run", count_run)
        patch.setattr(WriteTx, "execute_many", count_many)
        yield found


def fill(world: World, users: int, streams: int, subscribers: int, messages: int, seed: int) -> list[Populated]:
    return populate(
        world.store, world.server.data.keys, 1, Size(users, streams, subscribers, messages), lambda _: None, seed
    )


def stream_of(world: World, person: Http) -> int:
    [subscription] = person.get("/users/me/subscriptions")["subscriptions"]
    stream_id: int = subscription["stream_id"]
    return stream_id


@contextlib.contextmanager
def acting(world: World, person: Populated) -> Iterator[Http]:
    client = Http(world.owner.port, person.email, person.api_key)
    yield client
    client.close()


def measure_send(world: World, person: Populated) -> Statements:
    """The second message of a topic: the first one of a stream also sets `first_message_id`."""
    with acting(world, person) as client:
        stream_id = stream_of(world, client)
        for text in ("first", "second"):
            with counting() as found:
                client.post("/messages", type="stream", to=stream_id, topic="lunch", content=text)
    return found


def test_a_send_costs_the_same_for_10_and_10_000_subscribers(world: World) -> None:
    few = measure_send(world, fill(world, 10, 1, 10, 0, 1)[0])
    many = measure_send(world, fill(world, 10_000, 1, 10_000, 0, 2)[0])
    assert many.texts == few.texts
    assert many.rows == few.rows
    assert 0 < many.rows <= 5


def test_a_long_poll_writes_nothing(world: World) -> None:
    member = world.member
    queue_id, position = member.replica.queue_id, member.replica.position
    with counting() as found:
        for _ in range(3):
            member.poll(queue_id, position)
    assert found.writes == []
    world.owner.post("/messages", type="direct", to=[member.user_id], content="hello")
    with counting() as found:
        assert member.poll(queue_id, position)
    assert found.writes == []


def measure_reads(world: World, person: Populated) -> dict[str, list[str]]:
    """The statements of a register and of a page of history, by name; asked twice, so that caches are warm."""
    texts: dict[str, list[str]] = {}
    with acting(world, person) as client:
        for _ in range(2):
            for name, method, path, params in READS:
                with counting() as found:
                    client.call(method, path, **params)
                texts[name] = found.texts
    return texts


PAGE = {"anchor": "newest", "num_before": 1000, "num_after": 0}
NARROW = [{"operator": "channels", "operand": "public"}]
READS: tuple[tuple[str, str, str, dict[str, Any]], ...] = (
    ("register", "POST", "/register", {"include_subscribers": True}),
    ("history", "GET", "/messages", PAGE),
    ("public", "GET", "/messages", {**PAGE, "narrow": NARROW}),
    ("search", "GET", "/messages", {**PAGE, "narrow": [*NARROW, {"operator": "search", "operand": "soup"}]}),
    ("unread", "GET", "/messages", {**PAGE, "anchor": "first_unread", "narrow": [["is", "unread"]]}),
    ("mentioned", "GET", "/messages", {**PAGE, "narrow": [["is", "mentioned"]]}),
    ("users", "GET", "/users", {}),
    ("streams", "GET", "/streams", {}),
    ("subscriptions", "GET", "/users/me/subscriptions", {"include_subscribers": True}),
)


def test_reads_issue_as_many_statements_for_1_000_users_streams_and_messages_as_for_10(world: World) -> None:
    few = measure_reads(world, fill(world, 10, 10, 10, 10, 1)[0])
    many = measure_reads(world, fill(world, 1_000, 1_000, 30, 1_000, 2)[0])
    for name in few:
        assert many[name] == few[name], name
