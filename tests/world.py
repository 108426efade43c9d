"""A whole server in a thread, with an organization of every kind of user, for tests of the API.

Everybody has a main queue. `World.check` is the test of the events system: for each of them the initial state plus
the events since equals a fresh initial state.
"""

import base64
import http.client
import json
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from aloha.contract.errors import ApiError
from aloha.replica import VOLATILE, Replica
from aloha_server.actions.realms import create_realm
from aloha_server.app import Server
from aloha_server.people import MadeUser, make_user
from aloha_server.settings import Settings
from aloha_server.store import Store

MODERN = {
    "notification_settings_null": True,
    "bulk_message_deletion": True,
    "user_avatar_url_field_optional": True,
    "stream_typing_notifications": True,
    "user_settings_object": True,
    "linkifier_url_template": True,
    "user_list_incomplete": True,
    "include_deactivated_groups": True,
    "archived_channels": True,
    "empty_topic_name": True,
}
# Of streams and subscriptions: what time changes.
VOLATILE_FIELDS = frozenset({"is_recently_active", "stream_weekly_traffic"})


class Http:
    """Requests over one kept connection."""

    def __init__(self, port: int, email: str = "", api_key: str = "", agent: str = "test/1") -> None:
        self.port = port
        self.email = email
        self.api_key = api_key
        self.agent = agent
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)

    def request(
        self, method: str, path: str, params: dict[str, Any] | None = None, headers: dict[str, str] | None = None
    ) -> tuple[int, dict[str, str], Any]:
        """Status, headers and decoded body."""
        values = {name: _encode(value) for name, value in (params or {}).items()}
        target, body = f"/api/v1{path}", None
        sent = {"User-Agent": self.agent, **(headers or {})}
        if self.email:
            token = base64.b64encode(f"{self.email}:{self.api_key}".encode()).decode()
            sent["Authorization"] = f"Basic {token}"
        if method == "GET":
            target += f"?{urlencode(values)}" if values else ""
        else:
            body = urlencode(values)
            sent["Content-Type"] = "application/x-www-form-urlencoded"
        self._connection.request(method, target, body, sent)
        answer = self._connection.getresponse()
        content = answer.read()
        return answer.status, dict(answer.getheaders()), json.loads(content) if content else None

    def call(self, method: str, path: str, **params: Any) -> dict[str, Any]:
        """The answer of a success; raises ApiError."""
        status, headers, body = self.request(method, path, params)
        if status != 200:
            fields = {name: value for name, value in body.items() if name not in ("result", "msg", "code")}
            raise ApiError(body["msg"], code=body["code"], status=status, headers=headers, **fields)
        found: dict[str, Any] = body
        return found

    def get(self, path: str, **params: Any) -> dict[str, Any]:
        return self.call("GET", path, **params)

    def post(self, path: str, **params: Any) -> dict[str, Any]:
        return self.call("POST", path, **params)

    def patch(self, path: str, **params: Any) -> dict[str, Any]:
        return self.call("PATCH", path, **params)

    def delete(self, path: str, **params: Any) -> dict[str, Any]:
        return self.call("DELETE", path, **params)

    def close(self) -> None:
        self._connection.close()


def _encode(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)


class Person(Http):
    """A user of the organization with a main queue and its replica."""

    def __init__(self, port: int, user_id: int, email: str, api_key: str, name: str) -> None:
        super().__init__(port, email, api_key)
        self.user_id = user_id
        self.name = name
        self.replica: Replica
        self.seen: list[dict[str, Any]] = []

    def register(self, **params: Any) -> dict[str, Any]:
        """A full registration with all capabilities, unless said otherwise."""
        asked: dict[str, Any] = {
            "apply_markdown": True,
            "client_gravatar": True,
            "slim_presence": True,
            "include_subscribers": True,
            "client_capabilities": MODERN,
        }
        return self.post("/register", **{**asked, **params})

    def start(self) -> None:
        """Begins the main queue anew."""
        self.replica = Replica(self.register())
        self.seen = []

    def poll(self, queue_id: str, last_event_id: int) -> list[dict[str, Any]]:
        answer = self.get("/events", queue_id=queue_id, last_event_id=last_event_id, dont_block=True)
        events: list[dict[str, Any]] = answer["events"]
        return events

    def events(self) -> list[dict[str, Any]]:
        """The events of the main queue since the last call, heartbeats left out; the replica has them applied."""
        found: list[dict[str, Any]] = []
        while events := self.poll(self.replica.queue_id, self.replica.position):
            for event in events:
                assert event["id"] >= self.replica.position, "ids never fall"
            for event in events:
                self.replica.apply(event)
            found += [event for event in events if event["type"] != "heartbeat"]
        self.seen += found
        return found

    def check(self) -> None:
        """Snapshot + events == fresh snapshot."""
        self.events()
        fresh = Replica(self.register())
        mine, theirs = normalize(self.replica.state), normalize(fresh.state)
        assert mine.keys() == theirs.keys()
        for section in theirs:
            assert mine[section] == theirs[section], (
                f"{self.name}: {section} differs from a fresh register: {_difference(mine[section], theirs[section])}"
            )


