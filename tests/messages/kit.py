"""The organization of `tests.streams.kit` with clients that follow messages as well, from the log, without HTTP."""

import json
from pathlib import Path
from typing import Any

import msgspec
from tests.streams.kit import Client, Event, Office

from aloha.contract.narrow import parse_narrow
from aloha.contract.objects import FetchedMessage
from aloha.contract.register import ClientCapabilities
from aloha.replica import messages as replica
from aloha.replica import streams as streams_replica
from aloha.replica import topics as topics_replica
from aloha_server.access.adapters import adapt_user
from aloha_server.access.directory import render_content
from aloha_server.access.message_adapters import MESSAGE_ADAPTERS
from aloha_server.access.messages import access_messages
from aloha_server.access.read_state import mark_all_read
from aloha_server.access.users import acting_user
from aloha_server.actions.delete_messages import delete_message
from aloha_server.actions.delete_topics import delete_topic_slice
from aloha_server.actions.edit_messages import Content, edit_message
from aloha_server.actions.flags import Flagged, update_flags
from aloha_server.actions.messages import Outgoing, send_message
from aloha_server.actions.move_rules import Edit
from aloha_server.actions.reactions import add_reaction, remove_reaction
from aloha_server.actions.submessages import add_submessage
from aloha_server.actions.user_topics import set_user_topic
from aloha_server.events.adapt import Adaptation
from aloha_server.events.audience import Audiences
from aloha_server.events.filter import admits
from aloha_server.events.log import read_entries, read_head
from aloha_server.reads import user_topics as user_topics_sections
from aloha_server.reads.messages import SECTIONS
from aloha_server.reads.narrow import resolve_narrow
from aloha_server.reads.subscriptions import section_subscription
from aloha_server.reads.view import View
from aloha_server.reads.wire_messages import ShowAs, show_messages
from aloha_server.store import Store, Tx, WriteTx

ADAPTATION = Adaptation({**MESSAGE_ADAPTERS, "realm_user": adapt_user})
SET_PERSONAL = "update account set settings = :settings where realm_id = :realm_id and user_id = :user_id"
MODERN = ClientCapabilities(bulk_message_deletion=True, archived_channels=True, empty_topic_name=True)
CHECKED = (
    "max_message_id",
    "muted_topics",
    "recent_private_conversations",
    "starred_messages",
    "unread_msgs",
    "user_topics",
)


class Reader(Client):
    """One user's queue, and a replica of what concerns messages."""

    def fresh(self) -> tuple[dict[str, Any], set[int] | None, int]:
        def read(tx: Tx) -> tuple[dict[str, Any], int]:
            view = View(tx, acting_user(tx, self.user_id), self.request, "")
            sections = section_subscription(view)
            for section in (*SECTIONS.values(), *user_topics_sections.SECTIONS.values()):
                sections |= section(view)
            return json.loads(msgspec.json.encode(sections)), read_head(tx).position

        state, position = self.office.store.read(1, read)
        return {**state, "user_id": self.user_id}, None, position

    def events(self) -> list[Event]:
        """The events since the last call, applied."""

        def read(tx: Tx) -> list[Event]:
            entries = read_entries(tx, self.position, 2**62, Audiences(), 100_000)
            user = acting_user(tx, self.user_id)
            own = [e for e in entries if admits(e, self.queue, is_guest=user.is_guest, now=tx.now)]
            self.position = entries[-1].position if entries else self.position
            return [json.loads(body) for entry in own for body in ADAPTATION(entry, self.queue)]

        found = self.office.store.read(1, read)
        for event in found:
            self._apply(event)
        return found

    def check(self) -> None:
        """Snapshot + events == fresh snapshot."""
        self.events()
        fresh = self.fresh()[0]
        for name in CHECKED:
            assert self.state[name] == fresh[name], name

    def unread(self) -> list[int]:
        """As a fresh registration tells."""
        unread = self.fresh()[0]["unread_msgs"]
        kinds = ("pms", "streams", "huddles")
        return sorted(id_ for kind in kinds for item in unread[kind] for id_ in item["unread_message_ids"])

    def topics(self) -> dict[str, int]:
        """What a fresh registration tells of the user's choices, by topic."""
        return {topic["topic_name"]: topic["visibility_policy"] for topic in self.fresh()[0]["user_topics"]}

    def _apply(self, event: Event) -> None:
        for table in (streams_replica.APPLY, replica.APPLY, topics_replica.APPLY):
            if event["type"] in table:
                table[event["type"]](self.state, event)


