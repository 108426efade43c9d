"""Bad input: each has its code, its status and its fields, and leaves nothing behind in log or state."""

import base64
import http.client
import json
import threading
from typing import Any

import pytest
from tests.world import Http, Person, World

from aloha.contract.errors import ERROR_CODES, ApiError
from aloha_server.actions.realms import create_realm
from aloha_server.people import make_user

Row = tuple[str, str, str, dict[str, Any], str, dict[str, Any]]  # who, method, path, parameters, code, fields

PAGE = {"anchor": "newest", "num_before": 1, "num_after": 0}
DIRECT = {"type": "direct", "to": ["helper-bot@example.com"], "content": "x"}
STREAM = {"type": "stream", "to": "open", "topic": "t", "content": "x"}
FLAGS = {"messages": [1], "op": "add", "flag": "read"}
BAD = "BAD_REQUEST"
ANY_CODE = ""
MISSING = "REQUEST_VARIABLE_MISSING"
DENIED = "UNAUTHORIZED_PRINCIPAL"


def missing(name: str) -> tuple[str, dict[str, Any]]:
    return MISSING, {"var_name": name}


def without(params: dict[str, Any], name: str) -> dict[str, Any]:
    return {key: value for key, value in params.items() if key != name}


def rows(world: World, message_id: int, stream_id: int, hidden_id: int) -> list[Row]:
    """`message_id` is the owner's, in the public stream; `hidden_id` a stream that the member cannot know."""
    own = world.member.replica.queue_id
    foreign = world.owner.replica.queue_id
    message = f"/messages/{message_id}"
    return [
        ("member", "POST", "/messages", without(DIRECT, "type"), *missing("type")),
        ("member", "POST", "/messages", without(DIRECT, "to"), *missing("to")),
        ("member", "POST", "/messages", without(DIRECT, "content"), *missing("content")),
        ("member", "POST", "/messages", {**DIRECT, "type": "foo"}, BAD, {}),
        ("member", "POST", "/messages", {**DIRECT, "content": "  "}, BAD, {}),
        ("member", "POST", "/messages", {**DIRECT, "content": "a\0b"}, BAD, {}),
        ("member", "POST", "/messages", {**DIRECT, "to": "[]"}, BAD, {}),
        ("member", "POST", "/messages", {**DIRECT, "to": "[1"}, BAD, {}),
        ("member", "POST", "/messages", {**DIRECT, "to": '{"a": 1}'}, BAD, {}),
        ("member", "POST", "/messages", {**DIRECT, "to": '["a\\u0000b"]'}, BAD, {}),
        ("member", "POST", "/messages", {**DIRECT, "to": [999999]}, BAD, {}),
        ("member", "POST", "/messages", {**DIRECT, "to": [2**70]}, BAD, {}),
        ("member", "POST", "/messages", {**DIRECT, "to": [world.owner.user_id, "a@b"]}, BAD, {}),
        ("member", "POST", "/messages", {**DIRECT, "to": ["nobody@example.com"]}, BAD, {}),
        ("member", "POST", "/messages", {**DIRECT, "to": [world.moderator.user_id]}, BAD, {}),
        ("member", "POST", "/messages", without(STREAM, "topic"), BAD, {}),
        ("member", "POST", "/messages", {**STREAM, "topic": "a\nb"}, BAD, {}),
        ("member", "POST", "/messages", {**STREAM, "to": "nosuch"}, "STREAM_DOES_NOT_EXIST", {"stream": "nosuch"}),
        ("member", "POST", "/messages", {**STREAM, "to": "closed"}, "STREAM_DOES_NOT_EXIST", {"stream": "closed"}),
        ("member", "GET", "/messages", {**PAGE, "anchor": "middle"}, BAD, {}),
        ("member", "GET", "/messages", {**PAGE, "num_before": -1}, BAD, {}),
        ("member", "GET", "/messages", {**PAGE, "num_before": 10**6}, BAD, {}),
        ("member", "GET", "/messages", {**PAGE, "num_before": 10**30}, BAD, {}),
        ("member", "GET", "/messages", {**PAGE, "num_before": "x"}, BAD, {}),
        ("member", "GET", "/messages", {**PAGE, "narrow": "[["}, BAD, {}),
        ("member", "GET", "/messages", {**PAGE, "narrow": '{"operator": "channel"}'}, BAD, {}),
        ("member", "GET", "/messages", {**PAGE, "narrow": [["bogus", "x"]]}, *narrow("unknown operator bogus")),
        ("member", "GET", "/messages", {**PAGE, "narrow": [["channel", "nosuch"]]}, *narrow("unknown channel nosuch")),
        ("member", "GET", "/messages", {**PAGE, "narrow": [["channel", "closed"]]}, *narrow("unknown channel closed")),
        ("member", "GET", "/messages", {**PAGE, "narrow": [["sender", "no@b"]]}, "BAD_NARROW", {"desc": ...}),
        ("member", "GET", "/messages", {**PAGE, "narrow": [["id", "x"]]}, "BAD_NARROW", {"desc": ...}),
        ("member", "GET", "/messages", {**PAGE, "narrow": [["is", "bogus"]]}, "BAD_NARROW", {"desc": ...}),
        ("member", "GET", "/messages/999999", {}, BAD, {}),
        ("member", "GET", f"/messages/{2**63}", {}, "NOT_FOUND", {}),
        ("member", "PATCH", message, {}, BAD, {}),
        ("member", "PATCH", message, {"content": "hijack"}, BAD, {}),
        ("guest", "PATCH", message, {"content": "hijack"}, BAD, {}),
        ("owner", "PATCH", message, {"topic": "new", "propagate_mode": "some"}, BAD, {}),
        ("owner", "PATCH", message, {"stream_id": 999999}, ANY_CODE, {}),
        ("member", "DELETE", message, {}, BAD, {}),
        ("member", "POST", "/messages/flags", without(FLAGS, "flag"), *missing("flag")),
        ("member", "POST", "/messages/flags", {**FLAGS, "flag": "bogus"}, BAD, {}),
        ("member", "POST", "/messages/flags", {**FLAGS, "op": "zap"}, BAD, {}),
        ("member", "POST", "/messages/flags", {**FLAGS, "messages": "[1,"}, BAD, {}),
        ("member", "POST", "/messages/flags", {**FLAGS, "messages": ["a"]}, BAD, {}),
        ("member", "POST", f"{message}/reactions", {}, *missing("emoji_name")),
        ("member", "POST", f"{message}/reactions", {"emoji_name": "no_such_emoji"}, BAD, {}),
        ("member", "POST", "/messages/99999999/reactions", {"emoji_name": "smile"}, BAD, {}),
        ("member", "DELETE", f"{message}/reactions", {"emoji_name": "smile"}, "REACTION_DOES_NOT_EXIST", {}),
        ("member", "GET", "/events", {"last_event_id": -1}, *missing("queue_id")),
        ("member", "GET", "/events", {"queue_id": own}, BAD, {}),
        ("member", "GET", "/events", {"queue_id": own, "last_event_id": "x"}, BAD, {}),
        ("member", "GET", "/events", {"queue_id": own, "last_event_id": "9" * 30}, BAD, {}),
        ("member", "GET", "/events", {"queue_id": own, "last_event_id": -1, "dont_block": "maybe"}, BAD, {}),
        ("member", "GET", "/events", {"queue_id": own, "last_event_id": 99999999}, *queue(own)),
        ("member", "GET", "/events", {"queue_id": "none", "last_event_id": -1}, *queue("none")),
        ("member", "GET", "/events", {"queue_id": "a\0b", "last_event_id": -1}, BAD, {}),
        ("member", "GET", "/events", {"queue_id": foreign, "last_event_id": -1}, *queue(foreign)),
        ("member", "DELETE", "/events", {"queue_id": "x:1"}, *queue("x:1")),
        ("member", "DELETE", "/events", {"queue_id": foreign}, *queue(foreign)),
        ("member", "DELETE", "/events", {}, *missing("queue_id")),
        ("member", "POST", "/register", {"event_types": "message"}, BAD, {}),
        ("member", "POST", "/register", {"event_types": [1]}, BAD, {}),
        ("member", "POST", "/register", {"narrow": [["bogus", "x"]]}, BAD, {}),
        ("member", "POST", "/register", {"client_capabilities": {"empty_topic_name": "x"}}, BAD, {}),
        ("member", "POST", "/register", {"idle_queue_timeout": 0}, BAD, {}),
        ("guest", "POST", "/register", {"all_public_streams": True}, BAD, {}),
        ("member", "GET", "/get_stream_id", {}, *missing("stream")),
        ("member", "GET", "/get_stream_id", {"stream": "nosuch"}, BAD, {}),
        ("member", "GET", "/get_stream_id", {"stream": "closed"}, BAD, {}),
        ("member", "GET", f"/streams/{hidden_id}", {}, BAD, {}),
        ("member", "PATCH", f"/streams/{stream_id}", {"description": "x"}, ANY_CODE, {}),
        ("member", "DELETE", f"/streams/{stream_id}", {}, ANY_CODE, {}),
        ("member", "GET", f"/streams/{hidden_id}/members", {}, BAD, {}),
        ("member", "POST", "/users/me/subscriptions", {}, *missing("subscriptions")),
        ("member", "POST", "/users/me/subscriptions", {"subscriptions": [{"name": ""}]}, BAD, {}),
        ("member", "POST", "/users/me/subscriptions", {"subscriptions": [{"nome": "x"}]}, BAD, {}),
        ("member", "POST", "/users/me/subscriptions", {"subscriptions": "x"}, BAD, {}),
        ("guest", "POST", "/users/me/subscriptions", {"subscriptions": [{"name": "new"}]}, BAD, {}),
        ("guest", "POST", "/users/me/subscriptions", {"subscriptions": [{"name": "open"}]}, BAD, {}),
        ("member", "DELETE", "/users/me/subscriptions", {"subscriptions": ["nosuch"]}, BAD, {}),
        ("member", "GET", "/users/999999", {}, BAD, {}),
        ("member", "GET", "/users/nobody@example.com", {}, BAD, {}),
        ("member", "GET", "/users/a%00b@example.com", {}, ANY_CODE, {}),
        ("owner", "DELETE", "/realm/emoji/a%00b", {}, ANY_CODE, {}),
        ("member", "PATCH", f"/users/{world.owner.user_id}", {"full_name": "x"}, ANY_CODE, {}),
        ("admin", "PATCH", f"/users/{world.owner.user_id}", {"role": 400}, ANY_CODE, {}),
        ("owner", "PATCH", f"/users/{world.member.user_id}", {"role": 401}, BAD, {}),
        ("member", "DELETE", f"/users/{world.guest.user_id}", {}, ANY_CODE, {}),
        ("member", "POST", "/users", {"email": "a@b.c", "full_name": "A", "password": "p" * 20}, DENIED, {}),
        ("owner", "POST", "/users", {"email": "no address", "full_name": "A", "password": "p" * 20}, BAD, {}),
        ("member", "PATCH", "/realm", {"name": "x"}, DENIED, {}),
        ("owner", "PATCH", "/realm", {"name": ""}, BAD, {}),
        ("owner", "PATCH", "/realm", {"message_content_edit_limit_seconds": "x"}, BAD, {}),
        ("member", "PATCH", "/settings", {"emojiset": "nope"}, BAD, {}),
        ("member", "PATCH", "/settings", {"twenty_four_hour_time": "perhaps"}, BAD, {}),
        ("member", "POST", "/users/me/alert_words", {"alert_words": "x"}, BAD, {}),
        ("member", "GET", "/nosuch", {}, "NOT_FOUND", {}),
        ("member", "PATCH", "/messages", {}, "METHOD_NOT_ALLOWED", {}),
        ("nobody", "GET", "/users/me", {}, "UNAUTHORIZED", {}),
        ("wrong key", "GET", "/users/me", {}, "UNAUTHORIZED", {}),
        ("wrong key", "GET", "/events", {"queue_id": own, "last_event_id": -1}, "UNAUTHORIZED", {}),
        ("somebody else's key", "POST", "/messages", DIRECT, "UNAUTHORIZED", {}),
        ("moderator", "GET", "/users/me", {}, "USER_DEACTIVATED", {}),
        ("moderator", "GET", "/events", {"queue_id": "q", "last_event_id": -1}, "USER_DEACTIVATED", {}),
        ("nobody", "POST", "/fetch_api_key", {"username": "owner@example.com"}, *missing("password")),
        ("nobody", "POST", "/fetch_api_key", {"username": "owner@example.com", "password": "x"}, *LOGIN),
        ("nobody", "POST", "/fetch_api_key", {"username": "who@example.com", "password": "x"}, *LOGIN),
        ("nobody", "POST", "/dev_fetch_api_key", {"username": "owner@example.com"}, "NOT_FOUND", {}),
    ]


