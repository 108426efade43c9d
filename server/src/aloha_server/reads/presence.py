"""Presence as one reader sees it: in the modern form by user id, in the older one by address."""

from collections.abc import Callable
from typing import Any

import msgspec
from msgspec import UNSET, structs

from aloha.contract.endpoints.presence import SeenEntry
from aloha.contract.errors import ApiError

from ..access.presence import DAY_S, HISTORY_DAYS, NOTHING, OFFLINE_S, RealmPresence, Seen
from ..access.realm import load_realm
from ..access.users import User, load_users, shown_email
from ..access.visibility import visible_user_ids
from ..store import Tx
from .view import View


class PresenceAnswer(msgspec.Struct, frozen=True):
    presences: dict[str, Any]
    last_update_id: int


def read_presence(
    tx: Tx,
    viewer: User,
    presence: RealmPresence,
    *,
    slim: bool,
    last_update_id: int = NOTHING,
    history_days: int = HISTORY_DAYS,
) -> PresenceAnswer:
    """Of those whom the viewer sees, what changed after an update."""
    oldest = int(tx.now) - history_days * DAY_S
    changed, last = presence.changed_since(last_update_id, oldest)
    visible = visible_user_ids(tx, viewer)
    if visible is not None:
        changed = [seen for seen in changed if seen.user_id in visible]
    if slim:
        return PresenceAnswer({str(seen.user_id): seen.slim() for seen in changed}, last)
    return PresenceAnswer(_by_address(tx, changed), last)


def _by_address(tx: Tx, changed: list[Seen]) -> dict[str, Any]:
    realm = load_realm(tx)
    users = load_users(tx, [seen.user_id for seen in changed])
    shown = {}
    for seen in changed:
        entry = seen.legacy()
        aggregated = structs.replace(entry, pushable=UNSET)  # of no one client
        shown[shown_email(users[seen.user_id], realm)] = {"aggregated": aggregated, "website": entry}
    return shown


def get_last_seen(tx: Tx, user: User, presence: RealmPresence) -> dict[str, SeenEntry]:
    """One person's presence, without what tells of clients; who was not seen for long is offline."""
    if user.is_bot:
        raise ApiError("Presence is not supported for bot users.")
    seen = presence.find(user.user_id) if user.is_active else None
    if seen is None:
        raise ApiError(f"No presence data for {user.full_name}")
    entry = seen.legacy()
    is_gone = tx.now - entry.timestamp > OFFLINE_S
    return {
        "aggregated": SeenEntry(status="offline" if is_gone else entry.status, timestamp=entry.timestamp),
        "website": SeenEntry(status=entry.status, timestamp=entry.timestamp),
    }


def section_presence(view: View) -> dict[str, Any]:
    request = view.request
    answer = read_presence(
        view.tx,
        view.user,
        view.presence,
        slim=request.slim_presence,
        history_days=request.presence_history_days,
    )
    return {
        "presences": answer.presences,
        "presence_last_update_id": answer.last_update_id,
        "server_timestamp": view.tx.now,
    }


SECTIONS: dict[str, Callable[[View], dict[str, Any]]] = {"presence": section_presence}
