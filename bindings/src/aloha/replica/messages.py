"""What events about messages do to the state of `POST /register`: unread messages, stars, direct conversations.

A section that the state lacks is left out. The lists keep the order in which the server sends them.
"""

from bisect import insort
from collections.abc import Callable, Iterable, Iterator
from typing import Any

State = dict[str, Any]
Event = dict[str, Any]

CONVERSATIONS_MAX = 1000
UNREAD_MAX = 50_000


def apply_message(state: State, event: Event) -> None:
    message = event["message"]
    if message["type"] == "stream" and not _is_subscribed(state, message["stream_id"]):
        return  # heard of because of a narrow or `all_public_streams`
    _raise_newest(state, message["id"])
    if message["type"] == "private":
        _meet(state, message)
    if "read" not in event["flags"]:
        _add_unread(state, message["id"], _place(state, message), mentioned=_mentions(event["flags"]))


def apply_update_message(state: State, event: Event) -> None:
    unread = state.get("unread_msgs")
    if unread is None:
        return
    if "new_stream_id" in event or "subject" in event:
        _move_unread(state, event)
    message_id = event["message_id"]
    if message_id in set(_all_unread(unread)) and not event["rendering_only"]:
        _drop(unread["mentions"], {message_id})
        if _mentions(event["flags"]):
            insort(unread["mentions"], message_id)


def apply_delete_message(state: State, event: Event) -> None:
    gone = set(event["message_ids"] if "message_ids" in event else [event["message_id"]])
    _remove_unread(state, gone)
    if "starred_messages" in state:
        _drop(state["starred_messages"], gone)


def apply_update_message_flags(state: State, event: Event) -> None:
    ids, adds = set(event["messages"]), event["op"] == "add"
    match event["flag"]:
        case "starred" if "starred_messages" in state:
            starred = set(state["starred_messages"])
            state["starred_messages"] = sorted(starred | ids if adds else starred - ids)
        case "read" if adds and event["all"]:
            _remove_unread(state, None)
        case "read" if adds:
            _remove_unread(state, ids)
        case "read":
            for message_id, detail in event["message_details"].items():
                place = _place_of_detail(state, detail)
                _add_unread(state, int(message_id), place, mentioned=detail.get("mentioned", False))


def apply_subscription(state: State, event: Event) -> None:
    """Beside what it does to the streams: what is not received any more is not unread."""
    if event["op"] == "remove":
        _forget_streams(state, {subscription["stream_id"] for subscription in event["subscriptions"]})


def apply_stream(state: State, event: Event) -> None:
    """What is in the archive, or out of sight, is not unread."""
    if event["op"] == "delete":
        _forget_streams(state, set(event["stream_ids"]))
    elif event["op"] == "update" and event["property"] == "is_archived" and event["value"]:
        _forget_streams(state, {event["stream_id"]})


def _forget_streams(state: State, stream_ids: set[int]) -> None:
    if "unread_msgs" in state:
        topics = [topic for topic in state["unread_msgs"]["streams"] if topic["stream_id"] in stream_ids]
        _remove_unread(state, {id_ for topic in topics for id_ in topic["unread_message_ids"]})


def apply_nothing(state: State, event: Event) -> None:
    """The state of `POST /register` has no trace of it."""


APPLY: dict[str, Callable[[State, Event], None]] = {
    "delete_message": apply_delete_message,
    "message": apply_message,
    "reaction": apply_nothing,
    "stream": apply_stream,
    "submessage": apply_nothing,
    "subscription": apply_subscription,
    "update_message": apply_update_message,
    "update_message_flags": apply_update_message_flags,
}

Place = tuple[str, dict[str, Any]]  # the list in `unread_msgs`, and what distinguishes the conversation in it


def _place(state: State, message: dict[str, Any]) -> Place:
    if message["type"] == "stream":
        return _in_topic(message["stream_id"], message["subject"])
    return _among(state, [person["id"] for person in message["display_recipient"]])


def _place_of_detail(state: State, detail: dict[str, Any]) -> Place:
    if detail["type"] == "stream":
        return _in_topic(detail["stream_id"], detail["topic"])
    return _among(state, detail["user_ids"])


