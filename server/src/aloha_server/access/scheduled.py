"""Messages and reminders for later, as they are kept and shown. They are the user's own: nobody else reads them."""

import msgspec

from aloha.contract.objects import Reminder, ScheduledMessage

from ..store import Tx

COLUMNS = """scheduled_id, user_id, stream_id, people, topic, content, rendered, client, read_by_sender, due_at,
    failed"""
ONE = f"select {COLUMNS} from scheduled_message where realm_id = :realm_id and scheduled_id = :scheduled_id"
OWN = f"""
    select {COLUMNS} from scheduled_message
    where realm_id = :realm_id and user_id = :user_id order by due_at, scheduled_id
"""
REMINDER_COLUMNS = "reminder_id, user_id, message_id, note, content, rendered, due_at"
ONE_REMINDER = f"select {REMINDER_COLUMNS} from reminder where realm_id = :realm_id and reminder_id = :reminder_id"
OWN_REMINDERS = f"""
    select {REMINDER_COLUMNS} from reminder
    where realm_id = :realm_id and user_id = :user_id order by due_at, reminder_id
"""


class Scheduled(msgspec.Struct, frozen=True):
    """A row of `scheduled_message`. A direct message has no stream; its people leave out the sender, unless it is
    to the sender alone."""

    scheduled_id: int
    user_id: int
    stream_id: int | None
    people_json: str
    topic: str
    content: str
    rendered: str
    client: str
    read_by_sender: int
    due_at: int
    failed: int

    @property
    def people(self) -> list[int]:
        return msgspec.json.decode(self.people_json, type=list[int])


class ReminderRow(msgspec.Struct, frozen=True):
    """A row of `reminder`."""

    reminder_id: int
    user_id: int
    message_id: int
    note: str
    content: str
    rendered: str
    due_at: int


def find_scheduled(tx: Tx, scheduled_id: int) -> Scheduled | None:
    return tx.one(Scheduled, ONE, scheduled_id=scheduled_id)


def find_reminder(tx: Tx, reminder_id: int) -> ReminderRow | None:
    return tx.one(ReminderRow, ONE_REMINDER, reminder_id=reminder_id)


def load_scheduled(tx: Tx, user_id: int) -> list[ScheduledMessage]:
    """By the time when they are due."""
    return [show_scheduled(row) for row in tx.all(Scheduled, OWN, user_id=user_id)]


def load_reminders(tx: Tx, user_id: int) -> list[Reminder]:
    """By the time when they are due."""
    return [show_reminder(row) for row in tx.all(ReminderRow, OWN_REMINDERS, user_id=user_id)]


def show_scheduled(row: Scheduled) -> ScheduledMessage:
    shown = ScheduledMessage(
        scheduled_message_id=row.scheduled_id,
        type="private",
        to=row.people,
        content=row.content,
        rendered_content=row.rendered,
        scheduled_delivery_timestamp=row.due_at,
        failed=bool(row.failed),
    )
    if row.stream_id is not None:
        shown.type, shown.to, shown.topic = "stream", row.stream_id, row.topic
    return shown


def show_reminder(row: ReminderRow) -> Reminder:
    return Reminder(
        reminder_id=row.reminder_id,
        type="private",
        to=[row.user_id],
        content=row.content,
        rendered_content=row.rendered,
        scheduled_delivery_timestamp=row.due_at,
        failed=False,
        reminder_target_message_id=row.message_id,
    )
