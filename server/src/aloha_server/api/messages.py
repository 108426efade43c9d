"""Messages: their edits and moves, and previews. Reading is in `history`, sending in `send`."""

from aloha.contract.endpoint import UNSET, Empty
from aloha.contract.endpoints.messages import (
    DeleteMessage,
    GetMessageHistory,
    GetMessageHistoryResult,
    RenderMessage,
    RenderMessageResult,
    UpdateMessage,
    UpdateMessageResult,
    delete_message,
    get_message_history,
    render_message,
    update_message,
)
from aloha_server.markup import truncate_content

from ..access.directory import render_content
from ..access.messages import access_message
from ..access.users import acting_user
from ..actions import delete_messages, edit_messages
from ..actions.edit_messages import DELETED, Content
from ..actions.move_rules import Edit
from ..reads.message_history import read_versions
from ..reads.wire_messages import ShowAs
from ..store import Tx
from .context import Context, Services
from .routing import Routes
from .send import CONTENT_CHARS_MAX

routes = Routes()


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
    rendered = await ctx.read(lambda tx: render_content(tx, content, acting_user(tx, user_id), ctx.base_url))
    return RenderMessageResult(rendered=rendered.html)


@routes.handles(update_message)
async def update(ctx: Context[Services], params: UpdateMessage) -> UpdateMessageResult:
    user_id = ctx.user.user_id
    expected = None if params.prev_content_sha256 is UNSET else params.prev_content_sha256.lower()
    content = None if params.content is UNSET else await _render(ctx, params.content, expected)
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


async def _render(ctx: Context[Services], text: str, expected_sha256: str | None) -> Content:
    """A message that is emptied says so."""
    kept = truncate_content(text.rstrip(), CONTENT_CHARS_MAX) or DELETED
    user_id = ctx.user.user_id
    rendered = await ctx.read(lambda tx: render_content(tx, kept, acting_user(tx, user_id), ctx.base_url))
    return Content(kept, rendered, expected_sha256)


@routes.handles(delete_message)
async def delete(ctx: Context[Services], params: DeleteMessage) -> Empty:
    user_id = ctx.user.user_id
    await ctx.write(lambda tx: delete_messages.delete_message(tx, acting_user(tx, user_id), params.message_id))
    return Empty()
