"""Presence: pings, and who is there. A ping is a read; it writes only where it tells others that somebody came."""

from typing import Any

from aloha.contract.endpoint import UNSET, UnsetType
from aloha.contract.endpoints.presence import (
    GetPresence,
    GetPresenceResult,
    GetUserPresence,
    GetUserPresenceResult,
    UpdatePresence,
    UpdatePresenceResult,
    get_presence,
    get_user_presence,
    update_presence,
)
from aloha.contract.errors import ApiError

from ..access.presence import HISTORY_DAYS, NOTHING, Seen
from ..access.realm import load_realm
from ..access.users import acting_user, check_person
from ..actions.presence import is_told_at_once, seen_after_setting, tell_presence
from ..reads.presence import get_last_seen, read_presence
from ..reads.users import access_person
from ..store import Tx
from .context import Context, Services
from .routing import Routes

routes = Routes()

HISTORY_DAYS_MAX = 3650


def check_history_days(days: int | UnsetType) -> int:
    if days is UNSET:
        return HISTORY_DAYS
    if not 0 <= days <= HISTORY_DAYS_MAX:
        raise ApiError(f"Invalid number of days: 0 to {HISTORY_DAYS_MAX}")
    return days


@routes.handles(update_presence)
async def ping(ctx: Context[Services], params: UpdatePresence) -> UpdatePresenceResult:
    history_days = check_history_days(params.history_limit_days)
    user_id = ctx.user.user_id

    def read(tx: Tx) -> tuple[Seen | None, UpdatePresenceResult]:
        user = acting_user(tx, user_id)
        check_person(user)
        presence = ctx.services.presences.of(tx)
        came = None
        if user.setting("presence_enabled", load_realm(tx)):
            came = presence.touch(user_id, active=params.status == "active", now=tx.now)
        if came is not None and not is_told_at_once(tx):
            presence.announce_later(user_id)
            came = None
        if params.ping_only:
            return came, UpdatePresenceResult()
        given = params.last_update_id
        answer = read_presence(
            tx,
            user,
            presence,
            slim=params.slim_presence or given is not UNSET,
            last_update_id=NOTHING if given is UNSET else given,
            history_days=history_days,
        )
        return came, UpdatePresenceResult(
            presences=answer.presences, presence_last_update_id=answer.last_update_id, server_timestamp=tx.now
        )

    came, result = await ctx.read(read)
    if came is not None:
        seen = came
        await ctx.write(lambda tx: tell_presence(tx, acting_user(tx, user_id), seen))
    return result


async def follow_setting(ctx: Context[Services], changed: dict[str, Any]) -> None:
    """After a change of settings was committed: who turned presence off is away, who turned it on is there."""
    if "presence_enabled" not in changed:
        return
    user_id = ctx.user.user_id

    def read(tx: Tx) -> None:
        presence = ctx.services.presences.of(tx)
        seen = seen_after_setting(user_id, enabled=changed["presence_enabled"], now=tx.now)
        presence.replace(user_id, seen.active_at, seen.connected_at, tx.now)
        if not is_told_at_once(tx):
            presence.announce_later(user_id)

    await ctx.read(read)


@routes.handles(get_user_presence)
async def show(ctx: Context[Services], params: GetUserPresence) -> GetUserPresenceResult:
    asked = params.user_id_or_email

    def read(tx: Tx) -> GetUserPresenceResult:
        viewer = acting_user(tx, ctx.user.user_id)
        user = access_person(tx, viewer, int(asked) if asked.isdecimal() and len(asked) < 19 else asked)
        return GetUserPresenceResult(presence=get_last_seen(tx, user, ctx.services.presences.of(tx)))

    return await ctx.read(read)


@routes.handles(get_presence)
async def show_all(ctx: Context[Services], params: GetPresence) -> GetPresenceResult:
    del params

    def read(tx: Tx) -> GetPresenceResult:
        viewer = acting_user(tx, ctx.user.user_id)
        answer = read_presence(tx, viewer, ctx.services.presences.of(tx), slim=False)
        return GetPresenceResult(presences=answer.presences, server_timestamp=tx.now)

    return await ctx.read(read)
