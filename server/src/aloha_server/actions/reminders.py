"""Reminders of messages: set, given up, delivered.

As with scheduled messages, a row is a reminder that was not sent: the transaction that sends it deletes the row.
"""

import msgspec

from aloha.contract.errors import ApiError
from aloha_server.markup import Rendered

from ..access.messages import Message, access_message, access_messages
from ..access.scheduled import ReminderRow, find_reminder, show_reminder
from ..access.users import User, find_user
from ..events.emit import emit, to_users
from ..store import WriteTx
from .messages import send_internal
from .scheduled_messages import check_due, tell_worker

REMINDERS_MAX = 1000  # of one user

COUNT = "select count(*) from reminder where realm_id = :realm_id and user_id = :user_id"
INSERT = """
    insert into reminder (realm_id, reminder_id, user_id, message_id, note, content, rendered, due_at)
    values (:realm_id, :reminder_id, :user_id, :message_id, :note, :content, :rendered, :due_at)
"""
DELETE = "delete from reminder where realm_id = :realm_id and reminder_id = :reminder_id"


class NewReminder(msgspec.Struct, frozen=True, kw_only=True):
    """`content` is what it would say now."""

    message_id: int
    note: str
    content: str
    rendered: str
    due_at: int


def create_reminder(tx: WriteTx, user: User, new: NewReminder) -> int:
    """The reminder's id. The user can read the message."""
    check_due(tx, new.due_at)
    access_message(tx, user, new.message_id)
    if tx.value(COUNT, user_id=user.user_id) >= REMINDERS_MAX:
        raise ApiError(f"There can be at most {REMINDERS_MAX} reminders")
    row = ReminderRow(reminder_id=tx.next_id("reminder"), user_id=user.user_id, **msgspec.structs.asdict(new))
    tx.execute(INSERT, **msgspec.structs.asdict(row))
    tell_worker(tx, row.due_at)
    _emit(tx, user.user_id, "add", reminders=[show_reminder(row)])
    return row.reminder_id


def delete_reminder(tx: WriteTx, user: User, reminder_id: int) -> None:
    """The same error for one that is gone and for somebody else's."""
    row = find_reminder(tx, reminder_id)
    if row is None or row.user_id != user.user_id:
        raise ApiError("Reminder does not exist", status=404)
    _remove(tx, row)


def deliver_reminder(tx: WriteTx, row: ReminderRow, quoted: Message | None, content: str, rendered: Rendered) -> None:
    """Reminds, unless that was done, or what was prepared changed: `quoted` is the message as the user can read it."""
    user = find_user(tx, row.user_id)
    assert user is not None
    if find_reminder(tx, row.reminder_id) != row or row.due_at > tx.now:
        return
    if access_messages(tx, user, [row.message_id]) != ([quoted] if quoted else []):
        return
    if user.is_active:
        send_internal(tx, to_user_ids=[row.user_id], content=content, rendered=rendered)
    _remove(tx, row)


def drop_reminder(tx: WriteTx, row: ReminderRow) -> None:
    """Of one that cannot be sent at all."""
    if find_reminder(tx, row.reminder_id) == row:
        _remove(tx, row)


def _remove(tx: WriteTx, row: ReminderRow) -> None:
    tx.execute(DELETE, reminder_id=row.reminder_id)
    _emit(tx, row.user_id, "remove", reminder_id=row.reminder_id)


def _emit(tx: WriteTx, user_id: int, op: str, **fields: object) -> None:
    emit(tx, {"type": "reminders", "op": op, **fields}, to_users(tx, [user_id]))
