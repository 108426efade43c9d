"""The raw API of event queues: what a poll is answered with, and when."""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.world import MODERN, Http, Person, World, run_world

from aloha.contract.errors import ApiError
from aloha_server.app import Server
from aloha_server.events.keeper import prune
from aloha_server.events.queues import expire_queues

FORGET_RELEASE = "update server_meta set value = 'an older one' where name like 'release:%'"


class Waiting:
    """A poll in a thread of its own, parked when the constructor returns."""

    def __init__(self, world: World, person: Person, queue_id: str, last_event_id: int) -> None:
        self._answer: tuple[int, Any] = (0, None)
        self._client = Http(person.port, person.email, person.api_key)
        params = {"queue_id": queue_id, "last_event_id": last_event_id}
        self._thread = threading.Thread(target=self._poll, args=(params,))
        self._thread.start()
        wait_until(lambda: world.server.data.hub.realms()[1].parked(queue_id) is not None)

    def _poll(self, params: dict[str, Any]) -> None:
        status, _, body = self._client.request("GET", "/events", params)
        self._answer = status, body

    def answer(self) -> tuple[int, Any]:
        self._thread.join(20)
        self._client.close()
        assert not self._thread.is_alive()
        return self._answer


def wait_until(condition: Callable[[], bool]) -> None:
    """The hub belongs to another thread and tells nobody; a look at it is all there is."""
    ticks = threading.Event()
    for _ in range(2000):
        if condition():
            return
        ticks.wait(0.005)
    raise AssertionError("it did not come true in 10 s")


def poll(person: Person, queue_id: str, last_event_id: int, **params: Any) -> dict[str, Any]:
    return person.get("/events", queue_id=queue_id, last_event_id=last_event_id, **{"dont_block": True, **params})


def refused(person: Person, queue_id: str, last_event_id: int) -> ApiError:
    with pytest.raises(ApiError) as caught:
        poll(person, queue_id, last_event_id)
    assert (caught.value.code, caught.value.status) == ("BAD_EVENT_QUEUE_ID", 400)
    assert caught.value.fields == {"queue_id": queue_id}
    return caught.value


def write_to(person: Person, *to: int, content: str = "hello") -> int:
    message_id: int = person.post("/messages", type="direct", to=list(to), content=content)["id"]
    return message_id


def contents(answer: dict[str, Any]) -> list[str]:
    return [event["message"]["content"] for event in answer["events"] if event["type"] == "message"]


def test_the_queue_is_named_only_in_answers_that_were_waited_for(world: World) -> None:
    member, owner = world.member, world.owner
    queue = member.register(event_types=["message"])
    queue_id, start = queue["queue_id"], queue["last_event_id"]
    assert poll(member, queue_id, start) == {"result": "success", "msg": "", "events": []}

    waiting = Waiting(world, member, queue_id, start)
    message_id = write_to(owner, member.user_id)
    status, body = waiting.answer()
    assert status == 200
    assert body["queue_id"] == queue_id
    [event] = body["events"]
    assert event["message"]["id"] == message_id

    at_once = member.get("/events", queue_id=queue_id, last_event_id=start)
    assert "queue_id" not in at_once
    assert at_once["events"] == [event], "what was not acknowledged comes again"

    first = Waiting(world, member, queue_id, event["id"])
    second = Waiting(world, member, queue_id, event["id"])
    status, body = first.answer()
    assert (status, body["events"], body["queue_id"]) == (200, [], queue_id)
    write_to(owner, member.user_id, content="again")
    assert contents(second.answer()[1]) == ["<p>again</p>"]

    third = Waiting(world, member, queue_id, world.head())
    assert poll(member, queue_id, world.head())["events"] == []
    assert third.answer()[1]["events"] == [], "also a poll that does not wait completes the one before"


