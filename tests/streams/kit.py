"""An organization on a bare store, and clients that follow its streams from the log, without HTTP.

Each client keeps a replica of the sections about streams, and the people whom it sees; `check` compares both with
what a fresh registration would say.
"""

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import msgspec

from aloha.contract.endpoints.streams import UpdateStream
from aloha.contract.register import ClientCapabilities
from aloha.replica import streams as replica
from aloha_server.access.accounts import digest_api_key
from aloha_server.access.adapters import adapt_user
from aloha_server.access.realm import system_groups
from aloha_server.access.streams import find_stream
from aloha_server.access.users import Role, User, acting_user
from aloha_server.access.visibility import visible_user_ids
from aloha_server.actions.archive import archive_stream
from aloha_server.actions.messages import send_internal
from aloha_server.actions.realm_settings import update_realm
from aloha_server.actions.realms import create_realm
from aloha_server.actions.stream_changes import update_stream
from aloha_server.actions.streams import NewStream, StreamOptions
from aloha_server.actions.subscriptions import Subscribed, SubscribeRequest, Unsubscribed, subscribe, unsubscribe
from aloha_server.actions.users import NewUser, create_user
from aloha_server.events.adapt import Adaptation
from aloha_server.events.audience import Audiences
from aloha_server.events.filter import admits
from aloha_server.events.log import read_entries, read_head
from aloha_server.events.queues import Queue, QueueSpec
from aloha_server.reads.streams import section_default_stream_groups, section_default_streams, section_stream
from aloha_server.reads.subscriptions import section_subscription
from aloha_server.reads.view import StateRequest, View
from aloha_server.store import Store, Tx, WriteTx

ADAPTATION = Adaptation({"realm_user": adapt_user})
MODERN = ClientCapabilities(notification_settings_null=True, archived_channels=True, empty_topic_name=True)
SET_SETTINGS = "update realm set settings = :settings where realm_id = :realm_id"
STREAM_ID = "select stream_id from stream where realm_id = :realm_id and name_key = :name_key"
VOLATILE = ("is_recently_active", "stream_weekly_traffic")
PEOPLE_BY_NAME = {
    "owner": Role.OWNER,
    "admin": Role.ADMIN,
    "ann": Role.MEMBER,
    "bob": Role.MEMBER,
    "guest": Role.GUEST,
    "visitor": Role.GUEST,
}

Event = dict[str, Any]


class Client:
    """One user's queue and replica."""

    def __init__(self, office: "Office", user_id: int, capabilities: ClientCapabilities = MODERN) -> None:
        self.office = office
        self.user_id = user_id
        self.request = StateRequest(capabilities=capabilities, include_subscribers=True)
        spec = msgspec.json.encode(QueueSpec(capabilities=capabilities)).decode()
        self.queue = Queue(1, (f"q{user_id}", user_id, "test", spec, 0, 0, 0.0, 60.0), {})
        self.state, self.people, self.position = self.fresh()

    def fresh(self) -> tuple[dict[str, Any], set[int] | None, int]:
        def read(tx: Tx) -> tuple[dict[str, Any], set[int] | None, int]:
            user = acting_user(tx, self.user_id)
            view = View(tx, user, self.request, "")
            sections = section_subscription(view) | section_stream(view)
            sections |= section_default_streams(view) | section_default_stream_groups(view)
            state: dict[str, Any] = json.loads(msgspec.json.encode(sections))
            return {**state, "user_id": self.user_id}, visible_user_ids(tx, user), read_head(tx).position

        return self.office.store.read(1, read)

    def events(self) -> list[Event]:
        """The events since the last call, applied; that a notice was a stream's first message is left out."""

        def read(tx: Tx) -> list[Event]:
            entries = read_entries(tx, self.position, 2**62, Audiences(), 100_000)
            user = acting_user(tx, self.user_id)
            own = [e for e in entries if admits(e, self.queue, is_guest=user.is_guest, now=tx.now)]
            self.position = entries[-1].position if entries else self.position
            return [json.loads(body) for entry in own for body in ADAPTATION(entry, self.queue)]

        found = self.office.store.read(1, read)
        for event in found:
            self._apply(event)
        return [event for event in found if event.get("property") != "first_message_id"]

    def begin_people_anew(self) -> None:
        """After a change of the user's own role: whose limits begin is told by `realm_user/remove`, by name."""
        self.events()
        self.people = self.fresh()[1]

    def told(self) -> list[str]:
        """The kinds of events since the last call."""
        return [f"{event['type']}/{event['op']}" if "op" in event else event["type"] for event in self.events()]

    def check(self) -> None:
        """Snapshot + events == fresh snapshot."""
        self.events()
        state, people, _ = self.fresh()
        assert plain(self.state) == plain(state)
        if people is not None:
            assert self.people == people

    def _apply(self, event: Event) -> None:
        if event["type"] in replica.APPLY:
            replica.APPLY[event["type"]](self.state, event)
        if self.people is None or event["type"] not in ("realm_user", "subscription"):
            return
        if event["type"] == "realm_user" and event["op"] in ("add", "remove"):
            change = self.people.add if event["op"] == "add" else self.people.discard
            change(event["person"]["user_id"])
        named = [
            *event.get("user_ids", ()),
            *(id_ for item in event.get("subscriptions", ()) for id_ in item.get("subscribers", ())),
        ]
        assert self.people.issuperset(named), "an event names somebody whom its reader does not see"


