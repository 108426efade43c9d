"""What the fake remembers: people, channels, messages, one log of events, and queues that are cursors on it."""

import html
import re
import time
from typing import Any

import msgspec

from aloha.contract.objects import NarrowTerm

GENERIC_BOT = 1


class FakeUser(msgspec.Struct, frozen=True, kw_only=True):
    user_id: int
    email: str
    full_name: str
    role: int = 400
    is_bot: bool = False


class FakeMessage(msgspec.Struct, kw_only=True):
    """`stream` is a channel's name, or None for a direct message to `people`, the sender among them."""

    id: int
    sender: FakeUser
    content: str
    stream: str | None
    topic: str
    people: list[FakeUser]
    timestamp: int
    reactions: list[dict[str, Any]] = []


class FakeQueue(msgspec.Struct, frozen=True, kw_only=True):
    queue_id: str
    user: FakeUser
    event_types: frozenset[str] | None
    narrow: tuple[NarrowTerm, ...]
    apply_markdown: bool


class LogEntry(msgspec.Struct, frozen=True):
    """`message` stands for an event that each queue is shown in its own way."""

    position: int
    audience: set[int] | None
    event: dict[str, Any]
    message: FakeMessage | None


class State:
    """Guarded by the server's lock."""

    def __init__(self) -> None:
        self.users: dict[int, FakeUser] = {}
        self.streams: dict[str, int] = {}
        self.messages: dict[int, FakeMessage] = {}
        self.queues: dict[str, FakeQueue] = {}
        self.log: list[LogEntry] = []
        self.receipts: dict[str, int] = {}
        self._sent = 0
        self._registered = 0

    def add_user(self, full_name: str, *, role: int, is_bot: bool) -> FakeUser:
        user_id = len(self.users) + 1
        user = FakeUser(
            user_id=user_id, email=f"user{user_id}@fake.invalid", full_name=full_name, role=role, is_bot=is_bot
        )
        self.users[user_id] = user
        return user

    def add_queue(self, **spec: Any) -> FakeQueue:
        self._registered += 1
        queue = FakeQueue(queue_id=f"queue-{self._registered}", **spec)
        self.queues[queue.queue_id] = queue
        return queue

    def append(self, event: dict[str, Any], audience: set[int] | None, message: FakeMessage | None = None) -> int:
        position = len(self.log)
        self.log.append(LogEntry(position, audience, event, message))
        return position

    def stream_id(self, name: str) -> int:
        """A channel that nobody mentioned before begins to exist."""
        return self.streams.setdefault(name, len(self.streams) + 1)

    def send(
        self, sender: FakeUser, content: str, *, stream: str | None, topic: str, people: list[FakeUser]
    ) -> FakeMessage:
        self._sent += 1
        if stream is not None:
            self.stream_id(stream)
        message = FakeMessage(
            id=self._sent,
            sender=sender,
            content=content,
            stream=stream,
            topic=topic if stream is not None else "",
            people=[] if stream is not None else list({user.user_id: user for user in (sender, *people)}.values()),
            timestamp=int(time.time()),
        )
        self.messages[message.id] = message
        self.append({"type": "message"}, self.readers(message), message)
        return message

    def readers(self, message: FakeMessage) -> set[int] | None:
        """Everybody reads channels."""
        return None if message.stream is not None else {user.user_id for user in message.people}

    def events(self, queue: FakeQueue, after: int) -> list[dict[str, Any]]:
        """What the queue holds after a position."""
        return [
            event
            for entry in self.log[after + 1 :]
            if entry.audience is None or queue.user.user_id in entry.audience
            if (event := self._show(entry, queue)) is not None
        ]

    def _show(self, entry: LogEntry, queue: FakeQueue) -> dict[str, Any] | None:
        if queue.event_types is not None and entry.event["type"] not in queue.event_types:
            return None
        if entry.message is None:
            return {**entry.event, "id": entry.position}
        if not all(matches(entry.message, term, queue.user) != term.negated for term in queue.narrow):
            return None
        shown = self.wire_message(entry.message, markdown=queue.apply_markdown)
        return {"type": "message", "message": shown, "flags": flags(entry.message, queue.user), "id": entry.position}

    def wire_message(self, message: FakeMessage, *, markdown: bool) -> dict[str, Any]:
        shown: dict[str, Any] = {
            "id": message.id,
            "type": "private" if message.stream is None else "stream",
            "content": f"<p>{html.escape(message.content)}</p>" if markdown else message.content,
            "content_type": "text/html" if markdown else "text/x-markdown",
            "sender_id": message.sender.user_id,
            "sender_full_name": message.sender.full_name,
            "sender_email": message.sender.email,
            "sender_realm_str": "fake",
            "recipient_id": 0 if message.stream is None else self.stream_id(message.stream),
            "display_recipient": message.stream or [_person(user) for user in message.people],
            "subject": message.topic,
            "timestamp": message.timestamp,
            "client": "fake",
            "avatar_url": None,
            "is_me_message": message.content.startswith("/me "),
            "reactions": message.reactions,
            "submessages": [],
            "topic_links": [],
        }
        if message.stream is not None:
            shown["stream_id"] = self.stream_id(message.stream)
        return shown

    def wire_user(self, user: FakeUser) -> dict[str, Any]:
        return {
            "user_id": user.user_id,
            "email": user.email,
            "delivery_email": user.email,
            "full_name": user.full_name,
            "date_joined": "2020-01-01T00:00+00:00",
            "is_active": True,
            "is_owner": user.role == 100,
            "is_admin": user.role <= 200,
            "is_guest": user.role == 600,
            "is_bot": user.is_bot,
            "bot_type": GENERIC_BOT if user.is_bot else None,
            "bot_owner_id": None,
            "role": user.role,
            "timezone": "",
            "avatar_url": f"/avatar/{user.user_id}",
            "avatar_version": 1,
        }


def _person(user: FakeUser) -> dict[str, Any]:
    return {"id": user.user_id, "email": user.email, "full_name": user.full_name, "is_mirror_dummy": False}


def flags(message: FakeMessage, user: FakeUser) -> list[str]:
    """`mentioned` for who is named, as `@**name**` or `@**name|id**`."""
    named = re.search(rf"@\*\*{re.escape(user.full_name)}(\|{user.user_id})?\*\*", message.content)
    return ["mentioned"] if named else []


def matches(message: FakeMessage, term: NarrowTerm, user: FakeUser) -> bool:
    """Whether a message fits a term, negation apart."""
    operand = term.operand
    match term.operator:
        case "channel":
            return message.stream == operand
        case "topic":
            return message.stream is not None and message.topic.casefold() == str(operand).casefold()
        case "sender":
            return operand in (message.sender.user_id, message.sender.email) or (
                operand == "me" and message.sender == user
            )
        case "is" if operand == "dm":
            return message.stream is None
        case "is" if operand == "mentioned":
            return "mentioned" in flags(message, user)
    return False
