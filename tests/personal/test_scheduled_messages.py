"""Scheduled messages: kept, changed and given up by their sender, told to nobody else, checked like a send."""

from typing import Any

import pytest
from tests.personal.kit import START, only_own_told, refused, stream_id
from tests.world import World

from aloha_server.actions import scheduled_messages as actions

BAD, GONE = ("BAD_REQUEST", 400), ("BAD_REQUEST", 404)
DUE = int(START) + 100


def stream_message(world: World, **fields: Any) -> dict[str, Any]:
    return {
        "type": "channel",
        "to": stream_id(world, "open"),
        "topic": "lunch",
        "content": "*soup*",
        "scheduled_delivery_timestamp": DUE,
        **fields,
    }


def schedule(world: World, **fields: Any) -> int:
    made: int = world.member.post("/scheduled_messages", **stream_message(world, **fields))["scheduled_message_id"]
    return made


def test_scheduled_messages_are_kept_changed_and_given_up(world: World) -> None:
    member, owner_id, place = world.member, world.owner.user_id, stream_id(world, "open")
    first = schedule(world, scheduled_delivery_timestamp=DUE + 1)
    second = schedule(world, type="direct", to=[owner_id, member.user_id], content="x\n\n")
    shown = {
        "scheduled_message_id": first,
        "type": "stream",
        "to": place,
        "topic": "lunch",
        "content": "*soup*",
        "rendered_content": "<p><em>soup</em></p>",
        "scheduled_delivery_timestamp": DUE + 1,
        "failed": False,
    }
    direct = {"scheduled_message_id": second, "type": "private", "to": [owner_id], "content": "x"}
    direct |= {"rendered_content": "<p>x</p>", "scheduled_delivery_timestamp": DUE, "failed": False}
    events = only_own_told(world, member)
    assert [(event["type"], event["op"], event["scheduled_messages"]) for event in events] == [
        ("scheduled_messages", "add", [shown]),
        ("scheduled_messages", "add", [direct]),
    ]
    assert member.get("/scheduled_messages")["scheduled_messages"] == [direct, shown]
    assert member.replica.state["scheduled_messages"] == [direct, shown]
    world.check()

    member.patch(f"/scheduled_messages/{first}", topic="dinner", content="stew")
    member.patch(f"/scheduled_messages/{first}", content="stew")  # no change, no event
    member.patch(f"/scheduled_messages/{second}", type="stream", to=[place], topic="moved")
    member.patch(f"/scheduled_messages/{first}", type="direct", to=[member.user_id])
    member.patch(f"/scheduled_messages/{second}", scheduled_delivery_timestamp=DUE + 2)
    changed = [event["scheduled_message"] for event in only_own_told(world, member)]
    assert changed[0] == {**shown, "topic": "dinner", "content": "stew", "rendered_content": "<p>stew</p>"}
    assert (changed[1]["type"], changed[1]["to"], changed[1]["topic"]) == ("stream", place, "moved")
    assert (changed[2]["type"], changed[2]["to"], "topic" in changed[2]) == ("private", [member.user_id], False)
    assert changed[3]["scheduled_delivery_timestamp"] == DUE + 2
    assert len(changed) == 4
    assert [one["scheduled_message_id"] for one in member.replica.state["scheduled_messages"]] == [first, second]
    world.check()

    member.delete(f"/scheduled_messages/{first}")
    [event] = only_own_told(world, member)
    assert (event["op"], event["scheduled_message_id"]) == ("remove", first)
    world.check()


def test_what_could_not_be_sent_is_not_scheduled(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    member, path, open_id = world.member, "/scheduled_messages", stream_id(world, "open")
    kept = schedule(world)
    own = f"{path}/{kept}"
    only_own_told(world, member)
    head, closed = world.head(), stream_id(world, "den")
    bad: list[dict[str, Any]] = [
        {"scheduled_delivery_timestamp": int(START)},
        {"scheduled_delivery_timestamp": -5},
        {"scheduled_delivery_timestamp": 10**15},
        {"scheduled_delivery_timestamp": "soon"},
        {"content": "  "},
        {"topic": "a\nb"},
        {"to": 999_999},
        {"to": [open_id, closed]},
        {"type": "direct", "to": [999_999]},
        {"type": "direct", "to": []},
        {"type": "smoke"},
    ]
    for fields in bad:
        assert refused(member, "POST", path, **stream_message(world, **fields)) == BAD, fields
        assert refused(member, "PATCH", own, **fields) == BAD, fields
    no_topic = {name: value for name, value in stream_message(world).items() if name != "topic"}
    assert refused(member, "POST", path, **no_topic) == BAD
    assert refused(world.owner, "POST", path, **stream_message(world, to=closed)) == BAD
    assert refused(world.guest, "POST", path, **stream_message(world)) == BAD
    assert refused(member, "PATCH", own) == BAD
    assert refused(member, "PATCH", own, type="direct") == BAD
    direct = {"type": "direct", "to": [member.user_id]}
    for name in ("type", "to", "content", "scheduled_delivery_timestamp"):
        params = {key: value for key, value in stream_message(world, **direct).items() if key != name}
        assert refused(member, "POST", path, **params) == ("REQUEST_VARIABLE_MISSING", 400)
    for other in (own, f"{path}/999999"):
        assert refused(world.owner, "PATCH", other, content="mine") == GONE
        assert refused(world.owner, "DELETE", other) == GONE
    monkeypatch.setattr(actions, "SCHEDULED_MAX", 1)
    assert refused(member, "POST", path, **stream_message(world)) == BAD
    assert world.owner.get(path)["scheduled_messages"] == []
    assert world.head() == head


def test_a_direct_message_needs_a_topic_to_become_one_to_a_channel(world: World) -> None:
    id_ = schedule(world, type="private", to=[world.owner.user_id])
    place = stream_id(world, "open")
    assert refused(world.member, "PATCH", f"/scheduled_messages/{id_}", type="stream", to=place) == BAD


def test_scheduling_begins_no_conversation_that_people_could_see(world: World) -> None:
    """To a guest who sees only people of common channels and conversations, its sender stays unknown."""
    groups = {group["name"]: group["id"] for group in world.owner.replica.state["realm_user_groups"]}
    world.owner.patch("/realm", can_access_all_users_group={"new": groups["role:members"]})
    for person in world.people.values():
        person.start()
    schedule(world, type="direct", to=[world.guest.user_id])
    assert [event["type"] for event in only_own_told(world, world.member)] == ["scheduled_messages"]
    world.check()
