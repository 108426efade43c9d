"""Which messages a request for history gets: a window around an anchor in what a narrow holds.

Around anchor `a`: the last `num_before` matching ids below it, `a` itself where it matches, and the first
`num_after` above. `found_oldest` holds exactly when nothing that matches lies below those returned before the
anchor, `found_newest` when nothing lies above those after it; each side is asked for one more than is returned.
"""

import re
from typing import Any

import msgspec
from msgspec import UNSET, UnsetType

from aloha.contract.errors import ApiError, MissingParameterError

from ..access.read_state import unread_ids
from ..access.users import User
from ..store import Tx
from .narrow import Narrowed

NEWEST = 10_000_000_000_000_000  # the anchor beyond every message, as the wire shows it
OLDEST = 0
MESSAGES_MAX = 5000

BELOW = "select m.message_id from message m where m.realm_id = :realm_id and m.message_id < :anchor and "
FROM_ANCHOR = "select m.message_id from message m where m.realm_id = :realm_id and m.message_id >= :anchor and "
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


def find_anchor(tx: Tx, user: User, anchor: str, narrowed: Narrowed) -> int:
    """An id, or the place that `newest`, `oldest` and `first_unread` stand for."""
    match anchor:
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
    below = _ids(tx, BELOW, narrowed, "desc", anchor, num_before + 1) if anchor > OLDEST else []
    above = _ids(tx, FROM_ANCHOR, narrowed, "asc", anchor, num_after + 2) if anchor < NEWEST else []
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


def _ids(tx: Tx, select: str, narrowed: Narrowed, order: str, anchor: int, count: int) -> list[Any]:
    by = "+m.message_id" if narrowed.few else "m.message_id"  # no index serves the sum: the planner looks for others
    sql = f"{select}{narrowed.condition} order by {by} {order} limit :count"
    return tx.values(sql, anchor=anchor, count=count, **narrowed.parameters)