LOGIN: tuple[str, dict[str, Any]] = ("AUTHENTICATION_FAILED", {})


def narrow(desc: str) -> tuple[str, dict[str, Any]]:
    return "BAD_NARROW", {"desc": desc}


def queue(queue_id: str) -> tuple[str, dict[str, Any]]:
    return "BAD_EVENT_QUEUE_ID", {"queue_id": queue_id}


def test_bad_input_is_refused_with_its_code_and_changes_nothing(world: World) -> None:
    owner, port = world.owner, world.owner.port
    owner.post("/users/me/subscriptions", subscriptions=[{"name": "open"}], principals=[world.member.user_id])
    owner.post("/users/me/subscriptions", subscriptions=[{"name": "open"}])
    owner.post("/users/me/subscriptions", subscriptions=[{"name": "closed"}], invite_only=True)
    stream_id = owner.get("/get_stream_id", stream="open")["stream_id"]
    hidden_id = owner.get("/get_stream_id", stream="closed")["stream_id"]
    message_id = owner.post("/messages", **STREAM)["id"]
    owner.delete(f"/users/{world.moderator.user_id}")
    callers: dict[str, Http] = {
        **world.people,
        "nobody": Http(port),
        "wrong key": Http(port, owner.email, "x" * 32),
        "somebody else's key": Http(port, owner.email, world.member.api_key),
    }
    head = world.head()
    wrong = []
    for who, method, path, params, code, fields in rows(world, message_id, stream_id, hidden_id):
        status, _, body = callers[who].request(method, path, params)
        found = {name: value for name, value in body.items() if name not in ("result", "msg", "code")}
        named = {name: found.get(name) if value is ... else value for name, value in fields.items()}
        fits = (
            body["result"] == "error" and code in (ANY_CODE, body["code"]) and body["code"] != "INTERNAL_SERVER_ERROR"
        )
        if not (fits and body["msg"]) or status != ERROR_CODES[body["code"]][0] or found != named:
            wrong.append((who, method, path, params, code, status, body))
        if world.head() != head:
            raise AssertionError(f"an entry was added by {method} {path} {params}")
    for who in ("nobody", "wrong key", "somebody else's key"):
        callers[who].close()
    assert not wrong, "\n".join(map(str, wrong))
    del world.people["moderator"]
    world.check()


