"""Drafts as they are kept and shown. They are the user's own: nobody else reads them."""

from collections.abc import Iterable

import msgspec

from aloha.contract.objects import Draft

from ..store import Tx

COLUMNS = "draft_id, type, recipients, topic, content, edited_at"
ALL = f"""
    select {COLUMNS} from draft where realm_id = :realm_id and user_id = :user_id order by edited_at, draft_id
"""


class DraftRow(msgspec.Struct, frozen=True):
    draft_id: int
    type: str
    recipients: str
    topic: str
    content: str
    edited_at: int


def load_drafts(tx: Tx, user_id: int) -> list[Draft]:
    """By the time of their last change, oldest first."""
    return show_drafts(tx.all(DraftRow, ALL, user_id=user_id))


def show_drafts(rows: Iterable[DraftRow]) -> list[Draft]:
    return [
        Draft(
            id=row.draft_id,
            type=row.type,  # type: ignore[arg-type]  # written from a Draft
            to=msgspec.json.decode(row.recipients, type=list[int]),
            topic=row.topic,
            content=row.content,
            timestamp=row.edited_at,
        )
        for row in rows
    ]
