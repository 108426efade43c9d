"""What somebody has read, without a row per reader and message.

Theory. A message *reaches* a user who is in its direct conversation, or whose open subscription window of its
stream admits its id, unless they mute its sender. It is *unread* while it reaches them and is not marked as read.
Marks are kept twice over: `account.read_floor`, up to which everything counts as read, and above it a Roaring bitmap
for each block of 65,536 message ids (`read_block`). So a send writes nothing for its readers, moving a topic changes
no marks, and marking everything as read is one number. What no longer reaches somebody is read by definition.

The floor may rise to just below the oldest unread message at any time without changing what is unread; `raise_floor`
does so, bit by bit, whenever marks are added. It falls only when a message below it becomes unread again, and then
the blocks it uncovers are filled.
"""

from collections.abc import Iterable, Mapping

from pyroaring import BitMap

from ..store import Tx, WriteTx
from ..store.bits import FLAG_BITS, STREAM_WILDCARD
from .messages import Message
from .muting import muted_among

BLOCK_BITS = 16
LOW_BITS = (1 << BLOCK_BITS) - 1
UNREAD_MAX = 50_000  # how many unread messages anybody is told of: the newest
PEEKED = 1000
SCANNED_MAX = 250_000  # how many messages, newest first, are looked at to find them
FLOOR_STEP = 16_384  # how many ids one mark raises the floor at most

MARKS = """
    select a.user_id, a.read_floor, b.block, b.bitmap from account a
    left join read_block b on b.realm_id = a.realm_id and b.user_id = a.user_id and b.block = any(:blocks)
    where a.realm_id = :realm_id and a.user_id = any(:user_ids)
"""
ALL_MARKS = """
    select a.read_floor, b.block, b.bitmap from account a
    left join read_block b on b.realm_id = a.realm_id and b.user_id = a.user_id
    where a.realm_id = :realm_id and a.user_id = :user_id
"""
SAVE_BLOCK = """
    insert into read_block (realm_id, user_id, block, bitmap) values (:realm_id, :user_id, :block, :bitmap)
    on conflict (realm_id, user_id, block) do update set bitmap = :bitmap
"""
SET_FLOOR = "update account set read_floor = :floor where realm_id = :realm_id and user_id = :user_id"
FORGET_BLOCKS = "delete from read_block where realm_id = :realm_id and user_id = :user_id and block < :block"

NOT_MUTED = """not exists (
    select 1 from muted_user muted where muted.realm_id = m.realm_id and muted.user_id = :user_id
        and muted.muted_id = m.sender_id
)"""
REACHES_USER = f"""(
    exists (
        select 1 from direct_member reached where reached.realm_id = m.realm_id and reached.user_id = :user_id
            and reached.recipient_id = m.recipient_id
    ) or exists (
        select 1 from subscription_window reached where reached.realm_id = m.realm_id
            and reached.user_id = :user_id and reached.stream_id = m.stream_id
            and reached.last_message_id is null and reached.first_message_id <= m.message_id
    )
) and {NOT_MUTED}"""
REACHING_FROM = f"""
    select m.message_id from message m
    where m.realm_id = :realm_id and m.sender_id = :sender_id and m.message_id > :floor and {REACHES_USER}
    order by m.message_id desc limit :count
"""
REACHING = f"""
    select m.message_id from message m
    where m.realm_id = :realm_id and m.message_id > :after and m.message_id <= :until and {REACHES_USER}
    order by m.message_id
"""
REACHING_AMONG = f"""
    select m.message_id from message m
    where m.realm_id = :realm_id and m.message_id = any(:message_ids) and {REACHES_USER}
"""
FROM_STREAMS = f"""
    select m.message_id from subscription_window w
    join stream s on s.realm_id = w.realm_id and s.stream_id = w.stream_id
    join message m on m.realm_id = w.realm_id and m.recipient_id = s.recipient_id
        and m.message_id >= w.first_message_id and m.message_id > :floor
    where w.realm_id = :realm_id and w.user_id = :user_id and w.last_message_id is null and {NOT_MUTED}
"""
NEWEST_REACHING = f"""
    {FROM_STREAMS}
    union all
    select m.message_id from direct_member d
    join message m on m.realm_id = d.realm_id and m.recipient_id = d.recipient_id and m.message_id > :floor
    where d.realm_id = :realm_id and d.user_id = :user_id and {NOT_MUTED}
    order by 1 desc limit :count
"""
NEWEST_OF_STREAM = f"{FROM_STREAMS} and w.stream_id = :stream_id order by 1 desc limit :count"
NEWEST_OF_TOPIC = f"""
    {FROM_STREAMS} and w.stream_id = :stream_id and m.topic_key = :topic_key order by 1 desc limit :count
"""
RARE_FLAGS = """
    select message_id, flags from message_flag
    where realm_id = :realm_id and user_id = :user_id and message_id = any(:message_ids)
"""
WINDOWS = """
    select stream_id, first_message_id, last_message_id from subscription_window
    where realm_id = :realm_id and user_id = :user_id and stream_id = any(:stream_ids)
"""


