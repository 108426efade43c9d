"""The flags that many people have of one message, as an entry of the log carries them: the commonest list once, and
those who differ by name.

Costs one look at the marks of each reader, so it is for edits, which are rare; a send knows its flags without.
"""

from collections import Counter, defaultdict

import msgspec
from pyroaring import BitMap

from ..store import Tx
from ..store.bits import FLAG_BITS, STREAM_WILDCARD
from .flags import flags_of_message
from .messages import Message
from .muting import muters_of
from .read_state import flag_names, readers_among

# The windows of subscribers whom the message does not reach: they came (or came back) after it was sent.
LATE = """
    select w.user_id, w.first_message_id, w.last_message_id from subscription_window w
    join subscription_window late on late.realm_id = w.realm_id and late.user_id = w.user_id
        and late.stream_id = w.stream_id and late.last_message_id is null
        and late.first_message_id > :message_id
    where w.realm_id = :realm_id and w.stream_id = :stream_id
"""


class ReaderFlags(msgspec.Struct, frozen=True):
    flags: dict[int, list[str]]
    others: list[str]

    def of(self, users: BitMap) -> dict[int, list[str]]:
        """Only these users'."""
        return {user_id: flags for user_id, flags in self.flags.items() if user_id in users}


def flags_of_readers(tx: Tx, message: Message, users: BitMap) -> ReaderFlags:
    """The same as `read_state.flags_for` says to each of the users, who all can read the message."""
    if not users:
        return ReaderFlags({}, [])
    rare = flags_of_message(tx, message.message_id)
    read = readers_among(tx, users, message.message_id) | muters_of(tx, message.sender_id)
    late: dict[int, bool] = defaultdict(bool)  # whether it was received in an earlier window
    if message.stream_id is not None:
        for user_id, first, last in tx.rows(LATE, stream_id=message.stream_id, message_id=message.message_id):
            late[user_id] |= last is not None and first <= message.message_id <= last
    wildcard = message.stream_id is not None and message.traits & STREAM_WILDCARD
    everybody = FLAG_BITS["stream_wildcard_mentioned"] if wildcard else 0
    found = {}
    for user_id in users:
        flags = rare.get(user_id, 0)
        flags |= everybody if late.get(user_id, True) else FLAG_BITS["historical"]
        found[user_id] = (flags, user_id in read or user_id in late)
    [(commonest, _)] = Counter(found.values()).most_common(1)
    return ReaderFlags(
        {id_: flag_names(flags, read=read) for id_, (flags, read) in found.items() if (flags, read) != commonest},
        flag_names(commonest[0], read=commonest[1]),
    )
