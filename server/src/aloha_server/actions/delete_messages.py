"""Deleting messages, for everybody and for good."""

from typing import Any

from pyroaring import BitMap

from aloha.contract.errors import ApiError

from ..access.groups import is_in_group, may
from ..access.message_audience import flagged_by, readers_of_each, stream_of, told_of
from ..access.messages import Message, access_message
from ..access.newest import remember_newest
from ..access.realm import realm_settings
from ..access.search_index import unindex_messages
from ..access.streams import Stream
from ..access.users import User, load_users
from ..events.bodies import DeleteMessageBody
from ..events.emit import emit_body, to_users
from ..store import WriteTx
from .first_message import update_first_message
from .uploads import drop_all_carried, tell_owners

ROWS = (
    "delete from submessage where realm_id = :realm_id and message_id = any(:message_ids)",
    "delete from reaction where realm_id = :realm_id and message_id = any(:message_ids)",
    "delete from message_flag where realm_id = :realm_id and message_id = any(:message_ids)",
    "delete from message where realm_id = :realm_id and message_id = any(:message_ids)",
)


def delete_message(tx: WriteTx, actor: User, message_id: int) -> None:
    message = access_message(tx, actor, message_id)
    check_may_delete(tx, actor, message, realm_settings(tx))
    remove_messages(tx, [message], stream_of(tx, message))


def check_may_delete(tx: WriteTx, actor: User, message: Message, settings: dict[str, Any]) -> None:
    """Any message by permission, one's own and one's bots' by another and for a time."""
    if may(tx, actor, "can_delete_any_message_group"):
        return
    own = actor.user_id in (message.sender_id, load_users(tx, [message.sender_id])[message.sender_id].bot_owner_id)
    if not own or not is_in_group(tx, actor, settings["can_delete_own_message_group"]):
        raise ApiError("You don't have permission to delete this message")
    limit_s = settings["message_content_delete_limit_seconds"]
    if limit_s is not None and tx.now - message.sent_at > limit_s:
        raise ApiError("The time limit for deleting this message has passed")


def remove_messages(tx: WriteTx, messages: list[Message], stream: Stream | None) -> None:
    """Messages of one conversation; nobody's permission is asked."""
    ids = [message.message_id for message in messages]
    if stream is None:
        groups = [(told_of(tx, messages[0], None), ids)]
    else:
        groups = [(users, list(read)) for users, read in readers_of_each(tx, stream, ids)]
    told = BitMap.union(BitMap(), *(users for users, _ in groups))
    groups.append((flagged_by(tx, ids) - told, ids))  # a star of theirs is gone
    remember_newest(tx, messages[0].recipient_id, ids)
    unindex_messages(tx, messages)
    uploads = drop_all_carried(tx, ids)
    for sql in ROWS:
        tx.execute(sql, message_ids=ids)
    for users, read in groups:
        tell_deleted(tx, to_users(tx, users), read, stream, messages[0].topic)
    tell_owners(tx, uploads)
    if stream is not None:
        update_first_message(tx, stream)


def tell_deleted(tx: WriteTx, audience: int, message_ids: list[int], stream: Stream | None, topic: str) -> None:
    """Those who had the messages have them no more."""
    body = DeleteMessageBody(
        message_ids=message_ids,
        message_type="private" if stream is None else "stream",
        stream_id=None if stream is None else stream.stream_id,
        topic=topic,
    )
    emit_body(tx, "delete_message", body, audience)