def test_any_position_since_the_start_is_served(world: World) -> None:
    member, owner = world.member, world.owner
    write_to(owner, member.user_id, content="before")
    queue = member.register(event_types=["message"], apply_markdown=False)
    queue_id, start = queue["queue_id"], queue["last_event_id"]
    for text in "abc":
        write_to(owner, member.user_id, content=text)
    events = poll(member, queue_id, start)["events"]
    ids = [event["id"] for event in events]
    assert ids == sorted(set(ids))
    assert ids[-1] == world.head()
    assert contents(poll(member, queue_id, ids[0])) == ["b", "c"]
    assert contents(poll(member, queue_id, ids[2])) == []
    assert contents(poll(member, queue_id, ids[0])) == ["b", "c"], "an older position is served again"
    for before_the_start in (-1, 0, start - 1, start):
        assert poll(member, queue_id, before_the_start)["events"] == events
    refused(member, queue_id, ids[2] + 1)
    assert contents(poll(member, queue_id, ids[1])) == ["c"], "a refused position does not end the queue"


def test_a_queue_that_was_deleted_or_is_of_somebody_else_is_unknown(world: World) -> None:
    member, owner = world.member, world.owner
    queue_id = member.register(event_types=["message"])["queue_id"]
    mine = refused(owner, queue_id, -1)
    with pytest.raises(ApiError) as caught:
        owner.delete("/events", queue_id=queue_id)
    assert caught.value.fields == {"queue_id": queue_id}
    assert str(mine).replace(queue_id, "?") == str(refused(owner, "none", -1)).replace("none", "?")

    position = world.head()
    waiting = Waiting(world, member, queue_id, position)
    assert member.delete("/events", queue_id=queue_id) == {"result": "success", "msg": ""}
    status, body = waiting.answer()
    assert (status, body["code"], body["queue_id"]) == (400, "BAD_EVENT_QUEUE_ID", queue_id)
    refused(member, queue_id, position)
    with pytest.raises(ApiError) as caught:
        member.delete("/events", queue_id=queue_id)
    assert caught.value.code == "BAD_EVENT_QUEUE_ID"
    world.check()


def test_a_queue_gets_the_types_and_the_messages_that_it_asked_for(world: World) -> None:
    member, owner = world.member, world.owner
    owner.post("/users/me/subscriptions", subscriptions=[{"name": "open"}])
    owner.post("/users/me/subscriptions", subscriptions=[{"name": "closed"}], invite_only=True)
    asked: dict[str, dict[str, Any]] = {
        "all": {"event_types": ["message"]},
        "public": {"event_types": ["message"], "all_public_streams": True},
        "channel": {"event_types": ["message"], "narrow": [["channel", "open"]]},
        "closed": {"event_types": ["message"], "narrow": [["channel", "closed"]]},
        "topic": {"event_types": ["message"], "narrow": [["channel", "open"], ["topic", "Lunch"]]},
        "direct": {"event_types": ["message"], "narrow": [["is", "dm"]]},
        "others": {
            "event_types": ["message"],
            "narrow": [
                {"operator": "is", "operand": "dm"},
                {"operator": "sender", "operand": "me", "negated": True},
            ],
        },
        "settings": {"event_types": ["user_settings"]},
        "none": {"event_types": []},
    }
    queues = {name: member.register(apply_markdown=False, **params) for name, params in asked.items()}
    with pytest.raises(ApiError, match="User not authorized"):
        world.guest.register(all_public_streams=True)

    owner.post("/messages", type="stream", to="open", topic="lunch", content="lunch")
    owner.post("/messages", type="stream", to="open", topic="else", content="else")
    owner.post("/messages", type="stream", to="closed", topic="lunch", content="secret")
    write_to(owner, member.user_id, content="from owner")
    write_to(member, owner.user_id, content="from me")
    member.patch("/settings", twenty_four_hour_time=True)
    got = {name: poll(member, queue["queue_id"], queue["last_event_id"]) for name, queue in queues.items()}
    direct = ["from owner", "from me"]
    assert {name: contents(answer) for name, answer in got.items()} == {
        "all": direct,
        "public": ["lunch", "else", *direct],
        "channel": ["lunch", "else"],
        "closed": [],
        "topic": ["lunch"],
        "direct": direct,
        "others": ["from owner"],
        "settings": [],
        "none": [],
    }
    assert {event["type"] for event in got["settings"]["events"]} == {"user_settings"}
    assert all(event["flags"] == [] for event in got["public"]["events"][:2]), "who is not subscribed has no flags"


