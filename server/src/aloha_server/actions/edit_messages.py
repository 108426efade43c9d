"""Editing a message's text and moving messages: what may be, and the events of what stays in its stream.

Moves to another stream are in `move_messages`. The text is rendered before the lock, by what its writer could see
then; who may edit, and what, is asked under it.
"""

import hashlib
from typing import Any

import msgspec

from aloha.contract.errors import ApiError
from aloha.contract.objects import Attachment
from aloha_server.markup import Rendered

from ..access.alert_words import alerted_users
from ..access.flags import flags_of_message, replace_flags
from ..access.group_mentions import check_group_mentions, mentioned_people
from ..access.message_audience import readers_of_each, stream_of, told_of
from ..access.messages import Message, access_message
from ..access.participants import participants_of
from ..access.reader_flags import flags_of_readers
from ..access.realm import realm_settings
from ..access.recipients import load_recipient
from ..access.streams import Stream
from ..access.users import User
from ..access.wildcards import check_wildcards
from ..events.bodies import UpdateMessageBody
from ..events.emit import emit_body, to_users
from ..store import Tx, WriteTx
from ..store.bits import FLAG_BITS
from .edit_rows import find_message, rewrite, rewrite_places
from .messages import message_traits
from .move_messages import move_to_stream
from .move_notices import tell_of_move
from .move_rules import EDIT_GRACE_S, Edit, Move, plan_move
from .move_user_topics import carry_choices
from .uploads import change_carried, find_carried

DELETED = "(deleted)"
IS_WIDGET = "select 1 from submessage where realm_id = :realm_id and message_id = :message_id limit 1"


class Content(msgspec.Struct, frozen=True):
    """A new text, with its HTML. `expected_sha256` is of the text that it is to replace."""

    text: str
    rendered: Rendered
    expected_sha256: str | None = None


def edit_message(tx: WriteTx, actor: User, message_id: int, edit: Edit, content: Content | None) -> list[Attachment]:
    """All of it, or nothing and an error. What is as it was already changes nothing and tells nobody.

    Returns the author's uploads that no message carries any more.
    """
    detached: list[Attachment] = []
    if content is None and edit.topic is None and edit.stream_id is None:
        raise ApiError("Nothing to change")
    if content is not None and edit.stream_id is not None:
        raise ApiError("Cannot change message content while changing channel")
    message = access_message(tx, actor, message_id)
    stream = stream_of(tx, message)
    settings = realm_settings(tx)
    if content is not None:
        _check_content(tx, actor, message, content, settings)
        if content.text == message.content:
            content = None
    move = plan_move(tx, actor, message, stream, edit, settings)
    if move is not None and move.target is not None:
        assert stream is not None
        move_to_stream(tx, actor, message, stream, move)
    elif content is not None or move is not None:
        detached = _edit_in_place(tx, actor, message, stream, content, move)
    if move is not None and stream is not None:
        tell_of_move(tx, actor, message, stream, move, edit)
    return detached


def _check_content(tx: Tx, actor: User, message: Message, content: Content, settings: dict[str, Any]) -> None:
    if not settings["allow_message_editing"]:
        raise ApiError("Your organization has turned off message editing")
    if message.sender_id != actor.user_id:
        raise ApiError("You don't have permission to edit this message")
    limit_s = settings["message_content_edit_limit_seconds"]
    if limit_s is not None and tx.now - message.sent_at > limit_s + EDIT_GRACE_S:
        raise ApiError("The time limit for editing this message has passed")
    check_group_mentions(tx, actor, content.rendered)
    if tx.row(IS_WIDGET, message_id=message.message_id) is not None:
        raise ApiError("Widgets cannot be edited.")
    if content.expected_sha256 not in (None, hashlib.sha256(message.content.encode()).hexdigest()):
        raise ApiError("The message's text is not what 'prev_content_sha256' says.", code="EXPECTATION_MISMATCH")
    if message.stream_id is not None:
        recipient = load_recipient(tx, message.recipient_id)
        check_wildcards(tx, actor, recipient, message.topic, content.rendered, settings)


def _edit_in_place(
    tx: WriteTx, actor: User, message: Message, stream: Stream | None, content: Content | None, move: Move | None
) -> list[Attachment]:
    """Each reader is told of the messages that they can read: the text only if they can read that message."""
    timestamp = int(tx.now)
    ids = move.message_ids if move is not None else [message.message_id]
    if stream is None:
        groups = [(told_of(tx, message, None), ids)]
    else:
        groups = [(users, list(read)) for users, read in readers_of_each(tx, stream, ids)]
    detached: list[Attachment] = []
    if content is not None:
        uploads = find_carried(tx, actor, content.rendered.attachment_paths)
        traits = message_traits(content.rendered, in_stream=stream is not None, carries=bool(uploads))
        rewrite(tx, actor, message, content.text, content.rendered, traits)
        detached = change_carried(tx, actor, message.message_id, uploads)
        told = told_of(tx, message, stream)
        _change_flags(tx, message, stream, content, set(told))
    if move is not None:
        assert stream is not None
        if move.whole_topic:
            carry_choices(tx, stream, message.topic, stream, move.topic)
        rewrite_places(tx, actor, move)
    for users, read in groups:
        event: dict[str, Any] = {
            "type": "update_message",
            "user_id": actor.user_id,
            "edit_timestamp": timestamp,
            "message_id": message.message_id if message.message_id in read else read[0],
            "rendering_only": False,
        }
        if content is not None and message.message_id in read:
            event |= _content_fields(message, content)
        if stream is not None:
            event |= {"stream_name": stream.name, "stream_id": stream.stream_id}
        if move is not None:
            event |= move.fields(message)
        flags = flags_of_readers(tx, find_message(tx, event["message_id"]), users)
        body = UpdateMessageBody(event={**event, "message_ids": read}, flags=flags.flags, flags_of_others=flags.others)
        emit_body(tx, "update_message", body, to_users(tx, users))
    return detached


def _content_fields(message: Message, content: Content) -> dict[str, Any]:
    return {
        "orig_content": message.content,
        "orig_rendered_content": message.rendered,
        "content": content.text,
        "rendered_content": content.rendered.html,
        "is_me_message": content.rendered.is_me_message,
    }


def _change_flags(tx: WriteTx, message: Message, stream: Stream | None, content: Content, told: set[int]) -> None:
    """Who is mentioned or alerted now, of those who receive the message. Nothing that was read becomes unread."""
    mentioned, in_topic, alerted = (
        FLAG_BITS[name] for name in ("mentioned", "topic_wildcard_mentioned", "has_alert_word")
    )
    was = flags_of_message(tx, message.message_id)
    now = {user_id: flags & ~(mentioned | in_topic | alerted) for user_id, flags in was.items()}
    named = set(mentioned_people(tx, content.rendered))
    found = {mentioned: named & told, alerted: alerted_users(tx, content.text, told)}
    if content.rendered.topic_wildcard and stream is not None:
        found[in_topic] = participants_of(tx, message.recipient_id, message.topic) & told
    for bit, user_ids in found.items():
        for user_id in user_ids:
            now[user_id] = now.get(user_id, 0) | bit
    replace_flags(tx, message.message_id, {id_: flags for id_, flags in now.items() if was.get(id_, 0) != flags})
