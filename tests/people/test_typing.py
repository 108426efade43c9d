"""Telling that one writes: who hears of it, who does not, and what is refused."""

from typing import Any

import pytest
from tests.people.kit import join, limit_guests, refused, told, with_legacy
from tests.world import Person, World

from aloha_server.actions import typing_status as actions


def address(person: Person) -> dict[str, Any]:
    return {"user_id": person.user_id, "email": f"user{person.user_id}@aloha.invalid"}


def send(person: Person, **where: Any) -> int:
    return int(person.post("/messages", content="hi", **where)["id"])


def test_the_people_of_a_direct_message_hear_of_its_writer(world: World) -> None:
    member, admin, guest = world.member, world.admin, world.guest
    with with_legacy(world):
        for op in ("start", "stop"):
            admin.post("/typing", op=op, to=[member.user_id, guest.user_id])
            event = {
                "type": "typing",
                "op": op,
                "message_type": "direct",
                "sender": address(admin),
                "recipients": [address(member), address(guest), address(admin)],
            }
            assert told(world, "typing") == {name: [event] for name in ("admin", "member", "guest", "legacy")}
        guest.patch("/settings", receives_typing_notifications=False)
        member.post(f"/users/me/muted_users/{admin.user_id}")
        admin.post("/typing", op="start", to=[member.user_id, guest.user_id])
        assert told(world, "typing").keys() == {"admin"}, "who does not want it, or mutes the writer"
        world.check()


def test_subscribers_hear_of_who_writes_in_their_channel(world: World) -> None:
    member = world.member
    join(world, member, world.admin, world.guest)
    stream_id = world.owner.get("/get_stream_id", stream="Rome")["stream_id"]
    where: dict[str, Any] = {"type": "stream", "stream_id": stream_id}
    with with_legacy(world):
        told(world)
        member.post("/typing", op="start", topic="gold", **where)
        event = {"type": "typing", "op": "start", "message_type": "stream", "sender": address(member)}
        events = told(world, "typing")
        assert events["guest"] == [{**event, "stream_id": stream_id, "topic": "gold"}]
        assert events.keys() == {"admin", "guest", "member"}, "clients that did not ask for it hear nothing"
        member.post("/typing", **{**where, "type": "channel"}, op="stop", topic="")
        assert told(world, "typing")["admin"][0]["topic"] == ""
        message_id = send(member, type="stream", to="Rome", topic="")
        told(world)
        member.post(f"/messages/{message_id}/typing", op="start")
        edit = {"type": "typing_edit_message", "op": "start", "sender_id": member.user_id, "message_id": message_id}
        events = told(world, "typing_edit_message")
        assert events.keys() == {"admin", "guest", "member", "legacy"}
        channel = {"type": "channel", "channel_id": stream_id}
        assert events["guest"] == [{**edit, "recipient": {**channel, "topic": ""}}]
        assert events["legacy"] == [{**edit, "recipient": {**channel, "topic": "general chat"}}]
        assert refused(world.admin, "POST", f"/messages/{message_id}/typing", op="start").code == "BAD_REQUEST"
        world.check()


def test_an_edit_of_a_direct_message_names_its_people(world: World) -> None:
    message_id = send(world.member, type="direct", to=[world.guest.user_id])
    told(world)
    world.member.post(f"/messages/{message_id}/typing", op="stop")
    events = told(world, "typing_edit_message")
    assert events.keys() == {"member", "guest"}
    assert events["guest"][0]["recipient"] == {
        "type": "direct",
        "user_ids": [world.member.user_id, world.guest.user_id],
    }
    assert refused(world.owner, "POST", f"/messages/{message_id}/typing", op="stop").code == "BAD_REQUEST"


def test_nobody_is_told_where_many_would_be(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    join(world, world.member, world.admin)
    stream_id = world.owner.get("/get_stream_id", stream="Rome")["stream_id"]
    message_id = send(world.member, type="stream", to="Rome", topic="t")
    monkeypatch.setattr(actions, "RECEIVERS_MAX", 1)
    head = world.head()
    world.member.post("/typing", op="start", type="stream", stream_id=stream_id, topic="t")
    world.member.post("/typing", op="start", to=[world.admin.user_id])
    world.member.post(f"/messages/{message_id}/typing", op="start")
    assert world.head() == head
    world.member.post("/typing", op="start", to=[world.member.user_id])
    assert world.head() == head + 1


def test_what_is_malformed_or_not_allowed_is_refused_and_told_to_nobody(world: World) -> None:
    member = world.member
    world.admin.post("/users/me/subscriptions", subscriptions=[{"name": "secret"}], invite_only=True)
    world.check()
    secret = world.admin.get("/get_stream_id", stream="secret")["stream_id"]
    head = world.head()
    to = [world.admin.user_id]
    for params, code in (
        ({"op": "foo", "to": to}, "BAD_REQUEST"),
        ({"to": to}, "REQUEST_VARIABLE_MISSING"),
        ({"op": "start"}, "REQUEST_VARIABLE_MISSING"),
        ({"op": "start", "to": []}, "BAD_REQUEST"),
        ({"op": "start", "to": [999]}, "BAD_REQUEST"),
        ({"op": "start", "to": "not json"}, "BAD_REQUEST"),
        ({"op": "start", "to": to * 101}, "BAD_REQUEST"),
        ({"op": "start", "to": to, "type": "nonsense"}, "BAD_REQUEST"),
        ({"op": "start", "type": "stream", "topic": "t"}, "REQUEST_VARIABLE_MISSING"),
        ({"op": "start", "type": "stream", "stream_id": secret}, "REQUEST_VARIABLE_MISSING"),
        ({"op": "start", "type": "stream", "stream_id": 999, "topic": "t"}, "STREAM_DOES_NOT_EXIST"),
        ({"op": "start", "type": "stream", "stream_id": secret, "topic": "t"}, "STREAM_DOES_NOT_EXIST"),
    ):
        assert refused(member, "POST", "/typing", **params).code in (code, "BAD_REQUEST"), params
    assert world.head() == head
    member.patch("/settings", send_private_typing_notifications=False, send_stream_typing_notifications=False)
    join(world, member)
    rome = world.owner.get("/get_stream_id", stream="Rome")["stream_id"]
    message_ids = [send(member, type="stream", to="Rome", topic="t"), send(member, type="direct", to=to)]
    head = world.head()
    assert refused(member, "POST", "/typing", op="start", to=to).code == "BAD_REQUEST"
    assert (
        refused(member, "POST", "/typing", op="start", type="stream", stream_id=rome, topic="t").code == "BAD_REQUEST"
    )
    for message_id in message_ids:
        assert refused(member, "POST", f"/messages/{message_id}/typing", op="start").code == "BAD_REQUEST"
    assert world.head() == head


def test_a_guest_does_not_hear_of_a_writer_whom_they_do_not_see(world: World) -> None:
    limit_guests(world)
    told(world)
    world.member.post("/typing", op="start", to=[world.guest.user_id])
    assert told(world, "typing").keys() == {"member"}
    assert refused(world.guest, "POST", "/typing", op="start", to=[world.member.user_id]).code == "BAD_REQUEST"
    send(world.member, type="direct", to=[world.guest.user_id])
    world.member.post("/typing", op="start", to=[world.guest.user_id])
    assert told(world, "typing").keys() == {"member", "guest"}
    world.member.post("/typing", op="start", to=[world.guest.user_id, world.moderator.user_id])
    assert told(world, "typing").keys() == {"member", "moderator"}, "another recipient is out of their sight"
    world.check()
