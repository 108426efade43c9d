"""Settings of people and of the organization: every one is changed once, told, and true in everybody's copy."""

import base64
import http.client
import json
import struct
import zlib
from collections.abc import Iterator
from typing import Any, get_args

import pytest
from tests.world import Person, World, run_world

from aloha.contract.endpoints.settings import UpdateRealmUserSettingsDefaults
from aloha.contract.errors import ApiError
from aloha.contract.settings import REALM_GROUP_SETTINGS, REALM_SETTINGS, USER_SETTINGS, Setting
from aloha.replica import Replica

ADMINISTRATORS = ("owner", "admin")
TEXTS = {"default_language": "de", "notification_sound": "ascend", "timezone": "Asia/Tokyo"}
NUMBERS = {"web_font_size_px": 20, "web_line_height_percent": 150, "email_notifications_batching_period_seconds": 300}
REALM_VALUES: dict[str, Any] = {
    "name": "Illyria",
    "description": "What country, *friends*, is this?",
    "org_type": 20,
    "default_language": "de",
    "waiting_period_threshold": 3,
    "digest_weekday": 4,
    "message_content_edit_limit_seconds": 1200,
    "message_content_delete_limit_seconds": 1200,
    "move_messages_within_stream_limit_seconds": 1200,
    "move_messages_between_streams_limit_seconds": 1200,
    "message_edit_history_visibility_policy": "none",
    "message_retention_days": 30,
    "default_code_block_language": "python",
    "video_chat_provider": 0,
    "jitsi_server_url": "https://meet.example.com",
    "giphy_rating": 3,
}
PUBLIC_CHANNELS = (
    "new_stream_announcements_stream_id",
    "signup_announcements_stream_id",
    "zulip_update_announcements_stream_id",
)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """For requests that change nothing."""
    with run_world(tmp_path_factory.mktemp("shared") / "var") as world:
        yield world


def refused(person: Person, method: str, path: str, **params: Any) -> ApiError:
    with pytest.raises(ApiError) as caught:
        person.call(method, path, **params)
    return caught.value


def another(setting: Setting) -> Any:
    """A valid value that is not the default."""
    if setting.choices:
        return next(value for value in setting.choices if value != setting.default)
    if isinstance(setting.default, bool):
        return not setting.default
    return {**TEXTS, **NUMBERS}[setting.name]


def groups_of(world: World) -> dict[str, int]:
    return {group["name"]: group["id"] for group in world.owner.replica.state["realm_user_groups"]}


def own(events: list[dict[str, Any]], type_: str) -> list[dict[str, Any]]:
    return [event for event in events if event["type"] == type_]


def test_every_personal_setting_is_told_to_its_owner_in_the_modern_form(world: World) -> None:
    for name, setting in USER_SETTINGS.items():
        value = another(setting)
        world.member.patch("/settings", **{name: value})
        events = world.member.events()
        [event] = own(events, "user_settings")
        assert (event["op"], event["property"], event["value"]) == ("update", name, value)
        assert ("language_name" in event) == (name == "default_language")
        assert not own(events, "update_display_settings")
        assert not own(events, "update_global_notifications")
        position = world.head()
        world.member.patch("/settings", **{name: value})
        assert world.head() == position, f"{name}: what it is already is no change"
    for name, person in world.people.items():
        assert name == "member" or not own(person.events(), "user_settings")
    world.check()
    consent = own(world.admin.seen, "realm_export_consent")
    assert [(event["user_id"], event["consented"]) for event in consent] == [(world.member.user_id, True)]
    assert not own(world.moderator.seen, "realm_export_consent")
    for person in (world.owner, world.guest, world.bot):
        person.patch("/settings", **{name: another(setting) for name, setting in USER_SETTINGS.items()})
    world.check()


