"""`GET /events` as server-sent events: the same queue and the same guarantees, without a request for each answer.

Theory. A stream is one poll after the other, made here in place of the client: each begins where the last one's events
ended, and not before those were handed to the connection. So order, bounds and authentication are the long poll's, and
a slow reader holds at most one answer beside the connection's own bounded buffer. Only the last event of an id carries
an `id:` line, so a client whose connection breaks within an id gets all of it again. What was written is not what was
read: a client resumes from its own `Last-Event-ID`, which is served as long as the log has it.

The stream ends where a poll would have to be repeated by the client: when another reader takes the queue over, when
the user's role or key changed, and when the server goes down. The client comes back with `Last-Event-ID`. A queue that
is gone ends it with an `error` event that holds the envelope.
"""

import asyncio
from collections.abc import Iterator
from urllib.parse import parse_qsl, urlencode

import msgspec
from starlette.types import Receive, Scope, Send

from .interfaces import LongPolls, first_values, poll_request
from .polls import Answer, disconnected, wait_for_answer

MEDIA_TYPE = b"text/event-stream"
HEADERS = [
    (b"content-type", MEDIA_TYPE + b"; charset=utf-8"),
    (b"cache-control", b"no-store, no-transform"),
    (b"x-accel-buffering", b"no"),  # nginx: pass on what comes
]
BEGINNING = b": events follow\nretry: 1000\n\n"


class _Events(msgspec.Struct):
    events: list[msgspec.Raw]


class _Head(msgspec.Struct):
    id: int
    type: str


async def stream_events(long_polls: LongPolls, scope: Scope, receive: Receive, send: Send) -> Answer | None:
    """Streams until one side ends it; an answer where the request is refused. Cancelling it leaves nothing behind."""
    headers = first_values(scope["headers"])
    query = dict(parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True))
    if last_event_id := headers.get(b"last-event-id"):
        query["last_event_id"] = last_event_id.decode("latin-1")
    query["dont_block"] = "true"  # what is wrong is told at once
    gone = asyncio.ensure_future(disconnected(receive))
    try:
        first = await wait_for_answer(long_polls, poll_request(headers, urlencode(query).encode()), gone)
        if first is None or first[0] != 200:
            return first
        await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
        await _write(send, BEGINNING)
        last = await _pass_on(send, first) if b'"events":[]' not in first[2] else query["last_event_id"]
        while last is not None:
            query |= {"last_event_id": last, "dont_block": "false"}
            request = poll_request(headers, urlencode(query).encode(), counted=False)
            last = await _pass_on(send, await wait_for_answer(long_polls, request, gone))
    finally:
        gone.cancel()
    if not gone.done():
        await send({"type": "http.response.body", "body": b""})
    return None


async def _pass_on(send: Send, answer: Answer | None) -> str | None:
    """Writes an answer's events; the id to go on from, or None where the stream ends."""
    if answer is None:
        return None
    status, headers, body = answer
    if status != 200:
        await _write(send, b"event: error\ndata: %b\n\n" % body)
        return None
    events = msgspec.json.decode(body, type=_Events).events
    if not events:
        return None
    heads = [msgspec.json.decode(event, type=_Head) for event in events]
    await _write(send, b"".join(_lines(events, heads)))
    return None if (b"connection", b"close") in headers else str(heads[-1].id)


def _lines(events: list[msgspec.Raw], heads: list[_Head]) -> Iterator[bytes]:
    """A heartbeat is a comment that moves the client's position."""
    following: list[int | None] = [*(head.id for head in heads[1:]), None]
    for event, head, next_id in zip(events, heads, following, strict=True):
        if head.type == "heartbeat":
            yield b": heartbeat\n"
        else:
            yield b"data: %b\n" % bytes(event)
        yield b"id: %d\n\n" % head.id if head.id != next_id else b"\n"


async def _write(send: Send, body: bytes) -> None:
    """Returns when the connection's buffer has room again."""
    await send({"type": "http.response.body", "body": body, "more_body": True})
