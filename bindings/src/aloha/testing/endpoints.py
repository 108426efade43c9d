"""What the fake answers: a function for each endpoint that it knows; all others are NOT_FOUND and say so."""

import re
from collections.abc import Callable
from typing import Any

import msgspec

from aloha.client.wire import Call
from aloha.contract.errors import ApiError, BadEventQueueError
from aloha.contract.narrow import parse_narrow, parse_register_narrow
from aloha.contract.version import ALOHA_FEATURE_LEVEL, FEATURE_LEVEL, VERSION, ZULIP_VERSION

from .state import FakeMessage, FakeUser, State, flags, matches

Params = dict[str, str]
Result = dict[str, Any] | None  # None: wait
Endpoint = Callable[[State, FakeUser, Params], Result]


def answer(state: State, email: str, call: Call) -> Result:
    """The fields of a success, None for a poll that has to wait; raises ApiError."""
    user = next((user for user in state.users.values() if user.email == email), None)
    if user is None:
        raise ApiError("Invalid API key", code="UNAUTHORIZED")
    for (method, pattern), endpoint in ENDPOINTS.items():
        found = re.fullmatch(pattern, call.path)
        if found and method == call.method:
            params = {**dict(call.query), **dict(call.form), **dict(call.headers), **found.groupdict()}
            return endpoint(state, user, params)
    raise ApiError(f"aloha.testing does not know {call.method} {call.path}", code="NOT_FOUND")


def decoded(params: Params, name: str, default: Any = None) -> Any:
    """The value of a JSON parameter; text that is no JSON stands for itself."""
    if name not in params:
        return default
    try:
        return msgspec.json.decode(params[name])
    except msgspec.DecodeError:
        return params[name]


def register(state: State, user: FakeUser, params: Params) -> Result:
    types = decoded(params, "event_types")
    queue = state.add_queue(
        user=user,
        event_types=None if types is None else frozenset(types),
        narrow=parse_register_narrow(decoded(params, "narrow", [])),
        apply_markdown=bool(decoded(params, "apply_markdown", default=False)),
    )
    return {
        "queue_id": queue.queue_id,
        "last_event_id": len(state.log) - 1,
        "zulip_version": ZULIP_VERSION,
        "zulip_feature_level": FEATURE_LEVEL,
        "zulip_merge_base": "",
        "aloha_version": VERSION,
        "aloha_feature_level": ALOHA_FEATURE_LEVEL,
    }


def get_events(state: State, user: FakeUser, params: Params) -> Result:
    queue = state.queues.get(params["queue_id"])
    after = int(params["last_event_id"])
    if queue is None or queue.user != user or after >= len(state.log):
        raise BadEventQueueError(params["queue_id"])
    events = state.events(queue, after)
    if events or decoded(params, "dont_block", default=False):
        return {"events": events, "queue_id": queue.queue_id}
    return None


def delete_queue(state: State, user: FakeUser, params: Params) -> Result:
    queue = state.queues.pop(params["queue_id"], None)
    if queue is None or queue.user != user:
        raise BadEventQueueError(params["queue_id"])
    return {}


def send_message(state: State, user: FakeUser, params: Params) -> Result:
    """A repeated Idempotency-Key is answered with what the first request did."""
    key = params.get("Idempotency-Key", "")
    if key in state.receipts:
        return {"id": state.receipts[key]}
    to, stream, people = decoded(params, "to"), None, []
    if params["type"] in ("stream", "channel"):
        stream = _stream_name(state, to[0] if isinstance(to, list) else to)
    else:
        people = [_find_user(state, item) for item in (to if isinstance(to, list) else [to])]
    if not params["content"].strip():
        raise ApiError("Message must not be empty")
    message = state.send(user, params["content"], stream=stream, topic=params.get("topic", ""), people=people)
    if key:
        state.receipts[key] = message.id
    return {"id": message.id}


def get_messages(state: State, user: FakeUser, params: Params) -> Result:
    """The newest that match: the anchor is always the end."""
    terms = parse_narrow(decoded(params, "narrow", []))
    found = [
        message
        for message in state.messages.values()
        if (readers := state.readers(message)) is None or user.user_id in readers
        if all(matches(message, term, user) != term.negated for term in terms)
    ]
    count = int(params.get("num_before", "100"))
    shown = [_fetched(state, user, message, params) for message in found[-count:]]
    return {
        "messages": shown,
        "last_event_id": len(state.log) - 1,
        "anchor": shown[-1]["id"] if shown else 0,
        "found_anchor": bool(shown),
        "found_newest": True,
        "found_oldest": len(found) <= count,
        "history_limited": False,
    }


def get_message(state: State, user: FakeUser, params: Params) -> Result:
    message = _access(state, user, params)
    return {"message": _fetched(state, user, message, params), "raw_content": message.content}


def update_message(state: State, user: FakeUser, params: Params) -> Result:
    message = _access(state, user, params)
    event: dict[str, Any] = {
        "type": "update_message",
        "user_id": user.user_id,
        "message_id": message.id,
        "message_ids": [message.id],
        "flags": [],
        "edit_timestamp": message.timestamp,
        "rendering_only": False,
    }
    if "content" in params:
        event |= {"orig_content": message.content, "content": params["content"]}
        message.content = params["content"]
    if "topic" in params:
        event |= {"orig_subject": message.topic, "subject": params["topic"]}
        message.topic = params["topic"]
    state.append(event, state.readers(message))
    return {"detached_uploads": []}


