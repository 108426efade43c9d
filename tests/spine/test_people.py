"""People: who may change them, what each kind of user is told, and that everybody's copy stays true."""

from contextlib import closing
from typing import Any

import pytest
from tests.spine.test_polls import Waiting
from tests.world import Http, Person, World, run_world

from aloha.contract.errors import ApiError

EVERYONE, MEMBERS, ADMINS, NOBODY, MODERATORS = 1, 2, 3, 4, 5
OWNER, ADMIN, MODERATOR, MEMBER, GUEST = 100, 200, 300, 400, 600
WHO_SEES = {
    EVERYONE: {"owner", "admin", "moderator", "member", "guest", "bot"},
    MEMBERS: {"owner", "admin", "moderator", "member", "bot"},
    MODERATORS: {"owner", "admin", "moderator"},
    ADMINS: {"owner", "admin"},
    NOBODY: set[str](),
}
PASSWORD = "a midsummer night"


def drain(world: World) -> None:
    for person in world.people.values():
        person.events()


def told(world: World, type_: str) -> dict[str, list[dict[str, Any]]]:
    """What came to each since the last look, of one type."""
    return {
        name: [event for event in person.events() if event["type"] == type_] for name, person in world.people.items()
    }


def persons(events: list[dict[str, Any]], op: str = "update") -> list[dict[str, Any]]:
    return [event["person"] for event in events if event["op"] == op]


def refused(person: Http, method: str, path: str, **params: Any) -> ApiError:
    """The error; nothing may have changed, which the next `check` shows."""
    with pytest.raises(ApiError) as caught:
        person.call(method, path, **params)
    return caught.value


def groups_of(world: World) -> dict[str, int]:
    return {group["name"]: group["id"] for group in world.owner.replica.state["realm_user_groups"]}


def limit_guests(world: World) -> None:
    """From here on guests see only people whom they share something with."""
    world.owner.patch("/realm", can_access_all_users_group={"new": groups_of(world)["role:members"]})


def join(world: World, *people: Person, stream: str = "Rome") -> None:
    ids = [person.user_id for person in people]
    world.owner.post("/users/me/subscriptions", subscriptions=[{"name": stream}], principals=ids)


def made_person(world: World, email: str = "puck@example.com") -> Person:
    """A new member with a password, known by the key that the password buys."""
    user_id = world.admin.post("/users", email=email, password=PASSWORD, full_name="Puck")["user_id"]
    with closing(Http(world.owner.port)) as visitor:
        answer = visitor.post("/fetch_api_key", username=email, password=PASSWORD)
    assert answer["user_id"] == user_id
    return Person(world.owner.port, user_id, email, answer["api_key"], "puck")


def test_only_administrators_create_people_and_only_administrators_see_the_address(world: World) -> None:
    for person in (world.moderator, world.member, world.guest, world.bot):
        error = refused(person, "POST", "/users", email="a@example.com", password=PASSWORD, full_name="A")
        assert error.code == "UNAUTHORIZED_PRINCIPAL"
    new = made_person(world)
    new.close()
    for name, events in told(world, "realm_user").items():
        [added] = persons(events, "add")
        assert added["user_id"] == new.user_id
        assert added["email"] == f"user{new.user_id}@aloha.invalid"
        assert added["delivery_email"] == (new.email if name in ("owner", "admin") else None)
    error = refused(world.owner, "POST", "/users", email="PUCK@example.com", password=PASSWORD, full_name="B")
    assert "already in use" in error.msg
    for email, name in (("nonsense", "B"), ("b@example.com", ""), ("b@example.com", "x" * 101)):
        refused(world.owner, "POST", "/users", email=email, password=PASSWORD, full_name=name)
    assert not any(told(world, "realm_user").values())
    world.check()


def test_a_name_is_told_to_all_once_and_only_if_it_changes(world: World) -> None:
    path = f"/users/{world.member.user_id}"
    for person in (world.moderator, world.member, world.guest, world.bot):
        refused(person, "PATCH", path, full_name="Other")
    refused(world.admin, "PATCH", f"/users/{world.owner.user_id}", full_name="Other")
    world.admin.patch(path, full_name="Viola")
    for events in told(world, "realm_user").values():
        assert persons(events) == [{"user_id": world.member.user_id, "full_name": "Viola"}]
    world.admin.patch(path, full_name="Viola")
    world.member.patch("/settings", full_name="Viola")
    assert not any(told(world, "realm_user").values())
    world.member.patch("/settings", full_name="Cesario")
    world.check()
    world.owner.patch("/realm", name_changes_disabled=True)
    refused(world.member, "PATCH", "/settings", full_name="Viola")
    world.admin.patch("/settings", full_name="Administrator")
    world.owner.patch(f"/users/{world.bot.user_id}", full_name="Servant")
    bots = told(world, "realm_bot")
    change = {"user_id": world.bot.user_id, "full_name": "Servant"}
    for name, events in bots.items():
        assert [event["bot"] for event in events] == ([change] if name in ("owner", "admin", "member") else [])
    world.check()


