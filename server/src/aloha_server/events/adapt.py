"""From an entry to the bytes of the events that one queue is sent: one, several, or none.

Most bodies are the event, ready to send. The kinds in `ADAPTERS` differ by what the client is capable of or by
user; each such variant is encoded once and kept on the entry, so a message to 10,000 readers is encoded as often
as there are combinations of capabilities and flags among them, not 10,000 times. All events of an entry carry
its position as their id.
"""

from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from .bodies import DeleteMessageBody, MessageBody, MutedTopicsBody, PresenceBody, UpdateMessageBody
from .entry import Entry
from .queues import Queue

EMPTY_TOPIC_NAME = "general chat"  # what clients that cannot show an empty topic are told

Events = tuple[bytes, ...]
Adapter = Callable[[Entry, Queue], Events]
encode = msgspec.json.encode


class Adaptation:
    """Adapters by kind; `more` are those that need what this package does not know, such as the server's keys."""

    def __init__(self, more: Mapping[str, Adapter] = {}) -> None:
        self._adapters = {**ADAPTERS, **more}

    def __call__(self, entry: Entry, queue: Queue) -> Events:
        """The events that the queue is sent for an entry that it admits."""
        adapter = self._adapters.get(entry.kind)
        return (entry.body,) if adapter is None else adapter(entry, queue)


def shown_topic(topic: str, queue: Queue) -> str:
    return topic if topic or queue.spec.capabilities.empty_topic_name else EMPTY_TOPIC_NAME


def _message(entry: Entry, queue: Queue) -> Events:
    body = entry.decoded(MessageBody)
    spec = queue.spec
    flags = flags_of(body, entry, queue.user_id)
    no_avatar = body.avatar_is_gravatar and spec.client_gravatar
    topic = shown_topic(body.topic, queue) if body.stream_id is not None else ""
    key = (spec.apply_markdown, no_avatar, topic, *flags)
    events = entry.encoded.get(key)
    if events is None:
        message = message_dict(body, markdown=spec.apply_markdown, no_avatar=no_avatar, topic=topic)
        event = {"type": "message", "message": message, "flags": flags, "id": entry.position}
        events = entry.encoded[key] = (encode(event),)
    if body.local_id and body.queue_id == queue.queue_id:
        return (events[0][:-1] + b',"local_message_id":' + encode(body.local_id) + b"}",)
    return events


def flags_of(message: MessageBody, entry: Entry, user_id: int) -> list[str]:
    """The flags of a new message; who only hears of it, without receiving it, has none."""
    if entry.audience is None or user_id in entry.audience:
        return message.flags.get(user_id, message.flags_of_others)
    return []


def message_dict(body: MessageBody, *, markdown: bool, no_avatar: bool, topic: str) -> dict[str, Any]:
    """The wire's message of a `message` event."""
    message: dict[str, Any] = {
        "id": body.message_id,
        "sender_id": body.sender_id,
        "content": body.rendered if markdown else body.content,
        "recipient_id": body.recipient_id,
        "timestamp": body.timestamp,
        "client": body.client,
        "subject": topic,
        "topic_links": body.topic_links,
        "is_me_message": body.is_me_message,
        "reactions": [],
        "submessages": body.submessages,
        "sender_full_name": body.sender_full_name,
        "sender_email": body.sender_email,
        "sender_realm_str": body.sender_realm,
        "display_recipient": body.people if body.stream_id is None else body.stream_name,
        "type": "private" if body.stream_id is None else "stream",
        "avatar_url": None if no_avatar else body.avatar_url,
        "content_type": "text/html" if markdown else "text/x-markdown",
    }
    if body.stream_id is not None:
        message["stream_id"] = body.stream_id
    return message


def _update_message(entry: Entry, queue: Queue) -> Events:
    body = entry.decoded(UpdateMessageBody)
    flags = body.flags.get(queue.user_id, body.flags_of_others)
    legacy_topics = not queue.spec.capabilities.empty_topic_name
    key = (legacy_topics, *flags)
    events = entry.encoded.get(key)
    if events is None:
        event = {**body.event, "flags": flags, "id": entry.position}
        for name in ("subject", "orig_subject"):
            if legacy_topics and event.get(name) == "":
                event[name] = EMPTY_TOPIC_NAME
        events = entry.encoded[key] = (encode(event),)
    return events


def _delete_message(entry: Entry, queue: Queue) -> Events:
    body = entry.decoded(DeleteMessageBody)
    bulk = queue.spec.capabilities.bulk_message_deletion
    topic = shown_topic(body.topic, queue)
    key = (bulk, topic)
    events = entry.encoded.get(key)
    if events is None:
        common: dict[str, Any] = {"type": "delete_message", "message_type": body.message_type, "id": entry.position}
        if body.stream_id is not None:
            common |= {"stream_id": body.stream_id, "topic": topic}
        if bulk:
            events = (encode({**common, "message_ids": body.message_ids}),)
        else:
            events = tuple(encode({**common, "message_id": message_id}) for message_id in body.message_ids)
        entry.encoded[key] = events
    return events


def _subscription(entry: Entry, queue: Queue) -> Events:
    """Clients that cannot show an inherited notification setting (null) are told the account's own.

    `{"legacy": [...]}` is for those alone to whom an archived stream that is brought back is a new one.
    """
    if entry.body.startswith(LEGACY_START):
        return _legacy_subscription(entry, queue)
    if queue.spec.capabilities.notification_settings_null:
        return (entry.body,)
    event = entry.decoded(dict[str, Any])
    if event["op"] != "add":
        return (entry.body,)
    events = entry.encoded.get("no_null")
    if events is None:
        events = entry.encoded["no_null"] = (encode(_without_null(event)),)
    return events


