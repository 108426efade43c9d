"""How one call of an endpoint is made: how often it may be sent, and what its answer becomes. Pure.

A call is sent again only when that cannot do its work twice: the server cannot have seen it, or said that it
did nothing (429, SERVER_BUSY), or the call is repeatable (a GET, or a send under an Idempotency-Key: the
server answers the second with what the first did). Anything else that is lost is told to the caller.
"""

import logging
from collections.abc import Generator
from typing import Any, TypeVar

import msgspec

from aloha.client.backoff import Backoff
from aloha.client.errors import NetworkError, ProtocolError
from aloha.client.flow import Sleep
from aloha.client.wire import (
    Answer,
    Call,
    ConnectionFailed,
    Outcome,
    describe,
    get_refusal,
    get_retry_after_s,
    is_success,
)

logger = logging.getLogger("aloha.client")

WAIT_MAX_S = 90.0  # a server that asks for a longer pause is an error of this call, not a reason to hang
_NOTHING_DONE = frozenset({"RATE_LIMIT_HIT", "SERVER_BUSY"})

R = TypeVar("R")


class Send(msgspec.Struct, frozen=True):
    """Send the call; send back its outcome."""

    call: Call


def call_flow(call: Call, backoff: Backoff) -> Generator[Send | Sleep, Outcome, Answer]:
    """Send until there is an answer to give to the caller; `NetworkError` when none comes."""
    attempts = 0
    while True:
        outcome = yield Send(call)
        assert outcome is not None, "a driver sends back what came of a request"
        attempts += 1
        wait_s = get_retry_after_s(outcome) if isinstance(outcome, Answer) else 0.0
        if attempts < call.attempts_max and wait_s <= WAIT_MAX_S and _may_repeat(call, outcome):
            yield Sleep(backoff.next_s(wait_s), describe(outcome))
        elif isinstance(outcome, ConnectionFailed):
            raise NetworkError(f"{call.method} {call.path}: {describe(outcome)}") from outcome.error
        else:
            return outcome


def _may_repeat(call: Call, outcome: Answer | ConnectionFailed) -> bool:
    if isinstance(outcome, ConnectionFailed):
        return call.repeatable or not outcome.sent
    refusal = get_refusal(outcome)
    if refusal is not None and refusal.code in _NOTHING_DONE:
        return True
    return outcome.status == 429 or (call.repeatable and (outcome.status == 408 or outcome.status >= 500))


def read_result(call: Call, answer: Answer, result: type[R]) -> R:
    """The answer as its declared struct; `ApiError` for a refusal, `ProtocolError` for what is neither."""
    body = read_body(call, answer)
    try:
        return msgspec.convert(body, result)
    except msgspec.ValidationError as error:
        raise ProtocolError(f"{call.method} {call.path}: {error}", status=answer.status) from error


def read_body(call: Call, answer: Answer) -> dict[str, Any]:
    """The answer of a success as it came."""
    refusal = get_refusal(answer)
    if refusal is not None:
        raise refusal
    what = f"{call.method} {call.path}"
    if not is_success(answer) or answer.body is None:
        raise ProtocolError(f"{what}: {describe(answer)}", status=answer.status)
    ignored = answer.body.get("ignored_parameters_unsupported")
    if ignored:
        logger.warning("%s: the server does not know these parameters and ignored them: %s", what, ignored)
    return answer.body
