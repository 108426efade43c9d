"""What the edge asks of the rest of the server, and what it is told.

Obligations of `LongPolls`, on which `http.protocol` and `http.polls` rely:
- `begin` is called on the event loop and neither blocks nor raises.
- `respond` is called exactly once per `begin`, on the loop, possibly before `begin` returns; unless the handle
  was cancelled, after which it is never called.
- `respond` writes and returns; what it does to other polls of the same connection happens within the call.
"""

from collections.abc import Callable
from typing import Protocol

import msgspec

from aloha_server.api.context import Realm

Headers = tuple[tuple[bytes, bytes], ...]

# status, headers beside the default ones, Content-Type and Content-Length, and the JSON body
Respond = Callable[[int, Headers, bytes], None]


class PollRequest(msgspec.Struct, frozen=True, gc=False):
    """A `GET /events` as it came: nothing in it is decoded or checked. A repeated header counts once, the first.

    `counted` is false for a poll that the server makes itself, within a stream: it uses up no rate limit.
    """

    host: bytes
    authorization: bytes | None
    query: bytes
    user_agent: bytes | None
    counted: bool = True


class PollHandle(Protocol):
    def cancel(self) -> None:
        """The connection is gone. Harmless after the answer."""
        ...


class LongPolls(Protocol):
    def begin(self, request: PollRequest, respond: Respond) -> PollHandle: ...


class Realms(Protocol):
    def find(self, host: str) -> Realm | None:
        """The realm at this host name (lower case, no port), or the only one there is."""
        ...


def first_values(headers: list[tuple[bytes, bytes]]) -> dict[bytes, bytes]:
    """Of a repeated header the first value; names are in lower case."""
    return dict(reversed(headers))


def poll_request(headers: dict[bytes, bytes], query: bytes, *, counted: bool = True) -> PollRequest:
    """What a long poll needs of a request."""
    get = headers.get
    return PollRequest(get(b"host", b""), get(b"authorization"), query, get(b"user-agent"), counted)
