"""The sections of the initial state that tell what somebody chose for topics."""

from typing import Any

from ..access.user_topics import load_muted_topics, load_user_topics
from ..events.adapt import EMPTY_TOPIC_NAME
from .view import View


def section_user_topic(view: View) -> dict[str, Any]:
    return {"user_topics": load_user_topics(view.tx, view.user.user_id, empty_topic=_empty_topic(view))}


def section_muted_topics(view: View) -> dict[str, Any]:
    """The muted ones, for older clients."""
    muted = load_muted_topics(view.tx, [view.user.user_id]).get(view.user.user_id, [])
    empty_topic = _empty_topic(view)
    return {"muted_topics": [[topic.stream_name, topic.topic or empty_topic, topic.updated_at] for topic in muted]}


def _empty_topic(view: View) -> str:
    return "" if view.request.capabilities.empty_topic_name else EMPTY_TOPIC_NAME


SECTIONS = {"muted_topics": section_muted_topics, "user_topic": section_user_topic}