def _difference(mine: Any, theirs: Any, path: str = "") -> str:
    """The first place where two states differ."""
    if isinstance(mine, dict) and isinstance(theirs, dict):
        for name in sorted({*mine, *theirs}):
            if mine.get(name, "(absent)") != theirs.get(name, "(absent)"):
                return _difference(mine.get(name, "(absent)"), theirs.get(name, "(absent)"), f"{path}.{name}")
    if isinstance(mine, list) and isinstance(theirs, list) and len(mine) == len(theirs):
        for place, (one, other) in enumerate(zip(mine, theirs, strict=True)):
            if one != other:
                return _difference(one, other, f"{path}[{place}]")
    return f"{path}: replica {mine!r}, fresh {theirs!r}"


def normalize(state: dict[str, Any]) -> dict[str, Any]:
    """The state without what time changes, its lists of objects in the order of their ids."""
    return {name: _normalize(value) for name, value in state.items() if name not in VOLATILE}


def _normalize(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _normalize(item) for name, item in value.items() if name not in VOLATILE_FIELDS}
    if isinstance(value, list):
        items = [_normalize(item) for item in value]
        return sorted(items, key=_order) if items and isinstance(items[0], dict) else items
    return value


def _order(item: Any) -> str:
    for name in ("user_id", "stream_id", "id"):
        if name in item:
            return f"{item[name]:020}" + str(item.get("topic", ""))
    return json.dumps(item, sort_keys=True)


class World:
    """The server and its people: owner, admin, moderator, member, guest, bot (the member's)."""

    def __init__(self, server: Server, people: dict[str, Person]) -> None:
        self.server = server
        self.people = people
        self.owner = people["owner"]
        self.admin = people["admin"]
        self.moderator = people["moderator"]
        self.member = people["member"]
        self.guest = people["guest"]
        self.bot = people["bot"]

    @property
    def store(self) -> Store:
        return self.server.store

    def check(self) -> None:
        """The test of the events system, for everybody."""
        for person in self.people.values():
            person.check()

    def head(self) -> int:
        """The position of the last entry of the log."""
        return int(self.store.read(1, lambda tx: tx.value("select position from log_head where realm_id = 1")))


ROLES = {"owner": 100, "admin": 200, "moderator": 300, "member": 400, "guest": 600}


def make_people(store: Store, settings: Settings) -> list[MadeUser]:
    """An organization with one user of every role and a bot, each subscribed to nothing."""
    create_realm(store, "", "Test")
    made = [make_user(store, settings, f"{role}@example.com", role.title(), number) for role, number in ROLES.items()]
    owner_id = made[3].user_id
    made.append(make_user(store, settings, "helper-bot@example.com", "Helper", 400, bot_owner_id=owner_id))
    return made


@contextmanager
def run_world(
    data: Path, database_url: str = "", *, clock: Callable[[], float] = time.time, **options: Any
) -> Iterator[World]:
    """Makes the organization if the data folder is new, and serves it."""
    options = {"rate_limit_requests": 1_000_000, "rate_limit_polls": 1_000_000, **options}
    settings = Settings(data=data, database_url=database_url, port=0, **options)
    store = Store.open(data, database_url, clock=clock)
    made = make_people(store, settings)
    store.close()
    with ExitStack() as stack:
        server = Server(settings, clock=clock)
        stack.enter_context(server.edge.in_thread())
        people = {
            name: Person(server.edge.port, user.user_id, user.email, user.api_key, name)
            for name, user in zip([*ROLES, "bot"], made, strict=True)
        }
        for person in people.values():
            stack.callback(person.close)
            person.start()
        yield World(server, people)
