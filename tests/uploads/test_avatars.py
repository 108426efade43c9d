"""Avatars: uploaded, shown to everybody who sees the user, deleted."""

from io import BytesIO
from urllib.parse import urlsplit

import pytest
from PIL import Image
from tests.uploads.kit import fetch, files_of, keep, part, picture, post_form, send
from tests.world import Person, World

from aloha.contract.errors import ApiError


def set_avatar(person: Person, content: bytes) -> tuple[int, dict[str, str]]:
    return post_form(person, "/users/me/avatar", part(content, "me.png", field="file"))


def size(world: World, url: str) -> tuple[int, int]:
    status, headers, content = fetch(world.guest, url, anonymous=True)
    assert (status, headers["content-type"], "immutable" in headers["cache-control"]) == (200, "image/png", True)
    return Image.open(BytesIO(content)).size


def test_an_avatar_is_told_to_everybody_and_stands_wherever_the_user_does(world: World) -> None:
    member, member_id = world.member, world.member.user_id
    legacy = world.guest.post("/register", client_capabilities="{}")
    status, answer = set_avatar(member, picture(size=(640, 480)))
    assert status == 200, answer
    url = answer["avatar_url"]
    assert size(world, url) == (100, 100)
    for person in world.people.values():
        [event] = [event for event in person.events() if event["type"] == "realm_user"]
        medium = event["person"].pop("avatar_url_medium")
        assert event["person"] == {
            "user_id": member_id, "avatar_source": "U", "avatar_url": url, "avatar_version": 2,
        }  # fmt: skip
        assert size(world, medium) == (500, 500)
    [event] = world.guest.poll(legacy["queue_id"], legacy["last_event_id"])
    assert event["person"]["avatar_url"] == url
    world.check()
    sent = member.post("/messages", type="direct", to=[world.guest.user_id], content="x")
    assert world.guest.events()[0]["message"]["avatar_url"] == url
    assert world.guest.get(f"/messages/{sent['id']}")["message"]["avatar_url"] == url
    assert world.guest.get(f"/users/{member_id}", client_gravatar=True)["user"]["avatar_url"] == url
    for path, there in ((f"/avatar/{member_id}", url), (f"/avatar/{member_id}/medium", medium)):
        assert fetch(world.guest, path)[1]["location"] == there


def test_a_new_avatar_and_none_take_the_old_ones_files_away(world: World) -> None:
    first = set_avatar(world.member, picture(size=(10, 10)))[1]["avatar_url"]
    second = set_avatar(world.member, picture(size=(12, 10)))[1]["avatar_url"]
    assert first != second
    keep(world)
    assert len(files_of(world)) == 2
    assert fetch(world.owner, first)[0] == 404
    assert size(world, second) == (100, 100)
    for person in world.people.values():
        person.events()
    gravatar = world.member.delete("/users/me/avatar")["avatar_url"]
    assert urlsplit(gravatar).hostname == "secure.gravatar.com"
    [event] = [event for event in world.owner.events() if event["type"] == "realm_user"]
    assert (event["person"]["avatar_source"], event["person"]["avatar_version"]) == ("G", 4)
    assert event["person"]["avatar_url"] == gravatar
    keep(world)
    assert files_of(world) == []
    head = world.head()
    assert world.member.delete("/users/me/avatar")["avatar_url"] == gravatar
    assert world.head() == head, "there was none"
    world.check()


def test_a_bots_avatar_is_told_of_the_bot_too(world: World) -> None:
    url = set_avatar(world.bot, picture())[1]["avatar_url"]
    [event] = [event for event in world.member.events() if event["type"] == "realm_bot"]
    assert event["bot"] == {"user_id": world.bot.user_id, "avatar_url": url}
    assert not [event for event in world.guest.events() if event["type"] == "realm_bot"]
    world.check()


def test_a_change_of_address_leaves_an_uploaded_avatar_alone(world: World) -> None:
    set_avatar(world.member, picture())
    world.member.events()
    world.owner.patch(f"/users/{world.member.user_id}", new_email="new@example.com")
    world.member.email = "new@example.com"
    assert not [event for event in world.member.events() if "avatar_url" in event.get("person", {})]
    world.check()


def test_an_avatar_that_is_refused_changes_nothing(world: World) -> None:
    head = world.head()
    for content in (b"", b"<svg/>", picture("TIFF"), picture()[:60]):
        status, answer = set_avatar(world.member, content)
        assert (status, answer["code"]) == (400, "BAD_IMAGE")
    status, answer = set_avatar(world.member, bytes(5 * 1024 * 1024 + 1))
    assert (status, answer["code"]) == (413, "REQUEST_TOO_LARGE")
    status, answer = send(world.member, "POST", "/api/v1/users/me/avatar")
    assert (status, answer["code"]) == (400, "REQUEST_VARIABLE_MISSING")
    assert world.head() == head
    world.owner.patch("/realm", avatar_changes_disabled=True)
    head = world.head()
    assert set_avatar(world.member, picture())[0] == 400
    with pytest.raises(ApiError, match="disabled"):
        world.member.delete("/users/me/avatar")
    assert world.head() == head
    assert set_avatar(world.admin, picture())[0] == 200
    world.check()
