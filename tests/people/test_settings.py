"""Personal settings, the organization's, and the defaults of new users: every one of them, with its events."""

from typing import Any

import pytest
from tests.world import Person, World

from aloha.contract.errors import ApiError
from aloha.contract.settings import REALM_SETTINGS, USER_SETTINGS
from aloha.replica import Replica

OTHER_PERSONAL: dict[str, Any] = {
    "default_language": "de",
    "notification_sound": "ascend",
    "timezone": "America/New_York",
    "web_font_size_px": 18,
    "web_line_height_percent": 150,
    "email_notifications_batching_period_seconds": 300,
}
OTHER_REALM: dict[str, Any] = {
    "name": "Elsewhere",
    "description": "A *place*",
    "org_type": 10,
    "default_language": "fr",
    "waiting_period_threshold": 3,
    "digest_weekday": 4,
    "message_content_edit_limit_seconds": "unlimited",
    "message_content_delete_limit_seconds": 60,
    "move_messages_within_stream_limit_seconds": 60,
    "move_messages_between_streams_limit_seconds": "unlimited",
    "message_edit_history_visibility_policy": "none",
    "message_retention_days": 30,
    "default_code_block_language": "python",
    "video_chat_provider": 0,
    "jitsi_server_url": "https://meet.example.com",
    "giphy_rating": 0,
}
ANNOUNCEMENTS = ("new_stream", "signup", "zulip_update")


def other_personal_value(name: str) -> Any:
    setting = USER_SETTINGS[name]
    if name in OTHER_PERSONAL:
        return OTHER_PERSONAL[name]
    if setting.choices:
        return next(choice for choice in setting.choices if choice != setting.default)
    assert isinstance(setting.default, bool), name
    return not setting.default


def register_legacy(person: Person) -> Replica:
    return Replica(person.post("/register"))


def follow(person: Person, replica: Replica) -> list[dict[str, Any]]:
    events = person.poll(replica.queue_id, replica.position)
    for event in events:
        replica.apply(event)
    return [event for event in events if event["type"] != "heartbeat"]


def test_every_personal_setting_can_be_changed_and_is_told_once_to_its_owner_alone(world: World) -> None:
    world.check()
    legacy = register_legacy(world.member)
    for name in USER_SETTINGS:
        if name == "email_address_visibility":
            continue  # has a test of its own: it concerns others too
        value = other_personal_value(name)
        for _ in range(2):  # the second time nothing changes, and nothing is told
            world.member.patch("/settings", **{name: value})
        own = [event for event in world.member.events() if event["type"] == "user_settings"]
        assert [(event["property"], event["value"]) for event in own] == [(name, value)]
        older = [event for event in follow(world.member, legacy) if event["type"].startswith("update_")]
        if USER_SETTINGS[name].legacy is None:
            assert older == []
        else:
            told = older[0].get("setting_name") or older[0].get("notification_name")
            assert (len(older), told, older[0]["setting"]) == (1, name, value)
            assert older[0]["user"] == f"user{world.member.user_id}@aloha.invalid"
    assert not [event for event in world.guest.events() if event["type"] == "user_settings"]
    world.check()
    fresh = register_legacy(world.member).state
    assert {name: legacy.state[name] for name in USER_SETTINGS if name in fresh} == {
        name: fresh[name] for name in USER_SETTINGS if name in fresh
    }


def test_a_language_is_told_with_its_own_name(world: World) -> None:
    world.member.patch("/settings", default_language="de")
    [event] = world.member.events()
    assert event["language_name"] == "Deutsch"


def test_a_time_zone_is_told_to_everybody(world: World) -> None:
    world.member.patch("/settings", timezone="Europe/Rome")
    for person in world.people.values():
        told = [event["person"] for event in person.events() if event["type"] == "realm_user"]
        email = f"user{world.member.user_id}@aloha.invalid"
        assert told == [{"email": email, "user_id": world.member.user_id, "timezone": "Europe/Rome"}]
    world.check()


