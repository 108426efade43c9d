"""What travels between the flows and the transports, and what an answer means. Pure.

A `Call` is one request, ready to be sent as often as need be; an `Outcome` is what became of it.
"""

import math
from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from typing import Any, BinaryIO

import msgspec

from aloha.contract.errors import ApiError

CALL_TIMEOUT_S = 30.0
RETRY_AFTER_MAX_S = 3600.0
# Statuses in the range of final refusals that only ask for another time.
PASSING_STATUSES = frozenset({408, 425, 429})

FileContent = bytes | BinaryIO | tuple[str, bytes | BinaryIO]


class Call(msgspec.Struct, frozen=True, kw_only=True):
    """One request below `/api/v1`. `repeatable` says that sending it twice has the effect of sending it once."""

    method: str
    path: str
    query: tuple[tuple[str, str], ...] = ()
    form: tuple[tuple[str, str], ...] = ()
    files: tuple[tuple[str, Any], ...] = ()
    headers: tuple[tuple[str, str], ...] = ()
    timeout_s: float = CALL_TIMEOUT_S
    repeatable: bool = False
    attempts_max: int = 5


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What came back. Header names are in lower case; `body` is None where it was no JSON object."""

    status: int
    headers: Mapping[str, str] = {}
    body: dict[str, Any] | None = None
    elapsed_s: float = 0.0


class ConnectionFailed(msgspec.Struct, frozen=True, kw_only=True):
    """No answer came. `sent` is false only where the server cannot have seen the request."""

    error: Exception
    sent: bool = True


Outcome = Answer | ConnectionFailed | None  # None: the step was done and has nothing to tell


def is_success(answer: Answer) -> bool:
    return answer.status == 200 and answer.body is not None and answer.body.get("result") == "success"


def get_refusal(answer: Answer) -> ApiError | None:
    """The server's refusal, or None for a success and for whatever a server of this API does not send."""
    body = answer.body
    if body is None or body.get("result") != "error" or answer.status < 400:
        return None
    code, msg = body.get("code", "BAD_REQUEST"), body.get("msg", "")
    if not isinstance(code, str) or not isinstance(msg, str):
        return None
    refusal = ApiError(msg, code=code, status=answer.status, headers=dict(answer.headers))
    refusal.fields = {key: value for key, value in body.items() if key not in ("result", "msg", "code")}
    return refusal


def is_final(refusal: ApiError) -> bool:
    """Whether the same request will be refused again, however often it is sent."""
    passing = refusal.status >= 500 or refusal.status in PASSING_STATUSES or refusal.code == "RATE_LIMIT_HIT"
    return not passing


def get_retry_after_s(answer: Answer) -> float:
    """The seconds that the server asks to wait, 0 where it does not; at most `RETRY_AFTER_MAX_S`."""
    asked = (answer.body or {}).get("retry-after")
    seconds = float(asked) if isinstance(asked, int | float) else _read_header(answer.headers)
    return min(max(seconds, 0.0), RETRY_AFTER_MAX_S) if math.isfinite(seconds) else 0.0


def _read_header(headers: Mapping[str, str]) -> float:
    """The header's number; where a proxy wrote a date, its distance from the answer's own `Date`."""
    value = headers.get("retry-after", "")
    try:
        return float(value)
    except ValueError:
        pass  # not the number that the API sends: perhaps a proxy's date
    try:
        asked, now = parsedate_to_datetime(value), parsedate_to_datetime(headers.get("date", ""))
        return (asked - now).total_seconds()
    except (TypeError, ValueError):
        return 0.0


def describe(outcome: Answer | ConnectionFailed) -> str:
    """A few words for a log line."""
    if isinstance(outcome, ConnectionFailed):
        return f"{type(outcome.error).__name__}: {outcome.error}".rstrip(": ")
    refusal = get_refusal(outcome)
    if refusal is not None:
        return str(refusal)
    location = outcome.headers.get("location")
    return f"HTTP {outcome.status}, not an answer of this API" + (f" (to {location})" if location else "")
