"""What the user has read, starred and collapsed."""

from aloha.contract.endpoint import Empty
from aloha.contract.endpoints.flags import (
    MarkAllAsRead,
    MarkAllAsReadResult,
    MarkStreamAsRead,
    MarkTopicAsRead,
    UpdateFlagsForNarrow,
    UpdateFlagsForNarrowResult,
    UpdateMessageFlags,
    UpdateMessageFlagsResult,
    mark_all_as_read,
    mark_stream_as_read,
    mark_topic_as_read,
    update_message_flags,
    update_message_flags_for_narrow,
)
from aloha.contract.errors import ApiError
from aloha.contract.narrow import parse_narrow

from ..access.users import acting_user
from ..actions import flags
from ..events.adapt import EMPTY_TOPIC_NAME
from ..reads.history import Window, check_counts, find_anchor, find_window
from ..reads.narrow import resolve_narrow
from ..store import Tx
from .context import Context, Services
from .routing import Routes

routes = Routes()

MESSAGES_MAX = 100_000  # of one request


@routes.handles(update_message_flags)
async def update(ctx: Context[Services], params: UpdateMessageFlags) -> UpdateMessageFlagsResult:
    if len(params.messages) > MESSAGES_MAX:
        raise ApiError(f"At most {MESSAGES_MAX} messages in one request")
    done = await ctx.write(
        lambda tx: flags.update_flags(tx, acting_user(tx, ctx.user.user_id), params.messages, params.op, params.flag)
    )
    return UpdateMessageFlagsResult(messages=params.messages, ignored_because_not_subscribed_channels=done.ignored)


@routes.handles(update_message_flags_for_narrow)
async def update_narrow(ctx: Context[Services], params: UpdateFlagsForNarrow) -> UpdateFlagsForNarrowResult:
    """The slice is found before the lock; what may be done to its messages is asked under it."""
    terms, counts = parse_narrow(params.narrow), check_counts(params.num_before, params.num_after)

    def find(tx: Tx) -> Window:
        user = acting_user(tx, ctx.user.user_id)
        narrowed = resolve_narrow(tx, user, terms)
        anchor = find_anchor(tx, user, params.anchor, narrowed)
        return find_window(tx, narrowed, anchor, *counts, include_anchor=params.include_anchor)

    window = await ctx.read(find)
    ids = window.message_ids
    done = await ctx.write(
        lambda tx: flags.update_flags(tx, acting_user(tx, ctx.user.user_id), ids, params.op, params.flag)
    )
    return UpdateFlagsForNarrowResult(
        processed_count=len(ids),
        updated_count=done.changed,
        first_processed_id=ids[0] if ids else None,
        last_processed_id=ids[-1] if ids else None,
        found_oldest=window.found_oldest,
        found_newest=window.found_newest,
        ignored_because_not_subscribed_channels=done.ignored,
    )


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