def test_an_older_client_is_told_in_the_older_forms(world: World) -> None:
    older = world.guest.register(client_capabilities={})
    replica, seen = Replica(older), list[dict[str, Any]]()
    assert older["twenty_four_hour_time"] is False
    assert older["enable_sounds"] is True
    world.guest.patch("/settings", **{name: another(setting) for name, setting in USER_SETTINGS.items()})
    while events := world.guest.poll(replica.queue_id, replica.position):
        for event in events:
            replica.apply(event)
        seen += events
    display = {event["setting_name"]: event["setting"] for event in own(seen, "update_display_settings")}
    notify = {event["notification_name"]: event["setting"] for event in own(seen, "update_global_notifications")}
    for legacy, found in (("display", display), ("notification", notify)):
        assert found == {name: another(one) for name, one in USER_SETTINGS.items() if one.legacy == legacy}
    assert {event["property"] for event in own(seen, "user_settings")} == {*USER_SETTINGS}
    fresh = Replica(world.guest.register(client_capabilities={})).state
    for name in ("user_settings", *display, *notify):
        assert replica.state.get(name) == fresh.get(name), name


@pytest.mark.parametrize(
    "wrong",
    [
        {"color_scheme": 9},
        {"default_language": "klingon"},
        {"emojiset": "apple"},
        {"notification_sound": "gong"},
        {"web_font_size_px": 200},
        {"web_line_height_percent": 1},
        {"email_notifications_batching_period_seconds": 0},
        {"email_address_visibility": 0},
        {"enter_sends": "perhaps"},
        {"timezone": "Nowhere"},
    ],
    ids=lambda wrong: next(iter(wrong)),
)
def test_a_value_that_cannot_be_changes_nothing_of_the_request(shared: World, wrong: dict[str, Any]) -> None:
    position = shared.head()
    assert refused(shared.member, "PATCH", "/settings", twenty_four_hour_time=True, **wrong).status == 400
    assert shared.head() == position


def test_the_defaults_of_new_users_are_changed_by_administrators_and_leave_those_who_are_there(world: World) -> None:
    names = UpdateRealmUserSettingsDefaults.__struct_fields__
    for person in (world.moderator, world.member, world.guest, world.bot):
        error = refused(person, "PATCH", "/realm/user_settings_defaults", enter_sends=False)
        assert error.code == "UNAUTHORIZED_PRINCIPAL"
    world.member.patch("/settings", enter_sends=False, color_scheme=2)
    for name in names:
        value = another(USER_SETTINGS[name])
        world.admin.patch("/realm/user_settings_defaults", **{name: value})
        [event] = own(world.guest.events(), "realm_user_settings_defaults")
        assert (event["op"], event["property"], event["value"]) == ("update", name, value)
    world.check()
    position = world.head()
    world.admin.patch("/realm/user_settings_defaults", **{name: another(USER_SETTINGS[name]) for name in names})
    assert world.head() == position
    password = "a midsummer night"
    world.admin.post("/users", email="puck@example.com", password=password, full_name="Puck")
    visitor = Person(world.owner.port, 0, "", "", "visitor")
    key = visitor.post("/fetch_api_key", username="puck@example.com", password=password)["api_key"]
    puck = Person(world.owner.port, 0, "puck@example.com", key, "puck")
    settings = puck.register()["user_settings"]
    assert {name: settings[name] for name in names} == {name: another(USER_SETTINGS[name]) for name in names}
    visitor.close()
    puck.close()
    world.check()


def realm_value(world: World, name: str) -> Any:
    """A valid value that is not the default."""
    setting = REALM_SETTINGS[name]
    if name in REALM_VALUES:
        return REALM_VALUES[name]
    if name in PUBLIC_CHANNELS or name == "moderation_request_channel_id":
        stream = "private" if name == "moderation_request_channel_id" else "public"
        return world.owner.get("/get_stream_id", stream=stream)["stream_id"]
    assert isinstance(setting.default, bool), f"{name} needs a value here"
    return not setting.default


