"""The rare flags of messages, in bulk: rows exist only where somebody has one."""

from collections.abc import Iterable, Mapping

from ..store import Tx, WriteTx

HAVING = """
    select message_id from message_flag
    where realm_id = :realm_id and user_id = :user_id and message_id = any(:message_ids) and (flags & :bit) <> 0
"""
OF_MESSAGE = "select user_id, flags from message_flag where realm_id = :realm_id and message_id = :message_id"
SET_BIT = """
    insert into message_flag (realm_id, user_id, message_id, flags) values (:realm_id, :user_id, :message_id, :bit)
    on conflict (realm_id, user_id, message_id) do update set flags = message_flag.flags | :bit
"""
CLEAR_BIT = """
    update message_flag set flags = flags - :bit
    where realm_id = :realm_id and user_id = :user_id and message_id = any(:message_ids) and (flags & :bit) <> 0
"""
REPLACE = """
    insert into message_flag (realm_id, user_id, message_id, flags) values (:realm_id, :user_id, :message_id, :flags)
    on conflict (realm_id, user_id, message_id) do update set flags = :flags
"""
FORGET_EMPTY = """
    delete from message_flag
    where realm_id = :realm_id and user_id = any(:user_ids) and message_id = any(:message_ids) and flags = 0
"""
FORGET = """
    delete from message_flag
    where realm_id = :realm_id and user_id = any(:user_ids) and message_id = any(:message_ids)
"""


def set_flag(tx: WriteTx, user_id: int, message_ids: Iterable[int], bit: int) -> list[int]:
    """Sets one flag of one user; the messages that did not have it."""
    ids = sorted(message_ids)
    having = set(tx.values(HAVING, user_id=user_id, message_ids=ids, bit=bit)) if ids else set()
    fresh = [message_id for message_id in ids if message_id not in having]
    if fresh:
        tx.execute_many(SET_BIT, [{"user_id": user_id, "message_id": id_, "bit": bit} for id_ in fresh])
    return fresh


def clear_flag(tx: WriteTx, user_id: int, message_ids: Iterable[int], bit: int) -> list[int]:
    """Clears one flag of one user; the messages that had it."""
    ids = list(message_ids)
    having: list[int] = tx.values(HAVING, user_id=user_id, message_ids=ids, bit=bit) if ids else []
    if having:
        tx.execute(CLEAR_BIT, user_id=user_id, message_ids=having, bit=bit)
        tx.execute(FORGET_EMPTY, user_ids=[user_id], message_ids=having)
    return sorted(having)


def flags_of_message(tx: Tx, message_id: int) -> dict[int, int]:
    """By user, of those who have any."""
    return dict(tx.rows(OF_MESSAGE, message_id=message_id))


def replace_flags(tx: WriteTx, message_id: int, flags: Mapping[int, int]) -> None:
    """What these users' flags of a message are now; 0 for none."""
    if not flags:
        return
    tx.execute_many(REPLACE, [{"user_id": id_, "message_id": message_id, "flags": bits} for id_, bits in flags.items()])
    tx.execute(FORGET_EMPTY, user_ids=list(flags), message_ids=[message_id])


def forget_flags(tx: WriteTx, user_ids: Iterable[int], message_ids: Iterable[int]) -> None:
    """All that these users had on these messages."""
    tx.execute(FORGET, user_ids=list(user_ids), message_ids=list(message_ids))
