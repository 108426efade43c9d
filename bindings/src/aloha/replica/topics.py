"""What the user of a replica chose for topics: muted, unmuted, followed.

The lists keep the order in which the server sends them: by channel, then by the topic's name in lower case.
"""

from bisect import insort
from collections.abc import Callable
from typing import Any

State = dict[str, Any]
Event = dict[str, Any]


def apply_user_topic(state: State, event: Event) -> None:
    topics = state.get("user_topics")
    if topics is None:
        return
    fields = ("stream_id", "topic_name", "last_updated", "visibility_policy")
    changed = {name: event[name] for name in fields}
    topics[:] = [topic for topic in topics if _key(topic) != _key(changed)]
    if changed["visibility_policy"]:
        insort(topics, changed, key=_key)


def apply_muted_topics(state: State, event: Event) -> None:
    if "muted_topics" in state:
        state["muted_topics"] = event["muted_topics"]


def apply_stream(state: State, event: Event) -> None:
    """The older list goes by the names of channels."""
    if event["op"] == "update" and event["property"] == "name":
        for muted in state.get("muted_topics", ()):
            if muted[0] == event["name"]:
                muted[0] = event["value"]


APPLY: dict[str, Callable[[State, Event], None]] = {
    "muted_topics": apply_muted_topics,
    "stream": apply_stream,
    "user_topic": apply_user_topic,
}


def _key(topic: State) -> tuple[int, str]:
    return topic["stream_id"], topic["topic_name"].casefold()
