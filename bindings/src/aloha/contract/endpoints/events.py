"""The real-time API: register a queue with a snapshot, then read its events."""

from collections.abc import Sequence
from typing import Annotated, Any, Literal

from aloha.contract.endpoint import UNSET, Empty, Endpoint, Field, Param, Request, Result, UnsetType
from aloha.contract.register import ClientCapabilities, RegisterResult

from ._params import INCLUDE_SUBSCRIBERS_DOC, IncludeSubscribers, NarrowInput


class RegisterQueue(Request, frozen=True, kw_only=True):
    apply_markdown: Annotated[
        bool, Param("Whether message content comes as HTML; otherwise as the Markdown that was typed.", json=True)
    ] = False
    client_gravatar: Annotated[
        bool | UnsetType,
        Param(
            "Whether the client computes gravatar URLs itself, so that `avatar_url` may be null. Absent means true "
            "for a logged-in user.",
            json=True,
        ),
    ] = UNSET
    include_subscribers: Annotated[IncludeSubscribers, Param(INCLUDE_SUBSCRIBERS_DOC, json=True)] = False
    slim_presence: Annotated[
        bool, Param("Whether presence is keyed by user id and in the modern, short form.", json=True)
    ] = False
    presence_history_limit_days: Annotated[
        int | UnsetType,
        Param("How many days back a user was last seen for `presences` to list them.", example=14),
    ] = UNSET
    event_types: Annotated[
        list[str] | UnsetType,
        Param("The types of events wanted; absent means all.", json=True, example=["message", "reaction"]),
    ] = UNSET
    all_public_streams: Annotated[
        bool,
        Param("Whether to get the messages of all public channels, subscribed or not.", json=True),
    ] = False
    client_capabilities: Annotated[
        ClientCapabilities | UnsetType,
        Param(
            "Which newer forms of the data the client understands; what is not named gets its older form.",
            json=True,
            example={"notification_settings_null": True, "empty_topic_name": True},
        ),
    ] = UNSET
    fetch_event_types: Annotated[
        list[str] | UnsetType,
        Param(
            "The sections of the snapshot wanted, where they differ from `event_types`; an empty list asks for no "
            "state at all.",
            json=True,
            example=["message", "realm_user"],
        ),
    ] = UNSET
    narrow: Annotated[
        Sequence[NarrowInput],
        Param(
            "Restricts message events to those that match every term. The operators `channel`, `topic`, `sender` "
            'and `is` are understood here; a negated term, such as `{"operator": "sender", "operand": "me", '
            '"negated": true}`, keeps out what matches it.',
            json=True,
            example=[["channel", "general"]],
        ),
    ] = ()
    idle_queue_timeout: Annotated[
        int | Literal["mobile"] | UnsetType,
        Param(
            'After how many seconds without a poll the queue may end, up to seven days; `"mobile"` means twelve '
            "hours. Absent means 24 hours.",
            json=True,
            example=43200,
        ),
    ] = UNSET
    queue_lifespan_secs: Annotated[
        int | UnsetType, Param("The older name of `idle_queue_timeout`.", deprecated=True, example=3600)
    ] = UNSET


register_queue = Endpoint(
    name="register_queue",
    method="POST",
    path="/register",
    area="real_time_events",
    summary="Register an event queue",
    doc=(
        "Creates an event queue and returns the state that its events continue: the snapshot is exact at "
        "`last_event_id`, and every later change comes once, in order, from `GET /events`. Nothing that happens "
        "between the two is lost or repeated.\n\n"
        "Ask only for what you use: `event_types` limits the events and the snapshot's sections, "
        "`fetch_event_types` the sections alone. A bot that only reads messages passes "
        '`event_types=["message"]` and gets a small answer.\n\n'
        "The queue is durable: it survives a restart of the server, and ends after a lifetime without polls "
        "or with `DELETE /events`."
    ),
    params=RegisterQueue,
    result=RegisterResult,
    errors=("BAD_REQUEST",),
    example_result={
        "queue_id": "0d4f8a52-7c3e-4f5b-9f0e-2f6f1f2b7a11",
        "last_event_id": 4711,
        "zulip_version": "10.2",
        "zulip_feature_level": 372,
        "zulip_merge_base": "",
        "aloha_version": "0.1.0",
        "aloha_feature_level": 1,
        "max_message_id": 902,
    },
)


class GetEvents(Request, frozen=True, kw_only=True):
    queue_id: Annotated[str, Param("The queue, as registered.", example="0d4f8a52-7c3e-4f5b-9f0e-2f6f1f2b7a11")]
    last_event_id: Annotated[
        int | UnsetType,
        Param(
            "The highest event id that the client has dealt with: it acknowledges all up to it. Start with the "
            "`last_event_id` of the registration; -1 means the queue's beginning. A poll without it is refused.",
            example=4711,
        ),
    ] = UNSET
    dont_block: Annotated[bool, Param("Whether to be answered at once even where no event is waiting.")] = False


class GetEventsResult(Result, kw_only=True):
    events: Annotated[
        list[dict[str, Any]],
        Field(
            "The events after `last_event_id`, in order. Each has `id` and `type`; ids never fall, and events that "
            "share an id come together."
        ),
    ]
    queue_id: Annotated[str | UnsetType, Field("The queue; left out where the answer did not wait.")] = UNSET


get_events = Endpoint(
    name="get_events",
    method="GET",
    path="/events",
    area="real_time_events",
    summary="Get events from a queue",
    doc=(
        "Answers with the queue's events after `last_event_id`. Where there are none it waits until one comes, "
        "and after about 50 seconds answers with a `heartbeat` event, so give the request a timeout above "
        "`event_queue_longpoll_timeout_seconds`.\n\n"
        "Polling again with the same `last_event_id` repeats the answer: a response that was lost on its way is "
        "not lost. A second poll of a queue ends the first one with no events.\n\n"
        "`BAD_EVENT_QUEUE_ID` means that the queue cannot go on: register a new one."
    ),
    params=GetEvents,
    result=GetEventsResult,
    errors=("BAD_REQUEST", "BAD_EVENT_QUEUE_ID"),
    long_poll=True,
    example_result={
        "events": [
            {
                "id": 4712,
                "type": "typing",
                "op": "start",
                "message_type": "direct",
                "sender": {"user_id": 10, "email": "user10@aloha.example"},
                "recipients": [{"user_id": 9, "email": "user9@aloha.example"}],
            }
        ],
        "queue_id": "0d4f8a52-7c3e-4f5b-9f0e-2f6f1f2b7a11",
    },
)


class DeleteQueue(Request, frozen=True, kw_only=True):
    queue_id: Annotated[str, Param("The queue to end.", example="0d4f8a52-7c3e-4f5b-9f0e-2f6f1f2b7a11")]


delete_queue = Endpoint(
    name="delete_queue",
    method="DELETE",
    path="/events",
    area="real_time_events",
    summary="Delete an event queue",
    doc=(
        "Ends a queue and frees what the server keeps for it. A queue that nobody polls ends by itself; "
        "deleting it is the courteous way to leave."
    ),
    params=DeleteQueue,
    result=Empty,
    errors=("BAD_EVENT_QUEUE_ID",),
)
