"""What can become of a request on its way. A fault befalls one request: `FakeServer.fail` says which."""

from typing import Any

import msgspec

from aloha.client.wire import Answer


class Fault(msgspec.Struct, frozen=True, kw_only=True):
    """`happens` says whether the server carries the request out; without `answer` the connection is cut."""

    happens: bool
    answer: Answer | None = None


CUT = Fault(happens=False)
"""The connection ends before the request is looked at."""

LOST = Fault(happens=True)
"""The request is carried out and its answer never arrives."""


def refusal(code: str, *, status: int = 400, retry_after_s: float | None = None, **fields: Any) -> Fault:
    """The server refuses: `refusal("RATE_LIMIT_HIT", status=429, retry_after_s=2.5)`."""
    body = {"result": "error", "msg": f"refused with {code}", "code": code, **fields}
    if retry_after_s is not None:
        body["retry-after"] = retry_after_s
    return Fault(happens=False, answer=Answer(status=status, body=body))


def page(status: int) -> Fault:
    """A proxy answers with a page of its own in place of the server."""
    return Fault(happens=False, answer=Answer(status=status, headers={"content-type": "text/html"}))