class Office:
    """The organization: owner, admin, the members ann and bob, two guests, ann's bot; and a client of each."""

    def __init__(self, store: Store, data: Path, *, settings: dict[str, str] | None = None) -> None:
        self.store = store
        self.data = data
        create_realm(store, "", "Office")
        self.groups = store.read(1, system_groups)
        if settings:
            named = {name: self.groups[group] for name, group in settings.items()}
            store.write(1, lambda tx: tx.execute(SET_SETTINGS, settings=json.dumps(named)))
        self.ids = {name: self.hire(name, role) for name, role in PEOPLE_BY_NAME.items()}
        self.ids["bot"] = self.hire("bot", Role.MEMBER, bot_owner_id=self.ids["ann"])
        self.clients = {name: Client(self, user_id) for name, user_id in self.ids.items()}
        self.clients["legacy guest"] = Client(self, self.ids["guest"], ClientCapabilities())
        self.clients["legacy"] = Client(self, self.ids["bob"], ClientCapabilities())

    def __getitem__(self, name: str) -> Client:
        return self.clients[name]

    def hire(self, name: str, role: int = Role.MEMBER, bot_owner_id: int | None = None) -> int:
        new = NewUser(
            email=f"{name}@office.example",
            full_name=name.title(),
            role=role,
            sealed_key=b"",
            api_key_digest=digest_api_key(name),
            bot_type=bot_owner_id and 1,
            bot_owner_id=bot_owner_id,
        )
        return self.store.write(1, lambda tx: create_user(tx, None, new))

    def act(self, name: str, action: Callable[[WriteTx, User], Any]) -> Any:
        return self.store.write(1, lambda tx: action(tx, acting_user(tx, self.ids[name])))

    def subscribe(self, who: str, *streams: str, people: Iterable[str] | None = None, **more: Any) -> Subscribed:
        """`more` goes into the request, or into the options of streams that are made."""
        requested = {name: more.pop(name) for name in ("colors", "refuse_all", "announce") if name in more}
        request = SubscribeRequest(
            streams=[NewStream(name) for name in streams],
            principals=None if people is None else [self.ids[name] for name in people],
            options=StreamOptions(**more),
            **requested,
        )
        done: Subscribed = self.act(who, lambda tx, actor: subscribe(tx, actor, request))
        return done

    def unsubscribe(self, who: str, *streams: str, people: Iterable[str] | None = None) -> Unsubscribed:
        principals: list[int | str] | None = None if people is None else [self.ids[name] for name in people]
        done: Unsubscribed = self.act(who, lambda tx, actor: unsubscribe(tx, actor, list(streams), principals))
        return done

    def update(self, who: str, stream: str, **changes: Any) -> None:
        self.update_id(who, self.stream_id(stream), **changes)

    def update_id(self, who: str, stream_id: int, **changes: Any) -> None:
        change = UpdateStream(stream_id=stream_id, **changes)
        rendered = f"<p>{changes.get('description', '')}</p>"
        self.act(who, lambda tx, actor: update_stream(tx, actor, change, rendered))

    def archive(self, who: str, stream: str) -> None:
        stream_id = self.stream_id(stream)
        self.act(who, lambda tx, actor: archive_stream(tx, actor, stream_id))

    def set_realm(self, **settings: Any) -> None:
        self.act("owner", lambda tx, actor: update_realm(tx, actor, settings))

    def stream_id(self, name: str) -> int:
        return int(self.store.read(1, lambda tx: tx.value(STREAM_ID, name_key=name.casefold())))

    def head(self) -> int:
        return self.store.read(1, lambda tx: read_head(tx).position)

    def skip(self) -> None:
        """Everybody takes what there is."""
        for client in self.clients.values():
            client.events()

    def check(self) -> None:
        for client in self.clients.values():
            client.check()


def plain(state: dict[str, Any]) -> dict[str, Any]:
    """Without what time changes."""
    lists = {name: value for name, value in state.items() if name in replica.STREAM_LISTS}
    kept = {
        name: [{key: value for key, value in item.items() if key not in VOLATILE} for item in items]
        for name, items in lists.items()
    }
    return {**kept, **{name: state[name] for name in ("realm_default_streams", "realm_default_stream_groups")}}


def say(office: Office, stream: str, topic: str) -> int:
    """A message of the Notification Bot."""

    def send(tx: WriteTx) -> int:
        return send_internal(tx, to_stream=find_stream(tx, stream), topic=topic, content="x")

    return office.store.write(1, send)


def updates(events: list[Event]) -> dict[str, Any]:
    """Of streams, by property."""
    return {event["property"]: event["value"] for event in events if event["type"] == "stream"}
