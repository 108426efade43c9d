"""What is not the API but belongs to its answers."""

import base64
import http.client
import json
from urllib.parse import urlsplit

from tests.world import Person, World


def fetch(person: Person, path: str, *, authenticated: bool = True) -> tuple[int, dict[str, str], bytes]:
    """Status, headers in lower case and body of a GET outside the API."""
    connection = http.client.HTTPConnection("127.0.0.1", person.port, timeout=20)
    token = base64.b64encode(f"{person.email}:{person.api_key}".encode()).decode()
    connection.request("GET", path, headers={"Authorization": f"Basic {token}"} if authenticated else {})
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer.status, {name.lower(): value for name, value in answer.getheaders()}, body


def test_the_emoji_table_is_where_register_says(world: World) -> None:
    url = world.member.post("/register", fetch_event_types=["realm"])["server_emoji_data_url"]
    status, headers, body = fetch(world.member, urlsplit(url).path, authenticated=False)
    assert (status, headers["content-type"]) == (200, "application/json")
    assert "octopus" in json.loads(body)["code_to_names"]["1f419"]


def test_the_emoji_that_is_none_of_unicodes_has_its_picture_where_clients_look(world: World) -> None:
    path = "/static/generated/emoji/images/emoji/unicode/zulip.png"
    assert f'src="{path}"' in world.member.post("/messages/render", content=":zulip:")["rendered"]
    status, headers, body = fetch(world.member, path, authenticated=False)
    assert (status, headers["content-type"], body[:4]) == (200, "image/png", b"\x89PNG")


def test_an_avatar_is_a_redirect_for_those_who_may_see_the_user(world: World) -> None:
    owner = world.member.get(f"/users/{world.owner.user_id}", client_gravatar=False)["user"]
    for user in (str(world.owner.user_id), owner["email"]):
        status, headers, _ = fetch(world.member, f"/avatar/{user}")
        assert (status, headers["location"]) == (302, owner["avatar_url"])
    assert fetch(world.member, f"/avatar/{world.owner.user_id}/medium")[1]["location"] != owner["avatar_url"]
    assert fetch(world.member, f"/avatar/{world.owner.user_id}", authenticated=False)[0] == 401
    for nobody in ("999999", "no@body.example", "a%00b"):
        assert fetch(world.member, f"/avatar/{nobody}")[0] == 404
