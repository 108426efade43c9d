"""Bots over the API: who may make and change them, and who is told of them and of their keys."""

from contextlib import closing
from typing import Any

from tests.people.kit import EVERYBODY, limit_guests, refused, told, with_legacy
from tests.world import Http, World


def make(world: World, name: str = "deploy", **more: Any) -> dict[str, Any]:
    return world.member.post("/bots", full_name=name.title(), short_name=name, **more)


def works(world: World, email: str, api_key: str) -> bool:
    with closing(Http(world.owner.port, email, api_key)) as http:
        return bool(http.request("GET", "/users/me")[0] == 200)


def test_a_bot_is_made_for_its_owner_who_alone_with_administrators_learns_its_key(world: World) -> None:
    with with_legacy(world):
        made = make(world)
        bot_id = made["user_id"]
        assert made.keys() == {
            "result", "msg", "user_id", "api_key", "avatar_url", "default_sending_stream",
            "default_events_register_stream", "default_all_public_streams",
        }  # fmt: skip
        events = told(world, "realm_bot", "realm_user")
        assert events.keys() == EVERYBODY
        for name, [*_, last] in events.items():
            knows = name in ("owner", "admin", "member", "legacy")
            assert last["type"] == ("realm_bot" if knows else "realm_user")
            if knows:
                assert (last["bot"]["api_key"], last["bot"]["owner_id"]) == (made["api_key"], world.member.user_id)
        assert works(world, "deploy-bot@aloha.invalid", made["api_key"])
        world.check()
        [_, listed] = world.member.get("/bots")["bots"]
        assert (listed["username"], listed["api_key"]) == ("deploy-bot@aloha.invalid", made["api_key"])
        assert world.admin.get("/bots")["bots"] == []
        assert world.admin.get(f"/bots/{bot_id}/api_key")["api_key"] == made["api_key"]
        new_key = world.member.post(f"/bots/{bot_id}/api_key/regenerate")["api_key"]
        events = told(world, "realm_bot")
        assert events.keys() == {"owner", "admin", "member", "legacy"}
        assert events["owner"][0]["bot"] == {"user_id": bot_id, "api_key": new_key}
        assert not works(world, "deploy-bot@aloha.invalid", made["api_key"])
        assert works(world, "deploy-bot@aloha.invalid", new_key)
        world.check()
        world.member.delete(f"/bots/{bot_id}")
        assert told(world, "realm_bot")["admin"][0]["bot"] == {"user_id": bot_id, "is_active": False}
        assert not works(world, "deploy-bot@aloha.invalid", new_key)
        assert [bot["username"] for bot in world.member.get("/bots")["bots"]] == ["helper-bot@example.com"]
        world.check()
        world.owner.post(f"/users/{bot_id}/reactivate")
        world.check()


def test_a_new_owner_gains_what_the_old_one_loses(world: World) -> None:
    path = f"/bots/{world.bot.user_id}"
    answer = world.member.patch(path, full_name="Servant")
    assert answer["full_name"] == "Servant"
    assert answer["bot_owner"] == f"user{world.member.user_id}@aloha.invalid"
    assert answer["service_interface"] == 1
    assert answer["config_data"] is None
    assert told(world, "realm_bot")["member"][0]["bot"] == {"user_id": world.bot.user_id, "full_name": "Servant"}
    world.check()
    world.admin.patch(path, bot_owner_id=world.moderator.user_id)
    events = told(world, "realm_bot")
    assert [(event["op"], event["bot"]["user_id"]) for event in events["member"]] == [("delete", world.bot.user_id)]
    assert events["moderator"][0]["bot"]["owner_id"] == world.moderator.user_id
    assert events["owner"][0]["bot"] == {"user_id": world.bot.user_id, "owner_id": world.moderator.user_id}
    world.check()
    assert refused(world.member, "PATCH", path, full_name="Mine").code == "UNAUTHORIZED_PRINCIPAL"
    world.moderator.patch(path, bot_owner_id=world.owner.user_id)
    world.check()
    world.owner.patch(path, bot_owner_id=world.member.user_id, role=300)
    world.check()


def test_who_may_not_is_refused_and_nothing_changes(world: World) -> None:
    path = f"/bots/{world.bot.user_id}"
    for person in (world.moderator, world.guest, world.bot):
        for method, where in (
            ("PATCH", path), ("DELETE", path), ("GET", f"{path}/api_key"), ("POST", f"{path}/api_key/regenerate"),
        ):  # fmt: skip
            assert refused(person, method, where, full_name="X").code == "UNAUTHORIZED_PRINCIPAL"
    assert refused(world.guest, "POST", "/bots", full_name="X", short_name="x").code == "UNAUTHORIZED_PRINCIPAL"
    assert refused(world.bot, "POST", "/bots", full_name="X", short_name="x").code == "BAD_REQUEST"
    assert refused(world.member, "PATCH", path, role=200).code == "UNAUTHORIZED_PRINCIPAL"
    bad: list[dict[str, Any]] = [
        {"full_name": "Helper", "short_name": "other"},
        {"full_name": "Other", "short_name": "no spaces"},
        {"full_name": "Other", "short_name": ""},
        {"full_name": "Other", "short_name": "x", "bot_type": 3},
        {"full_name": "*", "short_name": "x"},
    ]
    for params in bad:
        assert refused(world.member, "POST", "/bots", **params).code == "BAD_REQUEST", params
    bad = [{"bot_owner_id": 999}, {"bot_owner_id": world.bot.user_id}, {"role": 150}, {"full_name": " "}]
    for params in bad:
        assert refused(world.admin, "PATCH", path, **params).code == "BAD_REQUEST", params
    for bot_id in (999, world.member.user_id):
        assert refused(world.admin, "DELETE", f"/bots/{bot_id}").code == "BAD_REQUEST"
    assert told(world, "realm_bot", "realm_user") == {}
    groups = {group["name"]: group["id"] for group in world.owner.replica.state["realm_user_groups"]}
    world.owner.patch("/realm", can_create_bots_group={"new": groups["role:administrators"]})
    assert refused(world.member, "POST", "/bots", full_name="X", short_name="x").code == "UNAUTHORIZED_PRINCIPAL"
    make(world, "hook", bot_type=2)
    assert refused(world.member, "POST", "/bots", full_name="Y", short_name="hook", bot_type=2).code == "BAD_REQUEST"
    world.check()


def test_one_ends_ones_own_account_with_its_bots_but_the_last_owner_stays(world: World) -> None:
    error = refused(world.owner, "DELETE", "/users/me")
    assert (error.code, error.fields["is_last_owner"]) == ("CANNOT_DEACTIVATE_LAST_USER", True)
    assert refused(world.bot, "DELETE", "/users/me").code == "BAD_REQUEST"
    limit_guests(world)
    world.member.delete("/users/me")
    for name in ("member", "bot"):
        status, _, body = world.people[name].request("GET", "/users/me")
        assert (status, body["code"]) == (401, "USER_DEACTIVATED")
        del world.people[name]
    world.check()


def test_older_clients_change_settings_at_older_addresses(world: World) -> None:
    world.member.patch("/settings/display", twenty_four_hour_time=True)
    world.member.patch("/settings/notifications", enable_sounds=False)
    changed = [(event["property"], event["value"]) for event in told(world, "user_settings")["member"]]
    assert changed == [("twenty_four_hour_time", True), ("enable_sounds", False)]
    world.check()