class Marks:
    """One user's marks: the floor and the blocks that were loaded."""

    def __init__(self, floor: int = 0) -> None:
        self.floor = floor
        self.blocks: dict[int, BitMap] = {}

    def __contains__(self, message_id: int) -> bool:
        if message_id <= self.floor:
            return True
        block = self.blocks.get(message_id >> BLOCK_BITS)
        return block is not None and (message_id & LOW_BITS) in block

    def unread_among(self, message_ids: Iterable[int]) -> list[int]:
        return [message_id for message_id in message_ids if message_id not in self]


def load_marks(tx: Tx, user_id: int) -> Marks:
    """All of a user's marks."""
    rows = tx.rows(ALL_MARKS, user_id=user_id)
    marks = Marks(rows[0][0] if rows else 0)
    marks.blocks = {block: BitMap.deserialize(bitmap) for _, block, bitmap in rows if bitmap is not None}
    return marks


def load_marks_of(tx: Tx, user_ids: Iterable[int], message_ids: Iterable[int]) -> dict[int, Marks]:
    """The marks of several users, as far as these messages need them, in one query."""
    blocks = sorted({message_id >> BLOCK_BITS for message_id in message_ids})
    found: dict[int, Marks] = {}
    for user_id, floor, block, bitmap in tx.rows(MARKS, user_ids=list(user_ids), blocks=blocks):
        marks = found.setdefault(user_id, Marks(floor))
        if bitmap is not None:
            marks.blocks[block] = BitMap.deserialize(bitmap)
    return found


def mark_read(tx: WriteTx, user_id: int, message_ids: Iterable[int]) -> list[int]:
    """Marks messages as read, whether they reach the user or not; those that were not marked before."""
    return mark_read_each(tx, {user_id: message_ids}).get(user_id, [])


def mark_read_each(tx: WriteTx, messages: Mapping[int, Iterable[int]]) -> dict[int, list[int]]:
    """`mark_read` for many users in one query and one statement; for each the messages newly marked."""
    asked = {user_id: list(message_ids) for user_id, message_ids in messages.items()}
    everything = {message_id for message_ids in asked.values() for message_id in message_ids}
    if not everything:
        return {}
    marks_of = load_marks_of(tx, asked, everything)
    fresh = {user_id: marks.unread_among(asked[user_id]) for user_id, marks in marks_of.items()}
    _save(tx, {user_id: (marks_of[user_id], _add(marks_of[user_id], ids)) for user_id, ids in fresh.items() if ids})
    return fresh


def mark_unread(tx: WriteTx, user_id: int, message_ids: Iterable[int]) -> list[int]:
    """Makes messages unread again; those that are so now. Only messages that reach the user: the caller sees to it."""
    ids = sorted(message_ids)
    if not ids:
        return []
    marks = load_marks(tx, user_id)
    read = [message_id for message_id in ids if message_id in marks]
    touched: set[int] = set()
    if read and read[0] <= marks.floor:
        touched |= _lower_floor(tx, user_id, marks, read[0] - 1)
    for message_id in read:
        block = message_id >> BLOCK_BITS
        marks.blocks[block].discard(message_id & LOW_BITS)
        touched.add(block)
    _save(tx, {user_id: (marks, touched)})
    return read


def mark_all_read(tx: WriteTx, user_id: int) -> bool:
    """Everything up to now is read; whether anything was unread."""
    unread = has_unread(tx, user_id)
    if unread:
        _set_floor(tx, user_id, tx.last_message_id)
    return unread


def raise_floor(tx: WriteTx, user_id: int) -> None:
    """Lifts the floor over what is read, at most `FLOOR_STEP` ids; stops below the oldest unread message."""
    marks = load_marks(tx, user_id)
    until = min(tx.last_message_id, marks.floor + FLOOR_STEP)
    if until - marks.floor < FLOOR_STEP // 4:
        return
    oldest = next(
        (id_ for id_ in tx.values(REACHING, user_id=user_id, after=marks.floor, until=until) if id_ not in marks), None
    )
    floor = until if oldest is None else oldest - 1
    if floor > marks.floor:
        _set_floor(tx, user_id, floor)


def unread_ids(
    tx: Tx, user_id: int, *, stream_id: int | None = None, topic_key: str | None = None
) -> tuple[list[int], bool]:
    """What is unread, rising, of everything, a stream or a topic, and whether the bounds left older ones out."""
    marks = load_marks(tx, user_id)
    asked = {"user_id": user_id, "floor": marks.floor, "count": SCANNED_MAX}
    if stream_id is None:
        scanned = tx.values(NEWEST_REACHING, **asked)
    elif topic_key is None:
        scanned = tx.values(NEWEST_OF_STREAM, **asked, stream_id=stream_id)
    else:
        scanned = tx.values(NEWEST_OF_TOPIC, **asked, stream_id=stream_id, topic_key=topic_key)
    unread = marks.unread_among(scanned)
    missing = len(unread) > UNREAD_MAX or len(scanned) == SCANNED_MAX
    return sorted(unread[:UNREAD_MAX]), missing


