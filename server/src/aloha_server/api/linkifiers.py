"""Linkifiers and playgrounds over the API."""

from aloha.contract.endpoint import Empty
from aloha.contract.endpoints import linkifiers as contract
from aloha.contract.endpoints import playgrounds as playground_contract
from aloha.contract.endpoints.linkifiers import AddLinkifierResult, GetLinkifiersResult
from aloha.contract.endpoints.playgrounds import AddCodePlaygroundResult

from ..access.linkifiers import wire_linkifiers
from ..access.users import acting_user
from ..actions import linkifiers as actions
from ..actions import playgrounds as playground_actions
from .context import Context, Services
from .routing import Routes

routes = Routes()


@routes.handles(contract.get_linkifiers)
async def list_linkifiers(ctx: Context[Services], params: contract.GetLinkifiers) -> GetLinkifiersResult:
    del params
    return GetLinkifiersResult(linkifiers=await ctx.read(wire_linkifiers))


@routes.handles(contract.add_linkifier)
async def add(ctx: Context[Services], params: contract.AddLinkifier) -> AddLinkifierResult:
    user_id = ctx.user.user_id
    return AddLinkifierResult(
        id=await ctx.write(
            lambda tx: actions.add_linkifier(tx, acting_user(tx, user_id), params.pattern, params.url_template)
        )
    )


@routes.handles(contract.update_linkifier)
async def update(ctx: Context[Services], params: contract.UpdateLinkifier) -> Empty:
    user_id = ctx.user.user_id
    await ctx.write(
        lambda tx: actions.update_linkifier(
            tx, acting_user(tx, user_id), params.filter_id, params.pattern, params.url_template
        )
    )
    return Empty()


@routes.handles(contract.remove_linkifier)
async def remove(ctx: Context[Services], params: contract.RemoveLinkifier) -> Empty:
    user_id = ctx.user.user_id
    await ctx.write(lambda tx: actions.remove_linkifier(tx, acting_user(tx, user_id), params.filter_id))
    return Empty()


@routes.handles(contract.reorder_linkifiers)
async def reorder(ctx: Context[Services], params: contract.ReorderLinkifiers) -> Empty:
    user_id, order = ctx.user.user_id, params.ordered_linkifier_ids
    await ctx.write(lambda tx: actions.reorder_linkifiers(tx, acting_user(tx, user_id), order))
    return Empty()


@routes.handles(playground_contract.add_code_playground)
async def add_playground(
    ctx: Context[Services], params: playground_contract.AddCodePlayground
) -> AddCodePlaygroundResult:
    user_id = ctx.user.user_id
    return AddCodePlaygroundResult(
        id=await ctx.write(
            lambda tx: playground_actions.add_playground(
                tx, acting_user(tx, user_id), params.name, params.pygments_language, params.url_template
            )
        )
    )


@routes.handles(playground_contract.remove_code_playground)
async def remove_playground(ctx: Context[Services], params: playground_contract.RemoveCodePlayground) -> Empty:
    user_id = ctx.user.user_id
    await ctx.write(lambda tx: playground_actions.remove_playground(tx, acting_user(tx, user_id), params.playground_id))
    return Empty()
