"""Accounts and roles: who hears what, and what is refused."""

from typing import Any

import pytest
from tests.world import Person, World

from aloha.contract.errors import ApiError


def people_told(person: Person) -> list[dict[str, Any]]:
    return [event["person"] for event in person.events() if event["type"] == "realm_user"]


def refusal(call: Any, *args: Any, **params: Any) -> tuple[str, int]:
    with pytest.raises(ApiError) as refused:
        call(*args, **params)
    return refused.value.code, refused.value.status


def test_a_new_user_is_told_with_the_address_to_those_alone_who_may_see_it(world: World) -> None:
    answer = world.admin.post("/users", email="Puck@example.com", password="midsummer", full_name="Puck")
    for name, person in world.people.items():
        events = person.events()
        [added] = [event["person"] for event in events if event["type"] == "realm_user"]
        assert added["user_id"] == answer["user_id"]
        assert added["email"] == f"user{answer['user_id']}@aloha.invalid"
        assert added["delivery_email"] == ("Puck@example.com" if name in ("owner", "admin") else None)
        groups = [event for event in events if event["type"] == "user_group"]
        assert [(event["op"], event["user_ids"]) for event in groups] == [("add_members", [answer["user_id"]])] * 2
    world.check()


def test_a_new_user_that_cannot_be_is_refused(world: World) -> None:
    head = world.head()
    new = {"email": "puck@example.com", "password": "midsummer", "full_name": "Puck"}
    assert refusal(world.member.post, "/users", **new) == ("UNAUTHORIZED_PRINCIPAL", 400)
    for wrong in ({"email": "MEMBER@example.com"}, {"email": "no address"}, {"full_name": "@"}, {"password": "x"}):
        assert refusal(world.admin.post, "/users", **{**new, **wrong}) == ("BAD_REQUEST", 400)
    assert world.head() == head


def test_a_name_is_told_to_everybody_once(world: World) -> None:
    for _ in range(2):
        world.admin.patch(f"/users/{world.member.user_id}", full_name="Mena")
    world.member.patch("/settings", full_name="Mena Berg")
    for person in world.people.values():
        told = people_told(person)
        assert told == [{"user_id": world.member.user_id, "full_name": name} for name in ("Mena", "Mena Berg")]
    world.check()


def test_names_are_unique_where_the_organization_says_so(world: World) -> None:
    world.owner.patch("/realm", require_unique_names=True)
    assert refusal(world.admin.patch, f"/users/{world.guest.user_id}", full_name="MEMBER") == ("BAD_REQUEST", 400)
    world.admin.patch(f"/users/{world.member.user_id}", full_name="MEMBER")  # one's own name in other letters
    world.owner.patch("/realm", name_changes_disabled=True)
    assert refusal(world.member.patch, "/settings", full_name="Other")[1] == 400
    world.check()


@pytest.mark.parametrize("role", [100, 200, 300, 600])
def test_a_role_comes_with_all_that_it_shows(world: World, role: int) -> None:
    world.owner.post("/users/me/subscriptions", subscriptions=[{"name": "Open"}])
    world.owner.post("/users/me/subscriptions", subscriptions=[{"name": "Secret"}], invite_only=True)
    world.check()
    world.owner.patch(f"/users/{world.member.user_id}", role=role)
    events = world.guest.events()
    assert [event["person"] for event in events if event["type"] == "realm_user"] == [
        {"user_id": world.member.user_id, "role": role}
    ]
    assert [event["op"] for event in events if event["type"] == "user_group"] == [
        "remove_members",
        "add_members",
        "remove_members",
    ]
    world.check()
    world.owner.patch(f"/users/{world.member.user_id}", role=400)
    world.check()


def test_owners_are_for_owners_and_one_stays(world: World) -> None:
    owner, admin = f"/users/{world.owner.user_id}", f"/users/{world.admin.user_id}"
    head = world.head()
    assert refusal(world.admin.patch, owner, full_name="x") == ("UNAUTHORIZED_PRINCIPAL", 400)
    assert refusal(world.admin.patch, admin, role=100) == ("UNAUTHORIZED_PRINCIPAL", 400)
    assert refusal(world.admin.delete, owner) == ("UNAUTHORIZED_PRINCIPAL", 400)
    assert refusal(world.member.delete, admin) == ("BAD_REQUEST", 400)
    assert refusal(world.member.patch, admin, role=400) == ("BAD_REQUEST", 400)
    assert refusal(world.owner.patch, admin, role=123) == ("BAD_REQUEST", 400)
    for call, params in ((world.owner.patch, {"role": 200}), (world.owner.delete, {})):
        with pytest.raises(ApiError) as refused:
            call(owner, **params)
        assert refused.value.code == "CANNOT_DEACTIVATE_LAST_USER"
        assert refused.value.fields == {"is_last_owner": True, "entity": "organization owner"}
    assert world.head() == head
    world.owner.patch(admin, role=100)
    world.admin.patch(owner, role=200)
    world.check()


def test_a_new_address_is_told_to_those_who_see_it(world: World) -> None:
    world.owner.patch(f"/users/{world.member.user_id}", new_email="mena@example.com")
    world.member.email = "mena@example.com"
    assert people_told(world.guest) == []
    told = {"user_id": world.member.user_id, "delivery_email": "mena@example.com"}
    assert people_told(world.admin) == [told]
    assert people_told(world.member) == [told]
    world.check()
    assert refusal(world.guest.get, "/users/mena@example.com") == ("BAD_REQUEST", 400)
    assert world.admin.get("/users/MENA@example.com")["user"]["user_id"] == world.member.user_id
    shown = world.guest.get(f"/users/user{world.member.user_id}@aloha.invalid")["user"]
    assert (shown["user_id"], shown["delivery_email"]) == (world.member.user_id, None)
    assert refusal(world.owner.patch, f"/users/{world.member.user_id}", new_email="Guest@example.com")[1] == 400


