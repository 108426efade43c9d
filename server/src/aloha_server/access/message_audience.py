"""Who is told of messages: the people of a direct conversation, or those of a stream's subscribers who can read them.

Only a protected history sets subscribers apart: who came later is told nothing of what was sent before. Others who
could read a stream, without being subscribed, are not told; but whoever has a flag on a message (starred it) is.
"""

from collections import defaultdict
from collections.abc import Sequence

from pyroaring import BitMap, FrozenBitMap

from ..events.audience import load_audience, store_audience
from ..store import Tx, WriteTx
from .messages import Message
from .recipients import load_recipient
from .streams import Stream, find_stream

# Also closed windows: who left and came back reads what was sent in both times.
WINDOWS = """
    select w.user_id, w.first_message_id, w.last_message_id from subscription_window w
    join subscription s on s.realm_id = w.realm_id and s.user_id = w.user_id and s.stream_id = w.stream_id
        and s.is_active = 1
    where w.realm_id = :realm_id and w.stream_id = :stream_id
"""
FLAGGED = "select distinct user_id from message_flag where realm_id = :realm_id and message_id = any(:message_ids)"


def stream_of(tx: Tx, message: Message) -> Stream | None:
    return None if message.stream_id is None else find_stream(tx, message.stream_id)


def is_guarded(stream: Stream) -> bool:
    """Whether its subscribers do not all read the same."""
    return not stream.history_public and not stream.is_web_public


def audience_of(tx: WriteTx, message: Message, stream: Stream | None) -> int:
    """The set of those who are told of the message."""
    if stream is not None and is_guarded(stream):
        return store_audience(tx, told_of(tx, message, stream))
    return load_recipient(tx, message.recipient_id).audience_id


def told_of(tx: Tx, message: Message, stream: Stream | None) -> BitMap:
    """The same as a set that may be changed."""
    if stream is None:
        return load_audience(tx, load_recipient(tx, message.recipient_id).audience_id)
    groups = readers_of_each(tx, stream, [message.message_id])
    return groups[0][0] if groups else BitMap()


def readers_of_each(tx: Tx, stream: Stream, message_ids: Sequence[int]) -> list[tuple[BitMap, FrozenBitMap]]:
    """The subscribers of a stream by which of its messages they can read; those who read none are left out."""
    subscribers = load_audience(tx, load_recipient(tx, stream.recipient_id).audience_id)
    everything = BitMap(message_ids)
    if not subscribers or not everything:
        return []
    if not is_guarded(stream):
        return [(subscribers, FrozenBitMap(everything))]
    read: dict[int, BitMap] = defaultdict(BitMap)
    for user_id, first, last in tx.rows(WINDOWS, stream_id=stream.stream_id):
        if user_id in subscribers:
            read[user_id] |= _within(everything, first, last)
    alike: dict[FrozenBitMap, BitMap] = defaultdict(BitMap)
    for user_id, ids in read.items():
        if ids:
            alike[FrozenBitMap(ids)].add(user_id)
    return [(users, ids) for ids, users in alike.items()]


def flagged_by(tx: Tx, message_ids: Sequence[int]) -> BitMap:
    """Who has a flag on any of these messages."""
    return BitMap(tx.values(FLAGGED, message_ids=list(message_ids)))


def _within(ids: BitMap, first: int, last: int | None) -> BitMap:
    end = ids.max() + 1 if last is None else last + 1
    return ids & BitMap(range(first, end)) if first < end else BitMap()
