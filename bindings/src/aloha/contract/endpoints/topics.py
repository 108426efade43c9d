"""Topics: what the user chose for them, and their end."""

from typing import Annotated, Literal

from aloha.contract.endpoint import UNSET, Empty, Endpoint, Field, Param, Request, Result, UnsetType

from ._params import StreamId


class UpdateUserTopic(Request, frozen=True, kw_only=True):
    stream_id: Annotated[int, Param("The channel's id.", json=True, example=12)]
    topic: Annotated[str, Param("The topic; there need be no message in it.", example="lunch")]
    visibility_policy: Annotated[
        Literal[0, 1, 2, 3],
        Param("0 takes a choice back, 1 mutes, 2 unmutes in a muted channel, 3 follows.", json=True, example=3),
    ]


update_user_topic = Endpoint(
    name="update_user_topic",
    method="POST",
    path="/user_topics",
    area="channels",
    summary="Mute, unmute or follow a topic",
    doc=(
        "Chooses how much the user wants to see of a topic. A muted topic's messages stay unread until they are read; "
        "clients hide them. Settings may choose by themselves too: see `automatically_follow_topics_policy`."
    ),
    params=UpdateUserTopic,
    result=Empty,
    errors=("BAD_REQUEST", "STREAM_DOES_NOT_EXIST"),
)


class MuteTopic(Request, frozen=True, kw_only=True):
    stream_id: Annotated[int | UnsetType, Param("The channel's id.", json=True, example=12)] = UNSET
    stream: Annotated[str | UnsetType, Param("The channel's name, in place of its id.", example="general")] = UNSET
    topic: Annotated[str, Param("The topic.", example="lunch")]
    op: Annotated[Literal["add", "remove"], Param("Whether to mute, or to mute no more.", example="add")]


mute_topic = Endpoint(
    name="mute_topic",
    method="PATCH",
    path="/users/me/subscriptions/muted_topics",
    area="channels",
    summary="Mute a topic (older)",
    doc="Mutes a topic, or takes that back. `POST /user_topics` does this and more.",
    params=MuteTopic,
    result=Empty,
    errors=("BAD_REQUEST", "STREAM_DOES_NOT_EXIST"),
    deprecated=True,
)


class DeleteTopic(Request, frozen=True, kw_only=True):
    stream_id: StreamId
    topic_name: Annotated[str, Param("The topic.", example="lunch")]


class DeleteTopicResult(Result, kw_only=True):
    complete: Annotated[bool, Field("Whether nothing is left. If not, ask again: it goes on from there.")]


delete_topic = Endpoint(
    name="delete_topic",
    method="POST",
    path="/streams/{stream_id}/delete_topic",
    area="channels",
    summary="Delete a topic",
    doc=(
        "Deletes all messages of a topic that the user can read, for everybody and for good, the newest first. A very "
        "long topic takes several requests."
    ),
    params=DeleteTopic,
    result=DeleteTopicResult,
    errors=("BAD_REQUEST", "STREAM_DOES_NOT_EXIST", "UNAUTHORIZED_PRINCIPAL"),
    example_result={"complete": True},
)
