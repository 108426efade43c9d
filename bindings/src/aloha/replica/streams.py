"""Channels and subscriptions of a replica: the state that `register` gave, kept true by events.

Lists are in the order of ids, as a fresh answer has them. A section that was not asked for is left alone.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable
from typing import Any

Item = dict[str, Any]
State = dict[str, Any]

SUBSCRIPTION_LISTS = ("subscriptions", "unsubscribed", "never_subscribed")
STREAM_LISTS = ("streams", *SUBSCRIPTION_LISTS)


def apply_stream(state: State, event: Item) -> None:
    match event["op"]:
        case "create":
            for stream in event["streams"]:
                _create(state, stream)
        case "delete":
            gone = set(event["stream_ids"])
            for name in STREAM_LISTS:
                if name in state:
                    state[name] = [item for item in state[name] if item["stream_id"] not in gone]
        case "update":
            for name in STREAM_LISTS:
                item = _find(state.get(name, ()), event["stream_id"])
                if item is not None:
                    item.update(_changes(event))


def apply_subscription(state: State, event: Item) -> None:
    if "subscriptions" not in state:
        return
    match event["op"]:
        case "add":
            for subscription in event["subscriptions"]:
                _begin(state, subscription)
        case "remove":
            for stream in event["subscriptions"]:
                _end(state, stream["stream_id"])
        case "update":
            item = _find(state["subscriptions"], event["stream_id"])
            if item is not None:
                item[event["property"]] = event["value"]
        case "peer_add":
            for subscribers in _subscriber_lists(state, event["stream_ids"]):
                subscribers[:] = sorted({*subscribers, *event["user_ids"]})
        case "peer_remove":
            for subscribers in _subscriber_lists(state, event["stream_ids"]):
                subscribers[:] = sorted({*subscribers} - {*event["user_ids"]})


def apply_default_streams(state: State, event: Item) -> None:
    if "realm_default_streams" in state:
        state["realm_default_streams"] = list(event["default_streams"])


def apply_default_stream_groups(state: State, event: Item) -> None:
    if "realm_default_stream_groups" in state:
        state["realm_default_stream_groups"] = event["default_stream_groups"]


APPLY: dict[str, Callable[[State, Item], None]] = {
    "default_stream_groups": apply_default_stream_groups,
    "default_streams": apply_default_streams,
    "stream": apply_stream,
    "subscription": apply_subscription,
}


def has_subscribers(state: State) -> bool:
    """Whether the lists of subscribers were asked for. Where there is no channel to tell by, they are kept."""
    return all("subscribers" in item for name in SUBSCRIPTION_LISTS for item in state.get(name, ()))


def _create(state: State, stream: Item) -> None:
    """A channel that comes into sight is one to which the user was never subscribed."""
    if "streams" in state:
        _put(state["streams"], dict(stream))
    if "subscriptions" not in state:
        return
    if any(_find(state[name], stream["stream_id"]) for name in SUBSCRIPTION_LISTS):
        return
    subscribers: Item = {"subscribers": []} if has_subscribers(state) else {}
    _put(state["never_subscribed"], {**stream, **subscribers})


def _begin(state: State, subscription: Item) -> None:
    item = dict(subscription)
    if not has_subscribers(state):
        item.pop("subscribers", None)
    for name in ("unsubscribed", "never_subscribed"):
        _take(state[name], item["stream_id"])
    _put(state["subscriptions"], item)


def _end(state: State, stream_id: int) -> None:
    item = _take(state["subscriptions"], stream_id)
    if item is None:
        return
    if "subscribers" in item:
        item["subscribers"] = [user_id for user_id in item["subscribers"] if user_id != state.get("user_id")]
    _put(state["unsubscribed"], item)


def _changes(event: Item) -> Item:
    """The property that changed, and what comes with it."""
    extra = ("rendered_description", "history_public_to_subscribers", "is_web_public")
    return {event["property"]: event["value"]} | {name: event[name] for name in extra if name in event}


def _subscriber_lists(state: State, stream_ids: Iterable[int]) -> list[list[int]]:
    items = (_find(state[name], stream_id) for name in SUBSCRIPTION_LISTS for stream_id in stream_ids)
    return [item["subscribers"] for item in items if item is not None and "subscribers" in item]


def _position(items: list[Item], stream_id: int) -> int:
    return bisect_left(items, stream_id, key=lambda item: item["stream_id"])


def _find(items: Iterable[Item], stream_id: int) -> Item | None:
    return next((item for item in items if item["stream_id"] == stream_id), None)


def _put(items: list[Item], item: Item) -> None:
    _take(items, item["stream_id"])
    items.insert(_position(items, item["stream_id"]), item)


def _take(items: list[Item], stream_id: int) -> Item | None:
    for index, item in enumerate(items):
        if item["stream_id"] == stream_id:
            return items.pop(index)
    return None
