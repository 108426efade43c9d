"""Steps in a message's widget: votes, new options, tasks done."""

from typing import Any

from aloha.contract.errors import ApiError

from ..access.message_audience import audience_of, stream_of
from ..access.messages import access_message
from ..access.users import User
from ..access.widgets import check_json, check_step
from ..events.emit import emit
from ..store import WriteTx
from .topic_policies import follow_by_taking_part

SUBMESSAGES_MAX = 5000  # of one message
INSERT = """
    insert into submessage (realm_id, message_id, submessage_id, sender_id, msg_type, content)
    values (:realm_id, :message_id, :submessage_id, :sender_id, :msg_type, :content)
"""
FIRST = """
    select content from submessage where realm_id = :realm_id and message_id = :message_id
    order by submessage_id limit 1
"""
COUNT = "select count(*) from submessage where realm_id = :realm_id and message_id = :message_id"


def add_submessage(tx: WriteTx, actor: User, message_id: int, msg_type: str, content: str) -> None:
    """A step in a widget. Only its sender makes a message one; then whoever can read it takes part."""
    message = access_message(tx, actor, message_id)
    is_author = message.sender_id == actor.user_id
    first = tx.value(FIRST, message_id=message_id)
    if first is not None:
        check_step(first, content, is_author=is_author)
    elif is_author:
        check_json(content)
    else:
        raise ApiError("You cannot attach a submessage to this message.")
    if tx.value(COUNT, message_id=message_id) >= SUBMESSAGES_MAX:
        raise ApiError(f"A message has at most {SUBMESSAGES_MAX} submessages.")
    submessage = insert_submessage(tx, message_id, actor.user_id, msg_type, content)
    submessage["submessage_id"] = submessage.pop("id")
    stream = stream_of(tx, message)
    follow_by_taking_part(tx, actor, stream, message.topic)
    emit(tx, {"type": "submessage", **submessage}, audience_of(tx, message, stream))


def insert_submessage(tx: WriteTx, message_id: int, sender_id: int, msg_type: str, content: str) -> dict[str, Any]:
    """The row, and how it is shown."""
    row = {"message_id": message_id, "sender_id": sender_id, "msg_type": msg_type, "content": content}
    submessage_id = tx.next_id("submessage")
    tx.execute(INSERT, submessage_id=submessage_id, **row)
    return {"id": submessage_id, **row}
