"""Reminders over the API."""

from aloha.contract.endpoint import UNSET, Empty
from aloha.contract.endpoints.reminders import (
    CreateReminder,
    CreateReminderResult,
    DeleteReminder,
    GetReminders,
    GetRemindersResult,
    create_reminder,
    delete_reminder,
    get_reminders,
)
from aloha.contract.errors import ApiError

from ..access.messages import access_message
from ..access.scheduled import load_reminders
from ..access.users import acting_user
from ..actions import reminders as actions
from ..reads.reminders import prepare_reminder
from ..store import Tx
from .context import Context, Services
from .routing import Routes

routes = Routes()

NOTE_CHARS_MAX = 500


@routes.handles(get_reminders)
async def show(ctx: Context[Services], params: GetReminders) -> GetRemindersResult:
    del params
    return GetRemindersResult(reminders=await ctx.read(lambda tx: load_reminders(tx, ctx.user.user_id)))


@routes.handles(create_reminder)
async def create(ctx: Context[Services], params: CreateReminder) -> CreateReminderResult:
    note = "" if params.note is UNSET else params.note.strip()
    if len(note) > NOTE_CHARS_MAX:
        raise ApiError(f"note is too long (limit: {NOTE_CHARS_MAX} characters)")
    user_id = ctx.user.user_id

    def prepare(tx: Tx) -> actions.NewReminder:
        user = acting_user(tx, user_id)
        access_message(tx, user, params.message_id)
        ready = prepare_reminder(tx, user, params.message_id, note)
        return actions.NewReminder(
            message_id=params.message_id,
            note=note,
            content=ready.content,
            rendered=ready.rendered.html,
            due_at=params.scheduled_delivery_timestamp,
        )

    new = await ctx.read(prepare)
    reminder_id = await ctx.write(lambda tx: actions.create_reminder(tx, acting_user(tx, user_id), new))
    return CreateReminderResult(reminder_id=reminder_id)


@routes.handles(delete_reminder)
async def delete(ctx: Context[Services], params: DeleteReminder) -> Empty:
    await ctx.write(lambda tx: actions.delete_reminder(tx, acting_user(tx, ctx.user.user_id), params.reminder_id))
    return Empty()
