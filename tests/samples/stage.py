"""The organization in which the samples were recorded, as far as they show it: its people, channels and observers.

A sample names things by the ids that they had there. `Stage.request` puts ours in their place: the people's always,
others as the sample's scene says.
"""

import base64
import http.client
import json
import re
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from tests.world import MODERN, Http

from aloha_server.actions.realms import create_realm
from aloha_server.app import Server
from aloha_server.people import make_user
from aloha_server.settings import Settings
from aloha_server.store import Store

# name: (recorded id, full name, role)
PEOPLE = {
    "aaron": (24, "aaron", 400),
    "zoe": (25, "Zoe", 400),
    "cordelia": (26, "Cordelia, Lear's daughter", 400),
    "desdemona": (27, "Desdemona", 100),
    "hamlet": (28, "King Hamlet", 400),
    "iago": (29, "Iago", 200),
    "prospero": (30, "Prospero from The Tempest", 400),
    "polonius": (31, "Polonius", 600),
    "shiva": (32, "Shiva", 300),
}
CAPABLE = {
    "apply_markdown": True,
    "client_gravatar": True,
    "slim_presence": True,
    "include_subscribers": True,
    "client_capabilities": MODERN,
}
# observer: (who, what the queue was registered with), as the contract's README says.
OBSERVERS: dict[str, tuple[str, dict[str, Any]]] = {
    "owner": ("desdemona", CAPABLE),
    "iago": ("iago", CAPABLE),
    "hamlet": ("hamlet", CAPABLE),
    "cordelia": ("cordelia", {"client_capabilities": MODERN}),
    "polonius": ("polonius", CAPABLE),
    "hamlet_legacy": ("hamlet", {}),
    "iago_allpublic": ("iago", {"event_types": ["message"], "all_public_streams": True, "apply_markdown": True}),
    "hamlet_narrow": (
        "hamlet",
        {"event_types": ["message", "reaction", "typing"], "apply_markdown": True},
    ),  # and a narrow
}
LOOKS_MAX, LOOK_S = 40, 0.05
Names = Mapping[str, str | int]


class Clock:
    """The time of day, which a scene may turn forward."""

    def __init__(self) -> None:
        self.ahead_s = 0.0

    def __call__(self) -> float:
        return time.time() + self.ahead_s


