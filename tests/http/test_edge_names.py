"""Small parsers: credentials, hosts, clients, routes."""

from base64 import b64encode
from typing import Any

import pytest
from tests.http.edge_kit import FakeRealms, endpoint

from aloha.contract.errors import ApiError, UnauthorizedError
from aloha_server.api.context import client_name
from aloha_server.api.routing import Routes
from aloha_server.http.auth import parse_basic
from aloha_server.http.realms import find_realm, parse_host


def test_credentials_are_parsed_with_colons_in_the_key_and_any_case_of_the_scheme() -> None:
    assert parse_basic(b"bAsIc " + b64encode("é@x:k:k".encode())) == ("é@x", "k:k")


@pytest.mark.parametrize("header", [None, b"", b"Basic", b"Basic a", b"Digest YTpi", b"Basic OmI=", b"Basic YQBhOmI="])
def test_other_credentials_are_refused(header: bytes | None) -> None:
    with pytest.raises(UnauthorizedError):
        parse_basic(header)


@pytest.mark.parametrize(
    ("header", "host"),
    [
        (b"Chat.Example", ("chat.example", "chat.example")),
        (b"chat.example:8080", ("chat.example", "chat.example:8080")),
        (b"[::1]:80", ("[::1]", "[::1]:80")),
        (b"", ("", "")),
        (b"a b", ("", "")),
        (b"evil/path", ("", "")),
        (b"user@host", ("", "")),
        (b"a\xe9", ("", "")),
    ],
)
def test_a_host_is_a_name_and_perhaps_a_port(header: bytes, host: tuple[str, str]) -> None:
    assert parse_host(header) == host


def test_a_single_realm_answers_any_host_and_many_only_their_own() -> None:
    assert find_realm(FakeRealms("a.example"), b"other").realm_id == 1
    many = FakeRealms("a.example", "b.example")
    assert find_realm(many, b"B.example:80").realm_id == 2
    with pytest.raises(ApiError) as caught:
        find_realm(many, b"other")
    assert caught.value.code == "NONEXISTENT_SUBDOMAIN"


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        ("ZulipPython/0.9.1 (Linux)", "ZulipPython"),
        ("AlohaPython/0.1.0", "AlohaPython"),
        ("Mozilla/5.0 (X11; Linux)", "website"),
        ("curl", "curl"),
        ("", "Unspecified"),
        (None, "Unspecified"),
        ("/x", "Unspecified"),
        ("x" * 99, "x" * 30),
    ],
)
def test_a_client_is_named_by_its_user_agent(agent: str | None, name: str) -> None:
    assert client_name(agent) == name


def test_an_endpoint_is_answered_once() -> None:
    routes = Routes()

    async def handler(ctx: Any, params: Any) -> Any: ...

    assert routes.handles(endpoint("a", "GET", "/a"))(handler) is handler
    with pytest.raises(ValueError, match="two handlers for GET /a"):
        Routes(routes).handles(endpoint("b", "GET", "/a"))(handler)
