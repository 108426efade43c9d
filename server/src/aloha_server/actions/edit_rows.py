"""The rows of messages that are edited or moved; each keeps what it was in its edit history, newest first."""

from typing import Any

import msgspec

from aloha_server.markup import Rendered

from ..access.messages import COLUMNS, Message
from ..access.search_index import reindex_message, reindex_moved
from ..access.users import User
from ..store import Tx, WriteTx
from .move_rules import Move

ONE = f"select {COLUMNS} from message m where m.realm_id = :realm_id and m.message_id = :message_id"
SOME = f"select {COLUMNS} from message m where m.realm_id = :realm_id and m.message_id = any(:message_ids)"
SET_CONTENT = """
    update message set content = :content, rendered = :rendered, is_me = :is_me, traits = :traits,
        edited_at = :edited_at, edit_history = :edit_history
    where realm_id = :realm_id and message_id = :message_id
"""
SET_PLACE = """
    update message set recipient_id = :recipient_id, stream_id = :stream_id, topic = :topic, topic_key = :topic_key,
        moved_at = :moved_at, edit_history = :edit_history
    where realm_id = :realm_id and message_id = :message_id
"""


def find_message(tx: Tx, message_id: int) -> Message:
    """One that is there, as it is now, whoever may read it."""
    message = tx.one(Message, ONE, message_id=message_id)
    assert message is not None
    return message


def rewrite(tx: WriteTx, actor: User, message: Message, content: str, rendered: Rendered, traits: int) -> None:
    """A new text."""
    entry = {"prev_content": message.content, "prev_rendered_content": message.rendered}
    tx.execute(
        SET_CONTENT,
        message_id=message.message_id,
        content=content,
        rendered=rendered.html,
        is_me=int(rendered.is_me_message),
        traits=traits,
        edited_at=int(tx.now),
        edit_history=_remember(tx, actor, message, entry),
    )
    reindex_message(tx, message, rendered.words)


def rewrite_places(tx: WriteTx, actor: User, move: Move) -> None:
    """A new topic or stream for all messages of a move, in one query and one statement."""
    rows, moved = [], []
    for message in tx.all(Message, SOME, message_ids=move.message_ids):
        entry: dict[str, Any] = {}
        stream_id, recipient_id = message.stream_id, message.recipient_id
        if move.target is not None:
            stream_id, recipient_id = move.target.stream_id, move.target.recipient_id
            entry |= {"prev_stream": message.stream_id, "stream": stream_id}
        topic = move.topic if move.renames else message.topic
        if topic != message.topic:
            entry |= {"prev_topic": message.topic, "topic": topic}
        moved.append((message, topic, recipient_id))
        rows.append(
            {
                "message_id": message.message_id,
                "recipient_id": recipient_id,
                "stream_id": stream_id,
                "topic": topic,
                "topic_key": topic.casefold(),
                "moved_at": message.moved_at if move.only_resolves else int(tx.now),
                "edit_history": _remember(tx, actor, message, entry),
            }
        )
    tx.execute_many(SET_PLACE, rows)
    reindex_moved(tx, moved)


def _remember(tx: WriteTx, actor: User, message: Message, entry: dict[str, Any]) -> str:
    """The edit history with one more entry."""
    now = {"user_id": actor.user_id, "timestamp": int(tx.now)}
    return msgspec.json.encode([{**now, **entry}, *message.edit_history]).decode()