def test_every_plain_setting_of_the_organization_is_told_to_all_and_echoed(world: World) -> None:
    world.owner.post("/users/me/subscriptions", subscriptions=[{"name": "public"}])
    world.owner.post("/users/me/subscriptions", subscriptions=[{"name": "private"}], invite_only=True)
    world.check()
    for name, setting in REALM_SETTINGS.items():
        if setting.group or name == "authentication_methods":
            continue
        value = realm_value(world, name)
        for person in (world.moderator, world.member, world.guest, world.bot):
            assert refused(person, "PATCH", "/realm", **{name: value}).code == "UNAUTHORIZED_PRINCIPAL"
        answer = world.owner.patch("/realm", **{name: value})
        assert answer[name] == value
        [event] = own(world.guest.events(), "realm")
        if setting.event == "update":
            assert (event["op"], event["property"], event["value"]) == ("update", name, value)
        else:
            assert (event["op"], event["property"], event["data"]) == ("update_dict", "default", {name: value})
        position = world.head()
        assert name not in world.owner.patch("/realm", **{name: value})
        assert world.head() == position, name
    world.check()


def test_what_is_without_limit_is_said_so(world: World) -> None:
    limits = [name for name, one in REALM_SETTINGS.items() if type(None) in get_args(one.type) and one.type is not str]
    for name in (name for name in limits if name.endswith("_seconds")):
        assert world.owner.patch("/realm", **{name: json.dumps("unlimited")})[name] is None
        for wrong in (0, -5, "soon"):
            refused(world.owner, "PATCH", "/realm", **{name: json.dumps(wrong)})
    world.owner.patch("/realm", message_retention_days=30)
    assert world.owner.patch("/realm", message_retention_days=json.dumps("unlimited"))["message_retention_days"] == -1
    world.check()


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"name": "x" * 41},
        {"description": "x" * 1001},
        {"org_type": 11},
        {"default_language": "klingon"},
        {"waiting_period_threshold": -1},
        {"digest_weekday": 7},
        {"video_chat_provider": 77},
        {"giphy_rating": 77},
        {"jitsi_server_url": "javascript:alert(1)"},
        {"message_edit_history_visibility_policy": "some"},
        {"authentication_methods": {"Email": False}},
        {"authentication_methods": {"Telepathy": True}},
        {"signup_announcements_stream_id": 999999},
        {"can_create_groups": {"new": 999999}},
        {"can_create_groups": {"new": {"direct_members": [999999], "direct_subgroups": []}}},
    ],
    ids=lambda wrong: next(iter(wrong)),
)
def test_an_organization_setting_that_cannot_be_changes_nothing(shared: World, wrong: dict[str, Any]) -> None:
    position = shared.head()
    assert refused(shared.owner, "PATCH", "/realm", mandatory_topics=True, **wrong).status == 400
    assert shared.head() == position


def test_every_permission_is_given_as_new_and_old(world: World) -> None:
    groups = groups_of(world)
    for name, setting in REALM_GROUP_SETTINGS.items():
        old = groups[setting.default_group_name]
        allowed = setting.allowed_system_groups or ("role:moderators", "role:owners", "role:administrators")
        new = next(groups[group] for group in allowed if groups[group] != old)
        error = refused(world.owner, "PATCH", "/realm", **{name: {"new": new, "old": new}})
        assert error.code == "EXPECTATION_MISMATCH"
        assert world.owner.patch("/realm", **{name: {"new": new, "old": old}})[name] == new
        assert own(world.moderator.events(), "realm")[-1]["data"] == {name: new}
        world.check()
        if not setting.allow_nobody_group:
            refused(world.owner, "PATCH", "/realm", **{name: {"new": groups["role:nobody"]}})
        if setting.require_system_group:
            someone = {"direct_members": [world.member.user_id], "direct_subgroups": []}
            refused(world.owner, "PATCH", "/realm", **{name: {"new": someone}})
            continue
        custom = {"direct_members": [world.guest.user_id], "direct_subgroups": [groups["role:owners"]]}
        assert world.owner.patch("/realm", **{name: {"new": custom, "old": new}})[name] == custom
        position = world.head()
        world.owner.patch("/realm", **{name: {"new": custom}})
        assert world.head() == position
    world.check()


def test_several_settings_at_once_and_what_owners_alone_may(world: World) -> None:
    for name in ("invite_required", "waiting_period_threshold", "message_retention_days"):
        value = 30 if name != "invite_required" else False
        assert refused(world.admin, "PATCH", "/realm", **{name: value}).code == "UNAUTHORIZED_PRINCIPAL"
    answer = world.admin.patch("/realm", allow_message_editing=False, message_content_edit_limit_seconds=60)
    assert answer["allow_message_editing"] is False
    [event] = own(world.member.events(), "realm")
    assert event["data"] == {"allow_message_editing": False, "message_content_edit_limit_seconds": 60}
    world.check()


