"""Telling others that one is writing."""

from typing import Annotated, Literal

from aloha.contract.endpoint import UNSET, Empty, Endpoint, Param, Request, UnsetType

from ._params import MessageId

Op = Annotated[Literal["start", "stop"], Param("Whether the user began to write or stopped.", example="start")]


class SetTypingStatus(Request, frozen=True, kw_only=True):
    op: Op
    type: Annotated[
        Literal["direct", "stream", "channel"],
        Param("Whether the message will be a direct one or go to a channel; `stream` is the older name of that."),
    ] = "direct"
    to: Annotated[
        list[int] | UnsetType,
        Param("For a direct message: the ids of those to whom it will go.", json=True, example=[9, 10]),
    ] = UNSET
    stream_id: Annotated[int | UnsetType, Param("For a channel: its id.", json=True, example=12)] = UNSET
    topic: Annotated[str | UnsetType, Param("For a channel: the topic.", example="lunch")] = UNSET


set_typing_status = Endpoint(
    name="set_typing_status",
    method="POST",
    path="/typing",
    area="users",
    summary="Tell that you are writing",
    doc=(
        "Tells the future readers of a message that the user is writing it, as a `typing` event. It holds for "
        "`server_typing_started_expiry_period_milliseconds` and is renewed while the user goes on.\n\n"
        "In conversations and channels of more than 100 people nobody is told."
    ),
    params=SetTypingStatus,
    result=Empty,
    errors=("BAD_REQUEST", "STREAM_DOES_NOT_EXIST", "REQUEST_VARIABLE_MISSING"),
)


class SetTypingStatusForMessageEdit(Request, frozen=True, kw_only=True):
    message_id: MessageId
    op: Op


set_typing_status_for_message_edit = Endpoint(
    name="set_typing_status_for_message_edit",
    method="POST",
    path="/messages/{message_id}/typing",
    area="users",
    summary="Tell that you are editing",
    doc="Tells the readers of a message that its sender is editing it, as a `typing_edit_message` event.",
    params=SetTypingStatusForMessageEdit,
    result=Empty,
    errors=("BAD_REQUEST",),
)
