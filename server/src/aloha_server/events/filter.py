"""Which entries a queue's reader gets: the audience, the types asked for, and the narrow.

`admits` is asked for each entry and candidate, on the loop, so it is kept to look-ups. `Reader` is what must be
known of the user beside the queue.
"""

from aloha.contract.objects import NarrowTerm

from ..store.bits import WEB_PUBLIC
from .adapt import EMPTY_TOPIC_NAME
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
        return matches_narrow(entry.decoded(MessageBody), queue.user_id, queue.spec.narrow)
    return not entry.internal


def _is_understood(entry: Entry, queue: Queue) -> bool:
    """What all of a large organization would be asked for is passed over by those to whom it says nothing."""
    return not entry.body.startswith(SIMPLIFIED_ONLY) or queue.spec.capabilities.simplified_presence_events


def matches_narrow(message: MessageBody, user_id: int, narrow: tuple[NarrowTerm, ...]) -> bool:
    """Whether a message fits every term; a term may be negated."""
    return all(_matches(message, user_id, term) != term.negated for term in narrow)


def _matches(message: MessageBody, user_id: int, term: NarrowTerm) -> bool:
    operand = term.operand
    match term.operator:
        case "channel":
            return message.stream_id is not None and (
                operand == message.stream_id or str(operand).casefold() in (str(message.stream_id), message.stream_key)
            )
        case "topic":
            topic = "" if operand == EMPTY_TOPIC_NAME else str(operand)
            return message.stream_id is not None and topic.casefold() == message.topic.casefold()
        case "sender":
            if operand == "me":
                return message.sender_id == user_id
            return operand == message.sender_id or str(operand).casefold() in (
                str(message.sender_id),
                message.sender_email.casefold(),
            )
        case "is":
            return _is(message, user_id, str(operand))
    return False


def _is(message: MessageBody, user_id: int, what: str) -> bool:
    flags = message.flags.get(user_id, message.flags_of_others)
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
