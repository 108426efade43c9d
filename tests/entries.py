"""Entries and queues for tests of the events package, made without a database."""

from typing import Any

import msgspec
from pyroaring import FrozenBitMap

from aloha.contract.register import ClientCapabilities
from aloha_server.events.bodies import MessageBody
from aloha_server.events.entry import Entry
from aloha_server.events.queues import Queue, QueueSpec
from aloha_server.store import LogRow

NOW = 1_800_000_000.0


def entry(
    position: int,
    users: set[int] | None = None,
    *,
    kind: str = "reaction",
    body: Any = None,
    public: int = 0,
    at: float = NOW,
) -> Entry:
    content = msgspec.json.encode({"type": kind, "id": position} if body is None else body)
    row = LogRow(1, position, kind, None if users is None else 1, public, at, 1, content)
    return Entry(row, None if users is None else FrozenBitMap(users))


def message(position: int, users: set[int], *, public: int = 0, **fields: Any) -> Entry:
    """A stream message to these users."""
    values: dict[str, Any] = {
        "message_id": position,
        "sender_id": 1,
        "sender_email": "user1@x",
        "sender_full_name": "One",
        "sender_realm": "",
        "avatar_url": "/a.png",
        "recipient_id": 1,
        "timestamp": int(NOW),
        "client": "test",
        "stream_id": 5,
        "stream_name": "Rome",
        "topic": "Lunch",
        "content": "*hi*",
        "rendered": "<p>hi</p>",
    }
    return entry(position, users, kind="message", body=MessageBody(**{**values, **fields}), public=public)


def queue(user_id: int, queue_id: str = "", *, start: int = 0, **spec: Any) -> Queue:
    capabilities = spec.pop("capabilities", {})
    built = QueueSpec(capabilities=ClientCapabilities(**capabilities), **spec)
    row = (queue_id or f"q{user_id}", user_id, "test", msgspec.json.encode(built).decode(), start, start, NOW, 3600.0)
    return Queue(1, row, {})
