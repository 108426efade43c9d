"""Reminders: set on a message that one can read, told to oneself alone, and delivered once by the Notification Bot."""

from typing import Any

import pytest
from tests.personal.kit import START, Clock, only_own_told, refused, stream_id, wait_for
from tests.world import Person, World

from aloha_server.access.scheduled import ReminderRow, find_reminder
from aloha_server.access.users import acting_user
from aloha_server.actions import reminders as actions
from aloha_server.reads.reminders import Prepared, prepare_reminder
from aloha_server.store import Tx, WriteTx

BAD, GONE = ("BAD_REQUEST", 400), ("BAD_REQUEST", 404)
DUE = int(START) + 100


def say(world: World, where: str, content: str = "*soup*", topic: str = "lunch") -> int:
    sent: int = world.member.post("/messages", type="stream", to=stream_id(world, where), topic=topic, content=content)[
        "id"
    ]
    return sent


def remind(world: World, message_id: int, **fields: Any) -> int:
    params = {"message_id": message_id, "scheduled_delivery_timestamp": DUE, **fields}
    made: int = world.member.post("/reminders", **params)["reminder_id"]
    return made


def skip(world: World) -> None:
    for person in world.people.values():
        person.events()


def test_a_reminder_is_set_listed_and_given_up(world: World) -> None:
    member = world.member
    message_id = say(world, "open")
    skip(world)
    id_ = remind(world, message_id, note=" Answer! ", scheduled_delivery_timestamp=DUE + 1)
    earlier = remind(world, message_id)
    added = only_own_told(world, member)
    assert [(event["type"], event["op"]) for event in added] == [("reminders", "add")] * 2
    [reminder] = added[0]["reminders"]
    assert {name: value for name, value in reminder.items() if not name.endswith("content")} == {
        "reminder_id": id_,
        "type": "private",
        "to": [member.user_id],
        "scheduled_delivery_timestamp": DUE + 1,
        "failed": False,
        "reminder_target_message_id": message_id,
    }
    assert "Answer!" in reminder["content"]
    assert "*soup*" in reminder["content"]
    assert f"/near/{message_id}" in reminder["rendered_content"]
    assert [one["reminder_id"] for one in member.get("/reminders")["reminders"]] == [earlier, id_]
    assert [one["reminder_id"] for one in member.replica.state["reminders"]] == [earlier, id_]
    world.check()
    member.delete(f"/reminders/{id_}")
    [event] = only_own_told(world, member)
    assert (event["op"], event["reminder_id"]) == ("remove", id_)
    world.check()


def test_what_one_cannot_read_or_has_been_is_refused(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    member, hidden, seen = world.member, say(world, "den"), say(world, "open")
    kept = remind(world, seen)
    skip(world)
    head = world.head()
    bad: list[tuple[Person, dict[str, Any]]] = [
        (world.owner, {"message_id": hidden}),
        (world.guest, {"message_id": seen}),
        (member, {"message_id": 999_999}),
        (member, {"scheduled_delivery_timestamp": int(START)}),
        (member, {"note": "n" * 501}),
    ]
    for person, fields in bad:
        params = {"message_id": seen, "scheduled_delivery_timestamp": DUE, **fields}
        assert refused(person, "POST", "/reminders", **params) == BAD, fields
    for path in (f"/reminders/{kept}", "/reminders/999999"):
        assert refused(world.owner, "DELETE", path) == GONE
    monkeypatch.setattr(actions, "REMINDERS_MAX", 1)
    assert refused(member, "POST", "/reminders", message_id=seen, scheduled_delivery_timestamp=DUE) == BAD
    assert world.owner.get("/reminders")["reminders"] == []
    assert world.head() == head


def test_one_is_reminded_once_with_the_text_as_it_is_then(world: World, clock: Clock) -> None:
    member = world.member
    message_id = say(world, "open", "first ```` text")
    direct = world.owner.post("/messages", type="direct", to=[member.user_id], content="psst")["id"]
    remind(world, message_id, note="look")
    remind(world, direct, scheduled_delivery_timestamp=DUE + 1)
    member.patch(f"/messages/{message_id}", content="second ```` text @**all**")
    skip(world)
    clock.now = DUE + 1
    told = wait_for(member, "reminders", 2)
    assert [event["type"] for event in told] == ["message", "reminders"] * 2
    first, second = (event["message"] for event in told if event["type"] == "message")
    assert (first["sender_full_name"], first["type"]) == ("Notification Bot", "private")
    assert told[0]["flags"] == []
    assert "second ```` text" in first["content"]
    assert "look" in first["content"]
    assert f'/topic/lunch/near/{message_id}"' in first["content"]
    assert "psst" in second["content"]
    assert f"/near/{direct}" in second["content"]
    for person in (world.owner, world.guest):
        assert person.events() == []
    assert member.get("/reminders")["reminders"] == []
    world.check()


def test_a_message_that_can_no_longer_be_read_is_not_quoted(world: World, clock: Clock) -> None:
    member = world.member
    message_id = say(world, "den", "the secret")
    remind(world, message_id, note="mind")
    member.delete("/users/me/subscriptions", subscriptions=["den"])
    skip(world)
    clock.now = DUE
    message, _ = wait_for(member, "reminders")
    assert "the secret" not in message["message"]["content"]
    assert "mind" in message["message"]["content"]
    world.check()


def test_nobody_is_reminded_whose_account_is_closed(world: World, clock: Clock) -> None:
    owner, message_id = world.owner, say(world, "open")
    remind(world, message_id)
    owner.delete(f"/users/{world.member.user_id}")
    owner.post("/reminders", message_id=message_id, scheduled_delivery_timestamp=DUE + 1)
    owner.events()
    clock.now = DUE + 1
    wait_for(owner, "reminders")
    assert world.store.read(1, lambda tx: tx.values("select reminder_id from reminder")) == []
    told = "select count(*) from message where content like 'You asked to be reminded%'"
    assert world.store.read(1, lambda tx: tx.value(told)) == 1


def test_what_was_prepared_is_not_sent_when_the_message_changed_meanwhile(world: World) -> None:
    member, message_id = world.member, say(world, "den", "the secret")
    id_ = remind(world, message_id)

    def read(tx: Tx) -> tuple[ReminderRow, Prepared]:
        row = find_reminder(tx, id_)
        assert row is not None
        return row, prepare_reminder(tx, acting_user(tx, row.user_id), row.message_id, row.note)

    row, ready = world.store.read(1, read)
    member.delete("/users/me/subscriptions", subscriptions=["den"])
    skip(world)

    def deliver(tx: WriteTx) -> None:
        tx.now = DUE
        actions.deliver_reminder(tx, row, ready.quoted, ready.content, ready.rendered)

    world.store.write(1, deliver)
    assert member.events() == []
    assert [one["reminder_id"] for one in member.get("/reminders")["reminders"]] == [id_]
