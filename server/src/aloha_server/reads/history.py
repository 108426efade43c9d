"""Which messages a request for history gets: a window around an anchor in what a narrow holds.

Around anchor `a`: the last `num_before` matching ids below it, `a` itself where it matches, and the first
`num_after` above. `found_oldest` holds exactly when nothing that matches lies below those returned before the
anchor, `found_newest` when nothing lies above those after it; each side is asked for one more than is returned.
"""

import re
from datetime import UTC, datetime
from math import ceil
from typing import Any

import msgspec
from msgspec import UNSET, UnsetType

from aloha.contract.errors import ApiError, MissingParameterError

from ..access.read_state import unread_ids
from ..access.users import User
from ..store import Tx
from ..store.fulltext import REALM_BITS
from .narrow import Narrowed

NEWEST = 10_000_000_000_000_000  # the anchor beyond every message, as the wire shows it
OLDEST = 0
IDS_END = 1 << REALM_BITS  # beyond every message that there will be
MESSAGES_MAX = 5000

WITHIN = """
    select m.message_id from {source}
    where m.realm_id = :realm_id and {bounded} >= :low and {bounded} < :high and {condition}
    order by {sorted_by} {order} limit :count
"""
# Ids rise with time. Where clocks were put back, the first message of that time or later is meant.
SENT_SINCE = """
    select message_id from message where realm_id = :realm_id and sent_at >= :sent_at
    order by sent_at, message_id limit 1
"""
AMONG = "select m.message_id from message m where m.realm_id = :realm_id and m.message_id = any(:message_ids) and "
FIRST_AMONG = (
    "select min(m.message_id) from message m where m.realm_id = :realm_id and m.message_id = any(:unread) and "
)


class Window(msgspec.Struct, frozen=True, kw_only=True):
    """What to return, oldest first."""

    message_ids: list[int]
    anchor: int
    found_anchor: bool
    found_oldest: bool
    found_newest: bool


def parse_date(text: str | UnsetType) -> int:
    """A time in ISO 8601, UTC unless it says otherwise, as the first second that is not before it."""
    if not isinstance(text, str):
        raise MissingParameterError("anchor_date")
    try:
        time = datetime.fromisoformat(text)
        return ceil((time if time.tzinfo else time.replace(tzinfo=UTC)).timestamp())
    except (ValueError, OverflowError) as error:
        raise ApiError("anchor_date is not a time in ISO 8601") from error


def find_anchor(tx: Tx, user: User, anchor: str, narrowed: Narrowed, *, sent_at: int | None = None) -> int:
    """An id, or the place that a word stands for; `sent_at` is the time of the anchor `date`."""
    match anchor:
        case "date" if sent_at is not None:
            return first_sent(tx, narrowed, sent_at)
        case "newest":
            return NEWEST
        case "oldest":
            return OLDEST
        case "first_unread":
            return first_unread(tx, user, narrowed)
    if not re.fullmatch(r"-?[0-9]{1,30}", anchor):
        raise ApiError("Invalid anchor")
    return min(max(int(anchor), OLDEST), NEWEST)


def first_unread(tx: Tx, user: User, narrowed: Narrowed) -> int:
    """The oldest unread message in the narrow; with nothing unread, the newest end."""
    unread, _ = unread_ids(tx, user.user_id, stream_id=narrowed.stream_id, topic_key=narrowed.topic_key)
    if not unread or narrowed.everything:
        return unread[0] if unread else NEWEST
    found = tx.value(FIRST_AMONG + narrowed.condition, unread=unread, **narrowed.parameters)
    return NEWEST if found is None else int(found)


def first_sent(tx: Tx, narrowed: Narrowed, sent_at: int) -> int:
    """The oldest message in the narrow that was sent then or later; without one, the newest end."""
    oldest = tx.value(SENT_SINCE, sent_at=sent_at)
    found = [] if oldest is None else _ids(tx, narrowed, "asc", oldest, NEWEST, 1)
    return int(found[0]) if found else NEWEST


def match_among(tx: Tx, narrowed: Narrowed, message_ids: list[int]) -> list[int]:
    """Those of the messages that the narrow holds, rising."""
    return tx.values(AMONG + narrowed.condition, message_ids=message_ids, **narrowed.parameters)


def check_counts(num_before: int | UnsetType, num_after: int | UnsetType) -> tuple[int, int]:
    """How many messages before and after; raises ApiError."""
    before, after = 0 if num_before is UNSET else num_before, 0 if num_after is UNSET else num_after
    if before < 0 or after < 0:
        raise ApiError(f"{'num_before' if before < 0 else 'num_after'} must not be negative")
    if before + after > MESSAGES_MAX:
        raise ApiError(f"Too many messages requested (maximum {MESSAGES_MAX}).")
    return before, after


def require_anchor(anchor: str | UnsetType, narrowed: Narrowed, *, first_unread: bool) -> str:
    """The anchor that a request names, in one of the ways that there are."""
    if first_unread:
        return "first_unread"
    if isinstance(anchor, str):
        return anchor
    if narrowed.near is None:
        raise MissingParameterError("anchor")
    return str(narrowed.near)


def find_window(
    tx: Tx, narrowed: Narrowed, anchor: int, num_before: int, num_after: int, *, include_anchor: bool = True
) -> Window:
    """In two queries, of which the ends of the history need one."""
    below = _ids(tx, narrowed, "desc", OLDEST, anchor, num_before + 1) if anchor > OLDEST else []
    above = _ids(tx, narrowed, "asc", anchor, NEWEST, num_after + 2) if anchor < NEWEST else []
    matched = bool(above) and above[0] == anchor
    if matched:
        del above[0]
    found_anchor = matched and include_anchor
    return Window(
        message_ids=[*reversed(below[:num_before]), *([anchor] if found_anchor else []), *above[:num_after]],
        anchor=anchor,
        found_anchor=found_anchor,
        found_oldest=len(below) <= num_before,
        found_newest=len(above) <= num_after,
    )


def _ids(tx: Tx, narrowed: Narrowed, order: str, low: int, high: int, count: int) -> list[Any]:
    """Matching ids from `low` to below `high`, the first or the last so many.

    A plus before a column keeps the planner from an index on it: what is few is better sorted than met on a walk, and
    what is listed better looked up.
    """
    search, offset = narrowed.search, 0
    source, key, condition = "message m", "m.message_id", narrowed.condition
    if search is not None:
        source, key, condition, offset = search.source, search.key, search.condition, search.offset
    bounded = f"+{key}" if narrowed.listed and search is None else key
    sorted_by = f"+{key}" if narrowed.few and search is None else key
    sql = WITHIN.format(source=source, bounded=bounded, sorted_by=sorted_by, condition=condition, order=order)
    return tx.values(sql, low=offset + low, high=offset + min(high, IDS_END), count=count, **narrowed.parameters)
