"""Pages of other sites may call the API only where the operator says so; long polls are no exception."""

import http.client
from pathlib import Path

import pytest
from tests.world import World, run_world

ORIGIN = {"Origin": "https://app.example.com"}


@pytest.mark.parametrize(
    ("allowed", "granted"),
    [
        ("", None),
        ("https://app.example.com, https://b.example", ORIGIN["Origin"]),
        ("https://b.example", None),
        ("*", "*"),
    ],
)
def test_a_page_reads_answers_and_polls_only_where_its_origin_is_allowed(
    tmp_path: Path, allowed: str, granted: str | None
) -> None:
    with run_world(tmp_path / "var", cors_origins=allowed) as world:
        member = world.member
        _, headers, _ = member.request("GET", "/users/me", headers=ORIGIN)
        assert headers.get("access-control-allow-origin") == granted
        poll = {"queue_id": member.replica.queue_id, "last_event_id": -1, "dont_block": True}
        status, headers, _ = member.request("GET", "/events", poll, headers=ORIGIN)
        assert (status, headers.get("access-control-allow-origin")) == (200, granted)
        assert preflight(world).get("access-control-allow-origin") == granted
        _, headers, _ = member.request("GET", "/events", poll)
        assert "access-control-allow-origin" not in headers


def preflight(world: World) -> dict[str, str]:
    connection = http.client.HTTPConnection("127.0.0.1", world.member.port)
    asked = {**ORIGIN, "Access-Control-Request-Method": "GET", "Access-Control-Request-Headers": "authorization"}
    connection.request("OPTIONS", "/api/v1/events", headers=asked)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return dict(answer.getheaders())