def _legacy_subscription(entry: Entry, queue: Queue) -> Events:
    if queue.spec.capabilities.archived_channels:
        return ()
    null = queue.spec.capabilities.notification_settings_null
    encoded = entry.encoded.get(("legacy", null))
    if encoded is None:
        events = entry.decoded(dict[str, Any])["legacy"]
        shown = [event if null else _without_null(event) for event in events]
        encoded = tuple(encode({**event, "id": entry.position}) for event in shown)
        entry.encoded["legacy", null] = encoded
    return encoded


def _without_null(event: dict[str, Any]) -> dict[str, Any]:
    if event["op"] != "add":
        return event
    subscriptions = [
        {name: False if name in NULLABLE and value is None else value for name, value in subscription.items()}
        for subscription in event["subscriptions"]
    ]
    return {**event, "subscriptions": subscriptions}


LEGACY_START = b'{"legacy":'
NULLABLE = frozenset(
    {
        "desktop_notifications",
        "audible_notifications",
        "push_notifications",
        "email_notifications",
        "wildcard_mentions_notify",
    }
)


def _legacy_settings(entry: Entry, queue: Queue) -> Events:
    return () if queue.spec.capabilities.user_settings_object else (entry.body,)


def _linkifiers(entry: Entry, queue: Queue) -> Events:
    """Clients that do not know URL templates have no linkifiers."""
    return (entry.body,) if queue.spec.capabilities.linkifier_url_template else ()


def _muted_topics(entry: Entry, queue: Queue) -> Events:
    """Each of the people their own, for all but those who ask for `user_topic` by name."""
    if queue.event_types is not None and "user_topic" in queue.event_types:
        return ()
    own = entry.decoded(MutedTopicsBody).muted.get(queue.user_id, [])
    muted = [[name, shown_topic(topic, queue), updated_at] for name, topic, updated_at in own]
    return (encode({"type": "muted_topics", "muted_topics": muted, "id": entry.position}),)


def _stream(entry: Entry, queue: Queue) -> Events:
    """A stream that is archived or brought back is one that comes or goes to clients that know no archive.

    Both tellings stand in one entry: `{"archived": {...}, "legacy": {...}}`.
    """
    if not entry.body.startswith(b'{"archived":'):
        return (entry.body,)
    event = entry.decoded(dict[str, Any])["archived" if queue.spec.capabilities.archived_channels else "legacy"]
    return (encode({**event, "id": entry.position}),)


def _user_group(entry: Entry, queue: Queue) -> Events:
    """What happens to a deactivated group is told to clients that know of such, in another way or not to others.

    Both tellings stand in one entry: `{"modern": {...}, "legacy": {...} or null}`.
    """
    if not entry.body.startswith(b'{"modern":'):
        return (entry.body,)
    variant = "modern" if queue.spec.capabilities.include_deactivated_groups else "legacy"
    events = entry.encoded.get(variant)
    if events is None:
        event = entry.decoded(dict[str, Any])[variant]
        events = () if event is None else (encode({**event, "id": entry.position}),)
        entry.encoded[variant] = events
    return events


def _presence(entry: Entry, queue: Queue) -> Events:
    spec = queue.spec
    simplified = spec.capabilities.simplified_presence_events
    variant = "simplified" if simplified else "slim" if spec.slim_presence else "with address"
    events = entry.encoded.get(variant)
    if events is None:
        body = entry.decoded(PresenceBody)
        event: dict[str, Any] = {"type": "presence", "id": entry.position}
        if simplified:
            event["presences"] = body.presences
        else:
            event |= {"user_id": body.user_id, "server_timestamp": body.server_timestamp, "presence": body.presence}
        if variant == "with address":
            event["email"] = body.email
        events = entry.encoded[variant] = (encode(event),)
    return events


def _typing(entry: Entry, queue: Queue) -> Events:
    in_stream = entry.decoded(dict[str, Any])["message_type"] == "stream"
    if in_stream and not queue.spec.capabilities.stream_typing_notifications:
        return ()
    return _name_topic(entry, queue)


def _name_topic(entry: Entry, queue: Queue) -> Events:
    """The empty topic under its name, for clients that cannot show it. Only keys that stand for themselves match:
    within a text their quotes would be escaped."""
    if queue.spec.capabilities.empty_topic_name or not any(key in entry.body for key in EMPTY_TOPICS):
        return (entry.body,)
    events = entry.encoded.get("named")
    if events is None:
        body = entry.body
        for key, named in EMPTY_TOPICS.items():
            body = body.replace(key, named)
        events = entry.encoded["named"] = (body,)
    return events


EMPTY_TOPICS = {b'"%s":""' % name: b'"%s":%s' % (name, encode(EMPTY_TOPIC_NAME)) for name in (b"topic", b"topic_name")}


ADAPTERS: dict[str, Adapter] = {
    "delete_message": _delete_message,
    "message": _message,
    "muted_topics": _muted_topics,
    "presence": _presence,
    "realm_linkifiers": _linkifiers,
    "stream": _stream,
    "subscription": _subscription,
    "typing": _typing,
    "typing_edit_message": _name_topic,
    "update_display_settings": _legacy_settings,
    "update_global_notifications": _legacy_settings,
    "update_message": _update_message,
    "user_group": _user_group,
    "user_topic": _name_topic,
}
