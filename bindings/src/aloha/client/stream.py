"""Server-sent events, taken apart: bytes in, whole answers out. Pure.

Only the last event of an id has an `id:` line, so events are held until it comes: a connection that breaks within an
id hands over nothing of it, and resuming brings all of it again. A block with an id and without data is a heartbeat.
"""

from typing import Any

import msgspec

from aloha.client.flow import Event, Position
from aloha.client.wire import Answer, Call

MEDIA_TYPE = "text/event-stream"
ACCEPT = f"{MEDIA_TYPE}, application/json"


def make_poll(position: Position) -> Call:
    """The poll for what follows the position."""
    return Call(
        method="GET",
        path="/events",
        query=(("queue_id", position.queue_id), ("last_event_id", str(position.last_event_id))),
        timeout_s=position.longpoll_timeout_s,
    )


class StreamParser:
    """`at` is the position that the stream has told of; `refusal` is the envelope of the error that ended it."""

    def __init__(self, position: Position) -> None:
        self.at = (position.queue_id, position.last_event_id)
        self.refusal: dict[str, Any] | None = None
        self._events: list[Event] = []
        self._held: list[Event] = []
        self._rest = b""

    def goes_on_from(self, position: Position) -> bool:
        """Whether what follows in the stream is what follows the position."""
        return self.at == (position.queue_id, position.last_event_id)

    @property
    def has_answer(self) -> bool:
        return bool(self._events) or self.refusal is not None

    def feed(self, data: bytes) -> None:
        """Raises msgspec.DecodeError for what is no event."""
        *blocks, self._rest = (self._rest + data).split(b"\n\n")
        for block in blocks:
            self._take_block(block)

    def take(self, elapsed_s: float) -> Answer:
        """What came, as the answer of a poll that lasted so long; nothing is an empty answer."""
        if self.refusal is not None and not self._events:
            return Answer(status=400, body=self.refusal, elapsed_s=elapsed_s)
        events, self._events = self._events, []
        if events:
            self.at = (self.at[0], events[-1]["id"])
        return Answer(status=200, body={"result": "success", "msg": "", "events": events}, elapsed_s=elapsed_s)

    def _take_block(self, block: bytes) -> None:
        fields = {}
        for line in block.split(b"\n"):
            name, _, value = line.partition(b":")
            fields[name] = value.removeprefix(b" ")
        if fields.get(b"event") == b"error":
            self.refusal = msgspec.json.decode(fields[b"data"], type=dict[str, Any])
        elif b"data" in fields:
            self._held.append(msgspec.json.decode(fields[b"data"], type=dict[str, Any]))
        if b"id" in fields:
            self._events += self._held or [{"id": int(fields[b"id"]), "type": "heartbeat"}]
            self._held = []
