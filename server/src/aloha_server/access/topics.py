"""Topics exist by their messages: the form in which a name is kept, and whether one is there."""

from aloha.contract.errors import ApiError

from ..events.adapt import EMPTY_TOPIC_NAME
from ..store import Tx
from .streams import Stream

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
