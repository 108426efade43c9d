"""Statuses: one's own, and others'."""

from typing import Any

from aloha.contract.endpoint import UNSET, Empty, UnsetType
from aloha.contract.endpoints.presence import (
    GetUserStatus,
    GetUserStatusResult,
    UpdateStatus,
    UpdateUserStatus,
    get_user_status,
    update_status,
    update_user_status,
)
from aloha.contract.errors import PermissionDeniedError

from ..access.user_status import StatusRow, load_statuses, wire_status
from ..access.users import acting_user, check_person
from ..actions import user_status as actions
from ..actions.personal_settings import update_settings
from ..actions.user_status import NewStatus
from ..actions.users import access_user
from ..reads.users import access_person
from ..store import Tx, WriteTx
from .context import Context, Services
from .presence import follow_setting
from .routing import Routes

routes = Routes()


@routes.handles(update_status)
async def update_own(ctx: Context[Services], params: UpdateStatus) -> Empty:
    new = _new_status(params, None if params.away is UNSET else bool(params.away))

    def act(tx: WriteTx) -> dict[str, Any]:
        user = acting_user(tx, ctx.user.user_id)
        check_person(user)
        actions.update_status(tx, user, new)
        return {} if new.away is None else update_settings(tx, user, {"presence_enabled": not new.away})

    await follow_setting(ctx, await ctx.write(act))
    return Empty()


@routes.handles(update_user_status)
async def update_other(ctx: Context[Services], params: UpdateUserStatus) -> Empty:
    new = _new_status(params, None)

    def act(tx: WriteTx) -> None:
        actor = acting_user(tx, ctx.user.user_id)
        if not actor.is_admin:
            raise PermissionDeniedError("Must be an organization administrator")
        user = access_user(tx, access_person(tx, actor, params.user_id).user_id)
        actions.update_status(tx, user, new)

    await ctx.write(act)
    return Empty()


def _new_status(params: UpdateStatus | UpdateUserStatus, away: bool | None) -> NewStatus:
    return NewStatus(
        status_text=_given(params.status_text),
        emoji_name=_given(params.emoji_name),
        emoji_code=_given(params.emoji_code),
        reaction_type=_given(params.reaction_type),
        away=away,
    )


def _given(value: str | UnsetType) -> str | None:
    return None if value is UNSET else value


@routes.handles(get_user_status)
async def show(ctx: Context[Services], params: GetUserStatus) -> GetUserStatusResult:
    def read(tx: Tx) -> GetUserStatusResult:
        user = access_person(tx, acting_user(tx, ctx.user.user_id), params.user_id)
        row = load_statuses(tx, [user.user_id]).get(user.user_id, StatusRow(user.user_id))
        return GetUserStatusResult(status=wire_status(row))

    return await ctx.read(read)
