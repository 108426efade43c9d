"""What is due is sent once: at its time, after a crash between any two steps, and whoever else tries it."""

import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from tests.personal.kit import START, Clock, stream_id, wait_for
from tests.process import ServerProcess
from tests.world import Http, World, make_people

from aloha_server.access.directory import render_content
from aloha_server.access.scheduled import find_scheduled
from aloha_server.access.users import acting_user
from aloha_server.actions.messages import Outgoing
from aloha_server.actions.scheduled_messages import deliver_scheduled, schedule_message
from aloha_server.people import MadeUser
from aloha_server.settings import Settings
from aloha_server.store import Store, WriteTx

DUE = int(START) + 100
SENT = "select content from message where realm_id = 1 and client <> 'Internal' order by message_id"


def schedule(world: World, **fields: Any) -> int:
    params = {"type": "channel", "to": stream_id(world, "open"), "topic": "lunch", "content": "*soup*", **fields}
    made: int = world.member.post("/scheduled_messages", **{"scheduled_delivery_timestamp": DUE, **params})[
        "scheduled_message_id"
    ]
    return made


def follow_nothing(world: World) -> None:
    """So that a message is one event."""
    for person in world.people.values():
        person.patch(
            "/settings", automatically_follow_topics_policy=4, automatically_follow_topics_where_mentioned=False
        )
        person.events()


def sent(store: Store) -> list[str]:
    return store.read(1, lambda tx: tx.values(SENT))


def test_a_message_is_sent_when_its_time_has_come(world: World, clock: Clock) -> None:
    follow_nothing(world)
    member, owner = world.member, world.owner
    later = schedule(world, content="later", scheduled_delivery_timestamp=DUE + 50, read_by_sender=True)
    first = schedule(world)  # earlier than what the server waits for already
    for person in world.people.values():
        person.events()
    clock.now = DUE - 1
    assert sent(world.store) == []
    clock.now = DUE
    message, removed = wait_for(member, "scheduled_messages")
    assert (message["type"], message["flags"]) == ("message", [])
    assert (removed["op"], removed["scheduled_message_id"]) == ("remove", first)
    told = message["message"]
    assert (told["content"], told["client"], told["sender_id"]) == ("<p><em>soup</em></p>", "test", member.user_id)
    assert (told["subject"], told["timestamp"]) == ("lunch", DUE)
    assert [event["type"] for event in owner.events()] == ["message"]
    assert world.guest.events() == []
    clock.now = DUE + 500
    message, removed = wait_for(member, "scheduled_messages")
    assert (message["flags"], removed["scheduled_message_id"]) == (["read"], later)
    assert sent(world.store) == ["*soup*", "later"]
    assert member.get("/scheduled_messages")["scheduled_messages"] == []
    world.check()


def test_a_message_is_rendered_as_of_the_time_when_it_is_sent(world: World, clock: Clock) -> None:
    follow_nothing(world)
    schedule(world, content="@**Orsino**")  # nobody's name yet
    world.owner.patch("/settings", full_name="Orsino")
    world.owner.events()
    clock.now = DUE
    [message] = wait_for(world.owner, "message")
    assert message["flags"] == ["mentioned"]
    assert f'data-user-id="{world.owner.user_id}"' in message["message"]["content"]


def test_what_may_no_longer_be_sent_is_marked_and_its_sender_told_why(world: World, clock: Clock) -> None:
    member, owner = world.member, world.owner
    id_ = schedule(world)
    nobody = next(g["id"] for g in owner.replica.state["realm_user_groups"] if g["name"] == "role:nobody")
    setting = {"new": nobody}
    owner.patch(f"/streams/{stream_id(world, 'open')}", can_send_message_group=setting)
    for person in world.people.values():
        person.events()
    clock.now = DUE
    told = wait_for(member, "message")
    assert [event["type"] for event in told] == ["scheduled_messages", "message"]
    assert told[0]["scheduled_message"]["failed"] is True
    notice = told[1]["message"]
    assert notice["sender_full_name"] == "Notification Bot"
    assert "permission" in notice["content"]
    assert owner.events() == []
    assert sent(world.store) == []
    world.check()

    path = f"/scheduled_messages/{id_}"
    with pytest.raises(Exception, match="future"):
        member.patch(path, content="again")
    everybody = next(g["id"] for g in owner.replica.state["realm_user_groups"] if g["name"] == "role:everyone")
    owner.patch(f"/streams/{stream_id(world, 'open')}", can_send_message_group={"new": everybody})
    member.patch(path, scheduled_delivery_timestamp=DUE + 10)
    member.events()
    assert [one["failed"] for one in member.replica.state["scheduled_messages"]] == [False]
    clock.now = DUE + 10
    wait_for(member, "scheduled_messages")
    assert sent(world.store) == ["*soup*"]
    world.check()


