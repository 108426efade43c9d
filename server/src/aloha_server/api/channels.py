"""The endpoints that came after feature level 372 and say channel."""

from aloha.contract.endpoints.channels import (
    CreateChannel,
    CreateChannelResult,
    GetUserChannels,
    GetUserChannelsResult,
    create_channel,
    get_user_channels,
)
from aloha.contract.endpoints.subscriptions import NewSubscription

from ..access.users import acting_user
from ..actions import subscriptions as actions
from ..reads.streams import read_channels_of
from ..store import Tx
from .context import Context, Services
from .routing import Routes
from .subscriptions import render_all, stream_options

routes = Routes()


@routes.handles(create_channel)
async def create(ctx: Context[Services], params: CreateChannel) -> CreateChannelResult:
    new = NewSubscription(name=params.name, description=params.description)
    request = actions.SubscribeRequest(
        streams=await render_all(ctx, [new]),
        principals=list(params.subscribers),
        options=stream_options(params),
        announce=params.announce,
        tell_people=params.send_new_subscription_messages is not False,
        only_new=True,
    )
    done = await ctx.write(lambda tx: actions.subscribe(tx, acting_user(tx, ctx.user.user_id), request))
    [stream_id] = done.stream_ids
    return CreateChannelResult(id=stream_id)


@routes.handles(get_user_channels)
async def list_channels_of(ctx: Context[Services], params: GetUserChannels) -> GetUserChannelsResult:
    def read(tx: Tx) -> GetUserChannelsResult:
        user = acting_user(tx, ctx.user.user_id)
        return GetUserChannelsResult(subscribed_channel_ids=read_channels_of(tx, user, params.user_id))

    return await ctx.read(read)
