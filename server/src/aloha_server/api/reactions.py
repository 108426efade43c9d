"""Emoji reactions to messages."""

from aloha.contract.endpoint import UNSET, Empty, UnsetType
from aloha.contract.endpoints.reactions import AddReaction, RemoveReaction, add_reaction, remove_reaction

from ..access.users import acting_user
from ..actions import reactions
from .context import Context, Services
from .routing import Routes

routes = Routes()


@routes.handles(add_reaction)
async def add(ctx: Context[Services], params: AddReaction) -> Empty:
    code, kind = _given(params.emoji_code), _given(params.reaction_type)
    await ctx.write(
        lambda tx: reactions.add_reaction(
            tx, acting_user(tx, ctx.user.user_id), params.message_id, params.emoji_name, code, kind
        )
    )
    return Empty()


@routes.handles(remove_reaction)
async def remove(ctx: Context[Services], params: RemoveReaction) -> Empty:
    name, code, kind = _given(params.emoji_name), _given(params.emoji_code), _given(params.reaction_type)
    await ctx.write(
        lambda tx: reactions.remove_reaction(tx, acting_user(tx, ctx.user.user_id), params.message_id, name, code, kind)
    )
    return Empty()


def _given(value: str | UnsetType) -> str | None:
    return None if value is UNSET else value
