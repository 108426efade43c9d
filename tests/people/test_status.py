"""Statuses: what may be set, who is told of what, and what the initial state says."""

from tests.people.kit import EVERYBODY, join, limit_guests, refused, told, with_legacy
from tests.world import World


def test_a_status_is_told_to_all_who_see_the_person(world: World) -> None:
    member = world.member
    path = f"/users/{member.user_id}/status"
    with with_legacy(world):
        assert world.admin.get(path)["status"] == {}
        member.post("/users/me/status", status_text="  on vacation ", emoji_name="car")
        event = {"type": "user_status", "user_id": member.user_id, "status_text": "on vacation"}
        emoji = {"emoji_name": "car", "emoji_code": "1f697", "reaction_type": "unicode_emoji"}
        assert told(world, "user_status") == {name: [{**event, **emoji}] for name in EVERYBODY}
        assert world.guest.get(path)["status"] == {"status_text": "on vacation", **emoji}
        world.check()
        member.post("/users/me/status", status_text="on vacation")
        assert told(world, "user_status") == {}, "nothing changed"
        member.post("/users/me/status", status_text="back")
        [only] = told(world, "user_status")["legacy"]
        assert only == {**event, "status_text": "back"}
        world.check()
        member.post("/users/me/status", status_text="", emoji_name="")
        cleared = {"emoji_name": "", "emoji_code": "", "reaction_type": "unicode_emoji"}
        assert told(world, "user_status")["admin"] == [{**event, "status_text": "", **cleared}]
        world.check()
        assert world.admin.get(path)["status"] == {}
        assert member.register()["user_status"] == {}


def test_a_bad_status_is_refused_and_changes_nothing(world: World) -> None:
    for params in (
        {},
        {"status_text": "x" * 61},
        {"emoji_name": "no_such_emoji"},
        {"emoji_name": "car", "emoji_code": "1f600"},
        {"emoji_name": "car", "reaction_type": "nonsense"},
        {"emoji_code": "1f697"},
        {"away": "perhaps"},
    ):
        assert refused(world.member, "POST", "/users/me/status", **params).code == "BAD_REQUEST", params
    assert refused(world.bot, "POST", "/users/me/status", status_text="hi").code == "BAD_REQUEST"
    assert refused(world.member, "GET", "/users/999/status").code == "BAD_REQUEST"
    path = f"/users/{world.guest.user_id}/status"
    assert refused(world.moderator, "POST", path, status_text="hi").code == "UNAUTHORIZED_PRINCIPAL"
    assert told(world, "user_status") == {}
    world.admin.post(path, status_text="here")
    assert told(world, "user_status")["guest"][0]["status_text"] == "here"
    world.check()


def test_away_is_the_older_name_of_turning_presence_off(world: World) -> None:
    with with_legacy(world):
        world.member.post("/users/me/status", away=True)
        away = {"type": "user_status", "user_id": world.member.user_id, "away": True}
        assert told(world, "user_status")["guest"] == [away]
        assert world.member.register()["user_settings"]["presence_enabled"] is False
        world.check()
        world.member.patch("/settings", presence_enabled=True)
        assert told(world, "user_status")["guest"] == [{**away, "away": False}]
        world.check()
        assert world.admin.register()["user_status"] == {}


def test_guests_hear_of_those_whom_they_see_and_learn_the_rest_with_them(world: World) -> None:
    limit_guests(world)
    world.moderator.post("/users/me/status", status_text="hidden")
    assert "guest" not in told(world, "user_status")
    assert refused(world.guest, "GET", f"/users/{world.moderator.user_id}/status").code == "BAD_REQUEST"
    world.check()
    join(world, world.moderator, world.guest)
    assert told(world, "user_status")["guest"][0]["status_text"] == "hidden"
    world.check()
    world.moderator.delete("/users/me/subscriptions", subscriptions=["Rome"])
    world.check()
    world.owner.delete(f"/users/{world.moderator.user_id}")
    del world.people["moderator"]
    world.check()
    world.owner.post(f"/users/{world.moderator.user_id}/reactivate")
    world.check()