def test_every_change_of_role_leaves_everybodys_copy_true(world: World) -> None:
    """To and from each role, with a private stream and with addresses of every visibility to see."""
    world.admin.post("/users/me/subscriptions", subscriptions=[{"name": "secret"}], invite_only=True)
    join(world, world.owner, world.member)
    for person, visibility in ((world.owner, MEMBERS), (world.admin, MODERATORS), (world.bot, EVERYONE)):
        person.patch("/settings", email_address_visibility=visibility)
    world.check()
    path, member_id = f"/users/{world.member.user_id}", world.member.user_id
    for role in (
        GUEST,
        OWNER,
        GUEST,
        ADMIN,
        MEMBER,
        MODERATOR,
        GUEST,
        MODERATOR,
        ADMIN,
        OWNER,
        MODERATOR,
        OWNER,
        MEMBER,
    ):
        world.owner.patch(path, role=role)
        changes = told(world, "realm_user")
        for events in changes.values():
            assert {"user_id": member_id, "role": role} in persons(events)
        shown = {person["user_id"]: person["delivery_email"] for person in persons(changes["member"])[1:]}
        assert all(
            (address is not None) == (role <= MEMBER) for id_, address in shown.items() if id_ == world.owner.user_id
        )
        assert changes["moderator"] == [event for event in changes["moderator"] if "role" in event["person"]]
        world.check()
    world.owner.patch(path, role=MEMBER)
    assert not any(told(world, "realm_user").values())


def test_owners_are_made_and_unmade_by_owners_and_one_remains(world: World) -> None:
    owner, member = f"/users/{world.owner.user_id}", f"/users/{world.member.user_id}"
    for person in (world.moderator, world.member, world.guest, world.bot):
        refused(person, "PATCH", member, role=GUEST)
        refused(person, "DELETE", member)
    for error in (
        refused(world.admin, "PATCH", member, role=OWNER),
        refused(world.admin, "PATCH", owner, role=MEMBER),
        refused(world.admin, "DELETE", owner),
    ):
        assert error.code == "UNAUTHORIZED_PRINCIPAL"
    for error in (refused(world.owner, "PATCH", owner, role=ADMIN), refused(world.owner, "DELETE", owner)):
        assert error.code == "CANNOT_DEACTIVATE_LAST_USER"
        assert error.fields["is_last_owner"] is True
    refused(world.owner, "PATCH", member, role=500)
    assert not any(told(world, "realm_user").values())
    world.owner.patch(member, role=OWNER)
    world.member.patch(owner, role=GUEST)
    refused(world.owner, "PATCH", member, role=MEMBER)
    world.check()


def test_a_new_address_comes_to_those_who_are_shown_it(world: World) -> None:
    path, guest_id = f"/users/{world.guest.user_id}", world.guest.user_id
    refused(world.member, "PATCH", "/settings", email="mine@example.com")
    refused(world.moderator, "PATCH", path, new_email="other@example.com")
    refused(world.owner, "PATCH", path, new_email="OWNER@example.com")
    for number, (visibility, seers) in enumerate(WHO_SEES.items()):
        world.guest.patch("/settings", email_address_visibility=visibility)
        world.check()
        drain(world)
        address = f"guest{number}@example.com"
        world.admin.patch(path, new_email=address)
        world.guest.email = address
        for name, events in told(world, "realm_user").items():
            addresses = [p["delivery_email"] for p in persons(events) if "delivery_email" in p]
            assert addresses == ([address] if name in {*seers, "guest"} else []), (visibility, name)
            stand_ins = [p["new_email"] for p in persons(events) if "new_email" in p]
            assert stand_ins == ([address] if visibility == EVERYONE else [])
            assert all(p["user_id"] == guest_id for p in persons(events))
        world.check()
    world.owner.patch("/settings", email="boss@example.com")
    world.owner.email = "boss@example.com"
    world.check()


def test_every_turn_of_email_visibility_is_told_to_those_for_whom_it_is_news(world: World) -> None:
    member_id = world.member.user_id
    now = ADMINS
    for then in (EVERYONE, MEMBERS, EVERYONE, NOBODY, MODERATORS, NOBODY, ADMINS, MEMBERS, ADMINS, EVERYONE, ADMINS):
        world.member.patch("/settings", email_address_visibility=then)
        for name, events in told(world, "realm_user").items():
            addresses = [p["delivery_email"] for p in persons(events) if "delivery_email" in p]
            saw, sees = name in {*WHO_SEES[now], "member"}, name in {*WHO_SEES[then], "member"}
            assert addresses == ([] if saw == sees else [world.member.email if sees else None]), (now, then, name)
            turns = [p["new_email"] for p in persons(events) if "new_email" in p]
            hidden = f"user{member_id}@aloha.invalid"
            assert turns == (
                [] if EVERYONE not in (now, then) else [world.member.email if then == EVERYONE else hidden]
            )
        for name, person in world.people.items():
            user = person.get(f"/users/{member_id}")["user"]
            assert user["delivery_email"] == (world.member.email if name in {*WHO_SEES[then], "member"} else None)
            if name != "member" and name not in WHO_SEES[then]:
                assert refused(person, "GET", f"/users/{world.member.email}").msg == "No such user"
        world.check()
        now = then


