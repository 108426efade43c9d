"""Topics exist by their messages: the form in which a name is kept, and who may begin one."""

from aloha.contract.errors import ApiError

from ..events.adapt import EMPTY_TOPIC_NAME
from ..store import Tx
from .groups import is_in_group
from .streams import Stream
from .users import User

TOPIC_CHARS_MAX = 60

ANY_IN_TOPIC = """
    select 1 from message where realm_id = :realm_id and recipient_id = :recipient_id and topic_key = :topic_key limit 1
"""


def check_topic(topic: str) -> str:
    """The topic as it is kept: the names of the empty one become empty, long ones are cut."""
    topic = topic.strip()
    if any(not character.isprintable() for character in topic):
        raise ApiError("Invalid character in topic!")
    if topic in ("(no topic)", EMPTY_TOPIC_NAME):
        return ""
    return topic if len(topic) <= TOPIC_CHARS_MAX else topic[: TOPIC_CHARS_MAX - 3] + "..."


def is_empty_topic(tx: Tx, stream: Stream, topic: str) -> bool:
    """Whether no message is there, whoever may read it."""
    return tx.row(ANY_IN_TOPIC, recipient_id=stream.recipient_id, topic_key=topic.casefold()) is None


def check_may_begin(tx: Tx, user: User, stream: Stream, topic: str) -> None:
    """To write where nothing is takes a permission of the stream's."""
    creators = stream.permissions.get("can_create_topics_group")
    if creators is None or is_in_group(tx, user, creators):
        return
    if is_empty_topic(tx, stream, topic):
        raise ApiError("You do not have permission to create new topics in this channel.")
