"""Drafts: kept, replaced and deleted for all clients of their writer, and told to nobody else.

A draft names a channel that its writer reads, or people whom they see; neither is asked for the right to be
written to before the message is sent.
"""

from collections.abc import Sequence

import msgspec
from msgspec import UNSET

from aloha.contract.errors import ApiError
from aloha.contract.objects import Draft

from ..access.drafts import COLUMNS, DraftRow, show_drafts
from ..access.messages import readable_stream_ids
from ..access.realm import load_realm
from ..access.streams import no_such_stream
from ..access.topics import check_topic
from ..access.users import User, load_users
from ..access.visibility import visible_user_ids
from ..events.emit import emit, to_users
from ..store import Tx, WriteTx

DRAFTS_MAX = 1000  # of one user
AHEAD_S_MAX = 24 * 3600  # of a client whose clock is wrong

COUNT = "select count(*) from draft where realm_id = :realm_id and user_id = :user_id"
INSERT = f"""
    insert into draft (realm_id, user_id, {COLUMNS})
    values (:realm_id, :user_id, :draft_id, :type, :recipients, :topic, :content, :edited_at)
"""
UPDATE = """
    update draft set type = :type, recipients = :recipients, topic = :topic, content = :content, edited_at = :edited_at
    where realm_id = :realm_id and user_id = :user_id and draft_id = :draft_id
"""
DELETE = "delete from draft where realm_id = :realm_id and user_id = :user_id and draft_id = :draft_id"
DELETE_ALL = "delete from draft where realm_id = :realm_id and user_id = :user_id"


def create_drafts(tx: WriteTx, user: User, drafts: Sequence[Draft]) -> list[int]:
    """The ids of the new drafts; all are kept or none."""
    check_synchronized(tx, user)
    if not drafts:
        return []
    if tx.value(COUNT, user_id=user.user_id) + len(drafts) > DRAFTS_MAX:
        raise ApiError(f"There can be at most {DRAFTS_MAX} drafts")
    _check_recipients(tx, user, drafts)
    last = tx.next_id("draft", len(drafts))
    rows = [_row(tx, user, draft, last - len(drafts) + 1 + place) for place, draft in enumerate(drafts)]
    tx.execute_many(INSERT, [{**msgspec.structs.asdict(row), "user_id": user.user_id} for row in rows])
    emit(tx, {"type": "drafts", "op": "add", "drafts": show_drafts(rows)}, to_users(tx, [user.user_id]))
    return [row.draft_id for row in rows]


def edit_draft(tx: WriteTx, user: User, draft_id: int, draft: Draft) -> None:
    check_synchronized(tx, user)
    _check_recipients(tx, user, [draft])
    row = _row(tx, user, draft, draft_id)
    if not tx.execute(UPDATE, user_id=user.user_id, **msgspec.structs.asdict(row)):
        raise no_such_draft()
    [shown] = show_drafts([row])
    emit(tx, {"type": "drafts", "op": "update", "draft": shown}, to_users(tx, [user.user_id]))


def delete_draft(tx: WriteTx, user: User, draft_id: int) -> None:
    check_synchronized(tx, user)
    if not tx.execute(DELETE, user_id=user.user_id, draft_id=draft_id):
        raise no_such_draft()
    emit(tx, {"type": "drafts", "op": "remove", "draft_id": draft_id}, to_users(tx, [user.user_id]))


def forget_drafts(tx: WriteTx, user_id: int) -> None:
    """Of somebody who ends the synchronization: their clients keep what they have, so nothing tells of it."""
    tx.execute(DELETE_ALL, user_id=user_id)


def check_synchronized(tx: Tx, user: User) -> None:
    if not user.setting("enable_drafts_synchronization", load_realm(tx)):
        raise ApiError("User has disabled synchronizing drafts.")


def no_such_draft() -> ApiError:
    """The same for somebody else's."""
    return ApiError("Draft does not exist", status=404)


def _check_recipients(tx: Tx, user: User, drafts: Sequence[Draft]) -> None:
    """In as many statements for many drafts as for one."""
    stream_ids: set[int] = set()
    user_ids: set[int] = set()
    for draft in drafts:
        if draft.type == "stream":
            if len(draft.to) != 1:
                raise ApiError("Must specify exactly 1 channel ID for channel messages")
            stream_ids.add(draft.to[0])
        elif draft.type == "private":
            user_ids.update(draft.to)
    for stream_id in sorted(stream_ids - readable_stream_ids(tx, user, stream_ids)):
        raise no_such_stream(stream_id)
    known = load_users(tx, user_ids).keys() if user_ids else set()
    visible = visible_user_ids(tx, user) if user_ids else None
    for user_id in sorted(user_ids):
        if user_id not in known or (visible is not None and user_id not in visible):
            raise ApiError(f"Invalid user ID {user_id}")


def _row(tx: Tx, user: User, draft: Draft, draft_id: int) -> DraftRow:
    """A draft to nobody yet has no type and no topic."""
    edited_at = int(tx.now) if draft.timestamp is UNSET else draft.timestamp
    if edited_at < 0:
        raise ApiError("Timestamp must not be negative.")
    if edited_at > tx.now + AHEAD_S_MAX:
        raise ApiError("Timestamp must not be in the future.")
    people = sorted(set(draft.to) - {user.user_id}) or draft.to[:1] if draft.type == "private" else []
    type_ = draft.type if draft.type == "stream" or people else ""
    return DraftRow(
        draft_id=draft_id,
        type=type_,
        recipients=msgspec.json.encode(draft.to if type_ == "stream" else people).decode(),
        topic=check_topic(draft.topic) if type_ == "stream" else "",
        content=draft.content,
        edited_at=edited_at,
    )