def test_a_timezone_is_told_to_all(world: World) -> None:
    refused(world.member, "PATCH", "/settings", timezone="Mars/Olympus")
    world.member.patch("/settings", timezone="Europe/Rome")
    for events in told(world, "realm_user").values():
        [person] = persons(events)
        assert (person["user_id"], person["timezone"]) == (world.member.user_id, "Europe/Rome")
    world.check()


def test_deactivating_ends_keys_queues_and_a_parked_poll_at_once(world: World) -> None:
    """With the bots that the user owns; opened again, neither queue nor bot comes back by itself."""
    member, bot = world.people.pop("member"), world.people.pop("bot")
    join(world, world.owner, member, bot, world.guest)
    queue = member.register(event_types=["message"])
    params = {"queue_id": queue["queue_id"], "last_event_id": queue["last_event_id"]}
    parked = Waiting(world, member, **params)
    for person in (world.moderator, world.guest, member):
        refused(person, "DELETE", f"/users/{member.user_id}")
    world.admin.delete(f"/users/{member.user_id}")
    assert parked.answer()[1]["events"] == [], "sent away, to authenticate again"
    for person in (member, bot):
        assert refused(person, "GET", "/users/me").code == "USER_DEACTIVATED"
    for events in told(world, "realm_user").values():
        gone = [person["user_id"] for person in persons(events) if person.get("is_active") is False]
        assert sorted(gone) == sorted([member.user_id, bot.user_id])
    world.check()
    assert not world.owner.get(f"/users/{member.user_id}")["user"]["is_active"]
    world.admin.delete(f"/users/{member.user_id}")
    assert not any(told(world, "realm_user").values())
    refused(world.moderator, "POST", f"/users/{member.user_id}/reactivate")
    world.owner.post(f"/users/{member.user_id}/reactivate")
    assert refused(member, "GET", "/events", **params, dont_block=True).code == "BAD_EVENT_QUEUE_ID"
    assert refused(bot, "GET", "/users/me").code == "USER_DEACTIVATED"
    member.start()
    world.people["member"] = member
    world.check()
    world.owner.post(f"/users/{bot.user_id}/reactivate")
    bot.start()
    world.people["bot"] = bot
    world.check()
    join(world, world.moderator)
    world.check()
    error = refused(world.owner, "DELETE", "/users/999999")
    assert error.msg == "No such user"


def test_a_regenerated_key_replaces_the_old_one_at_once(world: World) -> None:
    for person in (world.member, world.bot, world.guest):
        old = person.api_key
        queue = person.register(event_types=["message"])
        parked = Waiting(world, person, queue["queue_id"], queue["last_event_id"])
        person.api_key = person.post("/users/me/api_key/regenerate")["api_key"]
        assert person.api_key != old
        assert parked.answer()[1]["events"] == []
        with closing(Http(person.port, person.email, old)) as late:
            assert refused(late, "GET", "/users/me").status == 401
        assert person.get("/users/me")["user_id"] == person.user_id
    for name, events in told(world, "realm_bot").items():
        keys = [event["bot"]["api_key"] for event in events]
        assert keys == ([world.bot.api_key] if name in ("owner", "admin", "member") else [])
    world.check()


def test_a_key_is_fetched_with_the_password_and_by_nothing_else(world: World) -> None:
    new = made_person(world)
    visitor = Http(new.port)
    for username, password in ((new.email, "wrong"), ("nobody@example.com", PASSWORD), (world.member.email, "")):
        error = refused(visitor, "POST", "/fetch_api_key", username=username, password=password)
        assert error.code == "AUTHENTICATION_FAILED"
    new.patch("/settings", old_password=PASSWORD, new_password="the winter's tale")
    refused(new, "PATCH", "/settings", old_password=PASSWORD, new_password="another one")
    refused(visitor, "POST", "/fetch_api_key", username=new.email, password=PASSWORD)
    answer = visitor.post("/fetch_api_key", username=new.email.upper(), password="the winter's tale")
    assert answer["api_key"] == new.api_key
    world.owner.delete(f"/users/{new.user_id}")
    error = refused(visitor, "POST", "/fetch_api_key", username=new.email, password="the winter's tale")
    assert error.code == "USER_DEACTIVATED"
    absent = refused(visitor, "POST", "/dev_fetch_api_key", username=world.member.email)
    unknown = refused(visitor, "POST", "/no_such_endpoint")
    assert (absent.status, absent.code, absent.msg) == (unknown.status, unknown.code, unknown.msg)
    visitor.close()
    new.close()
    world.check()


