"""Deleting a topic, slice by slice: a topic may have any number of messages, and others wait for the lane."""

from aloha.contract.errors import PermissionDeniedError

from ..access.groups import may
from ..access.messages import COLUMNS, READABLE, Message, reader
from ..access.streams import access_stream
from ..access.topics import is_empty_topic
from ..access.user_topics import Visibility, policies_of_topic
from ..access.users import User
from ..store import WriteTx
from .delete_messages import remove_messages
from .user_topics import change_policy

SLICE = 250  # messages
READABLE_OF_TOPIC = f"""
    select {COLUMNS} from message m
    where m.realm_id = :realm_id and m.recipient_id = :recipient_id and m.topic_key = :topic_key and {READABLE}
    order by m.message_id desc limit :count
"""


def delete_topic_slice(tx: WriteTx, actor: User, stream_id: int, topic: str) -> bool:
    """The newest messages of those that the actor can read; whether none are left."""
    stream = access_stream(tx, actor, stream_id)
    if not may(tx, actor, "can_delete_any_message_group"):
        raise PermissionDeniedError
    place = {"recipient_id": stream.recipient_id, "topic_key": topic.casefold()}
    messages = tx.all(Message, READABLE_OF_TOPIC, count=SLICE + 1, **place, **reader(actor))
    if messages:
        remove_messages(tx, messages[:SLICE], stream)
    if len(messages) > SLICE:
        return False
    if is_empty_topic(tx, stream, topic):
        change_policy(tx, policies_of_topic(tx, stream_id, topic), stream_id, topic, Visibility.INHERIT)
    return True
