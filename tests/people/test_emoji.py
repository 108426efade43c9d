"""The organization's own emoji: uploaded, shown to everybody, taken out of use."""

import base64
import http.client

import pytest
from tests.world import Person, World

from aloha.contract.errors import ApiError
from aloha_server.access.emoji import IMAGE_BYTES_MAX, check_emoji_name, check_image, image_file_name

PNG = b"\x89PNG\r\n\x1a\n" + b"picture"
FORM = b'--line\r\nContent-Disposition: form-data; name="f"; filename="x.png"\r\n\r\n%b\r\n--line--\r\n'


def upload(person: Person, name: str, image: bytes) -> int:
    """The answer's status."""
    token = base64.b64encode(f"{person.email}:{person.api_key}".encode()).decode()
    headers = {"Authorization": f"Basic {token}", "Content-Type": "multipart/form-data; boundary=line"}
    connection = http.client.HTTPConnection("127.0.0.1", person.port, timeout=30)
    connection.request("POST", f"/api/v1/realm/emoji/{name}", FORM % image, headers)
    status = connection.getresponse().status
    connection.close()
    return status


def test_an_emoji_is_told_to_everybody_when_it_comes_and_when_it_goes(world: World) -> None:
    assert upload(world.member, "party_parrot", PNG) == 200
    for person in world.people.values():
        [event] = person.events()
        [(emoji_id, emoji)] = event["realm_emoji"].items()
        assert (emoji["id"], emoji["name"], emoji["deactivated"]) == (emoji_id, "party_parrot", False)
        assert emoji["author_id"] == world.member.user_id
    world.check()
    connection = http.client.HTTPConnection("127.0.0.1", world.owner.port, timeout=30)
    connection.request("GET", emoji["source_url"])
    answer = connection.getresponse()
    assert (answer.status, answer.getheader("Content-Type"), answer.read()) == (200, "image/png", PNG)
    connection.close()
    with pytest.raises(ApiError, match="author"):
        world.moderator.delete("/realm/emoji/party_parrot")
    world.admin.delete("/realm/emoji/party_parrot")
    assert world.guest.events()[0]["realm_emoji"][emoji_id]["deactivated"]
    world.check()
    assert world.guest.get("/realm/emoji")["emoji"][emoji_id]["deactivated"]


def test_an_upload_that_is_refused_changes_nothing(world: World) -> None:
    assert upload(world.member, "our_parrot", PNG) == 200
    head = world.head()
    assert upload(world.member, "our_parrot", PNG) == 400  # the name is taken
    assert upload(world.member, "smile", PNG) == 400  # Unicode's, for administrators alone
    assert upload(world.guest, "mine", PNG) == 400
    assert upload(world.member, "Bad!", PNG) == 400
    assert upload(world.member, "script", b"<script>") == 400
    assert upload(world.member, "large", PNG + bytes(IMAGE_BYTES_MAX)) == 413
    with pytest.raises(ApiError) as refused:
        world.owner.delete("/realm/emoji/nosuch")
    assert refused.value.status == 404
    assert world.head() == head


@pytest.mark.parametrize(
    ("image", "image_type"),
    [
        (PNG, "image/png"),
        (b"GIF89a...", "image/gif"),
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "image/webp"),
    ],
)
def test_a_picture_is_known_by_its_content(image: bytes, image_type: str) -> None:
    assert check_image(image) == image_type


@pytest.mark.parametrize("image", [b"", b"RIFF\x00\x00\x00\x00WAVE", b"<svg/>", b"\x89PN"])
def test_what_is_no_picture_is_refused(image: bytes) -> None:
    with pytest.raises(ApiError):
        check_image(image)


@pytest.mark.parametrize("name", ["", "a b", "_a", "a-", "é", "a" * 101])
def test_names_of_other_characters_are_refused(name: str) -> None:
    with pytest.raises(ApiError):
        check_emoji_name(name)


def test_other_pictures_have_other_file_names() -> None:
    assert image_file_name(3, b"one", "image/png") != image_file_name(3, b"two", "image/png")
    assert image_file_name(3, b"one", "image/jpeg").endswith(".jpg")
