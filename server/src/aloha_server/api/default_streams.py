"""Default channels and sets of them over the API."""

from aloha.contract.endpoint import Empty
from aloha.contract.endpoints.default_streams import (
    AddDefaultStream,
    CreateDefaultStreamGroup,
    RemoveDefaultStream,
    RemoveDefaultStreamGroup,
    UpdateDefaultStreamGroup,
    UpdateDefaultStreamGroupStreams,
    add_default_stream,
    create_default_stream_group,
    remove_default_stream,
    remove_default_stream_group,
    update_default_stream_group,
    update_default_stream_group_streams,
)
from aloha.contract.endpoints.streams import UpdateStream

from ..access.users import acting_user
from ..actions import default_stream_groups as groups
from ..actions.stream_changes import update_stream
from ..store import WriteTx
from .context import Context, Services
from .routing import Routes

routes = Routes()


@routes.handles(add_default_stream)
async def add(ctx: Context[Services], params: AddDefaultStream) -> Empty:
    return await _set_default(ctx, params.stream_id, default=True)


@routes.handles(remove_default_stream)
async def remove(ctx: Context[Services], params: RemoveDefaultStream) -> Empty:
    return await _set_default(ctx, params.stream_id, default=False)


async def _set_default(ctx: Context[Services], stream_id: int, *, default: bool) -> Empty:
    change = UpdateStream(stream_id=stream_id, is_default_stream=default)
    await ctx.write(lambda tx: update_stream(tx, acting_user(tx, ctx.user.user_id), change, ""))
    return Empty()


@routes.handles(create_default_stream_group)
async def create_group(ctx: Context[Services], params: CreateDefaultStreamGroup) -> Empty:
    def write(tx: WriteTx) -> None:
        actor = acting_user(tx, ctx.user.user_id)
        groups.create_group(tx, actor, params.group_name, params.description, params.stream_names)

    await ctx.write(write)
    return Empty()


@routes.handles(update_default_stream_group)
async def change_group(ctx: Context[Services], params: UpdateDefaultStreamGroup) -> Empty:
    def write(tx: WriteTx) -> None:
        actor = acting_user(tx, ctx.user.user_id)
        groups.change_group(tx, actor, params.group_id, name=params.new_group_name, description=params.new_description)

    await ctx.write(write)
    return Empty()


@routes.handles(update_default_stream_group_streams)
async def change_streams(ctx: Context[Services], params: UpdateDefaultStreamGroupStreams) -> Empty:
    change = groups.add_streams if params.op == "add" else groups.remove_streams
    await ctx.write(
        lambda tx: change(tx, acting_user(tx, ctx.user.user_id), params.group_id, params.stream_names),
    )
    return Empty()


@routes.handles(remove_default_stream_group)
async def remove_group(ctx: Context[Services], params: RemoveDefaultStreamGroup) -> Empty:
    await ctx.write(lambda tx: groups.remove_group(tx, acting_user(tx, ctx.user.user_id), params.group_id))
    return Empty()