def test_the_message_of_a_deactivated_sender_is_not_sent(world: World, clock: Clock) -> None:
    schedule(world)
    schedule(world, content="bye", scheduled_delivery_timestamp=DUE + 1)
    world.owner.post(
        "/scheduled_messages",
        type="direct",
        to=[world.admin.user_id],
        content="on",
        scheduled_delivery_timestamp=DUE + 2,
    )
    world.owner.delete(f"/users/{world.member.user_id}")
    world.owner.events()
    clock.now = DUE + 2
    wait_for(world.owner, "scheduled_messages")
    assert sent(world.store) == ["on"]
    failed = world.store.read(1, lambda tx: tx.values("select failed from scheduled_message order by scheduled_id"))
    assert failed == [1, 1]


@pytest.mark.parametrize("point", ["begun", "locked", "commit", "committed"])
def test_a_crash_at_any_step_neither_loses_nor_repeats(world: World, clock: Clock, point: str) -> None:
    follow_nothing(world)
    schedule(world)
    world.member.events()
    crashed = threading.Event()

    def crash(reached: str) -> None:
        due = clock.now >= DUE and bool(sent_or_waiting(world.store))
        if reached == point and due and not crashed.is_set():
            crashed.set()
            raise OSError("crashed on purpose")

    world.store.batch.probe = crash
    clock.now = DUE
    assert crashed.wait(20)
    world.store.batch.probe = None
    events = wait_for(world.member, "scheduled_messages")
    assert [event["type"] for event in events] == ["message", "scheduled_messages"]
    assert sent(world.store) == ["*soup*"]
    world.check()


def sent_or_waiting(store: Store) -> list[Any]:
    return store.read(1, lambda tx: tx.values("select scheduled_id from scheduled_message")) or [*sent(store)]


def test_two_processes_that_try_the_same_message_send_it_once(
    world: World, clock: Clock, tmp_path: Path, database_url: str
) -> None:
    id_ = schedule(world)
    other = Store.open(tmp_path / "var", database_url, clock=lambda: DUE)
    with closing(other):
        row = other.read(1, lambda tx: find_scheduled(tx, id_))
        assert row is not None

        def deliver(tx: WriteTx) -> None:
            deliver_scheduled(tx, row, render_content(tx, row.content, acting_user(tx, row.user_id)))

        other.write(1, deliver)
        other.write(1, deliver)
        clock.now = DUE + 5
        schedule(world, content="next", scheduled_delivery_timestamp=DUE + 6)
        clock.now = DUE + 6
        wait_for(world.member, "message", 2)
        assert sent(other) == ["*soup*", "next"]
        world.check()


COUNT, KILLS = 60, 4


@pytest.fixture
def process(tmp_path: Path, database_url: str) -> Iterator[tuple[ServerProcess, list[MadeUser]]]:
    """A server that will find many messages due."""
    settings = Settings(data=tmp_path / "var", database_url=database_url)
    with closing(Store.open(settings.data, database_url, clock=lambda: 1_000.0)) as store:
        people = make_people(store, settings)
        store.write(1, lambda tx: fill(tx, people[0].user_id, people[1].user_id))
    process = ServerProcess(tmp_path / "var", database_url)
    yield process, people
    process.close()


def fill(tx: WriteTx, sender_id: int, reader_id: int) -> None:
    sender = acting_user(tx, sender_id)
    for number in range(COUNT):
        content = f"message {number}"
        message = Outgoing(
            people=[reader_id], content=content, rendered=render_content(tx, content, sender), client="t"
        )
        schedule_message(tx, sender, message, 1_001 + number)


def test_sigkill_while_messages_are_sent_neither_loses_nor_repeats(
    process: tuple[ServerProcess, list[MadeUser]], tmp_path: Path, database_url: str
) -> None:
    server, people = process
    left = COUNT
    while left:
        server.start()
        sender = Http(server.port, people[0].email, people[0].api_key)
        before = left
        while left > max(0, before - COUNT // KILLS):
            left = len(sender.get("/scheduled_messages")["scheduled_messages"])
        server.kill()
        sender.close()
    server.start()
    reader = Http(server.port, people[1].email, people[1].api_key)
    found = reader.get("/messages", anchor="newest", num_before=COUNT + 10, num_after=0, apply_markdown=False)
    assert [message["content"] for message in found["messages"]] == [f"message {number}" for number in range(COUNT)]
    reader.close()