class Desk(Office):
    """Short forms of what people do with messages."""

    def __init__(self, store: Store, data: Path, *, settings: dict[str, str] | None = None) -> None:
        super().__init__(store, data, settings=settings)
        self.readers = {name: Reader(self, user_id, MODERN) for name, user_id in self.ids.items()}
        self.readers["legacy"] = Reader(self, self.ids["bob"], ClientCapabilities())

    def start(self) -> None:
        """Everything is read, and all clients register anew."""
        for user_id in self.ids.values():
            self.store.write(1, lambda tx, user_id=user_id: mark_all_read(tx, user_id))  # type: ignore[misc]
        for reader in self.readers.values():
            reader.state, reader.people, reader.position = reader.fresh()

    def skip_readers(self) -> None:
        """Everybody takes what there is."""
        for reader in self.readers.values():
            reader.events()

    def send(self, who: str, stream: str, topic: str = "lunch", content: str = "hi") -> int:
        return self._send(who, content, stream=stream, topic=topic)

    def write(self, who: str, *people: str, content: str = "hi") -> int:
        """A direct message."""
        return self._send(who, content, people=[self.ids[name] for name in people])

    def _send(self, who: str, content: str, **where: Any) -> int:
        def act(tx: WriteTx) -> int:
            actor = acting_user(tx, self.ids[who])
            rendered = render_content(tx, content, actor)
            message = Outgoing(content=content, rendered=rendered, client="test", read_by_sender=True, **where)
            return send_message(tx, actor, message).message_id

        return self.store.write(1, act)

    def edit(self, who: str, message_id: int, content: str | None = None, **edit: Any) -> None:
        def act(tx: WriteTx) -> None:
            actor = acting_user(tx, self.ids[who])
            new = None if content is None else Content(content, render_content(tx, content, actor))
            edit_message(tx, actor, message_id, Edit(**edit), new)

        self.store.write(1, act)

    def delete(self, who: str, message_id: int) -> None:
        self.act(who, lambda tx, actor: delete_message(tx, actor, message_id))

    def flag(self, who: str, op: str, flag: str, *message_ids: int) -> list[int]:
        flagged: Flagged = self.act(who, lambda tx, actor: update_flags(tx, actor, message_ids, op, flag))
        return flagged.ignored

    def react(self, who: str, message_id: int, name: str, **more: Any) -> None:
        self.act(who, lambda tx, actor: add_reaction(tx, actor, message_id, name, **more))

    def unreact(self, who: str, message_id: int, name: str | None, **more: Any) -> None:
        self.act(who, lambda tx, actor: remove_reaction(tx, actor, message_id, name, **more))

    def choose(self, who: str, stream: str, topic: str, policy: int) -> None:
        stream_id = self.stream_id(stream)
        self.act(who, lambda tx, actor: set_user_topic(tx, actor, stream_id, topic, policy))

    def prefer(self, who: str, **settings: Any) -> None:
        """Personal settings, past the events that tell of them."""
        values = json.dumps(settings)
        self.act(who, lambda tx, actor: tx.execute(SET_PERSONAL, user_id=actor.user_id, settings=values))

    def step(self, who: str, message_id: int, **step: Any) -> None:
        """In a widget."""
        self.act(who, lambda tx, actor: add_submessage(tx, actor, message_id, "widget", json.dumps(step)))

    def delete_topic(self, who: str, stream: str, topic: str) -> bool:
        stream_id = self.stream_id(stream)
        complete: bool = self.act(who, lambda tx, actor: delete_topic_slice(tx, actor, stream_id, topic))
        return complete

    def show(self, who: str, *message_ids: int, **show_as: Any) -> list[FetchedMessage]:
        def read(tx: Tx) -> list[FetchedMessage]:
            user = acting_user(tx, self.ids[who])
            return show_messages(tx, user, access_messages(tx, user, message_ids), ShowAs(**show_as))

        return self.store.read(1, read)

    def flags(self, who: str, message_id: int) -> list[str]:
        [message] = self.show(who, message_id)
        return message.flags

    def find(self, who: str, *terms: Any) -> list[int]:
        """The ids that a narrow holds for somebody."""

        def read(tx: Tx) -> list[int]:
            narrowed = resolve_narrow(tx, acting_user(tx, self.ids[who]), parse_narrow(terms))
            sql = "select m.message_id from message m where m.realm_id = :realm_id and "
            return tx.values(f"{sql}{narrowed.condition} order by m.message_id", **narrowed.parameters)

        return self.store.read(1, read)

    def check(self) -> None:
        for name, reader in self.readers.items():
            try:
                reader.check()
            except AssertionError as error:
                raise AssertionError(f"{name}: {error}") from error
