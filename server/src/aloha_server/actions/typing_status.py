"""Telling the future readers of a message that it is being written. Small conversations only, and nothing is kept."""

from collections.abc import Iterable
from typing import Any

from pyroaring import BitMap

from aloha.contract.errors import ApiError

from ..access.guests import seen_by_limited_guests
from ..access.message_audience import audience_of, stream_of
from ..access.messages import access_message
from ..access.muting import muters_of
from ..access.posting import access_stream_to_post
from ..access.realm import Realm, load_realm
from ..access.recipients import load_recipient
from ..access.topics import check_topic
from ..access.users import User, load_users, shown_email
from ..access.visibility import visible_user_ids
from ..events.audience import load_audience
from ..events.emit import emit, to_users
from ..store import Tx, WriteTx
from .targets import CONVERSATION_USERS_MAX

RECEIVERS_MAX = 100


def type_to_people(tx: WriteTx, actor: User, op: str, user_ids: list[int]) -> None:
    """The people of a direct message that is being written, who all hear of it, its writer too."""
    realm = load_realm(tx)
    _check_allowed(actor, realm, "send_private_typing_notifications", "direct messages")
    if not user_ids:
        raise ApiError("Empty 'to' list")
    if len(user_ids) > CONVERSATION_USERS_MAX:
        raise ApiError(f"A direct message goes to at most {CONVERSATION_USERS_MAX} people")
    people = _access_people(tx, actor, user_ids)
    if len(people) > RECEIVERS_MAX:
        return
    event = {
        "type": "typing",
        "message_type": "direct",
        "op": op,
        "sender": _address(actor, realm),
        "recipients": [_address(person, realm) for person in people],
    }
    ids = BitMap(person.user_id for person in people)
    blind = [guest for guest, seen in seen_by_limited_guests(tx, ids).items() if not ids <= seen]
    emit(tx, event, to_users(tx, _hearers(tx, actor, realm, ids - BitMap(blind))))


def type_to_stream(tx: WriteTx, actor: User, op: str, stream_id: int, topic: str) -> None:
    realm = load_realm(tx)
    _check_allowed(actor, realm, "send_stream_typing_notifications", "channel messages")
    stream = access_stream_to_post(tx, actor, stream_id)
    event = {
        "type": "typing",
        "message_type": "stream",
        "op": op,
        "sender": _address(actor, realm),
        "stream_id": stream_id,
        "topic": check_topic(topic),
    }
    subscribers = load_audience(tx, load_recipient(tx, stream.recipient_id).audience_id)
    _tell(tx, actor, realm, event, subscribers)


def type_edit(tx: WriteTx, actor: User, op: str, message_id: int) -> None:
    """An edit of one's own message, to those who are told of it."""
    realm = load_realm(tx)
    message = access_message(tx, actor, message_id)
    if message.sender_id != actor.user_id:
        raise ApiError("You don't have permission to edit this message")
    stream = stream_of(tx, message)
    readers = load_audience(tx, audience_of(tx, message, stream))
    if stream is None:
        _check_allowed(actor, realm, "send_private_typing_notifications", "direct messages")
        recipient: dict[str, Any] = {"type": "direct", "user_ids": list(readers)}
    else:
        _check_allowed(actor, realm, "send_stream_typing_notifications", "channel messages")
        recipient = {"type": "channel", "channel_id": stream.stream_id, "topic": message.topic}
    event = {"type": "typing_edit_message", "op": op, "sender_id": actor.user_id, "message_id": message_id}
    _tell(tx, actor, realm, {**event, "recipient": recipient}, readers)


def _check_allowed(actor: User, realm: Realm, setting: str, where: str) -> None:
    if not actor.setting(setting, realm):
        raise ApiError(f"User has disabled typing notifications for {where}")


def _access_people(tx: Tx, actor: User, user_ids: list[int]) -> list[User]:
    """Those who are written to, in their order, then the writer."""
    visible = visible_user_ids(tx, actor)
    users = load_users(tx, {*user_ids, actor.user_id})
    for user_id in user_ids:
        user = users.get(user_id)
        if user is None or not user.is_active or (visible is not None and user_id not in visible):
            raise ApiError(f"Invalid user ID {user_id}")
    return [users[user_id] for user_id in dict.fromkeys([*user_ids, actor.user_id])]


def _tell(tx: WriteTx, actor: User, realm: Realm, event: dict[str, Any], readers: BitMap) -> None:
    if len(readers) <= RECEIVERS_MAX:
        emit(tx, event, to_users(tx, _hearers(tx, actor, realm, readers)))


def _hearers(tx: Tx, actor: User, realm: Realm, user_ids: Iterable[int]) -> list[int]:
    """Who of them wants to hear of typing, and of this writer's."""
    muters = muters_of(tx, actor.user_id)
    users = load_users(tx, user_ids).values()
    return [
        user.user_id
        for user in users
        if user.is_active and user.user_id not in muters and user.setting("receives_typing_notifications", realm)
    ]


def _address(user: User, realm: Realm) -> dict[str, Any]:
    return {"user_id": user.user_id, "email": shown_email(user, realm)}
