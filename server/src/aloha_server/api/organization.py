"""The organization over the API: its settings, its emoji, and what a log-in page needs."""

from typing import Any

import msgspec

from aloha.contract.endpoint import UNSET, Empty, Request, Result
from aloha.contract.endpoints import organization as contract
from aloha.contract.endpoints.organization import GetCustomEmojiResult, ServerSettings, UpdateRealmResult

from ..access.emoji import check_image, wire_realm_emoji
from ..access.users import acting_user
from ..actions.emoji import add_emoji, deactivate_emoji
from ..actions.realm_activity import deactivate_realm
from ..actions.realm_settings import update_realm
from ..reads.organization import get_server_settings
from .context import Context, Services
from .one_file import one_file
from .routing import Routes

routes = Routes()


@routes.handles(contract.get_server_settings)
async def show_server(ctx: Context[Services], params: contract.GetServerSettings) -> ServerSettings:
    del params
    demo = ctx.services.settings.demo
    return await ctx.read(lambda tx: get_server_settings(tx, base_url=ctx.base_url, demo=demo))


@routes.handles(contract.update_realm)
async def change(ctx: Context[Services], params: Request) -> Result:
    given: dict[str, Any] = {
        name: value for name, value in msgspec.structs.asdict(params).items() if value is not UNSET
    }
    changed = await ctx.write(lambda tx: update_realm(tx, acting_user(tx, ctx.user.user_id), given))
    return UpdateRealmResult(**changed)


@routes.handles(contract.deactivate_realm)
async def deactivate(ctx: Context[Services], params: contract.DeactivateRealm) -> Empty:
    del params
    await ctx.write(lambda tx: deactivate_realm(tx, acting_user(tx, ctx.user.user_id)))
    return Empty()


@routes.handles(contract.get_custom_emoji)
async def list_emoji(ctx: Context[Services], params: contract.GetCustomEmoji) -> GetCustomEmojiResult:
    del params
    return GetCustomEmojiResult(emoji=await ctx.read(wire_realm_emoji))


@routes.handles(contract.upload_custom_emoji)
async def upload_emoji(ctx: Context[Services], params: contract.UploadCustomEmoji) -> Empty:
    file = one_file(ctx)
    image_type = check_image(file.data)
    name = params.emoji_name
    await ctx.write(lambda tx: add_emoji(tx, acting_user(tx, ctx.user.user_id), name, file.data, image_type))
    return Empty()


@routes.handles(contract.deactivate_custom_emoji)
async def remove_emoji(ctx: Context[Services], params: contract.DeactivateCustomEmoji) -> Empty:
    await ctx.write(lambda tx: deactivate_emoji(tx, acting_user(tx, ctx.user.user_id), params.emoji_name))
    return Empty()
