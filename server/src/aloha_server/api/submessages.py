"""Steps in widgets."""

from aloha.contract.endpoint import Empty
from aloha.contract.endpoints.submessages import AddSubmessage, add_submessage
from aloha.contract.errors import ApiError

from ..access.users import acting_user
from ..actions import submessages
from .context import Context, Services
from .routing import Routes
from .send import CONTENT_CHARS_MAX

routes = Routes()


@routes.handles(add_submessage)
async def add(ctx: Context[Services], params: AddSubmessage) -> Empty:
    if len(params.content) > CONTENT_CHARS_MAX:
        raise ApiError(f"content is too long (limit: {CONTENT_CHARS_MAX} characters)")
    await ctx.write(
        lambda tx: submessages.add_submessage(
            tx, acting_user(tx, ctx.user.user_id), params.message_id, params.msg_type, params.content
        )
    )
    return Empty()
