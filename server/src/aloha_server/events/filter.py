"""Which entries a queue's reader gets: the audience, the types asked for, and the narrow.

`admits` is asked for each entry and candidate, on the loop, so it is kept to look-ups. `Reader` is what must be
known of the user beside the queue.
"""

from typing import Any

from aloha.contract.objects import NarrowTerm

from ..store.bits import WEB_PUBLIC
from .adapt import EMPTY_TOPIC_NAME, flags_of
from .bodies import SIMPLIFIED_ONLY, MessageBody
from .entry import EPHEMERAL_KINDS, EPHEMERAL_S_MAX, Entry
from .queues import Queue


def admits(entry: Entry, queue: Queue, *, is_guest: bool, now: float) -> bool:
    """Whether the entry may and should reach this queue."""
    if queue.event_types is not None and entry.kind not in queue.event_types:
        return False
    if entry.audience is not None and queue.user_id not in entry.audience:
        beyond = entry.public and queue.widened and entry.kind == "message"
        if not beyond or (is_guest and entry.public != WEB_PUBLIC):
            return False
    if entry.kind in EPHEMERAL_KINDS:
        return now - entry.created_at <= EPHEMERAL_S_MAX and _is_understood(entry, queue)
    if entry.kind == "message" and queue.spec.narrow:
        message = entry.decoded(MessageBody)
        return matches_narrow(message, queue.user_id, flags_of(message, entry, queue.user_id), queue.spec.narrow)
    return not entry.internal


def _is_understood(entry: Entry, queue: Queue) -> bool:
    """What all of a large organization would be asked for is passed over by those to whom it says nothing."""
    return not entry.body.startswith(SIMPLIFIED_ONLY) or queue.spec.capabilities.simplified_presence_events


def matches_narrow(message: MessageBody, user_id: int, flags: list[str], narrow: tuple[NarrowTerm, ...]) -> bool:
    """Whether a message fits every term; a term may be negated."""
    return all(_matches(message, user_id, flags, term) != term.negated for term in narrow)


def _matches(message: MessageBody, user_id: int, flags: list[str], term: NarrowTerm) -> bool:
    operand = term.operand
    match term.operator:
        case "channel":
            return message.stream_id is not None and (
                operand == message.stream_id or str(operand).casefold() in (str(message.stream_id), message.stream_key)
            )
        case "topic":
            key = str(operand).strip().casefold()
            return message.stream_id is not None and message.topic.casefold() == (
                "" if key == EMPTY_TOPIC_NAME else key
            )
        case "sender":
            if operand == "me":
                return message.sender_id == user_id
            return operand == message.sender_id or str(operand).casefold() in (
                str(message.sender_id),
                message.sender_email.casefold(),
            )
        case "is":
            return _is(message, flags, str(operand))
        case "dm":
            return message.stream_id is None and _are_exactly(message.people, user_id, operand)
    return False


def _are_exactly(people: list[dict[str, Any]], user_id: int, operand: Any) -> bool:
    """Whether a conversation is of exactly these people, by id or address, and the reader."""
    named = operand.split(",") if isinstance(operand, str) else operand
    keys = {str(name).strip().casefold() for name in named}
    found = {key for person in people for key in _keys_of(person)}
    others = [person for person in people if person["id"] != user_id]
    return keys <= found | {"me"} and all(keys & _keys_of(person) for person in others)


def _keys_of(person: dict[str, Any]) -> set[str]:
    return {str(person["id"]), str(person["email"]).casefold()}


def _is(message: MessageBody, flags: list[str], what: str) -> bool:
    match what:
        case "dm" | "private":
            return message.stream_id is None
        case "mentioned":
            return any(flag.endswith("mentioned") for flag in flags)
        case "alerted":
            return "has_alert_word" in flags
        case "starred":
            return "starred" in flags
        case "unread":
            return "read" not in flags
        case "resolved":
            return message.topic.startswith("\N{HEAVY CHECK MARK} ")
    return False
