"""The life of topics over HTTP: choices, widgets, guarded edits, the end of a topic. One server for all of it."""

import hashlib
import json
from collections.abc import Callable
from typing import Any

import pytest
from tests.world import Person, World

from aloha.contract.errors import ApiError


def refused(call: Callable[..., Any], *path: str, **params: Any) -> str:
    with pytest.raises(ApiError) as error:
        call(*path, **params)
    return error.value.code


def kinds(person: Person) -> list[str]:
    return [event["type"] for event in person.events()]


def test_the_life_of_topics(world: World) -> None:
    owner, member, guest = world.owner, world.member, world.guest
    everybody = [person.user_id for person in world.people.values()]
    owner.post("/users/me/subscriptions", subscriptions=[{"name": "open"}], principals=everybody)
    stream_id = owner.get("/get_stream_id", stream="open")["stream_id"]
    world.check()
    legacy = member.post("/register", event_types=["muted_topics", "message"])
    where = {"type": "channel", "to": "open"}

    # Beginning a topic follows it, a repetition has the same answer.
    send = {**where, "topic": "lunch", "content": "/poll soup?\nyes", "queue_id": "q", "local_id": "1"}
    poll = member.post("/messages", **send)
    assert poll["automatic_new_visibility_policy"] == 3
    assert member.post("/messages", **send) == poll
    assert "automatic_new_visibility_policy" not in guest.post("/messages", **where, topic="lunch", content="x")
    assert kinds(member)[:3] == ["muted_topics", "user_topic", "message"]

    # A choice, in both ways; the older event goes to a queue that does not ask for the later one.
    chosen = {"stream_id": stream_id, "topic": "lunch"}
    member.post("/user_topics", **chosen, visibility_policy=1)
    events = member.poll(legacy["queue_id"], legacy["last_event_id"])
    muted = [event for event in events if event["type"] == "muted_topics"][-1]["muted_topics"]
    assert [muted[0][:2], muted[0][2] > 0] == [["open", "lunch"], True]
    member.patch("/users/me/subscriptions/muted_topics", stream="open", topic="lunch", op="remove")
    member.patch("/users/me/subscriptions/muted_topics", **chosen, op="add")
    assert member.register()["user_topics"][0]["visibility_policy"] == 1
    world.check()
    head = world.head()
    assert refused(member.post, "/user_topics", **chosen, visibility_policy=4) == "BAD_REQUEST"
    assert refused(member.post, "/user_topics", stream_id=99, topic="x", visibility_policy=0) == "BAD_REQUEST"
    assert (
        refused(member.post, "/user_topics", stream_id=stream_id, topic="x" * 61, visibility_policy=1) == "BAD_REQUEST"
    )
    older = "/users/me/subscriptions/muted_topics"
    assert refused(member.patch, older, topic="x", op="add") == "BAD_REQUEST"
    assert refused(member.patch, older, topic="x", op="add", stream="open", stream_id=stream_id) == "BAD_REQUEST"
    assert refused(member.patch, older, topic="x", op="add", stream="nosuch") == "STREAM_DOES_NOT_EXIST"

    # Steps in the poll.
    step = {"message_id": poll["id"], "msg_type": "widget"}
    for content in ("{", '{"type":"vote"}', '{"type":"question","question":"?"}'):
        assert refused(guest.post, "/submessage", **step, content=content) == "BAD_REQUEST"
    assert refused(guest.post, "/submessage", **{**step, "msg_type": "x"}, content="{}") == "BAD_REQUEST"
    assert refused(guest.post, "/submessage", **step, content=json.dumps("x" * 10_001)) == "BAD_REQUEST"
    assert world.head() == head
    guest.post("/submessage", **step, content='{"type":"vote","key":"canned,0","vote":1}')
    [shown] = owner.get("/messages", message_ids=[poll["id"]])["messages"]
    assert [item["sender_id"] for item in shown["submessages"]] == [member.user_id, guest.user_id]

    # An edit that expects what is there.
    sent = member.post("/messages", **where, topic="lunch", content="héllo")["id"]
    wrong = {"content": "new", "prev_content_sha256": hashlib.sha256(b"hello").hexdigest()}
    assert refused(member.patch, f"/messages/{sent}", **wrong) == "EXPECTATION_MISMATCH"
    right = hashlib.sha256("héllo".encode()).hexdigest()
    member.patch(f"/messages/{sent}", content="new", prev_content_sha256=right)
    assert refused(member.patch, f"/messages/{poll['id']}", content="x") == "BAD_REQUEST"

    # The end of the topic takes what was chosen for it along.
    end = f"/streams/{stream_id}/delete_topic"
    assert refused(member.post, end, topic_name="lunch") == "UNAUTHORIZED_PRINCIPAL"
    world.check()
    assert owner.post(end, topic_name="Lunch")["complete"]
    assert kinds(member) == ["delete_message", "muted_topics", "user_topic"]
    assert "lunch" not in [topic["name"] for topic in owner.get(f"/users/me/{stream_id}/topics")["topics"]]
    world.check()
