"""Scheduled messages: written now, sent by the server when their time has come."""

from typing import Annotated, Literal

from aloha.contract.endpoint import UNSET, Empty, Endpoint, Field, Param, Request, Result, UnsetType
from aloha.contract.objects import ScheduledMessage

ScheduledMessageId = Annotated[int, Param("The scheduled message's id.", example=5)]
_TYPE = "`channel` (or `stream`) or `direct` (or `private`)."
_TO = "The channel's id, or the user ids of a direct message's recipients."
_TOPIC = "The topic of a message to a channel; passed over for a direct message."
_DUE = "When to send it, in UNIX seconds; a time to come."

Kind = Literal["direct", "channel", "stream", "private"]


class GetScheduledMessages(Request, frozen=True, kw_only=True):
    pass


class GetScheduledMessagesResult(Result, kw_only=True):
    scheduled_messages: Annotated[
        list[ScheduledMessage] | UnsetType, Field("Those that were not sent, by the time when they are due.")
    ] = UNSET


class CreateScheduledMessage(Request, frozen=True, kw_only=True):
    type: Annotated[Kind, Param(_TYPE, example="channel")]
    to: Annotated[int | list[int], Param(_TO, json=True, example=12)]
    content: Annotated[str, Param("The text, as Markdown.", example="Lunch is ready!")]
    topic: Annotated[str | UnsetType, Param(_TOPIC, example="lunch")] = UNSET
    scheduled_delivery_timestamp: Annotated[int, Param(_DUE, json=True, example=1767229200)]
    read_by_sender: Annotated[
        bool | UnsetType,
        Param(
            "Whether the sent message counts as read by its sender; by default, where the client is one to read in.",
            json=True,
        ),
    ] = UNSET


class CreateScheduledMessageResult(Result, kw_only=True):
    scheduled_message_id: Annotated[int | UnsetType, Field("Its id, which the sent message will not have.")] = UNSET


class UpdateScheduledMessage(Request, frozen=True, kw_only=True):
    scheduled_message_id: ScheduledMessageId
    type: Annotated[Kind | UnsetType, Param(f"{_TYPE} A new type needs `to` as well.", example="direct")] = UNSET
    to: Annotated[int | list[int] | UnsetType, Param(_TO, json=True, example=[9])] = UNSET
    content: Annotated[str | UnsetType, Param("The text, as Markdown.", example="Lunch is late.")] = UNSET
    topic: Annotated[str | UnsetType, Param(_TOPIC, example="lunch")] = UNSET
    scheduled_delivery_timestamp: Annotated[int | UnsetType, Param(_DUE, json=True, example=1767229200)] = UNSET


class DeleteScheduledMessage(Request, frozen=True, kw_only=True):
    scheduled_message_id: ScheduledMessageId


get_scheduled_messages = Endpoint(
    name="get_scheduled_messages",
    method="GET",
    path="/scheduled_messages",
    area="scheduled_messages",
    summary="Get your scheduled messages",
    doc="Lists the user's messages that are to be sent later, and those that could not be sent when their time came.",
    params=GetScheduledMessages,
    result=GetScheduledMessagesResult,
    example_result={
        "scheduled_messages": [
            {
                "scheduled_message_id": 5,
                "type": "stream",
                "to": 12,
                "topic": "lunch",
                "content": "Lunch is ready!",
                "rendered_content": "<p>Lunch is ready!</p>",
                "scheduled_delivery_timestamp": 1767229200,
                "failed": False,
            }
        ]
    },
)

create_scheduled_message = Endpoint(
    name="create_scheduled_message",
    method="POST",
    path="/scheduled_messages",
    area="scheduled_messages",
    summary="Schedule a message",
    doc=(
        "Keeps a message and sends it when its time has come, once, also over a restart of the server. Whether the "
        "user may send it is checked now and again then; where it can no longer be sent, it stays with `failed`, and "
        "the Notification Bot tells the user why."
    ),
    params=CreateScheduledMessage,
    result=CreateScheduledMessageResult,
    errors=(
        "BAD_REQUEST",
        "STREAM_WILDCARD_MENTION_NOT_ALLOWED",
        "TOPIC_WILDCARD_MENTION_NOT_ALLOWED",
    ),
    example_result={"scheduled_message_id": 5},
)

update_scheduled_message = Endpoint(
    name="update_scheduled_message",
    method="PATCH",
    path="/scheduled_messages/{scheduled_message_id}",
    area="scheduled_messages",
    summary="Edit a scheduled message",
    doc=(
        "Changes a scheduled message; what is not given stays. One that failed needs a new time, and is then tried "
        "again. One that is not there any more, or is somebody else's, is answered with HTTP 404."
    ),
    params=UpdateScheduledMessage,
    result=Empty,
    errors=(
        "BAD_REQUEST",
        "STREAM_WILDCARD_MENTION_NOT_ALLOWED",
        "TOPIC_WILDCARD_MENTION_NOT_ALLOWED",
    ),
)

delete_scheduled_message = Endpoint(
    name="delete_scheduled_message",
    method="DELETE",
    path="/scheduled_messages/{scheduled_message_id}",
    area="scheduled_messages",
    summary="Delete a scheduled message",
    doc="Gives a message up unsent. One that is not there, or is somebody else's, is answered with HTTP 404.",
    params=DeleteScheduledMessage,
    result=Empty,
    errors=("BAD_REQUEST",),
)
