"""Entries about people and bots, as one queue is sent them: for `events.adapt.Adaptation`.

- `realm_bot`: the key, which stands sealed in the entry, is opened. Only those who may have it are in the audience.
- `realm_user`: `avatar_url` is null for clients that make gravatar URLs themselves, where they know the address. People
  who came into or went out of the view of guests stand together in one entry; each guest is told of their own.
"""

from functools import partial
from typing import Any

import msgspec
from pyroaring import FrozenBitMap

from ..events.adapt import Adapter, Events
from ..events.bodies import GuestViewBody
from ..events.entry import Entry
from ..events.queues import Queue
from .keys import KeyRing

GRAVATAR_HINT = "gravatar"  # in an entry: the address that makes the avatar's URL is known to all readers
VIEW_START = b'{"views":'
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
    if entry.body.startswith(VIEW_START):
        return _adapt_view(entry, queue)
    if b'"avatar_url"' not in entry.body:
        return (entry.body,)
    variant = ("gravatar", queue.spec.client_gravatar)
    events = entry.encoded.get(variant)
    if events is None:
        event = entry.decoded(dict[str, Any])
        events = entry.encoded[variant] = (encode(_shown(event, client_gravatar=queue.spec.client_gravatar)),)
    return events


def _adapt_view(entry: Entry, queue: Queue) -> Events:
    """Each person's event is encoded once for all guests."""
    body = entry.decoded(GuestViewBody)
    variant = ("gravatar", queue.spec.client_gravatar)
    events = entry.encoded.get(variant)
    if events is None:
        common = {"type": "realm_user", "op": body.op, "id": entry.position}
        events = entry.encoded[variant] = tuple(
            encode(_shown({**common, "person": person}, client_gravatar=queue.spec.client_gravatar))
            for person in body.people
        )
    view = FrozenBitMap.deserialize(body.views[body.view_of[queue.user_id]])
    own = zip(events, body.people, strict=True)
    return tuple(event for event, person in own if person["user_id"] in view and person["user_id"] != queue.user_id)


def _shown(event: dict[str, Any], *, client_gravatar: bool) -> dict[str, Any]:
    event = dict(event)
    person = event["person"]
    known = event.pop(GRAVATAR_HINT, False) or person.get("email", "") == person.get("delivery_email")
    if known and client_gravatar and "avatar_url" in person:
        event["person"] = {**person, "avatar_url": None}
    return event