def unread_from(tx: Tx, user_id: int, sender_id: int) -> list[int]:
    """What is unread of one sender's, rising: the newest within the bounds."""
    marks = load_marks(tx, user_id)
    scanned = tx.values(REACHING_FROM, user_id=user_id, sender_id=sender_id, floor=marks.floor, count=SCANNED_MAX)
    return sorted(marks.unread_among(scanned))


def has_unread(tx: Tx, user_id: int) -> bool:
    """Whether anything is; most often the newest messages tell."""
    marks = load_marks(tx, user_id)
    for count in (PEEKED, SCANNED_MAX):
        scanned = tx.values(NEWEST_REACHING, user_id=user_id, floor=marks.floor, count=count)
        if marks.unread_among(scanned):
            return True
        if len(scanned) < count:
            return False
    return False


def reaching_among(tx: Tx, user_id: int, message_ids: Iterable[int]) -> list[int]:
    """Those of the messages that reach the user: only these can be unread."""
    return sorted(tx.values(REACHING_AMONG, user_id=user_id, message_ids=list(message_ids)))


def readers_among(tx: Tx, user_ids: Iterable[int], message_id: int) -> set[int]:
    """Who of these marked the message as read."""
    return {id_ for id_, marks in load_marks_of(tx, user_ids, [message_id]).items() if message_id in marks}


def flags_for(tx: Tx, user_id: int, messages: list[Message]) -> dict[int, list[str]]:
    """The wire's flags of messages that the user can read, in four queries."""
    ids = [message.message_id for message in messages]
    stream_ids = sorted({message.stream_id for message in messages if message.stream_id is not None})
    rare: dict[int, int] = dict(tx.rows(RARE_FLAGS, user_id=user_id, message_ids=ids)) if ids else {}
    windows: dict[int, list[tuple[int, int | None]]] = {}
    for stream_id, first, last in tx.rows(WINDOWS, user_id=user_id, stream_ids=stream_ids) if stream_ids else ():
        windows.setdefault(stream_id, []).append((first, last))
    marks = load_marks_of(tx, [user_id], ids).get(user_id, Marks()) if ids else Marks()
    muted = muted_among(tx, user_id, {message.sender_id for message in messages}) if ids else set()
    found = {}
    for message in messages:
        flags = rare.get(message.message_id, 0)
        reached, received = message.stream_id is None, message.stream_id is None
        for first, last in windows.get(message.stream_id or 0, ()):
            if first <= message.message_id and (last is None or message.message_id <= last):
                received = True
                reached = reached or last is None
        if not received:
            flags |= FLAG_BITS["historical"]
        elif message.traits & STREAM_WILDCARD and message.stream_id is not None:
            flags |= FLAG_BITS["stream_wildcard_mentioned"]
        read = not reached or message.message_id in marks or message.sender_id in muted
        found[message.message_id] = flag_names(flags, read=read)
    return found


def flag_names(flags: int, *, read: bool) -> list[str]:
    """The wire's list; the older name of both wildcard flags comes last."""
    names = ["read"] if read else []
    names += [name for name, bit in FLAG_BITS.items() if flags & bit]
    if any(name.endswith("wildcard_mentioned") for name in names):
        names.append("wildcard_mentioned")
    return names


def _add(marks: Marks, message_ids: Iterable[int]) -> set[int]:
    """Sets marks above the floor; the blocks touched."""
    touched = set()
    for message_id in message_ids:
        block = message_id >> BLOCK_BITS
        marks.blocks.setdefault(block, BitMap()).add(message_id & LOW_BITS)
        touched.add(block)
    return touched


def _save(tx: WriteTx, changes: Mapping[int, tuple[Marks, set[int]]]) -> None:
    rows = []
    for user_id, (marks, touched) in changes.items():
        for block in sorted(touched):
            marks.blocks[block].run_optimize()
            rows.append({"user_id": user_id, "block": block, "bitmap": marks.blocks[block].serialize()})
    if rows:
        tx.execute_many(SAVE_BLOCK, rows)


def _set_floor(tx: WriteTx, user_id: int, floor: int) -> None:
    tx.execute(SET_FLOOR, user_id=user_id, floor=floor)
    tx.execute(FORGET_BLOCKS, user_id=user_id, block=(floor + 1) >> BLOCK_BITS)


def _lower_floor(tx: WriteTx, user_id: int, marks: Marks, floor: int) -> set[int]:
    """Everything from the new floor to the old one stays read, now by its marks; the blocks touched."""
    touched = set()
    for block in range((floor + 1) >> BLOCK_BITS, (marks.floor >> BLOCK_BITS) + 1):
        start = block << BLOCK_BITS
        first, last = max(floor + 1, start), min(marks.floor, start + LOW_BITS)
        marks.blocks.setdefault(block, BitMap()).add_range(first - start, last - start + 1)
        touched.add(block)
    marks.floor = floor
    tx.execute(SET_FLOOR, user_id=user_id, floor=floor)
    return touched
