"""Entries about people and bots, as one queue is sent them: for `events.adapt.Adaptation`.

- `realm_bot`: the key, which stands sealed in the entry, is opened. Only those who may have it are in the audience.
- `realm_user`: `avatar_url` is null for clients that make gravatar URLs themselves, where they know the address.
"""

from functools import partial
from typing import Any

import msgspec

from ..events.adapt import Adapter, Events
from ..events.entry import Entry
from ..events.queues import Queue
from .keys import KeyRing

GRAVATAR_HINT = "gravatar"  # in an entry: the address that makes the avatar's URL is known to all readers
encode = msgspec.json.encode


def user_adapters(keys: KeyRing) -> dict[str, Adapter]:
    """For `events.adapt.Adaptation`."""
    return {"realm_bot": partial(adapt_bot, keys), "realm_user": adapt_user}


def adapt_bot(keys: KeyRing, entry: Entry, queue: Queue) -> Events:  # noqa: ARG001  # the same for every reader
    events = entry.encoded.get("open")
    if events is None:
        event = entry.decoded(dict[str, Any])
        events = entry.encoded["open"] = (encode({**event, "bot": keys.reveal(event["bot"])}),)
    return events


def adapt_user(entry: Entry, queue: Queue) -> Events:
    if b'"avatar_url"' not in entry.body:
        return (entry.body,)
    variant = ("gravatar", queue.spec.client_gravatar)
    events = entry.encoded.get(variant)
    if events is None:
        event = dict(entry.decoded(dict[str, Any]))
        person = event["person"]
        known = event.pop(GRAVATAR_HINT, False) or person.get("email", "") == person.get("delivery_email")
        if known and queue.spec.client_gravatar:
            event["person"] = {**person, "avatar_url": None}
        events = entry.encoded[variant] = (encode(event),)
    return events