def delete_message(state: State, user: FakeUser, params: Params) -> Result:
    message = _access(state, user, params)
    del state.messages[message.id]
    kind = "private" if message.stream is None else "stream"
    event = {"type": "delete_message", "message_id": message.id, "message_type": kind}
    state.append(event, state.readers(message))
    return {}


def add_reaction(state: State, user: FakeUser, params: Params) -> Result:
    message, reaction = _access(state, user, params), _reaction(user, params)
    if reaction in message.reactions:
        raise ApiError("Reaction already exists.", code="REACTION_ALREADY_EXISTS")
    message.reactions = [*message.reactions, reaction]
    state.append({"type": "reaction", "op": "add", "message_id": message.id, **reaction}, state.readers(message))
    return {}


def remove_reaction(state: State, user: FakeUser, params: Params) -> Result:
    message, reaction = _access(state, user, params), _reaction(user, params)
    if reaction not in message.reactions:
        raise ApiError("Reaction doesn't exist.", code="REACTION_DOES_NOT_EXIST")
    message.reactions = [kept for kept in message.reactions if kept != reaction]
    state.append({"type": "reaction", "op": "remove", "message_id": message.id, **reaction}, state.readers(message))
    return {}


def get_own_user(state: State, user: FakeUser, params: Params) -> Result:  # noqa: ARG001
    return {**state.wire_user(user), "max_message_id": max(state.messages, default=-1)}


def get_users(state: State, user: FakeUser, params: Params) -> Result:  # noqa: ARG001
    return {"members": [state.wire_user(member) for member in state.users.values()]}


def get_stream_id(state: State, user: FakeUser, params: Params) -> Result:  # noqa: ARG001
    if params["stream"] not in state.streams:
        raise ApiError("No such channel", code="STREAM_DOES_NOT_EXIST")
    return {"stream_id": state.streams[params["stream"]]}


def subscribe(state: State, user: FakeUser, params: Params) -> Result:
    names = [stream["name"] for stream in decoded(params, "subscriptions")]
    for name in names:
        state.stream_id(name)
    return {"subscribed": {str(user.user_id): names}, "already_subscribed": {}}


def nothing(state: State, user: FakeUser, params: Params) -> Result:  # noqa: ARG001
    """What has no effect that another client of the fake could see."""
    return {}


def _access(state: State, user: FakeUser, params: Params) -> FakeMessage:
    message = state.messages.get(int(params["message_id"]))
    readers = None if message is None else state.readers(message)
    if message is None or (readers is not None and user.user_id not in readers):
        raise ApiError("Invalid message(s)")
    return message


def _fetched(state: State, user: FakeUser, message: FakeMessage, params: Params) -> dict[str, Any]:
    markdown = bool(decoded(params, "apply_markdown", default=True))
    return {**state.wire_message(message, markdown=markdown), "flags": flags(message, user)}


def _reaction(user: FakeUser, params: Params) -> dict[str, Any]:
    """The name stands for the code: the fake knows no table of emoji."""
    return {
        "emoji_name": params["emoji_name"],
        "emoji_code": params.get("emoji_code", params["emoji_name"]),
        "reaction_type": params.get("reaction_type", "unicode_emoji"),
        "user_id": user.user_id,
    }


def _stream_name(state: State, stream: int | str) -> str:
    if isinstance(stream, str):
        return stream
    name = next((name for name, id_ in state.streams.items() if id_ == stream), None)
    if name is None:
        raise ApiError("Invalid channel ID", code="STREAM_DOES_NOT_EXIST")
    return name


def _find_user(state: State, named: int | str) -> FakeUser:
    found = next((user for user in state.users.values() if named in (user.user_id, user.email)), None)
    if found is None:
        raise ApiError(f"Invalid user {named}")
    return found


_MESSAGE = r"/messages/(?P<message_id>\d+)"
ENDPOINTS: dict[tuple[str, str], Endpoint] = {
    ("POST", "/register"): register,
    ("GET", "/events"): get_events,
    ("DELETE", "/events"): delete_queue,
    ("POST", "/messages"): send_message,
    ("GET", "/messages"): get_messages,
    ("GET", _MESSAGE): get_message,
    ("PATCH", _MESSAGE): update_message,
    ("DELETE", _MESSAGE): delete_message,
    ("POST", f"{_MESSAGE}/reactions"): add_reaction,
    ("DELETE", f"{_MESSAGE}/reactions"): remove_reaction,
    ("POST", "/messages/flags"): lambda _state, _user, params: {
        "messages": decoded(params, "messages"),
        "ignored_because_not_subscribed_channels": [],
    },
    ("GET", "/users/me"): get_own_user,
    ("GET", "/users"): get_users,
    ("GET", "/get_stream_id"): get_stream_id,
    ("POST", "/users/me/subscriptions"): subscribe,
    ("POST", "/typing"): nothing,
}
