"""Telling others that one is writing."""

from aloha.contract.endpoint import UNSET, Empty
from aloha.contract.endpoints.typing_status import (
    SetTypingStatus,
    SetTypingStatusForMessageEdit,
    set_typing_status,
    set_typing_status_for_message_edit,
)
from aloha.contract.errors import MissingParameterError

from ..access.users import acting_user
from ..actions import typing_status as actions
from ..store import WriteTx
from .context import Context, Services
from .routing import Routes

routes = Routes()


@routes.handles(set_typing_status)
async def type_message(ctx: Context[Services], params: SetTypingStatus) -> Empty:
    def act(tx: WriteTx) -> None:
        actor = acting_user(tx, ctx.user.user_id)
        if params.type == "direct":
            if params.to is UNSET:
                raise MissingParameterError("to")
            actions.type_to_people(tx, actor, params.op, params.to)
            return
        if params.stream_id is UNSET:
            raise MissingParameterError("stream_id")
        if params.topic is UNSET:
            raise MissingParameterError("topic")
        actions.type_to_stream(tx, actor, params.op, params.stream_id, params.topic)

    await ctx.write(act)
    return Empty()


@routes.handles(set_typing_status_for_message_edit)
async def edit_message(ctx: Context[Services], params: SetTypingStatusForMessageEdit) -> Empty:
    await ctx.write(lambda tx: actions.type_edit(tx, acting_user(tx, ctx.user.user_id), params.op, params.message_id))
    return Empty()
