"""Scheduled messages over the API: rendered before the lock, as with a send."""

import msgspec

from aloha.contract.endpoint import UNSET, Empty
from aloha.contract.endpoints.scheduled_messages import (
    CreateScheduledMessage,
    CreateScheduledMessageResult,
    DeleteScheduledMessage,
    GetScheduledMessages,
    GetScheduledMessagesResult,
    UpdateScheduledMessage,
    create_scheduled_message,
    delete_scheduled_message,
    get_scheduled_messages,
    update_scheduled_message,
)
from aloha.contract.errors import ApiError

from ..access.directory import render_content
from ..access.scheduled import Scheduled, load_scheduled
from ..access.users import acting_user
from ..actions import scheduled_messages as actions
from ..actions.messages import Outgoing
from ..store import Tx
from .context import Context, Services
from .routing import Routes
from .send import READING_CLIENTS, clean_content, list_people, one_stream

routes = Routes()


@routes.handles(get_scheduled_messages)
async def show(ctx: Context[Services], params: GetScheduledMessages) -> GetScheduledMessagesResult:
    del params
    found = await ctx.read(lambda tx: load_scheduled(tx, ctx.user.user_id))
    return GetScheduledMessagesResult(scheduled_messages=found)


@routes.handles(create_scheduled_message)
async def create(ctx: Context[Services], params: CreateScheduledMessage) -> CreateScheduledMessageResult:
    content, user_id = clean_content(params.content), ctx.user.user_id
    rendered = await ctx.read(lambda tx: render_content(tx, content, acting_user(tx, user_id)))
    reading = ctx.client.lower() in READING_CLIENTS
    message = Outgoing(
        content=content,
        rendered=rendered,
        client=ctx.client,
        read_by_sender=reading if params.read_by_sender is UNSET else bool(params.read_by_sender),
    )
    if params.type in ("stream", "channel"):
        if params.topic is UNSET:
            raise ApiError("Missing topic")
        message = msgspec.structs.replace(message, stream=one_stream_id(params.to), topic=params.topic)
    else:
        message = msgspec.structs.replace(message, people=list_people(as_people(params.to)))
    due_at = params.scheduled_delivery_timestamp
    scheduled_id = await ctx.write(lambda tx: actions.schedule_message(tx, acting_user(tx, user_id), message, due_at))
    return CreateScheduledMessageResult(scheduled_message_id=scheduled_id)


@routes.handles(update_scheduled_message)
async def update(ctx: Context[Services], params: UpdateScheduledMessage) -> Empty:
    given = (params.type, params.to, params.content, params.topic, params.scheduled_delivery_timestamp)
    if all(value is UNSET for value in given):
        raise ApiError("Nothing to change")
    while not await _try_update(ctx, params):
        pass  # another change came between, which is one more that was made
    return Empty()


async def _try_update(ctx: Context[Services], params: UpdateScheduledMessage) -> bool:
    user_id = ctx.user.user_id

    def prepare(tx: Tx) -> tuple[Scheduled, Outgoing]:
        user = acting_user(tx, user_id)
        before = actions.access_scheduled(tx, user, params.scheduled_message_id)
        content = before.content if params.content is UNSET else clean_content(params.content)
        rendered = render_content(tx, content, user)
        return before, readdress(actions.make_outgoing(before, rendered), content, params)

    before, message = await ctx.read(prepare)
    due_at = None if params.scheduled_delivery_timestamp is UNSET else params.scheduled_delivery_timestamp
    message = msgspec.structs.replace(message, client=ctx.client)
    return await ctx.write(lambda tx: actions.change_scheduled(tx, acting_user(tx, user_id), before, message, due_at))


def readdress(message: Outgoing, content: str, params: UpdateScheduledMessage) -> Outgoing:
    """With what the request changes; raises ApiError where a new type lacks what it needs."""
    was_stream = message.stream is not None
    is_stream = was_stream if params.type is UNSET else params.type in ("stream", "channel")
    message = msgspec.structs.replace(message, content=content)
    if params.type is not UNSET and params.to is UNSET:
        raise ApiError("Recipient required when updating type of scheduled message.")
    if not is_stream:
        people = message.people if params.to is UNSET else list_people(as_people(params.to))
        return msgspec.structs.replace(message, stream=None, topic="", people=people)
    if params.topic is UNSET and not was_stream:
        raise ApiError("Topic required when updating scheduled message type to channel.")
    return msgspec.structs.replace(
        message,
        stream=message.stream if params.to is UNSET else one_stream_id(params.to),
        topic=message.topic if params.topic is UNSET else params.topic,
        people=None,
    )


@routes.handles(delete_scheduled_message)
async def delete(ctx: Context[Services], params: DeleteScheduledMessage) -> Empty:
    await ctx.write(
        lambda tx: actions.delete_scheduled(tx, acting_user(tx, ctx.user.user_id), params.scheduled_message_id)
    )
    return Empty()


def one_stream_id(to: int | list[int]) -> int:
    """Of a list of one, as older clients send it, or of an id."""
    stream_id = one_stream(list(to) if isinstance(to, list) else to)
    assert isinstance(stream_id, int)
    return stream_id


def as_people(to: int | list[int]) -> list[int | str]:
    return list(to) if isinstance(to, list) else [to]