@pytest.mark.parametrize("visibility", [1, 2, 4, 5])
def test_an_address_is_told_to_those_who_now_see_it(world: World, visibility: int) -> None:
    allowed = {1: world.people.keys(), 2: {"owner", "admin", "moderator", "bot"}, 4: set(), 5: {"owner", "admin"}}
    allowed[5] = {"owner", "admin", "moderator"}
    world.member.patch("/settings", email_address_visibility=visibility)
    before = {"owner", "admin"}
    for name, person in world.people.items():
        told = [
            event["person"]["delivery_email"]
            for event in person.events()
            if event["type"] == "realm_user" and "delivery_email" in event["person"]
        ]
        if name == "member" or (name in before) == (name in allowed[visibility]):
            assert told == [], name
        else:
            assert told == ["member@example.com" if name in allowed[visibility] else None], name
    world.check()
    world.member.patch("/settings", email_address_visibility=3)
    world.check()


def test_values_that_cannot_be_are_refused_and_change_nothing(world: World) -> None:
    head = world.head()
    for name, value in [
        ("emojiset", "nope"),
        ("default_language", "tlh"),
        ("timezone", "Mars/Olympus"),
        ("web_font_size_px", 1000),
        ("notification_sound", "silence"),
        ("color_scheme", 9),
        ("twenty_four_hour_time", "maybe"),
    ]:
        with pytest.raises(ApiError) as refused:
            world.member.patch("/settings", enter_sends=False, **{name: value})
        assert refused.value.code == "BAD_REQUEST"
    assert world.head() == head


def test_every_organization_setting_can_be_changed_and_is_told_to_everybody(world: World) -> None:
    world.owner.post("/users/me/subscriptions", subscriptions=[{"name": "News"}], invite_only=True)
    stream_id = world.owner.get("/get_stream_id", stream="News")["stream_id"]
    groups = {group["name"]: group["id"] for group in world.owner.replica.state["realm_user_groups"]}
    world.check()
    for name, setting in REALM_SETTINGS.items():
        current = world.owner.replica.state[setting.register_field]
        if name == "authentication_methods":
            continue  # there is only one method, and it cannot be switched off
        if setting.group:
            value: Any = groups["role:administrators" if current != groups["role:administrators"] else "role:owners"]
            if name == "can_access_all_users_group":
                value = groups["role:members"]
            given: Any = {"new": value, "old": current}
        elif name.endswith(("_stream_id", "_channel_id")):
            value = given = stream_id
        else:
            value = given = OTHER_REALM.get(name, not setting.default if isinstance(setting.default, bool) else None)
            value = None if value == "unlimited" else value
        answer = world.owner.patch("/realm", **{name: given})
        assert answer[name] == value
        for person in (world.guest, world.member):
            told = [event for event in person.events() if event["type"] == "realm"]
            [event] = told
            if setting.event == "update":
                assert (event["op"], event["property"], event["value"]) == ("update", name, value)
            else:
                assert (event["op"], event["property"], event["data"]) == ("update_dict", "default", {name: value})
        again = world.owner.patch("/realm", **{name: {"new": value} if setting.group else given})
        assert name not in again
        world.check()
    assert not [event for event in world.member.events() if event["type"] == "realm"]


def test_settings_that_belong_together_come_in_one_event(world: World) -> None:
    world.admin.patch("/realm", allow_message_editing=False, message_content_edit_limit_seconds=60)
    [event] = world.member.events()
    assert event["data"] == {"allow_message_editing": False, "message_content_edit_limit_seconds": 60}
    world.check()


def test_who_may_change_organization_settings(world: World) -> None:
    head = world.head()
    for person, name, value in [
        (world.member, "name", "x"),
        (world.moderator, "name", "x"),
        (world.guest, "mandatory_topics", True),
        (world.admin, "invite_required", False),
        (world.admin, "message_retention_days", 3),
    ]:
        with pytest.raises(ApiError) as refused:
            person.patch("/realm", **{name: value})
        assert refused.value.code == "UNAUTHORIZED_PRINCIPAL"
    with pytest.raises(ApiError) as refused:
        world.member.patch("/realm/user_settings_defaults", enable_sounds=False)
    assert refused.value.code == "UNAUTHORIZED_PRINCIPAL"
    assert world.head() == head


def test_organization_settings_that_cannot_be_are_refused(world: World) -> None:
    head = world.head()
    for name, value in [
        ("name", ""),
        ("name", "x" * 41),
        ("description", "x" * 1001),
        ("org_type", 7),
        ("default_language", "tlh"),
        ("digest_weekday", 7),
        ("authentication_methods", {"Email": False}),
        ("authentication_methods", {"Telepathy": True}),
        ("message_content_edit_limit_seconds", 0),
        ("message_retention_days", -2),
        ("signup_announcements_stream_id", 999),
        ("jitsi_server_url", "javascript:alert(1)"),
        ("can_create_groups", {"new": 999}),
        ("can_create_groups", {"new": {"direct_members": [999], "direct_subgroups": []}}),
    ]:
        with pytest.raises(ApiError) as refused:
            world.owner.patch("/realm", mandatory_topics=True, **{name: value})
        assert refused.value.code == "BAD_REQUEST", name
    assert world.head() == head


