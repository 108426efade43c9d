"""What the user has read, starred and collapsed."""

from aloha.contract.endpoint import Empty
from aloha.contract.endpoints.flags import (
    MarkAllAsRead,
    MarkAllAsReadResult,
    MarkStreamAsRead,
    MarkTopicAsRead,
    UpdateMessageFlags,
    UpdateMessageFlagsResult,
    mark_all_as_read,
    mark_stream_as_read,
    mark_topic_as_read,
    update_message_flags,
)
from aloha.contract.errors import ApiError

from ..access.users import acting_user
from ..actions import flags
from ..events.adapt import EMPTY_TOPIC_NAME
from .context import Context, Services
from .routing import Routes

routes = Routes()

MESSAGES_MAX = 100_000  # of one request


@routes.handles(update_message_flags)
async def update(ctx: Context[Services], params: UpdateMessageFlags) -> UpdateMessageFlagsResult:
    if len(params.messages) > MESSAGES_MAX:
        raise ApiError(f"At most {MESSAGES_MAX} messages in one request")
    ignored = await ctx.write(
        lambda tx: flags.update_flags(tx, acting_user(tx, ctx.user.user_id), params.messages, params.op, params.flag)
    )
    return UpdateMessageFlagsResult(messages=params.messages, ignored_because_not_subscribed_channels=ignored)


@routes.handles(mark_all_as_read)
async def mark_all(ctx: Context[Services], _: MarkAllAsRead) -> MarkAllAsReadResult:
    await ctx.write(lambda tx: flags.mark_all_as_read(tx, acting_user(tx, ctx.user.user_id)))
    return MarkAllAsReadResult(complete=True)


@routes.handles(mark_stream_as_read)
async def mark_stream(ctx: Context[Services], params: MarkStreamAsRead) -> Empty:
    await ctx.write(lambda tx: flags.mark_stream_as_read(tx, acting_user(tx, ctx.user.user_id), params.stream_id))
    return Empty()


@routes.handles(mark_topic_as_read)
async def mark_topic(ctx: Context[Services], params: MarkTopicAsRead) -> Empty:
    topic = "" if params.topic_name == EMPTY_TOPIC_NAME else params.topic_name
    await ctx.write(
        lambda tx: flags.mark_stream_as_read(tx, acting_user(tx, ctx.user.user_id), params.stream_id, topic)
    )
    return Empty()
