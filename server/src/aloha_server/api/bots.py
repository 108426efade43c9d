"""Bots: listing, making, changing and ending them, and their keys."""

from typing import Any

from aloha.contract.endpoint import UNSET, Empty
from aloha.contract.endpoints import bots as contract
from aloha.contract.endpoints.bots import BotKeyResult, CreateBotResult, GetBotsResult, OwnedBot, UpdateBotResult

from ..access.accounts import digest_api_key
from ..access.keys import new_api_key
from ..access.users import User, acting_user, find_user
from ..actions import bots as actions
from ..actions.users import NewUser, regenerate_api_key
from ..reads.bots import bot_avatar, get_owned_bots, get_sealed_key, owner_address
from ..store import Tx, WriteTx
from .context import Context, Services
from .routing import Routes

routes = Routes()

NO_DEFAULTS: dict[str, Any] = {
    "default_sending_stream": None,
    "default_events_register_stream": None,
    "default_all_public_streams": False,
}


@routes.handles(contract.get_bots)
async def list_own(ctx: Context[Services], params: contract.GetBots) -> GetBotsResult:
    del params

    def read(tx: Tx) -> list[tuple[User, bytes, str]]:
        owned = get_owned_bots(tx, acting_user(tx, ctx.user.user_id))
        return [(bot, sealed, bot_avatar(tx, bot)) for bot, sealed in owned]

    bots = [
        OwnedBot(
            username=bot.email,
            full_name=bot.full_name,
            api_key=ctx.services.keys.open(sealed),
            avatar_url=avatar_url,
            **NO_DEFAULTS,
        )
        for bot, sealed, avatar_url in await ctx.read(read)
    ]
    return GetBotsResult(bots=bots)


@routes.handles(contract.create_bot)
async def create(ctx: Context[Services], params: contract.CreateBot) -> CreateBotResult:
    api_key = new_api_key()
    sealed, digest = ctx.services.keys.seal(api_key), digest_api_key(api_key)

    def act(tx: WriteTx) -> tuple[int, str]:
        actor = acting_user(tx, ctx.user.user_id)
        new = NewUser(
            email=actions.bot_address(tx, params.short_name),
            full_name=params.full_name,
            sealed_key=sealed,
            api_key_digest=digest,
            bot_type=params.bot_type,
            bot_owner_id=actor.user_id,
        )
        bot_id = actions.create_bot(tx, actor, new)
        bot = find_user(tx, bot_id)
        assert bot is not None
        return bot_id, bot_avatar(tx, bot)

    user_id, avatar_url = await ctx.write(act)
    return CreateBotResult(user_id=user_id, api_key=api_key, avatar_url=avatar_url, **NO_DEFAULTS)


@routes.handles(contract.update_bot)
async def update(ctx: Context[Services], params: contract.UpdateBot) -> UpdateBotResult:
    def act(tx: WriteTx) -> UpdateBotResult:
        actor = acting_user(tx, ctx.user.user_id)
        bot = actions.access_bot(tx, actor, params.bot_id)
        actions.update_bot(
            tx,
            actor,
            bot,
            full_name=None if params.full_name is UNSET else params.full_name,
            role=None if params.role is UNSET else params.role,
            owner_id=None if params.bot_owner_id is UNSET else params.bot_owner_id,
        )
        changed = find_user(tx, bot.user_id)
        assert changed is not None
        owner = owner_address(tx, changed)
        return UpdateBotResult(
            full_name=changed.full_name,
            avatar_url=bot_avatar(tx, changed),
            bot_owner=UNSET if owner is None else owner,
            service_interface=1,
            service_payload_url=None,
            config_data=None,
            **NO_DEFAULTS,
        )

    return await ctx.write(act)


@routes.handles(contract.deactivate_bot)
async def deactivate(ctx: Context[Services], params: contract.DeactivateBot) -> Empty:
    def act(tx: WriteTx) -> None:
        actor = acting_user(tx, ctx.user.user_id)
        actions.deactivate_bot(tx, actions.access_bot(tx, actor, params.bot_id))

    await ctx.write(act)
    return Empty()


@routes.handles(contract.regenerate_bot_key)
async def regenerate(ctx: Context[Services], params: contract.RegenerateBotKey) -> BotKeyResult:
    api_key = new_api_key()
    sealed, digest = ctx.services.keys.seal(api_key), digest_api_key(api_key)

    def act(tx: WriteTx) -> None:
        bot = actions.access_bot(tx, acting_user(tx, ctx.user.user_id), params.bot_id)
        regenerate_api_key(tx, bot, sealed_key=sealed, api_key_digest=digest)

    await ctx.write(act)
    return BotKeyResult(api_key=api_key)


@routes.handles(contract.get_bot_key)
async def show_key(ctx: Context[Services], params: contract.GetBotKey) -> BotKeyResult:
    def read(tx: Tx) -> bytes:
        return get_sealed_key(tx, actions.access_bot(tx, acting_user(tx, ctx.user.user_id), params.bot_id))

    return BotKeyResult(api_key=ctx.services.keys.open(await ctx.read(read)))
