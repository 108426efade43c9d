"""Telling that people came online. In small organizations at once and one by one, in larger ones some seconds later
and of all together, to clients that understand it; guests who see only some people ask with their next ping."""

from collections.abc import Iterable

from ..access.presence import OFFLINE_S, Seen, save_presence
from ..access.realm import load_realm
from ..access.roster import load_roster
from ..access.users import User, shown_email
from ..events.bodies import PresenceBody
from ..events.emit import EVERYBODY, emit_body, to_users
from ..store import Tx, WriteTx
from .people import watchers_of

TOLD_AT_ONCE_MAX = 100
HIDDEN_S = OFFLINE_S + 65  # so long ago was somebody seen who turned presence off: past what any client calls online

PEOPLE = """
    select count(*) from (
        select 1 from account where realm_id = :realm_id and is_active = 1 and bot_type is null limit :count
    ) as people
"""


def is_told_at_once(tx: Tx) -> bool:
    """Whether the organization is small enough."""
    return bool(tx.value(PEOPLE, count=TOLD_AT_ONCE_MAX + 1) <= TOLD_AT_ONCE_MAX)


def tell_presence(tx: WriteTx, user: User, seen: Seen) -> None:
    """`presence` of one person, to all who see them."""
    body = PresenceBody(
        presences={user.user_id: seen.slim()},
        user_id=user.user_id,
        email=shown_email(user, load_realm(tx)),
        server_timestamp=tx.now,
        presence={"website": seen.legacy()},
    )
    emit_body(tx, "presence", body, watchers_of(tx, user.user_id).audience(tx))


def tell_presences(tx: WriteTx, seen: Iterable[Seen]) -> None:
    """`presence` of many, in one entry."""
    body = PresenceBody(simplified_only=True, presences={one.user_id: one.slim() for one in seen})
    roster = load_roster(tx)
    limited = roster.limited
    emit_body(tx, "presence", body, to_users(tx, roster.everyone - limited) if limited else EVERYBODY)


def write_presence(tx: WriteTx, *, unwritten: list[Seen], came: list[Seen]) -> None:
    """Background work: what pings changed since the last time, and whom they brought."""
    if unwritten:
        save_presence(tx, unwritten)
    if came:
        tell_presences(tx, came)


def seen_after_setting(user_id: int, *, enabled: bool, now: float) -> Seen:
    """What is known of somebody who turns their presence on, or off."""
    at = int(now)
    return Seen(user_id, 0, at, at) if enabled else Seen(user_id, 0, None, at - HIDDEN_S)