def test_what_is_too_large_is_cut_or_refused(world: World) -> None:
    member = world.member
    message_id = member.post("/messages", **{**DIRECT, "content": "x" * 10_001})["id"]
    content = member.get(f"/messages/{message_id}", apply_markdown=False)["message"]["content"]
    assert len(content) == 10_000
    assert content.endswith("x\n[message truncated]")
    member.post("/users/me/subscriptions", subscriptions=[{"name": "open"}])
    message_id = member.post("/messages", **{**STREAM, "topic": "y" * 61})["id"]
    assert member.get(f"/messages/{message_id}")["message"]["subject"] == "y" * 57 + "..."
    head = world.head()
    status, body = declare(member, 2 * 1024 * 1024 + 1)
    assert (status, body["code"]) == (413, "REQUEST_TOO_LARGE")
    assert world.head() == head


def declare(person: Person, length: int) -> tuple[int, Any]:
    """The answer to a body of that length, given before any of it was sent."""
    connection = http.client.HTTPConnection("127.0.0.1", person.port, timeout=20)
    token = base64.b64encode(f"{person.email}:{person.api_key}".encode()).decode()
    headers = {"Authorization": f"Basic {token}", "Content-Length": str(length)}
    connection.request("POST", "/api/v1/messages", headers={**headers, "Content-Type": "text/plain"})
    answer = connection.getresponse()
    found = answer.status, json.loads(answer.read())
    connection.close()
    return found