def seen_by_guest(world: World) -> set[int]:
    """By each way to ask; all ways agree, and who is unseen is unknown."""
    guest = world.guest
    fresh = guest.register()
    seen = {user["user_id"] for user in fresh["realm_users"]} | {u["user_id"] for u in fresh["realm_non_active_users"]}
    assert seen == {user["user_id"] for user in guest.get("/users")["members"]}
    for name, person in world.people.items():
        if person.user_id in seen:
            assert guest.get(f"/users/{person.user_id}")["user"]["user_id"] == person.user_id
        else:
            for key in (person.user_id, person.email, f"user{person.user_id}@aloha.invalid"):
                assert refused(guest, "GET", f"/users/{key}").msg == "No such user", name
    members = {user_id for group in fresh["realm_user_groups"] for user_id in group["members"]}
    assert members <= seen
    return seen


def test_a_limited_guest_sees_those_with_whom_they_share_a_stream_or_conversation(world: World) -> None:
    owner, member, bot, guest = (p.user_id for p in (world.owner, world.member, world.bot, world.guest))
    join(world, world.guest, world.member)
    world.check()
    limit_guests(world)
    lost = {person["user_id"] for person in persons(told(world, "realm_user")["guest"], "remove")}
    assert lost == {person.user_id for person in world.people.values()} - {guest, member}
    world.check()
    assert seen_by_guest(world) == {guest, member}
    world.owner.patch(f"/users/{world.admin.user_id}", full_name="Unseen")
    world.owner.patch(f"/users/{member}", full_name="Seen")
    changes = told(world, "realm_user")
    assert [person["full_name"] for person in persons(changes["guest"])] == ["Seen"]
    assert [person["full_name"] for person in persons(changes["moderator"])] == ["Unseen", "Seen"]
    join(world, world.bot)
    assert [person["user_id"] for person in persons(told(world, "realm_user")["guest"], "add")] == [bot]
    world.check()
    world.owner.post("/messages", type="direct", to=[guest], content="hi")
    events = world.guest.events()
    kinds = [(event["type"], event.get("op")) for event in events]
    assert kinds.index(("realm_user", "add")) < kinds.index(("message", None)), "a person is told of before they write"
    world.check()
    assert seen_by_guest(world) == {guest, member, bot, owner}
    world.member.delete("/users/me/subscriptions", subscriptions=["Rome"])
    assert [person["user_id"] for person in persons(told(world, "realm_user")["guest"], "remove")] == [member]
    world.check()
    assert seen_by_guest(world) == {guest, bot, owner}
    for visibility in (MEMBERS, EVERYONE, ADMINS):
        world.member.patch("/settings", email_address_visibility=visibility, timezone=f"Etc/GMT+{visibility}")
        world.bot.patch("/settings", email_address_visibility=visibility)
        world.admin.patch(f"/users/{member}", new_email=f"member{visibility}@example.com")
        world.member.email = f"member{visibility}@example.com"
        assert member not in {person["user_id"] for person in persons(told(world, "realm_user")["guest"])}
        world.check()
    with closing(made_person(world)) as new:
        assert new.user_id not in seen_by_guest(world)
    world.check()


def test_a_limited_guests_view_follows_roles_and_activity(world: World) -> None:
    limit_guests(world)
    join(world, world.guest, world.moderator)
    world.check()
    path = f"/users/{world.guest.user_id}"
    for role in (MEMBER, GUEST, ADMIN, GUEST):
        world.owner.patch(path, role=role)
        world.check()
    assert seen_by_guest(world) == {world.guest.user_id, world.moderator.user_id}
    world.owner.patch(f"/users/{world.member.user_id}", role=GUEST)
    world.check()
    join(world, world.member)
    world.check()
    world.owner.delete(f"/users/{world.people.pop('moderator').user_id}")
    world.check()
    world.owner.post(f"/users/{world.moderator.user_id}/reactivate")
    world.check()
    world.owner.patch("/realm", can_access_all_users_group={"new": groups_of(world)["role:everyone"]})
    world.check()
    assert world.owner.user_id in seen_by_guest(world)


def test_a_demo_server_gives_keys_away(tmp_path: Any) -> None:
    with run_world(tmp_path / "var", demo=True) as world:
        visitor = Http(world.owner.port)
        answer = visitor.post("/dev_fetch_api_key", username=world.member.email)
        assert answer["api_key"] == world.member.api_key
        visitor.close()
