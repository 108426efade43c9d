"""Channels over the API."""

from msgspec import UNSET

from aloha.contract.endpoint import Empty
from aloha.contract.endpoints.streams import (
    ArchiveStream,
    GetStreamById,
    GetStreamId,
    GetStreamIdResult,
    GetStreams,
    GetStreamsResult,
    GetStreamTopics,
    GetStreamTopicsResult,
    GetSubscribers,
    GetSubscribersResult,
    StreamResult,
    UpdateStream,
    archive_stream,
    get_stream_by_id,
    get_stream_id,
    get_stream_topics,
    get_streams,
    get_subscribers,
    update_stream,
)
from aloha_server.markup import find_references, render_description

from ..access.directory import load_directory
from ..access.stream_rules import check_description
from ..access.users import User, acting_user
from ..actions import archive, stream_changes
from ..reads import streams as stream_reads
from ..store import Tx
from .context import Context, Services
from .routing import Routes

routes = Routes()


def render_for(tx: Tx, writer: User, description: str) -> str:
    """The HTML of a description. Slow: for reads, before the lock."""
    line = check_description(description)
    return render_description(line, load_directory(tx, find_references(line), writer))


@routes.handles(get_streams)
async def list_streams(ctx: Context[Services], params: GetStreams) -> GetStreamsResult:
    def read(tx: Tx) -> GetStreamsResult:
        user = acting_user(tx, ctx.user.user_id)
        return GetStreamsResult(streams=stream_reads.list_streams(tx, user, params))

    return await ctx.read(read)


@routes.handles(get_stream_by_id)
async def read_stream(ctx: Context[Services], params: GetStreamById) -> StreamResult:
    def read(tx: Tx) -> StreamResult:
        user = acting_user(tx, ctx.user.user_id)
        return StreamResult(stream=stream_reads.read_stream(tx, user, params.stream_id))

    return await ctx.read(read)


@routes.handles(update_stream)
async def change_stream(ctx: Context[Services], params: UpdateStream) -> Empty:
    description = params.description
    rendered = ""
    if description is not UNSET:
        rendered = await ctx.read(lambda tx: render_for(tx, acting_user(tx, ctx.user.user_id), description))
    await ctx.write(lambda tx: stream_changes.update_stream(tx, acting_user(tx, ctx.user.user_id), params, rendered))
    return Empty()


@routes.handles(archive_stream)
async def put_stream_away(ctx: Context[Services], params: ArchiveStream) -> Empty:
    await ctx.write(lambda tx: archive.archive_stream(tx, acting_user(tx, ctx.user.user_id), params.stream_id))
    return Empty()


@routes.handles(get_stream_id)
async def find_stream_id(ctx: Context[Services], params: GetStreamId) -> GetStreamIdResult:
    def read(tx: Tx) -> GetStreamIdResult:
        user = acting_user(tx, ctx.user.user_id)
        return GetStreamIdResult(stream_id=stream_reads.read_stream_id(tx, user, params.stream))

    return await ctx.read(read)


@routes.handles(get_subscribers)
async def list_subscribers(ctx: Context[Services], params: GetSubscribers) -> GetSubscribersResult:
    def read(tx: Tx) -> GetSubscribersResult:
        user = acting_user(tx, ctx.user.user_id)
        return GetSubscribersResult(subscribers=stream_reads.read_subscribers(tx, user, params.stream_id))

    return await ctx.read(read)


@routes.handles(get_stream_topics)
async def list_topics(ctx: Context[Services], params: GetStreamTopics) -> GetStreamTopicsResult:
    def read(tx: Tx) -> GetStreamTopicsResult:
        user = acting_user(tx, ctx.user.user_id)
        allow_empty = params.allow_empty_topic_name
        return GetStreamTopicsResult(
            topics=stream_reads.read_topics(tx, user, params.stream_id, allow_empty=allow_empty)
        )

    return await ctx.read(read)