def test_parameters_that_are_not_known_come_back(world: World) -> None:
    answer = world.member.post("/register", event_types=["message"], bogus=1)
    assert answer["ignored_parameters_unsupported"] == ["bogus"]
    status, headers, _ = world.member.request("PATCH", "/messages")
    assert (status, {*headers["allow"].replace(" ", "").split(",")} >= {"GET", "POST"}) == (405, True)


def test_another_organization_is_unknown_here(world: World) -> None:
    """The world's realm answers any host but the one that the second has."""
    store, settings = world.store, world.server.settings
    realm_id = create_realm(store, "other.example", "Other")
    made = make_user(store, settings, "owner@example.com", "Other Owner", 100, realm_id=realm_id)
    second = make_user(store, settings, "far@example.com", "Far", 400, realm_id=realm_id)
    stranger = Http(world.owner.port, made.email, made.api_key)
    there = {"Host": "other.example"}
    wait_for_realm(stranger, there)

    assert stranger.request("GET", "/users/me")[0] == 401, "a key of there is none here"
    assert world.owner.request("GET", "/users/me", headers=there)[0] == 401
    status, _, queue = stranger.request("POST", "/register", headers=there)
    assert status == 200
    assert {user["full_name"] for user in queue["realm_users"]} == {"Other Owner", "Far"}
    for position in (-1, 0):
        with pytest.raises(ApiError) as caught:
            world.owner.poll(queue["queue_id"], position)
        assert caught.value.code == "BAD_EVENT_QUEUE_ID"
        asked = {"queue_id": world.owner.replica.queue_id, "last_event_id": position, "dont_block": True}
        status, _, body = stranger.request("GET", "/events", asked, there)
        assert (status, body["code"]) == (400, "BAD_EVENT_QUEUE_ID")
    head = world.head()
    params = {**DIRECT, "to": [second.email]}
    assert stranger.request("POST", "/messages", params, there)[0] == 200
    assert world.owner.request("POST", "/messages", params)[2]["code"] == "BAD_REQUEST"
    assert world.head() == head
    stranger.close()
    world.check()


def wait_for_realm(person: Http, headers: dict[str, str]) -> None:
    """The process notices the new realm within a second."""
    ticks = threading.Event()
    for _ in range(1000):
        if person.request("GET", "/users/me", headers=headers)[0] == 200:
            return
        ticks.wait(0.01)
    raise AssertionError("the second organization is not answered")
