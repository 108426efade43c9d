"""Moving messages to another stream.

Readers change with the stream. Of each person the messages that they could read before are compared with those that
they can read after:

- what they lose is deleted for them (`delete_message`), and they learn nothing of where it went;
- what they keep is moved for them (`update_message`);
- what they gain, and could not know of, is an update without a word of where it came from.

Nothing becomes unread by a move: what newly reaches somebody is read already, and what reaches them no more in a
stream that they are subscribed to (they came after it was sent) is marked as read before it is moved.
"""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import msgspec
from pyroaring import BitMap, FrozenBitMap

from ..access.flags import forget_flags
from ..access.message_audience import flagged_by, readers_of_each
from ..access.messages import Message
from ..access.newest import remember_newest
from ..access.read_state import mark_read_each
from ..access.reader_flags import flags_of_readers
from ..access.roster import Roster, load_roster
from ..access.sight import readers_unsubscribed
from ..access.streams import Stream
from ..access.users import User
from ..events.bodies import UpdateMessageBody
from ..events.emit import emit, emit_body, to_users
from ..store import Tx, WriteTx
from .delete_messages import tell_deleted
from .edit_rows import find_message, rewrite_places
from .first_message import update_first_message
from .move_rules import Move
from .move_user_topics import carry_choices

OPEN_WINDOWS = """
    select user_id, first_message_id from subscription_window
    where realm_id = :realm_id and stream_id = :stream_id and last_message_id is null
"""
NOTHING = FrozenBitMap()

Groups = list[tuple[BitMap, FrozenBitMap]]  # people by which of the messages they can read


class Change(msgspec.Struct, frozen=True):
    """What a move means for some people who are in the same case."""

    users: BitMap
    before: FrozenBitMap
    after: FrozenBitMap


def move_to_stream(tx: WriteTx, actor: User, message: Message, source: Stream, move: Move) -> None:
    target = move.target
    assert target is not None
    ids = move.message_ids
    roster = load_roster(tx)
    before, after = readers_of_each(tx, source, ids), readers_of_each(tx, target, ids)
    concerned = BitMap.union(flagged_by(tx, ids), *(users for users, _ in before), *(users for users, _ in after))
    concerned &= roster.everyone
    before = _with_others(before, source, roster, concerned, ids)
    after = _with_others(after, target, roster, concerned, ids)
    changes = [
        Change(users_before & users_after, ids_before, ids_after)
        for users_before, ids_before in before
        for users_after, ids_after in after
        if users_before & users_after
    ]
    _keep_read(tx, source, target, ids)
    remember_newest(tx, source.recipient_id, ids)
    if move.whole_topic:
        carry_choices(tx, source, message.topic, target, move.topic)
    rewrite_places(tx, actor, move)
    for change in changes:
        _tell(tx, actor, message, source, move, change)
    update_first_message(tx, source)
    update_first_message(tx, target)


def _with_others(groups: Groups, stream: Stream, roster: Roster, concerned: BitMap, ids: Sequence[int]) -> Groups:
    """Everybody concerned, in exactly one group: who is not subscribed reads all of an open stream, or nothing."""
    others = concerned.difference(*(users for users, _ in groups))
    open_to = readers_unsubscribed(stream, roster)
    return [
        *((users & concerned, read) for users, read in groups),
        (others & open_to, FrozenBitMap(ids)),
        (others - open_to, NOTHING),
    ]


def _keep_read(tx: WriteTx, source: Stream, target: Stream, ids: list[int]) -> None:
    everything = BitMap(ids)
    from_source, from_target = _reached(tx, source, everything), _reached(tx, target, everything)
    fresh: dict[int, Sequence[int]] = {}
    ending: dict[FrozenBitMap, BitMap] = defaultdict(BitMap)
    for user_id, reached in from_target.items():
        was = from_source.get(user_id, NOTHING)
        if reached - was:
            fresh[user_id] = list(reached - was)
        if was - reached:
            ending[FrozenBitMap(was - reached)].add(user_id)
    mark_read_each(tx, fresh)
    for gone, users in ending.items():
        unread = mark_read_each(tx, {user_id: list(gone) for user_id in users})
        told = [user_id for user_id, message_ids in unread.items() if message_ids]
        event = {"type": "update_message_flags", "op": "add", "operation": "add", "flag": "read", "all": False}
        emit(tx, {**event, "messages": list(gone)}, to_users(tx, told))


def _reached(tx: Tx, stream: Stream, ids: BitMap) -> dict[int, FrozenBitMap]:
    """By subscriber, which of the messages their open window admits. Few sets are different, so they are shared."""
    shared: dict[int, FrozenBitMap] = {}
    found = {}
    highest = ids.max()
    for user_id, first in tx.rows(OPEN_WINDOWS, stream_id=stream.stream_id):
        rank = ids.rank(first - 1) if first > 0 else 0
        if rank not in shared:
            shared[rank] = FrozenBitMap(ids & BitMap(range(first, highest + 1))) if first <= highest else NOTHING
        found[user_id] = shared[rank]
    return found


def _tell(tx: WriteTx, actor: User, message: Message, source: Stream, move: Move, change: Change) -> None:
    lost, kept, gained = change.before - change.after, change.before & change.after, change.after - change.before
    audience = to_users(tx, change.users)
    if lost:
        forget_flags(tx, change.users, lost)
        tell_deleted(tx, audience, list(lost), source, message.topic)
    if kept:
        fields = {"stream_name": source.name, "stream_id": source.stream_id, **move.fields(message)}
        _tell_updated(tx, actor, message, list(kept), fields, change.users, audience)
    if gained:
        assert move.target is not None
        fields = {"stream_name": move.target.name, "stream_id": move.target.stream_id}
        _tell_updated(tx, actor, message, list(gained), fields, change.users, audience)


def _tell_updated(
    tx: WriteTx,
    actor: User,
    message: Message,
    message_ids: list[int],
    fields: dict[str, Any],
    users: BitMap,
    audience: int,
) -> None:
    anchor = message.message_id if message.message_id in message_ids else message_ids[0]
    event = {
        "type": "update_message",
        "user_id": actor.user_id,
        "edit_timestamp": int(tx.now),
        "message_id": anchor,
        "rendering_only": False,
        **fields,
        "message_ids": message_ids,
    }
    flags = flags_of_readers(tx, find_message(tx, anchor), users)
    body = UpdateMessageBody(event=event, flags=flags.flags, flags_of_others=flags.others)
    emit_body(tx, "update_message", body, audience)
