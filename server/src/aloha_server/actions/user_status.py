"""Setting statuses. Told to all who see the person: what was given, and nothing of what stayed as it was."""

from typing import Any

import msgspec
from msgspec import structs

from aloha.contract.errors import ApiError

from ..access.emoji import UNICODE, find_emoji
from ..access.user_status import StatusRow, load_statuses
from ..access.users import User
from ..events.emit import emit
from ..store import Tx, WriteTx
from .people import watchers_of

STATUS_CHARS_MAX = 60

SET = """
    insert into user_status (realm_id, user_id, away, status_text, emoji_name, emoji_code, reaction_type)
    values (:realm_id, :user_id, :away, :status_text, :emoji_name, :emoji_code, :reaction_type)
    on conflict (realm_id, user_id) do update set away = :away, status_text = :status_text, emoji_name = :emoji_name,
        emoji_code = :emoji_code, reaction_type = :reaction_type
"""
CLEAR = "delete from user_status where realm_id = :realm_id and user_id = any(:user_ids)"


class NewStatus(msgspec.Struct, frozen=True, kw_only=True):
    """What a request gives of a status; None is not given, empty clears."""

    status_text: str | None = None
    emoji_name: str | None = None
    emoji_code: str | None = None
    reaction_type: str | None = None
    away: bool | None = None


def update_status(tx: WriteTx, user: User, new: NewStatus) -> None:
    """Nothing is told where nothing changes."""
    changes: dict[str, Any] = {}
    if new.status_text is not None:
        changes["status_text"] = new.status_text.strip()
        if len(changes["status_text"]) > STATUS_CHARS_MAX:
            raise ApiError(f"status_text is too long (limit: {STATUS_CHARS_MAX} characters)")
    if new.emoji_name is not None or new.emoji_code is not None or new.reaction_type is not None:
        changes |= _emoji(tx, new)
    if new.away is not None:
        changes["away"] = new.away
    if not changes:
        raise ApiError("Client did not pass any new values.")
    before = load_statuses(tx, [user.user_id]).get(user.user_id, StatusRow(user.user_id))
    kept = {**changes, **({"away": int(changes["away"])} if "away" in changes else {})}
    if not changes.get("emoji_name", True):
        kept["reaction_type"] = ""
    after = structs.replace(before, **kept)
    if after == before:
        return
    if after.is_empty:
        forget_statuses(tx, [user.user_id])
    else:
        tx.execute(SET, **structs.asdict(after))
    audience = watchers_of(tx, user.user_id).audience(tx)
    emit(tx, {"type": "user_status", "user_id": user.user_id, **changes}, audience)


def forget_statuses(tx: WriteTx, user_ids: list[int]) -> None:
    """Of accounts that are deactivated, which tells it."""
    tx.execute(CLEAR, user_ids=user_ids)


def _emoji(tx: Tx, new: NewStatus) -> dict[str, str]:
    if not new.emoji_name:
        if new.emoji_code or new.reaction_type:
            raise ApiError("Client must pass emoji_name if they pass either emoji_code or reaction_type.")
        return {"emoji_name": "", "emoji_code": "", "reaction_type": UNICODE}
    emoji = find_emoji(tx, new.emoji_name, new.reaction_type)
    if emoji is None:
        raise ApiError(f"Emoji '{new.emoji_name}' does not exist")
    if new.emoji_code is not None and new.emoji_code != emoji.code:
        raise ApiError("Invalid emoji name.")
    return {"emoji_name": emoji.name, "emoji_code": emoji.code, "reaction_type": emoji.kind}
