"""Topics over the API: what the user chose for them, and deleting one."""

import time

from aloha.contract.endpoint import UNSET, Empty
from aloha.contract.endpoints.topics import (
    DeleteTopic,
    DeleteTopicResult,
    MuteTopic,
    UpdateUserTopic,
    delete_topic,
    mute_topic,
    update_user_topic,
)
from aloha.contract.errors import ApiError

from ..access.topics import TOPIC_CHARS_MAX, check_topic
from ..access.user_topics import Visibility
from ..access.users import acting_user
from ..actions import delete_topics, user_topics
from .context import Context, Services
from .routing import Routes

routes = Routes()

DELETING_S_MAX = 20.0  # after which a request is answered, whatever is left


@routes.handles(update_user_topic)
async def update(ctx: Context[Services], params: UpdateUserTopic) -> Empty:
    topic = _named(params.topic)
    await ctx.write(
        lambda tx: user_topics.set_user_topic(
            tx, acting_user(tx, ctx.user.user_id), params.stream_id, topic, params.visibility_policy
        )
    )
    return Empty()


@routes.handles(mute_topic)
async def mute(ctx: Context[Services], params: MuteTopic) -> Empty:
    if (params.stream_id is UNSET) == (params.stream is UNSET):
        raise ApiError("Please choose one: 'stream' or 'stream_id'.")
    where = params.stream if params.stream_id is UNSET else params.stream_id
    assert isinstance(where, (int, str))
    topic = _named(params.topic)
    policy = Visibility.MUTED if params.op == "add" else Visibility.INHERIT
    await ctx.write(lambda tx: user_topics.set_user_topic(tx, acting_user(tx, ctx.user.user_id), where, topic, policy))
    return Empty()


@routes.handles(delete_topic)
async def delete(ctx: Context[Services], params: DeleteTopic) -> DeleteTopicResult:
    """In slices, each an action of its own, so that others are not kept waiting."""
    topic = check_topic(params.topic_name)
    deadline = time.monotonic() + DELETING_S_MAX
    complete = False
    while not complete and time.monotonic() < deadline:
        complete = await ctx.write(
            lambda tx: delete_topics.delete_topic_slice(tx, acting_user(tx, ctx.user.user_id), params.stream_id, topic)
        )
    return DeleteTopicResult(complete=complete)


def _named(topic: str) -> str:
    if len(topic) > TOPIC_CHARS_MAX:
        raise ApiError(f"topic is too long (limit: {TOPIC_CHARS_MAX} characters)")
    return check_topic(topic)
