"""Statuses: the text and the emoji that people show beside their names."""

from typing import Any

import msgspec

from aloha.contract.objects import UserStatus

from ..store import Tx

COLUMNS = "user_id, away, status_text, emoji_name, emoji_code, reaction_type"
EVERY = f"select {COLUMNS} from user_status where realm_id = :realm_id order by user_id"
SOME = f"select {COLUMNS} from user_status where realm_id = :realm_id and user_id = any(:user_ids) order by user_id"


class StatusRow(msgspec.Struct, frozen=True):
    """A row of `user_status`; there is none where all of it is empty."""

    user_id: int
    away: int = 0
    status_text: str = ""
    emoji_name: str = ""
    emoji_code: str = ""
    reaction_type: str = ""

    @property
    def is_empty(self) -> bool:
        return not (self.away or self.status_text or self.emoji_name)


def load_statuses(tx: Tx, user_ids: list[int] | None = None) -> dict[int, StatusRow]:
    """Of those who have one, in one query; None is everybody."""
    rows = tx.all(StatusRow, EVERY) if user_ids is None else tx.all(StatusRow, SOME, user_ids=user_ids)
    return {row.user_id: row for row in rows}


def wire_status(row: StatusRow) -> UserStatus:
    return UserStatus(**status_fields(row))


def status_fields(row: StatusRow) -> dict[str, Any]:
    """What is set."""
    fields: dict[str, Any] = {}
    if row.away:
        fields["away"] = True
    if row.status_text:
        fields["status_text"] = row.status_text
    if row.emoji_name:
        fields |= {
            "emoji_name": row.emoji_name,
            "emoji_code": row.emoji_code,
            "reaction_type": row.reaction_type,
        }
    return fields
