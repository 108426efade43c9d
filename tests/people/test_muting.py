"""Muting people: their messages are read before they arrive, and the reader's state stays true."""

from typing import Any

from tests.people.kit import join, limit_guests, refused, told, with_legacy
from tests.world import Person, World


def unread(person: Person) -> int:
    return int(person.register()["unread_msgs"]["count"])


def flags_of(person: Person, message_id: int) -> list[str]:
    flags: list[str] = person.get(f"/messages/{message_id}")["message"]["flags"]
    return flags


def send(person: Person, content: str = "hi", **where: Any) -> int:
    to = where or {"type": "stream", "to": "Rome", "topic": "t"}
    return int(person.post("/messages", content=content, **to)["id"])


def test_what_a_muted_person_writes_is_read_at_once_and_stays_so(world: World) -> None:
    member, admin = world.member, world.admin
    join(world, *world.people.values())
    path = f"/users/me/muted_users/{admin.user_id}"
    with with_legacy(world):
        before = [send(admin), send(admin, type="direct", to=[member.user_id])]
        world.check()
        known = unread(member)
        member.post(path)
        events = told(world, "muted_users", "update_message_flags")
        assert events.keys() == {"member", "legacy"}
        muting, reading = events["member"]
        assert [muted["id"] for muted in muting["muted_users"]] == [admin.user_id]
        assert (reading["op"], reading["flag"], reading["messages"]) == ("add", "read", before)
        world.check()
        assert unread(member) == known - 2
        later = send(admin, f"@**{member.name.title()}** look")
        for name, [event] in told(world, "message").items():
            assert ("read" in event["flags"]) == (name in ("member", "legacy")), name
        assert flags_of(member, later) == ["read", "mentioned"]
        assert "read" not in flags_of(world.owner, later)
        world.check()
        admin.patch(f"/messages/{later}", content="other")
        edits = told(world, "update_message")
        assert "read" in edits["member"][0]["flags"]
        assert "read" not in edits["owner"][0]["flags"]
        world.check()
        member.post("/messages/flags", messages=[later], op="remove", flag="read")
        world.check()
        member.delete(path)
        assert told(world, "muted_users")["legacy"] == [{"type": "muted_users", "muted_users": []}]
        world.check()
        assert "read" in flags_of(member, later)
        assert unread(member) == known - 2
        send(admin)
        world.check()
        assert unread(member) == known - 1


def test_what_cannot_be_muted_is_refused(world: World) -> None:
    member = world.member
    limit_guests(world)
    for person, user_id in ((member, member.user_id), (member, 999), (world.guest, world.admin.user_id)):
        assert refused(person, "POST", f"/users/me/muted_users/{user_id}").code == "BAD_REQUEST"
    path = f"/users/me/muted_users/{world.bot.user_id}"
    assert refused(member, "DELETE", path).code == "BAD_REQUEST"
    member.post(path)
    assert refused(member, "POST", path).code == "BAD_REQUEST"
    assert len(told(world, "muted_users")["member"]) == 1
    world.check()
