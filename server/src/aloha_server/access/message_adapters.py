"""Entries about messages, as one queue is sent them: for `events.adapt.Adaptation`.

- `update_message_flags`: where messages that became unread belong is told with the name that stands for the empty
  topic, to clients that cannot show one.
"""

from typing import Any

import msgspec

from ..events.adapt import EMPTY_TOPIC_NAME, Adapter, Events
from ..events.entry import Entry
from ..events.queues import Queue

encode = msgspec.json.encode


def adapt_flags(entry: Entry, queue: Queue) -> Events:
    if queue.spec.capabilities.empty_topic_name or b'"topic":""' not in entry.body:
        return (entry.body,)
    events = entry.encoded.get("named")
    if events is None:
        event = entry.decoded(dict[str, Any])
        details = {
            message_id: {**detail, "topic": EMPTY_TOPIC_NAME} if detail.get("topic") == "" else detail
            for message_id, detail in event["message_details"].items()
        }
        events = entry.encoded["named"] = (encode({**event, "message_details": details}),)
    return events


MESSAGE_ADAPTERS: dict[str, Adapter] = {"update_message_flags": adapt_flags}
