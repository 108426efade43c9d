import logging
from typing import Any

import pytest
from tests.http.edge_kit import BASIC, Answer, FakeLongPolls, FakeRealms, make_app, parse_answers, run

from aloha_server.http.limits import Limits
from aloha_server.http.ratelimit import RateLimitSettings

FORM = (b"content-type", b"application/x-www-form-urlencoded")


async def call(
    app: Any, method: str, path: str, body: bytes = b"", *headers: tuple[bytes, bytes], auth: bytes | None = BASIC
) -> Answer:
    """One request, by way of ASGI; `path` is encoded and may have a query."""
    own = [(b"host", b"chat.example:8080"), *([(b"authorization", auth)] if auth else [])]
    raw_path, _, query = path.partition("?")
    scope = {
        "type": "http",
        "method": method,
        "scheme": "http",
        "path": raw_path,
        "raw_path": raw_path.encode(),
        "query_string": query.encode(),
        "root_path": "",
        "headers": [*own, *headers],
        "client": ("192.0.2.9", 5000),
        "server": ("192.0.2.1", 80),
    }
    sent: list[Any] = []

    async def receive() -> Any:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Any) -> None:
        sent.append(message)

    await app(scope, receive, send)
    start, *rest = sent
    return Answer(start["status"], frozenset(start["headers"]), b"".join(part["body"] for part in rest))


def answer_of(method: str, path: str, body: bytes = b"", *headers: tuple[bytes, bytes], **more: Any) -> Answer:
    auth = more.pop("auth", BASIC)
    return run(call(make_app(FakeLongPolls(), **more), method, path, body, *headers, auth=auth))


def test_a_handler_is_given_parameters_and_caller_and_answers_in_the_envelope() -> None:
    agent = (b"user-agent", b"ZulipPython/0.9.1 (Linux)")
    answer = answer_of("GET", "/api/v1/echo?text=a%20b&number=5", b"", agent, (b"idempotency-key", b"k"))
    assert answer.json() == {
        "result": "success",
        "msg": "",
        "text": "a b",
        "number": 5,
        "told": ["hamlet@example.com", "ZulipPython", "http://chat.example:8080", "k"],
    }
    assert answer.header(b"content-type") == b"application/json"
    assert answer.header(b"x-ratelimit-limit") == b"200"
    assert answer.header(b"x-ratelimit-remaining") == b"199"
    assert answer.header(b"x-ratelimit-reset") == b"1060"


@pytest.mark.parametrize("method", ["POST", "DELETE"])
def test_a_form_and_the_query_are_both_taken_and_the_form_counts(method: str) -> None:
    answer = answer_of(method, "/api/v1/echo?text=q&number=7&odd=1", b"text=f&other=2", FORM)
    assert (answer.json()["text"], answer.json()["number"]) == ("f", 7)
    assert answer.json()["ignored_parameters_unsupported"] == ["odd", "other"]


def test_a_multipart_form_is_taken() -> None:
    body = b'--B\r\nContent-Disposition: form-data; name="text"\r\n\r\nhello\r\n--B--\r\n'
    answer = answer_of("POST", "/api/v1/echo", body, (b"content-type", b"multipart/form-data; boundary=B"))
    assert answer.json()["text"] == "hello"


def test_a_file_comes_under_any_name() -> None:
    disposition = b'Content-Disposition: form-data; name="/tmp/a.txt"; filename="a.txt"\r\n'
    body = b"--B\r\n" + disposition + b"Content-Type: text/plain\r\n\r\nhello\r\n--B--\r\n"
    answer = answer_of("POST", "/api/v1/upload", body, (b"content-type", b"multipart/form-data; boundary=B"))
    assert answer.json() == {"result": "success", "msg": "", "which": "a.txt text/plain 5"}


def test_a_missing_file_is_refused() -> None:
    assert answer_of("POST", "/api/v1/upload").status == 400


