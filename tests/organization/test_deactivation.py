"""An organization that an owner closes, and the command line opens again."""

import time

import pytest
from tests.world import World

from aloha.contract.errors import ApiError
from aloha_server.cli import main


def test_a_closed_organization_tells_so_and_answers_nobody(world: World) -> None:
    for person in (world.admin, world.member, world.guest):
        with pytest.raises(ApiError) as refused:
            person.post("/realm/deactivate")
        assert refused.value.code == "UNAUTHORIZED_PRINCIPAL"
    world.owner.post("/realm/deactivate")
    deadline = time.monotonic() + 10
    while world.member.request("GET", "/users/me")[0] == 200:
        assert time.monotonic() < deadline
    for method, path in (("GET", "/users/me"), ("POST", "/register"), ("GET", "/server_settings")):
        status, _, body = world.member.request(method, path)
        assert (status, body["code"]) == (401, "REALM_DEACTIVATED")
    data, url = world.server.settings.data, world.server.settings.database_url
    database = ["--database-url", url] if url else []
    assert main(["realm", "reactivate", "--data", str(data), *database]) == 0
    while world.member.request("GET", "/users/me")[0] != 200:  # the server hears of it within a second or two
        assert time.monotonic() < deadline
    [event] = [event for event in world.member.events() if event["type"] == "realm"]
    assert (event["op"], event["realm_id"]) == ("deactivated", 1)
    world.check()
