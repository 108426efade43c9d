"""Muting people."""

from collections.abc import Callable

from aloha.contract.endpoint import Empty
from aloha.contract.endpoints.muted_users import MuteUser, UnmuteUser, mute_user, unmute_user

from ..access.users import User, acting_user
from ..actions import muting
from ..reads.users import access_person
from ..store import WriteTx
from .context import Context, Services
from .routing import Routes

routes = Routes()


@routes.handles(mute_user)
async def mute(ctx: Context[Services], params: MuteUser) -> Empty:
    return await _act(ctx, muting.mute_user, params.muted_user_id)


@routes.handles(unmute_user)
async def unmute(ctx: Context[Services], params: UnmuteUser) -> Empty:
    return await _act(ctx, muting.unmute_user, params.muted_user_id)


async def _act(ctx: Context[Services], action: Callable[[WriteTx, User, User], None], user_id: int) -> Empty:
    def act(tx: WriteTx) -> None:
        actor = acting_user(tx, ctx.user.user_id)
        action(tx, actor, access_person(tx, actor, user_id))

    await ctx.write(act)
    return Empty()
