"""Messages to be sent later: kept, changed, given up, sent.

A row of `scheduled_message` is a message that was not sent: the transaction that sends it deletes the row. So
whoever tries a second time, another process or this one after a crash, finds nothing to send. What a sender
prepared before the lock is used only if the row is still the one that it was prepared for.
"""

from datetime import UTC, datetime

import msgspec

from aloha.contract.errors import ApiError
from aloha_server.markup import Rendered

from ..access.scheduled import Scheduled, find_scheduled, show_scheduled
from ..access.users import User, acting_user, find_user
from ..events.emit import emit, emit_internal, to_users
from ..store import Tx, WriteTx
from .messages import Outgoing, check_send, send_internal, send_message

SCHEDULED_MAX = 1000  # of one user
DUE_AT_MAX = 253_402_300_799  # the end of the year 9999

COUNT = "select count(*) from scheduled_message where realm_id = :realm_id and user_id = :user_id"
INSERT = """
    insert into scheduled_message (realm_id, scheduled_id, user_id, stream_id, people, topic, content, rendered, client,
        read_by_sender, due_at, failed)
    values (:realm_id, :scheduled_id, :user_id, :stream_id, :people_json, :topic, :content, :rendered, :client,
        :read_by_sender, :due_at, :failed)
"""
DELETE = "delete from scheduled_message where realm_id = :realm_id and scheduled_id = :scheduled_id"


def schedule_message(tx: WriteTx, user: User, message: Outgoing, due_at: int) -> int:
    """Keeps a message that could be sent now; its id."""
    check_due(tx, due_at)
    if tx.value(COUNT, user_id=user.user_id) >= SCHEDULED_MAX:
        raise ApiError(f"There can be at most {SCHEDULED_MAX} scheduled messages")
    row = _make_row(tx, user, message, due_at, tx.next_id("scheduled_message"))
    _put(tx, row)
    _emit(tx, user.user_id, "add", scheduled_messages=[show_scheduled(row)])
    return row.scheduled_id


def change_scheduled(tx: WriteTx, user: User, before: Scheduled, message: Outgoing, due_at: int | None) -> bool:
    """Puts `message` in the place of `before`; False where that changed meanwhile, and nothing was done."""
    current = access_scheduled(tx, user, before.scheduled_id)
    if current != before:
        return False
    if due_at is not None or current.failed:
        check_due(tx, due_at or 0)
    row = _make_row(tx, user, message, due_at or current.due_at, current.scheduled_id)
    if row != current:
        tx.execute(DELETE, scheduled_id=current.scheduled_id)
        _put(tx, row)
        _emit(tx, user.user_id, "update", scheduled_message=show_scheduled(row))
    return True


def delete_scheduled(tx: WriteTx, user: User, scheduled_id: int) -> None:
    access_scheduled(tx, user, scheduled_id)
    _remove(tx, user.user_id, scheduled_id)


def deliver_scheduled(tx: WriteTx, row: Scheduled, rendered: Rendered) -> None:
    """Sends what is due, unless that was done or changed since `row` was read. Raises what forbids it."""
    if find_scheduled(tx, row.scheduled_id) != row or row.due_at > tx.now:
        return
    send_message(tx, acting_user(tx, row.user_id), make_outgoing(row, rendered))
    _remove(tx, row.user_id, row.scheduled_id)


def fail_scheduled(tx: WriteTx, row: Scheduled, reason: str) -> None:
    """What could not be sent is kept with its mark, and its sender is told why."""
    if find_scheduled(tx, row.scheduled_id) != row:
        return
    failed = msgspec.structs.replace(row, failed=1)
    tx.execute(DELETE, scheduled_id=row.scheduled_id)
    _put(tx, failed)
    _emit(tx, row.user_id, "update", scheduled_message=show_scheduled(failed))
    sender = find_user(tx, row.user_id)
    if sender is not None and sender.is_active:
        due = datetime.fromtimestamp(row.due_at, UTC).isoformat()
        content = f"The message that you scheduled for <time:{due}> could not be sent: {reason}"
        send_internal(tx, to_user_ids=[row.user_id], content=content)


def make_outgoing(row: Scheduled, rendered: Rendered) -> Outgoing:
    return Outgoing(
        stream=row.stream_id,
        topic=row.topic,
        people=None if row.stream_id is not None else row.people,
        content=row.content,
        rendered=rendered,
        client=row.client,
        read_by_sender=bool(row.read_by_sender),
    )


def access_scheduled(tx: Tx, user: User, scheduled_id: int) -> Scheduled:
    """Raises the same error for one that is gone and for somebody else's."""
    row = find_scheduled(tx, scheduled_id)
    if row is None or row.user_id != user.user_id:
        raise ApiError("Scheduled message does not exist", status=404)
    return row


def check_due(tx: Tx, due_at: int) -> None:
    if not tx.now < due_at <= DUE_AT_MAX:
        raise ApiError("Scheduled delivery time must be in the future.")


def tell_worker(tx: WriteTx, due_at: int) -> None:
    """Processes learn that something is due at that time."""
    emit_internal(tx, "_due", {"due_at": due_at})


def _make_row(tx: WriteTx, user: User, message: Outgoing, due_at: int, scheduled_id: int) -> Scheduled:
    """Raises what would forbid to send it now."""
    topic, people = check_send(tx, user, message)
    assert message.stream is None or isinstance(message.stream, int)
    others = sorted(person.user_id for person in people if person.user_id != user.user_id)
    to = others or [person.user_id for person in people]
    return Scheduled(
        scheduled_id=scheduled_id,
        user_id=user.user_id,
        stream_id=message.stream,
        people_json=msgspec.json.encode(to).decode(),
        topic=topic,
        content=message.content,
        rendered=message.rendered.html,
        client=message.client,
        read_by_sender=int(message.read_by_sender),
        due_at=due_at,
        failed=0,
    )


def _put(tx: WriteTx, row: Scheduled) -> None:
    tx.execute(INSERT, **msgspec.structs.asdict(row))
    if not row.failed:
        tell_worker(tx, row.due_at)


def _remove(tx: WriteTx, user_id: int, scheduled_id: int) -> None:
    tx.execute(DELETE, scheduled_id=scheduled_id)
    _emit(tx, user_id, "remove", scheduled_message_id=scheduled_id)


def _emit(tx: WriteTx, user_id: int, op: str, **fields: object) -> None:
    emit(tx, {"type": "scheduled_messages", "op": op, **fields}, to_users(tx, [user_id]))
