"""Reminders of messages; the wire has them since feature level 381, with their list and the note since 399 and 415."""

from typing import Annotated

from aloha.contract.endpoint import UNSET, Empty, Endpoint, Field, Param, Request, Result, UnsetType
from aloha.contract.objects import Reminder


class GetReminders(Request, frozen=True, kw_only=True):
    pass


class GetRemindersResult(Result, kw_only=True):
    reminders: Annotated[list[Reminder], Field("The reminders that were not sent, by the time when they are due.")]


class CreateReminder(Request, frozen=True, kw_only=True):
    message_id: Annotated[int, Param("Of which message to be reminded.", example=901)]
    scheduled_delivery_timestamp: Annotated[
        int, Param("When to be reminded, in UNIX seconds; a time to come.", json=True, example=1767229200)
    ]
    note: Annotated[
        str | UnsetType, Param("What the user wants to be told with it, of at most 500 characters.", example="Answer!")
    ] = UNSET


class CreateReminderResult(Result, kw_only=True):
    reminder_id: Annotated[int, Field("The new reminder's id.")]


class DeleteReminder(Request, frozen=True, kw_only=True):
    reminder_id: Annotated[int, Param("The reminder's id.", example=2)]


get_reminders = Endpoint(
    name="get_reminders",
    method="GET",
    path="/reminders",
    area="scheduled_messages",
    summary="Get your reminders",
    doc="Lists the reminders that the user has set and that are still to come.",
    params=GetReminders,
    result=GetRemindersResult,
    example_result={
        "reminders": [
            {
                "reminder_id": 2,
                "type": "private",
                "to": [9],
                "content": "You asked to be reminded.",
                "rendered_content": "<p>You asked to be reminded.</p>",
                "scheduled_delivery_timestamp": 1767229200,
                "failed": False,
                "reminder_target_message_id": 901,
            }
        ]
    },
)

create_reminder = Endpoint(
    name="create_reminder",
    method="POST",
    path="/reminders",
    area="scheduled_messages",
    summary="Set a reminder",
    doc=(
        "Has the Notification Bot write to the user at the given time, with a link to the message and its text as it "
        "is then, as far as the user can still read it."
    ),
    params=CreateReminder,
    result=CreateReminderResult,
    errors=("BAD_REQUEST",),
    example_result={"reminder_id": 2},
)

delete_reminder = Endpoint(
    name="delete_reminder",
    method="DELETE",
    path="/reminders/{reminder_id}",
    area="scheduled_messages",
    summary="Delete a reminder",
    doc="Gives a reminder up. One that is not there, or is somebody else's, is answered with HTTP 404.",
    params=DeleteReminder,
    result=Empty,
    errors=("BAD_REQUEST",),
)