def test_a_deactivated_account_ends_with_its_bots_at_once_and_can_come_back(world: World) -> None:
    ids = [world.member.user_id, world.bot.user_id, world.owner.user_id]
    world.owner.post("/users/me/subscriptions", subscriptions=[{"name": "Rome"}], principals=ids)
    member, bot = world.people.pop("member"), world.people.pop("bot")
    queue = member.replica.queue_id
    for _ in range(2):
        world.admin.delete(f"/users/{member.user_id}")
    for person in (member, bot):
        assert refusal(person.get, "/users/me") == ("USER_DEACTIVATED", 401)
    inactive = [told for told in people_told(world.moderator) if "is_active" in told]
    assert inactive == [{"user_id": id_, "is_active": False} for id_ in ids[:2]]
    world.check()
    world.admin.post(f"/users/{member.user_id}/reactivate")
    world.check()
    assert refusal(member.get, "/events", queue_id=queue, last_event_id=-1) == ("BAD_EVENT_QUEUE_ID", 400)
    member.start()
    assert [one["name"] for one in member.replica.state["subscriptions"]] == ["Rome"]
    assert refusal(bot.get, "/users/me") == ("USER_DEACTIVATED", 401)


def test_a_replaced_key_is_worth_nothing(world: World) -> None:
    old = world.member.api_key
    world.member.api_key = world.member.post("/users/me/api_key/regenerate")["api_key"]
    assert world.member.get("/users/me")["user_id"] == world.member.user_id
    world.member.api_key, fresh = old, world.member.api_key
    assert refusal(world.member.get, "/users/me") == ("UNAUTHORIZED", 401)
    world.member.api_key = fresh
    world.check()


def test_a_bots_new_key_is_told_to_its_owner_and_administrators_alone(world: World) -> None:
    world.bot.api_key = world.bot.post("/users/me/api_key/regenerate")["api_key"]
    for name, person in world.people.items():
        told = [event["bot"] for event in person.events() if event["type"] == "realm_bot"]
        known = name in ("owner", "admin", "member")
        assert told == ([{"user_id": world.bot.user_id, "api_key": world.bot.api_key}] if known else [])
    world.check()


def test_keys_are_given_for_passwords_alone(world: World) -> None:
    for username, password in (("owner@example.com", ""), ("nobody@example.com", "x"), ("owner@example.com", "x")):
        given = {"username": username, "password": password}
        assert refusal(world.owner.post, "/fetch_api_key", **given) == ("AUTHENTICATION_FAILED", 401)
    assert refusal(world.owner.post, "/dev_fetch_api_key", username="owner@example.com") == ("NOT_FOUND", 404)


def test_guests_who_see_only_some_people_are_told_of_no_others(world: World) -> None:
    groups = {group["name"]: group["id"] for group in world.owner.replica.state["realm_user_groups"]}
    world.owner.patch("/realm", can_access_all_users_group={"new": groups["role:members"]})
    world.check()
    guest, unseen = world.guest, {world.admin.user_id, world.moderator.user_id, world.bot.user_id}
    assert {user["user_id"] for user in guest.get("/users")["members"]} == {guest.user_id}
    assert refusal(guest.get, f"/users/{world.member.user_id}") == refusal(guest.get, "/users/999")
    members = [world.guest.user_id, world.member.user_id]
    world.owner.post("/users/me/subscriptions", subscriptions=[{"name": "Rome"}], principals=members)
    world.check()
    assert {user["user_id"] for user in guest.get("/users")["members"]} == set(members)
    guest.seen.clear()
    for person in (world.admin, world.moderator, world.bot):
        world.owner.patch(f"/users/{person.user_id}", full_name=f"{person.name} renamed")
    world.owner.patch(f"/users/{world.moderator.user_id}", role=400)
    world.moderator.patch("/settings", timezone="Europe/Rome", email_address_visibility=1)
    world.owner.post("/users", email="new@example.com", password="midsummer", full_name="New")
    world.owner.delete(f"/users/{world.bot.user_id}")
    world.people.pop("bot")
    assert guest.events() == []
    state = guest.register()
    listed = {user["user_id"] for user in [*state["realm_users"], *state["realm_non_active_users"]]}
    listed |= {user_id for group in state["realm_user_groups"] for user_id in group["members"]}
    assert not listed & unseen
    world.check()


def test_two_guests_who_meet_are_not_shown_each_others_hidden_address(world: World) -> None:
    groups = {group["name"]: group["id"] for group in world.owner.replica.state["realm_user_groups"]}
    world.owner.patch("/realm", can_access_all_users_group={"new": groups["role:members"]})
    world.owner.patch(f"/users/{world.moderator.user_id}", role=600)
    world.check()
    ids = [world.guest.user_id, world.moderator.user_id]
    world.owner.post("/users/me/subscriptions", subscriptions=[{"name": "Rome"}], principals=ids)
    for person in (world.guest, world.moderator):
        told = people_told(person)
        assert [one["delivery_email"] for one in told if one["user_id"] in ids] == [None]
    world.check()
