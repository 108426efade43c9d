"""What somebody has read, starred and collapsed. Only their own clients are told."""

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from aloha.contract.errors import ApiError

from ..access.flags import clear_flag, set_flag
from ..access.messages import READABLE, people_of, readable_among, reader
from ..access.read_state import (
    mark_all_read,
    mark_read,
    mark_unread,
    raise_floor,
    reaching_among,
    unread_ids,
)
from ..access.streams import access_stream
from ..access.users import User
from ..events.emit import emit, to_users
from ..store import Tx, WriteTx
from ..store.bits import FLAG_BITS, STREAM_WILDCARD

ROWS_OF_OWN = frozenset({"starred", "collapsed"})
MENTIONS = sum(bit for name, bit in FLAG_BITS.items() if name.endswith("mentioned"))
PLACES = """
    select m.message_id, m.recipient_id, m.stream_id, m.topic, m.traits, coalesce(f.flags, 0),
        case coalesce(t.visibility_policy, 0) when 0 then coalesce(s.is_muted, 0) when 1 then 1 else 0 end
    from message m
    left join user_topic t on t.realm_id = m.realm_id and t.user_id = :user_id and t.stream_id = m.stream_id
        and t.topic_key = m.topic_key
    left join message_flag f on f.realm_id = m.realm_id and f.user_id = :user_id and f.message_id = m.message_id
    left join subscription s on s.realm_id = m.realm_id and s.user_id = :user_id and s.stream_id = m.stream_id
    where m.realm_id = :realm_id and m.message_id = any(:message_ids) order by m.message_id
"""
NOT_SUBSCRIBED = f"""
    select distinct m.stream_id from message m
    where m.realm_id = :realm_id and m.message_id = any(:message_ids) and m.stream_id is not null and {READABLE}
        and m.stream_id not in (
            select stream_id from subscription where realm_id = :realm_id and user_id = :user_id and is_active = 1
        )
    order by m.stream_id
"""


class Flagged(msgspec.Struct, frozen=True):
    """How many messages changed, and the streams whose messages could not become unread, since the actor is not
    subscribed."""

    changed: int
    ignored: list[int] = []


def update_flags(tx: WriteTx, actor: User, message_ids: Iterable[int], op: str, flag: str) -> Flagged:
    """Sets or clears a flag of the actor's; messages that they cannot read are passed over."""
    ids = sorted(set(message_ids))
    if flag == "read":
        if op == "add":
            return Flagged(len(add_read(tx, actor, reaching_among(tx, actor.user_id, ids))))
        return remove_read(tx, actor, ids)
    if flag not in ROWS_OF_OWN:
        raise ApiError(f"Flag not editable: '{flag}'" if flag in FLAG_BITS else f"Invalid flag: '{flag}'")
    if op == "add":
        changed = set_flag(tx, actor.user_id, readable_among(tx, actor, ids), FLAG_BITS[flag])
    else:
        changed = clear_flag(tx, actor.user_id, ids, FLAG_BITS[flag])
    _tell(tx, actor, op, flag, changed)
    return Flagged(len(changed))


def add_read(tx: WriteTx, actor: User, message_ids: Iterable[int]) -> list[int]:
    """Those that were unread; only messages that reach the actor are given."""
    fresh = mark_read(tx, actor.user_id, message_ids)
    if fresh:
        raise_floor(tx, actor.user_id)
    _tell(tx, actor, "add", "read", fresh)
    return fresh


def remove_read(tx: WriteTx, actor: User, message_ids: list[int]) -> Flagged:
    """Only what reaches the actor can become unread."""
    fresh = mark_unread(tx, actor.user_id, reaching_among(tx, actor.user_id, message_ids))
    if fresh:
        _tell(tx, actor, "remove", "read", fresh, message_details=_details(tx, actor, fresh))
    ignored = tx.values(NOT_SUBSCRIBED, message_ids=message_ids, **reader(actor)) if message_ids else []
    return Flagged(len(fresh), ignored)


def mark_all_as_read(tx: WriteTx, actor: User) -> None:
    if mark_all_read(tx, actor.user_id):
        event = {"type": "update_message_flags", "op": "add", "operation": "add", "flag": "read"}
        emit(tx, {**event, "messages": [], "all": True}, to_users(tx, [actor.user_id]))


def mark_stream_as_read(tx: WriteTx, actor: User, stream_id: int, topic: str | None = None) -> None:
    """A stream, or one topic of it."""
    access_stream(tx, actor, stream_id)
    topic_key = None if topic is None else topic.casefold()
    missing = True
    while missing:  # more than one round only beyond the bound of `unread_ids`
        ids, missing = unread_ids(tx, actor.user_id, stream_id=stream_id, topic_key=topic_key)
        missing = bool(add_read(tx, actor, ids)) and missing


def _tell(tx: WriteTx, actor: User, op: str, flag: str, message_ids: list[int], **more: Any) -> None:
    if message_ids:
        event = {"type": "update_message_flags", "op": op, "operation": op, "flag": flag, "messages": message_ids}
        emit(tx, {**event, "all": False, **more}, to_users(tx, [actor.user_id]))


def _details(tx: Tx, actor: User, message_ids: list[int]) -> Mapping[str, dict[str, Any]]:
    """Where each message belongs, by its id."""
    rows = tx.rows(PLACES, user_id=actor.user_id, message_ids=message_ids)
    people = people_of(tx, {recipient_id for _, recipient_id, stream_id, *_ in rows if stream_id is None})
    details: dict[str, dict[str, Any]] = {}
    for message_id, recipient_id, stream_id, topic, traits, flags, is_muted in rows:
        if stream_id is None:
            others = [user_id for user_id in people[recipient_id] if user_id != actor.user_id]
            detail: dict[str, Any] = {"type": "private", "user_ids": others}
        else:
            detail = {"type": "stream", "stream_id": stream_id, "topic": topic, "unmuted_stream_msg": not is_muted}
        if flags & MENTIONS or (stream_id is not None and traits & STREAM_WILDCARD):
            detail["mentioned"] = True
        details[str(message_id)] = detail
    return details
