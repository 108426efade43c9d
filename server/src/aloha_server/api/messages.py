"""Messages: the history, single ones, their edits, and previews. Sending is in `send`."""

from aloha.contract.endpoint import UNSET, Empty
from aloha.contract.endpoints.messages import (
    DeleteMessage,
    GetMessage,
    GetMessageHistory,
    GetMessageHistoryResult,
    GetMessageResult,
    GetMessages,
    GetMessagesResult,
    RenderMessage,
    RenderMessageResult,
    UpdateMessage,
    UpdateMessageResult,
    delete_message,
    get_message,
    get_message_history,
    get_messages,
    render_message,
    update_message,
)
from aloha.contract.errors import ApiError
from aloha.contract.narrow import parse_narrow
from aloha_server.markup import truncate_content

from ..access.directory import render_content
from ..access.messages import access_message, access_messages
from ..access.users import acting_user
from ..actions import delete_messages, edit_messages
from ..actions.edit_messages import DELETED, Content
from ..actions.move_rules import Edit
from ..events.log import read_head
from ..reads.history import MESSAGES_MAX, check_counts, find_anchor, find_window, require_anchor
from ..reads.message_history import read_versions
from ..reads.narrow import resolve_narrow
from ..reads.wire_messages import ShowAs, show_messages
from ..store import Tx
from .context import Context, Services
from .routing import Routes
from .send import CONTENT_CHARS_MAX

routes = Routes()


@routes.handles(get_messages)
async def get_many(ctx: Context[Services], params: GetMessages) -> GetMessagesResult:
    show_as = ShowAs(
        apply_markdown=params.apply_markdown,
        client_gravatar=params.client_gravatar,
        allow_empty_topic_name=params.allow_empty_topic_name,
    )
    if params.message_ids is not UNSET:
        return await _get_by_ids(ctx, params, params.message_ids, show_as)
    terms = parse_narrow(params.narrow)
    num_before, num_after = check_counts(params.num_before, params.num_after)

    def read(tx: Tx) -> GetMessagesResult:
        user = acting_user(tx, ctx.user.user_id)
        narrowed = resolve_narrow(tx, user, terms)
        named = require_anchor(params.anchor, narrowed, first_unread=params.use_first_unread_anchor)
        anchor = find_anchor(tx, user, named, narrowed)
        window = find_window(tx, narrowed, anchor, num_before, num_after, include_anchor=params.include_anchor)
        return GetMessagesResult(
            messages=show_messages(tx, user, access_messages(tx, user, window.message_ids), show_as),
            last_event_id=read_head(tx).position,
            anchor=window.anchor,
            found_anchor=window.found_anchor,
            found_oldest=window.found_oldest,
            found_newest=window.found_newest,
            history_limited=False,
        )

    return await ctx.read(read)


async def _get_by_ids(
    ctx: Context[Services], params: GetMessages, message_ids: list[int], show_as: ShowAs
) -> GetMessagesResult:
    """Those of the messages that the user can read."""
    others = (params.anchor, params.num_before, params.num_after)
    if params.narrow or params.use_first_unread_anchor or any(value is not UNSET for value in others):
        raise ApiError("message_ids does not go together with an anchor, counts or a narrow")
    if len(message_ids) > MESSAGES_MAX:
        raise ApiError(f"Too many messages requested (maximum {MESSAGES_MAX}).")

    def read(tx: Tx) -> GetMessagesResult:
        user = acting_user(tx, ctx.user.user_id)
        return GetMessagesResult(
            messages=show_messages(tx, user, access_messages(tx, user, message_ids), show_as),
            last_event_id=read_head(tx).position,
            found_anchor=False,
            found_oldest=False,
            found_newest=False,
            history_limited=False,
        )

    return await ctx.read(read)


@routes.handles(get_message)
async def get_one(ctx: Context[Services], params: GetMessage) -> GetMessageResult:
    show_as = ShowAs(apply_markdown=params.apply_markdown, allow_empty_topic_name=params.allow_empty_topic_name)

    def read(tx: Tx) -> GetMessageResult:
        user = acting_user(tx, ctx.user.user_id)
        message = access_message(tx, user, params.message_id)
        [shown] = show_messages(tx, user, [message], show_as)
        return GetMessageResult(message=shown, raw_content=message.content)

    return await ctx.read(read)


@routes.handles(get_message_history)
async def get_history(ctx: Context[Services], params: GetMessageHistory) -> GetMessageHistoryResult:
    show_as = ShowAs(allow_empty_topic_name=params.allow_empty_topic_name)

    def read(tx: Tx) -> GetMessageHistoryResult:
        user = acting_user(tx, ctx.user.user_id)
        message = access_message(tx, user, params.message_id)
        return GetMessageHistoryResult(message_history=read_versions(tx, user, message, show_as))

    return await ctx.read(read)


@routes.handles(render_message)
async def render(ctx: Context[Services], params: RenderMessage) -> RenderMessageResult:
    content = truncate_content(params.content, CONTENT_CHARS_MAX)
    user_id = ctx.user.user_id
    rendered = await ctx.read(lambda tx: render_content(tx, content, acting_user(tx, user_id)))
    return RenderMessageResult(rendered=rendered.html)


@routes.handles(update_message)
async def update(ctx: Context[Services], params: UpdateMessage) -> UpdateMessageResult:
    user_id = ctx.user.user_id
    content = None if params.content is UNSET else await _render(ctx, params.content)
    edit = Edit(
        topic=None if params.topic is UNSET else params.topic,
        stream_id=None if params.stream_id is UNSET else params.stream_id,
        propagate_mode=params.propagate_mode,
        notify_old_thread=params.send_notification_to_old_thread,
        notify_new_thread=params.send_notification_to_new_thread,
    )
    detached = await ctx.write(
        lambda tx: edit_messages.edit_message(tx, acting_user(tx, user_id), params.message_id, edit, content)
    )
    return UpdateMessageResult(detached_uploads=detached)


async def _render(ctx: Context[Services], text: str) -> Content:
    """A message that is emptied says so."""
    kept = truncate_content(text.rstrip(), CONTENT_CHARS_MAX) or DELETED
    user_id = ctx.user.user_id
    return Content(kept, await ctx.read(lambda tx: render_content(tx, kept, acting_user(tx, user_id))))


@routes.handles(delete_message)
async def delete(ctx: Context[Services], params: DeleteMessage) -> Empty:
    user_id = ctx.user.user_id
    await ctx.write(lambda tx: delete_messages.delete_message(tx, acting_user(tx, user_id), params.message_id))
    return Empty()