class Stage:
    """A server with the people of the samples; each sample's scene makes the rest."""

    def __init__(self, server: Server, clock: "Clock", people: dict[str, Http], ids: dict[str, int]) -> None:
        self.server = server
        self.clock = clock
        self.people = people
        self.ids = ids
        self.anybody = Http(server.edge.port)
        self._count = 0
        self._topic = "gold"
        self.file_name = "gold.txt"  # what a scene uploads
        self.file = b"hello world"

    def __getattr__(self, name: str) -> Http:
        return self.people[name]

    def fresh(self, name: str) -> str:
        """A name that no other scene uses."""
        self._count += 1
        return f"{name}-{self._count}"

    def stream(self, name: str, *subscribers: str, by: str = "iago", **more: Any) -> int:
        """Makes a channel; its id."""
        principals = [self.ids[who] for who in subscribers or PEOPLE]
        self.people[by].post("/users/me/subscriptions", subscriptions=[{"name": name}], principals=principals, **more)
        return int(self.people[by].get("/get_stream_id", stream=name)["stream_id"])

    def verona(self) -> int:
        return int(self.iago.get("/get_stream_id", stream="Verona")["stream_id"])

    def topic(self) -> str:
        """A topic in place of "gold", to which the narrowed observer listens."""
        self._topic = self.fresh("gold")
        return self._topic

    def say(self, who: str, content: str = "hello", *, topic: str, stream: int | str = "Verona") -> int:
        """Sends to a channel; the message's id."""
        return int(self.people[who].post("/messages", type="stream", to=stream, topic=topic, content=content)["id"])

    def tell(self, who: str, *others: str, content: str = "hello") -> int:
        """Sends a direct message; its id."""
        to = [self.ids[name] for name in others]
        return int(self.people[who].post("/messages", type="direct", to=to, content=content)["id"])

    def watch(self) -> dict[str, tuple[str, str, int]]:
        """Registers a queue for every observer: whose it is, its id and position."""
        queues = {}
        for observer, (who, params) in OBSERVERS.items():
            asked = {**params, "fetch_event_types": []}
            if observer == "hamlet_narrow":
                asked["narrow"] = [["channel", "Verona"], ["topic", self._topic]]
            answer = self.people[who].post("/register", **asked)
            queues[observer] = (who, answer["queue_id"], answer["last_event_id"])
        return queues

    def events(
        self, queues: dict[str, tuple[str, str, int]], expected: Mapping[str, list[Any]]
    ) -> dict[str, list[dict[str, Any]]]:
        """What each observer's queue has; those that have nothing are left out. What is told a moment later, as
        presence is, is waited for as long as less came than is expected."""
        found = {}
        for observer, (who, queue_id, position) in queues.items():
            for _ in range(LOOKS_MAX):
                answer = self.people[who].get("/events", queue_id=queue_id, last_event_id=position, dont_block=True)
                events = [event for event in answer["events"] if event["type"] != "heartbeat"]
                if len(events) >= len(expected.get(observer, [])):
                    break
                threading.Event().wait(LOOK_S)
            if events:
                found[observer] = events
        return found

    def settle(self) -> None:
        """Returns when what is told a moment later was told: the next thing of its kind is."""
        queue = self.iago.post("/register", event_types=["presence"], fetch_event_types=[])
        self.prospero.patch("/settings", presence_enabled=False)
        self.prospero.patch("/settings", presence_enabled=True)
        self.events({"iago": ("iago", queue["queue_id"], queue["last_event_id"])}, {"iago": [None]})

    def perform(self, request: dict[str, Any], names: Names) -> tuple[int, Any]:
        """The recorded request with our names in place of the recorded ones: status and body."""
        replaced = {str(PEOPLE[name][0]): id_ for name, id_ in self.ids.items()} | dict(names)
        path = substitute(request["path"], replaced)
        who = self.people[request["as"]] if request.get("as") else self.anybody
        if "files" in request:
            return self.upload(who, path, self.file_name, self.file)
        params = {name: substitute(value, replaced) for name, value in (request.get("params") or {}).items()}
        status, _, body = who.request(request["method"], path, params)
        return status, body

    def upload(self, who: Http, path: str, name: str, content: bytes) -> tuple[int, Any]:
        """Sends a file: status and body."""
        head = f'--cut\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
        token = base64.b64encode(f"{who.email}:{who.api_key}".encode()).decode()
        sent = {"Authorization": f"Basic {token}", "Content-Type": "multipart/form-data; boundary=cut"}
        connection = http.client.HTTPConnection("127.0.0.1", who.port, timeout=30)
        connection.request("POST", f"/api/v1{path}", head.encode() + content + b"\r\n--cut--\r\n", sent)
        answer = connection.getresponse()
        body = json.loads(answer.read())
        connection.close()
        return answer.status, body


def substitute(text: str, names: Names) -> str:
    """Whole words and numbers only."""
    if text in names:
        return str(names[text])
    wanted = sorted((key for key in names if key), key=len, reverse=True)
    pattern = "|".join(rf"(?<![\w.-]){re.escape(key)}(?![\w-])" for key in wanted)
    return re.sub(pattern, lambda found: str(names[found[0]]), text) if pattern else text


@contextmanager
def run_stage(data: Path, **options: Any) -> Iterator[Stage]:
    settings = Settings(
        data=data,
        port=0,
        **{"rate_limit_requests": 1_000_000, "rate_limit_polls": 1_000_000, **options},
    )
    store = Store.open(data)
    create_realm(store, "", "Samples")
    made = {
        name: make_user(store, settings, f"{name}@aloha.example", full_name, role)
        for name, (_, full_name, role) in PEOPLE.items()
    }
    store.close()
    with ExitStack() as stack:
        clock = Clock()
        server = Server(settings, clock=clock)
        stack.enter_context(server.edge.in_thread())
        people = {name: Http(server.edge.port, user.email, user.api_key) for name, user in made.items()}
        for person in people.values():
            stack.callback(person.close)
        stage = Stage(server, clock, people, {name: user.user_id for name, user in made.items()})
        stack.callback(stage.anybody.close)
        prepare(stage)
        yield stage


def prepare(stage: Stage) -> None:
    """The settings and channels that the recording had."""
    for name in PEOPLE:
        stage.people[name].patch("/settings", email_address_visibility=3)
    for stream in ("Verona", "Denmark"):
        stage.stream(stream, "desdemona", "iago", "hamlet", "cordelia", "polonius")