@pytest.mark.parametrize(
    ("path", "which"),
    [
        ("/users/me", "me {}"),
        ("/users/me/subscriptions", "subs {}"),
        ("/users/17", "by_id {'user_id': 17}"),
        ("/users/a@b.example", "by_email {'email': 'a@b.example'}"),
        ("/users/a%2Fb", "by_email {'email': 'a/b'}"),
        ("/users/17x", "by_email {'email': '17x'}"),
        ("/users/%C2%B2", "by_email {'email': '\u00b2'}"),
    ],
)
def test_the_most_specific_route_answers(path: str, which: str) -> None:
    assert answer_of("GET", "/api/v1" + path).json()["which"] == which


@pytest.mark.parametrize("path", ["/api/v1/nosuch", "/api/v1/users/", "/api/v1", "/nosuch", "/", "/api/v1/users/7/x"])
def test_an_unknown_url_is_refused_in_the_envelope(path: str) -> None:
    answer = answer_of("GET", path)
    assert (answer.status, answer.json()["code"]) == (404, "NOT_FOUND")


@pytest.mark.parametrize(
    ("method", "path", "allow"),
    [
        ("PUT", "/users/7", b"DELETE, GET, HEAD, OPTIONS"),
        ("DELETE", "/users/me", b"GET, HEAD, OPTIONS"),
        ("HEAD", "/events", b"DELETE, GET, OPTIONS"),
        ("GET", "/fetch_api_key", b"OPTIONS, POST"),
    ],
)
def test_a_wrong_method_is_refused_with_those_allowed(method: str, path: str, allow: bytes) -> None:
    answer = answer_of(method, "/api/v1" + path)
    assert (answer.status, answer.json()["code"]) == (405, "METHOD_NOT_ALLOWED")
    assert answer.header(b"allow") == allow


def test_options_tell_the_methods_and_head_is_a_get() -> None:
    options = answer_of("OPTIONS", "/api/v1/users/7")
    assert (options.status, options.header(b"allow")) == (204, b"DELETE, GET, HEAD, OPTIONS")
    assert answer_of("HEAD", "/api/v1/users/7").status == 200


def test_an_unexpected_failure_is_logged_and_told_without_its_reason(caplog: Any) -> None:
    with caplog.at_level(logging.ERROR):
        answer = answer_of("GET", "/api/v1/fail")
    assert (answer.status, answer.json()["code"]) == (500, "INTERNAL_SERVER_ERROR")
    assert b"secret" not in answer.body
    assert "the secret reason" in caplog.text


def test_a_refusal_has_its_status_fields_and_headers_and_the_limits() -> None:
    answer = answer_of("GET", "/api/v1/refuse")
    assert answer.status == 400
    assert answer.json() == {"result": "error", "msg": "No", "detail": 3, "code": "BAD_REQUEST"}
    assert answer.header(b"x-why") == b"because"
    assert answer.header(b"x-ratelimit-remaining") == b"199"


@pytest.mark.parametrize("auth", [None, b"Bearer x", b"Basic !!", b"Basic aGFtbGV0", b"Basic eDp5", b"Basic /w=="])
def test_without_credentials_nobody_is_let_in(auth: bytes | None) -> None:
    answer = answer_of("GET", "/api/v1/users/me", auth=auth)
    assert (answer.status, answer.json()["code"]) == (401, "UNAUTHORIZED")
    assert answer.header(b"www-authenticate") == b'Basic realm="aloha"'


def test_an_open_endpoint_asks_for_no_credentials() -> None:
    assert answer_of("GET", "/api/v1/server_settings", auth=None).status == 200


def test_an_unknown_host_among_many_realms_is_refused() -> None:
    answer = answer_of("GET", "/api/v1/users/me", realms=FakeRealms("a.example", "b.example"))
    assert (answer.status, answer.json()["code"]) == (404, "NONEXISTENT_SUBDOMAIN")


def test_the_external_url_is_told_where_there_is_one() -> None:
    answer = answer_of("GET", "/api/v1/echo?text=a", external_url="https://chat.example")
    assert answer.json()["told"][2] == "https://chat.example"