def test_only_the_senders_queue_is_told_the_local_id(world: World) -> None:
    member = world.member
    queues = [member.register(event_types=["message"]) for _ in range(2)]
    echo = {"queue_id": queues[0]["queue_id"], "local_id": "3.14"}
    member.post("/messages", type="direct", to=[world.owner.user_id], content="x", **echo)
    told = [
        event.get("local_message_id")
        for queue in queues
        for event in poll(member, queue["queue_id"], queue["last_event_id"])["events"]
    ]
    assert told == ["3.14", None]
    [event] = [event for event in world.owner.events() if event["type"] == "message"]
    assert "local_message_id" not in event


def test_deleted_messages_come_one_by_one_under_one_id_to_clients_that_know_no_more(world: World) -> None:
    owner, member = world.owner, world.member
    people = [owner.user_id, member.user_id]
    owner.post("/users/me/subscriptions", subscriptions=[{"name": "open"}], principals=people)
    owner.post("/users/me/subscriptions", subscriptions=[{"name": "closed"}], invite_only=True)
    closed = owner.get("/get_stream_id", stream="closed")["stream_id"]
    ids = [owner.post("/messages", type="stream", to="open", topic="t", content=text)["id"] for text in ("a", "b", "c")]
    legacy = {**MODERN, "bulk_message_deletion": False}
    old = member.register(event_types=["delete_message"], client_capabilities=legacy)
    new = member.register(event_types=["delete_message"])
    moved = {"propagate_mode": "change_all", "send_notification_to_old_thread": False}
    owner.patch(f"/messages/{ids[0]}", stream_id=closed, send_notification_to_new_thread=False, **moved)

    single = poll(member, old["queue_id"], old["last_event_id"])["events"]
    assert [event["message_id"] for event in single] == ids
    assert len({event["id"] for event in single}) == 1
    [bulk] = poll(member, new["queue_id"], new["last_event_id"])["events"]
    assert bulk["message_ids"] == ids
    assert bulk["id"] == single[0]["id"]
    assert poll(member, old["queue_id"], bulk["id"])["events"] == [], "they are acknowledged together"
    world.check()


def test_an_idle_queue_expires_and_others_live_on(world: World) -> None:
    member, batch = world.member, world.store.batch
    brief = member.register(event_types=["message"], idle_queue_timeout=120)
    clock = batch._clock
    try:
        batch._clock = lambda: clock() + 100
        assert world.store.write(1, expire_queues) == 0
        poll(member, brief["queue_id"], brief["last_event_id"])
        batch._clock = lambda: clock() + 500
        assert world.store.write(1, expire_queues) == 1
        assert world.store.write(1, expire_queues) == 0
    finally:
        batch._clock = clock
    wait_until(lambda: world.server.data.hub.realms()[1].tail.end == world.head())
    refused(member, brief["queue_id"], brief["last_event_id"])
    world.check()


def test_a_pruned_position_is_refused_and_a_new_release_is_told_once(tmp_path: Path, database_url: str) -> None:
    with run_world(tmp_path / "var", database_url) as world:
        settings, member = world.server.settings, world.member
        queues = [member.register() for _ in range(2)]
        write_to(world.owner, member.user_id)
        world.store.write(1, lambda tx: prune(tx, tx.position))
        world.store.write(1, lambda tx: tx.execute(FORGET_RELEASE))
        head = world.head()

    def start_again(queue_id: str, last_event_id: int) -> list[dict[str, Any]]:
        server = Server(settings)
        with server.edge.in_thread():
            again = Person(server.edge.port, member.user_id, member.email, member.api_key, "member")
            refused(again, queues[1]["queue_id"], queues[1]["last_event_id"])
            refused(again, queues[1]["queue_id"], -1)
            events = again.poll(queue_id, last_event_id)
            again.close()
        return events

    [restart] = start_again(queues[0]["queue_id"], head)
    assert restart["type"] == "restart"
    assert restart["zulip_feature_level"] == 372
    assert start_again(queues[0]["queue_id"], head) == [restart]
    assert start_again(queues[0]["queue_id"], restart["id"]) == []
