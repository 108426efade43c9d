"""What a user has read, starred and collapsed."""

from collections.abc import Sequence
from typing import Annotated, Literal

from aloha.contract.endpoint import Empty, Endpoint, Field, Param, Request, Result

from ._params import NarrowInput

_OLD = "\n\nBetter: `POST /messages/flags/narrow`, which works in slices and says how far it came."


class UpdateMessageFlags(Request, frozen=True, kw_only=True):
    messages: Annotated[list[int], Param("The messages' ids.", json=True, example=[901, 902])]
    op: Annotated[Literal["add", "remove"], Param("Whether to set or to clear the flag.", example="add")]
    flag: Annotated[str, Param("`read`, `starred` or `collapsed`.", example="read")]


class UpdateMessageFlagsResult(Result, kw_only=True):
    messages: Annotated[list[int], Field("The messages that were asked for.")]
    ignored_because_not_subscribed_channels: Annotated[
        list[int],
        Field("Channels whose messages stayed read, since the user is not subscribed and could not find them unread."),
    ]


update_message_flags = Endpoint(
    name="update_message_flags",
    method="POST",
    path="/messages/flags",
    area="messages",
    summary="Change flags of messages",
    doc=(
        "Sets or clears one of the user's own flags on messages. Messages that do not exist, or that the user cannot "
        "see, are passed over; flags that the server keeps itself, such as `mentioned`, are refused."
    ),
    params=UpdateMessageFlags,
    result=UpdateMessageFlagsResult,
    errors=("BAD_REQUEST",),
    example_result={"messages": [901, 902], "ignored_because_not_subscribed_channels": []},
)


class UpdateFlagsForNarrow(Request, frozen=True, kw_only=True):
    anchor: Annotated[
        str,
        Param("Where to begin: an id, `newest`, `oldest`, `first_unread`, as in `GET /messages`.", example="oldest"),
    ]
    include_anchor: Annotated[bool, Param("Whether the anchor itself is changed where it matches.", json=True)] = True
    num_before: Annotated[int, Param("How many messages before the anchor.", json=True, example=0)]
    num_after: Annotated[int, Param("How many messages after the anchor.", json=True, example=1000)]
    narrow: Annotated[
        Sequence[NarrowInput],
        Param("Terms that every message matches.", json=True, example=[{"operator": "channel", "operand": "general"}]),
    ]
    op: Annotated[Literal["add", "remove"], Param("Whether to set or to clear the flag.", example="add")]
    flag: Annotated[str, Param("`read`, `starred` or `collapsed`.", example="read")]


class UpdateFlagsForNarrowResult(Result, kw_only=True):
    processed_count: Annotated[int, Field("How many messages were in the slice.")]
    updated_count: Annotated[int, Field("How many of them changed.")]
    first_processed_id: Annotated[int | None, Field("The oldest message of the slice; null for an empty one.")]
    last_processed_id: Annotated[int | None, Field("The newest message of the slice; null for an empty one.")]
    found_oldest: Annotated[bool, Field("Whether nothing matching lies before the slice.")]
    found_newest: Annotated[bool, Field("Whether nothing matching lies after the slice.")]
    ignored_because_not_subscribed_channels: Annotated[
        list[int],
        Field("Channels whose messages stayed read, since the user is not subscribed and could not find them unread."),
    ]


update_message_flags_for_narrow = Endpoint(
    name="update_message_flags_for_narrow",
    method="POST",
    path="/messages/flags/narrow",
    area="messages",
    summary="Change flags of the messages in a narrow",
    doc=(
        "Sets or clears one of the user's own flags on a slice of what a narrow holds. To go through all of it, pass "
        "`last_processed_id` as the next `anchor`, with `include_anchor=false`, until `found_newest` is true."
    ),
    params=UpdateFlagsForNarrow,
    result=UpdateFlagsForNarrowResult,
    errors=("BAD_REQUEST", "BAD_NARROW"),
    example_result={
        "processed_count": 11,
        "updated_count": 8,
        "first_processed_id": 35,
        "last_processed_id": 55,
        "found_oldest": False,
        "found_newest": True,
        "ignored_because_not_subscribed_channels": [],
    },
)


class MarkAllAsRead(Request, frozen=True, kw_only=True):
    pass


class MarkAllAsReadResult(Result, kw_only=True):
    complete: Annotated[bool, Field("Whether everything was marked; if not, call again.")]


mark_all_as_read = Endpoint(
    name="mark_all_as_read",
    method="POST",
    path="/mark_all_as_read",
    area="messages",
    summary="Mark everything as read",
    doc="Marks all of the user's messages as read." + _OLD,
    params=MarkAllAsRead,
    result=MarkAllAsReadResult,
    deprecated=True,
    example_result={"complete": True},
)


class MarkStreamAsRead(Request, frozen=True, kw_only=True):
    stream_id: Annotated[int, Param("The channel's id.", json=True, example=12)]


mark_stream_as_read = Endpoint(
    name="mark_stream_as_read",
    method="POST",
    path="/mark_stream_as_read",
    area="messages",
    summary="Mark a channel as read",
    doc="Marks all messages of a channel as read." + _OLD,
    params=MarkStreamAsRead,
    result=Empty,
    errors=("BAD_REQUEST",),
    deprecated=True,
)


class MarkTopicAsRead(Request, frozen=True, kw_only=True):
    stream_id: Annotated[int, Param("The channel's id.", json=True, example=12)]
    topic_name: Annotated[str, Param("The topic.", example="lunch")]


mark_topic_as_read = Endpoint(
    name="mark_topic_as_read",
    method="POST",
    path="/mark_topic_as_read",
    area="messages",
    summary="Mark a topic as read",
    doc="Marks all messages of a topic as read." + _OLD,
    params=MarkTopicAsRead,
    result=Empty,
    errors=("BAD_REQUEST",),
    deprecated=True,
)