def test_requests_past_the_limit_are_refused_with_their_headers() -> None:
    async def main() -> None:
        app = make_app(FakeLongPolls(), rate=RateLimitSettings(requests_max=1))
        assert (await call(app, "GET", "/api/v1/users/me")).status == 200
        answer = await call(app, "GET", "/api/v1/users/me")
        assert (answer.status, answer.json()["code"]) == (429, "RATE_LIMIT_HIT")
        assert answer.json()["retry-after"] == 60.0
        assert answer.header(b"retry-after") == b"60.000"
        assert answer.header(b"x-ratelimit-remaining") == b"0"

    run(main())


def test_logins_are_limited_by_address() -> None:
    async def main() -> None:
        app = make_app(FakeLongPolls(), rate=RateLimitSettings(logins_max=1))
        assert (await call(app, "POST", "/api/v1/fetch_api_key", auth=None)).status == 200
        assert (await call(app, "POST", "/api/v1/fetch_api_key", auth=None)).status == 429
        assert (await call(app, "GET", "/api/v1/server_settings", auth=None)).status == 200

    run(main())


def test_requests_without_credentials_are_limited_by_address_where_they_are_answered() -> None:
    async def main() -> None:
        app = make_app(FakeLongPolls(), rate=RateLimitSettings(requests_max=1))
        assert (await call(app, "GET", "/api/v1/messages", auth=None)).status == 200
        answer = await call(app, "GET", "/api/v1/messages", auth=None)
        assert (answer.status, answer.json()["code"]) == (429, "RATE_LIMIT_HIT")
        assert (await call(app, "GET", "/api/v1/messages")).status == 200
        assert (await call(app, "GET", "/api/v1/users/me", auth=None)).status == 401

    run(main())


@pytest.mark.parametrize("declared", [True, False])
def test_a_body_past_its_bound_is_refused_and_the_connection_closed(declared: bool) -> None:
    headers = [FORM, (b"content-length", b"15")] if declared else [FORM]
    answer = answer_of("POST", "/api/v1/echo", b"text=0123456789", *headers, limits=Limits(body_bytes_max=14))
    assert (answer.status, answer.json()["code"]) == (413, "REQUEST_TOO_LARGE")
    assert answer.header(b"connection") == b"close"


@pytest.mark.parametrize(("path", "body"), [("?a=1&b=2&text=3", b""), ("", b"a=1&b=2&text=3")], ids=["query", "form"])
def test_too_many_fields_are_refused(path: str, body: bytes) -> None:
    answer = answer_of("POST", "/api/v1/echo" + path, body, FORM, limits=Limits(fields_max=2))
    assert (answer.status, answer.json()["code"]) == (400, "BAD_REQUEST")


def test_a_long_idempotency_key_is_refused() -> None:
    assert answer_of("GET", "/api/v1/echo?text=a", b"", (b"idempotency-key", b"k" * 256)).status == 400


def test_health_is_what_the_check_says() -> None:
    async def sick() -> bool:
        return False

    assert answer_of("GET", "/health").json() == {"result": "success", "msg": ""}
    answer = answer_of("GET", "/health", check_health=sick)
    assert (answer.status, answer.json()["code"]) == (503, "SERVER_BUSY")


def test_a_poll_whose_client_went_away_is_cancelled() -> None:
    async def main() -> None:
        polls = FakeLongPolls()
        app = make_app(polls)
        messages = [{"type": "http.request", "body": b""}, {"type": "http.disconnect"}]
        sent: list[Any] = []

        async def receive() -> Any:
            return messages.pop(0)

        async def send(message: Any) -> None:
            sent.append(message)

        scope = {"type": "http", "method": "GET", "path": "/api/v1/events", "query_string": b"", "headers": []}
        await app({**scope, "raw_path": b"/api/v1/events", "root_path": ""}, receive, send)
        assert polls.polls[0].cancelled
        assert not sent

    run(main())


def test_answers_are_parsed_one_after_the_other() -> None:
    assert [a.body for a in parse_answers(b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\na" * 2)] == [b"a", b"a"]