def test_alert_words_are_told_to_their_owner(world: World) -> None:
    for person in (world.member, world.guest, world.bot):
        assert person.get("/users/me/alert_words")["alert_words"] == []
        answer = person.post("/users/me/alert_words", alert_words=["soup", "tea", "Soup", " "])
        assert answer["alert_words"] == ["soup", "tea"]
        assert own(person.events(), "alert_words")[0]["alert_words"] == ["soup", "tea"]
        assert person.delete("/users/me/alert_words", alert_words=["SOUP", "none"])["alert_words"] == ["tea"]
        position = world.head()
        person.post("/users/me/alert_words", alert_words=["tea"])
        assert world.head() == position
        refused(person, "POST", "/users/me/alert_words", alert_words=["x" * 101])
    assert not own(world.owner.events(), "alert_words")
    world.check()


def png(width: int = 2) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\0" + b"\xff\0\0" * width for _ in range(width))
    head = struct.pack(">IIBBBBB", width, width, 8, 2, 0, 0, 0)
    body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def upload(person: Person, name: str, data: bytes) -> tuple[int, dict[str, Any]]:
    """As a form with one file, which `requests` and browsers send."""
    boundary = "theboundary"
    disposition = 'Content-Disposition: form-data; name="f1"; filename="a.png"'
    head = f"--{boundary}\r\n{disposition}\r\nContent-Type: image/png\r\n\r\n"
    token = base64.b64encode(f"{person.email}:{person.api_key}".encode()).decode()
    connection = http.client.HTTPConnection("127.0.0.1", person.port, timeout=20)
    connection.request(
        "POST",
        f"/api/v1/realm/emoji/{name}",
        head.encode() + data + f"\r\n--{boundary}--\r\n".encode(),
        {"Content-Type": f"multipart/form-data; boundary={boundary}", "Authorization": f"Basic {token}"},
    )
    answer = connection.getresponse()
    body = json.loads(answer.read())
    connection.close()
    return answer.status, body


def test_custom_emoji_are_uploaded_used_and_taken_out_of_use(world: World) -> None:
    assert upload(world.member, "party_parrot", png())[0] == 200
    for person in world.people.values():
        [event] = own(person.events(), "realm_emoji")
        [emoji] = event["realm_emoji"].values()
        assert (emoji["name"], emoji["author_id"], emoji["deactivated"]) == (
            "party_parrot",
            world.member.user_id,
            False,
        )
    assert world.guest.get("/realm/emoji")["emoji"] == {emoji["id"]: emoji}
    connection = http.client.HTTPConnection("127.0.0.1", world.member.port, timeout=20)
    connection.request("GET", emoji["source_url"])
    picture = connection.getresponse()
    assert (picture.status, picture.read()) == (200, png())
    connection.close()
    world.check()
    position = world.head()
    for person, name, data in (
        (world.member, "party_parrot", png()),
        (world.guest, "guests", png()),
        (world.member, "octopus", png()),
        (world.member, "Bad%20Name!", png()),
        (world.member, "no_picture", b"<svg onload='alert(1)'/>"),
    ):
        status, body = upload(person, name, data)
        assert status == 400, (name, body)
    refused(world.member, "POST", "/realm/emoji/nothing")
    refused(world.moderator, "DELETE", "/realm/emoji/party_parrot")
    assert refused(world.owner, "DELETE", "/realm/emoji/nosuch").status == 404
    assert world.head() == position
    world.member.delete("/realm/emoji/party_parrot")
    [event] = own(world.bot.events(), "realm_emoji")
    assert [one["deactivated"] for one in event["realm_emoji"].values()] == [True]
    assert refused(world.owner, "DELETE", "/realm/emoji/party_parrot").status == 404
    assert upload(world.admin, "octopus", png())[0] == 200
    assert upload(world.member, "party_parrot", png(3))[0] == 200
    world.owner.delete("/realm/emoji/party_parrot")
    world.check()