def test_a_permission_that_is_no_longer_what_was_expected_is_not_changed(world: World) -> None:
    groups = {group["name"]: group["id"] for group in world.owner.replica.state["realm_user_groups"]}
    change = {"new": groups["role:owners"], "old": groups["role:moderators"]}
    with pytest.raises(ApiError) as refused:
        world.owner.patch("/realm", can_create_public_channel_group=change)
    assert refused.value.code == "EXPECTATION_MISMATCH"
    world.owner.patch(
        "/realm",
        can_create_public_channel_group={
            "new": {"direct_members": [world.guest.user_id], "direct_subgroups": [groups["role:owners"]]},
            "old": {"direct_members": [], "direct_subgroups": [groups["role:members"]]},
        },
    )
    world.check()
    assert not world.member.replica.state["can_create_public_streams"]


def test_defaults_are_for_new_users_and_leave_the_others_as_they_are(world: World) -> None:
    world.admin.patch("/settings", enable_sounds=False)
    world.owner.patch("/realm/user_settings_defaults", enable_sounds=False, color_scheme=2)
    told = [event for event in world.guest.events() if event["type"] == "realm_user_settings_defaults"]
    assert {(event["property"], event["value"]) for event in told} == {("enable_sounds", False), ("color_scheme", 2)}
    world.check()
    assert world.member.replica.state["user_settings"]["enable_sounds"] is True
    assert world.admin.replica.state["user_settings"]["enable_sounds"] is False
    world.owner.post("/users", email="new@example.com", password="midsummer", full_name="New")
    key = world.owner.call("POST", "/fetch_api_key", username="new@example.com", password="midsummer")["api_key"]
    new = Person(world.owner.port, 0, "new@example.com", key, "new")
    settings = new.register()["user_settings"]
    new.close()
    assert (settings["enable_sounds"], settings["color_scheme"]) == (False, 2)
    world.owner.patch("/realm/user_settings_defaults", enable_sounds=True)
    world.check()
    assert world.admin.replica.state["user_settings"]["enable_sounds"] is False


def test_a_password_is_changed_with_the_old_one(world: World) -> None:
    world.owner.post("/users", email="new@example.com", password="midsummer", full_name="New")
    key = world.owner.post("/fetch_api_key", username="new@example.com", password="midsummer")["api_key"]
    new = Person(world.owner.port, 0, "new@example.com", key, "new")
    with pytest.raises(ApiError, match="Wrong password"):
        new.patch("/settings", old_password="wrong", new_password="winter's tale")
    with pytest.raises(ApiError, match="Wrong password"):
        new.patch("/settings", new_password="winter's tale")
    new.patch("/settings", old_password="midsummer", new_password="winter's tale")
    new.close()
    with pytest.raises(ApiError) as refused:
        world.owner.post("/fetch_api_key", username="new@example.com", password="midsummer")
    assert (refused.value.code, refused.value.status) == ("AUTHENTICATION_FAILED", 401)
    answer = world.owner.post("/fetch_api_key", username="NEW@example.com", password="winter's tale")
    assert (answer["api_key"], answer["email"]) == (key, "new@example.com")


def test_alert_words_are_kept_once_whatever_their_case(world: World) -> None:
    assert world.member.post("/users/me/alert_words", alert_words=["Tea", " soup "])["alert_words"] == ["Tea", "soup"]
    assert world.member.post("/users/me/alert_words", alert_words=["tea"])["alert_words"] == ["Tea", "soup"]
    assert world.member.delete("/users/me/alert_words", alert_words=["SOUP", "x"])["alert_words"] == ["Tea"]
    told = [event["alert_words"] for event in world.member.events()]
    assert told == [["Tea", "soup"], ["Tea"]]
    assert world.guest.events() == []
    with pytest.raises(ApiError):
        world.member.post("/users/me/alert_words", alert_words=["x" * 101])
    assert world.member.get("/users/me/alert_words")["alert_words"] == ["Tea"]
    world.check()