def _in_topic(stream_id: int, topic: str) -> Place:
    return "streams", {"stream_id": stream_id, "topic": topic}


def _among(state: State, user_ids: Iterable[int]) -> Place:
    me = state["user_id"]
    people = {me, *user_ids}
    if len(people) > 2:
        return "huddles", {"user_ids_string": ",".join(map(str, sorted(people)))}
    other = next(iter(people - {me}), me)
    return "pms", {"other_user_id": other, "sender_id": other}


def _add_unread(state: State, message_id: int, place: Place, *, mentioned: bool) -> None:
    unread = state.get("unread_msgs")
    if unread is None:
        return
    kind, key = place
    for conversation in unread[kind]:
        if key.items() <= conversation.items():
            break
    else:
        conversation = {**key, "unread_message_ids": []}
        insort(unread[kind], conversation, key=lambda item: [item[name] for name in key])
    insort(conversation["unread_message_ids"], message_id)
    if mentioned:
        insort(unread["mentions"], message_id)
    unread["count"] += 1
    if unread["count"] > UNREAD_MAX:
        unread["old_unreads_missing"] = True
        _remove_unread(state, {min(_all_unread(unread))})


def _remove_unread(state: State, ids: set[int] | None) -> None:
    """These, or all."""
    unread = state.get("unread_msgs")
    if unread is None:
        return
    gone = ids if ids is not None else set(_all_unread(unread))
    if ids is None:
        unread["old_unreads_missing"] = False
    for kind in ("pms", "streams", "huddles"):
        for conversation in unread[kind]:
            _drop(conversation["unread_message_ids"], gone)
        unread[kind][:] = [conversation for conversation in unread[kind] if conversation["unread_message_ids"]]
    _drop(unread["mentions"], gone)
    unread["count"] = sum(1 for _ in _all_unread(unread))


def _move_unread(state: State, event: Event) -> None:
    """To the new topic and stream; out of sight in a stream that is not subscribed to."""
    unread = state["unread_msgs"]
    ids, mentions = set(event["message_ids"]), set(unread["mentions"])
    moved = [
        (topic["topic"], message_id)
        for topic in unread["streams"]
        for message_id in topic["unread_message_ids"]
        if message_id in ids
    ]
    _remove_unread(state, {message_id for _, message_id in moved})
    stream_id: int = event["new_stream_id"] if "new_stream_id" in event else event["stream_id"]
    if not _is_subscribed(state, stream_id):
        return
    for topic, message_id in moved:
        place = _in_topic(stream_id, event.get("subject", topic))
        _add_unread(state, message_id, place, mentioned=message_id in mentions)


def _all_unread(unread: dict[str, Any]) -> Iterator[int]:
    for kind in ("pms", "streams", "huddles"):
        for conversation in unread[kind]:
            yield from conversation["unread_message_ids"]


def _meet(state: State, message: dict[str, Any]) -> None:
    """The conversation is the newest now."""
    conversations = state.get("recent_private_conversations")
    if conversations is None:
        return
    others = sorted(person["id"] for person in message["display_recipient"] if person["id"] != state["user_id"])
    conversations[:] = [conversation for conversation in conversations if conversation["user_ids"] != others]
    conversations.insert(0, {"user_ids": others, "max_message_id": message["id"]})
    del conversations[CONVERSATIONS_MAX:]


def _raise_newest(state: State, message_id: int) -> None:
    if "max_message_id" in state:
        state["max_message_id"] = max(state["max_message_id"], message_id)


def _is_subscribed(state: State, stream_id: int) -> bool:
    """A client that did not ask for its subscriptions is taken to hear only of what it receives."""
    if "subscriptions" not in state:
        return True
    return any(subscription["stream_id"] == stream_id for subscription in state["subscriptions"])


def _mentions(flags: list[str]) -> bool:
    return any(flag.endswith("mentioned") for flag in flags)


def _drop(ids: list[int], gone: set[int]) -> None:
    ids[:] = [id_ for id_ in ids if id_ not in gone]
