"""Channels, which the wire calls streams."""

from typing import Annotated

import msgspec

from aloha.contract.endpoint import UNSET, Empty, Endpoint, Field, Param, Request, Result, UnsetType
from aloha.contract.objects import ListedStream, Stream

from ._params import GroupSettingUpdate, StreamId

EXAMPLE_STREAM = {
    "stream_id": 12,
    "name": "general",
    "description": "What concerns *everybody*",
    "rendered_description": "<p>What concerns <em>everybody</em></p>",
    "date_created": 1795400000,
    "creator_id": 9,
    "is_archived": False,
    "invite_only": False,
    "is_web_public": False,
    "history_public_to_subscribers": True,
    "message_retention_days": None,
    "first_message_id": 3,
    "is_recently_active": True,
    "stream_weekly_traffic": None,
    "stream_post_policy": 1,
    "is_announcement_only": False,
    "can_add_subscribers_group": 14,
    "can_administer_channel_group": 14,
    "can_create_topics_group": 11,
    "can_remove_subscribers_group": 13,
    "can_send_message_group": 11,
    "can_subscribe_group": 14,
}


class GetStreams(Request, frozen=True, kw_only=True):
    include_public: Annotated[bool, Param("Whether to include public channels.")] = True
    include_web_public: Annotated[bool, Param("Whether to include channels open to the web.")] = False
    include_subscribed: Annotated[bool, Param("Whether to include the user's own channels.")] = True
    exclude_archived: Annotated[bool, Param("Whether to leave archived channels out.")] = True
    include_all_active: Annotated[
        bool, Param("The older name of `include_all` without archived channels.", deprecated=True)
    ] = False
    include_all: Annotated[bool, Param("Whether to include every channel whose existence the user may know of.")] = (
        False
    )
    include_default: Annotated[bool, Param("Whether to add `is_default`: new users are subscribed to it.")] = False
    include_owner_subscribed: Annotated[
        bool, Param("For a bot: whether to include the channels of the bot's owner.")
    ] = False
    include_can_access_content: Annotated[
        bool, Param("Whether to include every channel whose messages the user may read.")
    ] = False


class GetStreamsResult(Result, kw_only=True):
    streams: Annotated[list[ListedStream], Field("The channels that match any of what was included.")]


get_streams = Endpoint(
    name="get_streams",
    method="GET",
    path="/streams",
    area="channels",
    summary="Get channels",
    doc="Lists channels that the user may know of: those of each group that the parameters include.",
    params=GetStreams,
    result=GetStreamsResult,
    errors=("BAD_REQUEST",),
    example_result={"streams": [EXAMPLE_STREAM]},
)


class GetStreamById(Request, frozen=True, kw_only=True):
    stream_id: StreamId


class StreamResult(Result, kw_only=True):
    stream: Annotated[Stream, Field("The channel.")]


get_stream_by_id = Endpoint(
    name="get_stream_by_id",
    method="GET",
    path="/streams/{stream_id}",
    area="channels",
    summary="Get a channel",
    doc="Reads one channel by id.",
    params=GetStreamById,
    result=StreamResult,
    errors=("BAD_REQUEST",),
    example_result={"stream": EXAMPLE_STREAM},
)

GroupUpdate = GroupSettingUpdate | UnsetType
_GROUP_EXAMPLE = {"new": {"direct_members": [9], "direct_subgroups": [11]}, "old": 13}


class UpdateStream(Request, frozen=True, kw_only=True):
    stream_id: StreamId
    description: Annotated[
        str | UnsetType, Param("The new description, in Markdown.", example="What concerns *everybody*")
    ] = UNSET
    new_name: Annotated[str | UnsetType, Param("The new name.", example="everybody")] = UNSET
    is_private: Annotated[bool | UnsetType, Param("Whether only those invited may join.", json=True)] = UNSET
    is_web_public: Annotated[
        bool | UnsetType, Param("Whether everybody on the web may read it, without an account.", json=True)
    ] = UNSET
    history_public_to_subscribers: Annotated[
        bool | UnsetType, Param("Whether new subscribers see what was sent before they came.", json=True)
    ] = UNSET
    is_default_stream: Annotated[bool | UnsetType, Param("Whether new users are subscribed to it.", json=True)] = UNSET
    message_retention_days: Annotated[
        int | str | UnsetType,
        Param("After how many days messages are deleted, or `unlimited`, or `realm_default`.", example="realm_default"),
    ] = UNSET
    is_archived: Annotated[
        bool | UnsetType,
        Param("`false` brings an archived channel back, before the other changes; `true` archives it.", json=True),
    ] = UNSET
    can_add_subscribers_group: Annotated[
        GroupUpdate, Param("Who may subscribe others.", json=True, example=_GROUP_EXAMPLE)
    ] = UNSET
    can_remove_subscribers_group: Annotated[
        GroupUpdate, Param("Who may unsubscribe others.", json=True, example=_GROUP_EXAMPLE)
    ] = UNSET
    can_administer_channel_group: Annotated[
        GroupUpdate, Param("Who may change the channel's settings.", json=True, example=_GROUP_EXAMPLE)
    ] = UNSET
    can_send_message_group: Annotated[
        GroupUpdate, Param("Who may send messages to it.", json=True, example=_GROUP_EXAMPLE)
    ] = UNSET
    can_create_topics_group: Annotated[
        GroupUpdate, Param("Who may begin new topics.", json=True, example=_GROUP_EXAMPLE)
    ] = UNSET
    can_subscribe_group: Annotated[
        GroupUpdate, Param("Who may subscribe themselves, also where it is private.", json=True, example=_GROUP_EXAMPLE)
    ] = UNSET


update_stream = Endpoint(
    name="update_stream",
    method="PATCH",
    path="/streams/{stream_id}",
    area="channels",
    summary="Change a channel",
    doc=(
        "Changes a channel's name, description, privacy, retention or permissions; what is not given stays. All of a "
        "request's changes happen, or none.\n\n"
        "A permission is given as `new`, with `old` to say what it is believed to be: where another administrator "
        "has changed it meanwhile, the request is refused."
    ),
    params=UpdateStream,
    result=Empty,
    errors=("BAD_REQUEST", "STREAM_DOES_NOT_EXIST", "UNAUTHORIZED_PRINCIPAL", "EXPECTATION_MISMATCH"),
)


class ArchiveStream(Request, frozen=True, kw_only=True):
    stream_id: StreamId


archive_stream = Endpoint(
    name="archive_stream",
    method="DELETE",
    path="/streams/{stream_id}",
    area="channels",
    summary="Archive a channel",
    doc="Archives a channel: its messages stay readable, nobody can send to it any more.",
    params=ArchiveStream,
    result=Empty,
    errors=("BAD_REQUEST", "STREAM_DOES_NOT_EXIST", "UNAUTHORIZED_PRINCIPAL"),
)


class GetStreamId(Request, frozen=True, kw_only=True):
    stream: Annotated[str, Param("The channel's name.", example="general")]


class GetStreamIdResult(Result, kw_only=True):
    stream_id: Annotated[int, Field("The channel's id.")]


get_stream_id = Endpoint(
    name="get_stream_id",
    method="GET",
    path="/get_stream_id",
    area="channels",
    summary="Get a channel's id",
    doc="Finds a channel by name, whatever the case of its letters.",
    params=GetStreamId,
    result=GetStreamIdResult,
    errors=("BAD_REQUEST",),
    example_result={"stream_id": 12},
)


class GetSubscribers(Request, frozen=True, kw_only=True):
    stream_id: StreamId


class GetSubscribersResult(Result, kw_only=True):
    subscribers: Annotated[list[int], Field("The ids of the active users who are subscribed, in order.")]


get_subscribers = Endpoint(
    name="get_subscribers",
    method="GET",
    path="/streams/{stream_id}/members",
    area="channels",
    summary="Get a channel's subscribers",
    doc="Lists who is subscribed to a channel.",
    params=GetSubscribers,
    result=GetSubscribersResult,
    errors=("BAD_REQUEST", "STREAM_DOES_NOT_EXIST"),
    example_result={"subscribers": [9, 10, 31]},
)


class GetStreamTopics(Request, frozen=True, kw_only=True):
    stream_id: StreamId
    allow_empty_topic_name: Annotated[
        bool,
        Param(
            "Whether the client understands the empty topic; otherwise it comes under the name that "
            "`realm_empty_topic_display_name` gives it."
        ),
    ] = False


class Topic(msgspec.Struct, kw_only=True):
    """A topic of a channel, with the newest of its messages that the user may see."""

    name: Annotated[str, Field("The topic.")]
    max_id: Annotated[int, Field("The id of its newest message.")]


class GetStreamTopicsResult(Result, kw_only=True):
    topics: Annotated[list[Topic], Field("The topics, the one with the newest message first.")]


get_stream_topics = Endpoint(
    name="get_stream_topics",
    method="GET",
    path="/users/me/{stream_id}/topics",
    area="channels",
    summary="Get a channel's topics",
    doc="Lists the topics of a channel in which the user may see messages.",
    params=GetStreamTopics,
    result=GetStreamTopicsResult,
    errors=("BAD_REQUEST", "STREAM_DOES_NOT_EXIST"),
    example_result={"topics": [{"name": "lunch", "max_id": 901}, {"name": "tea", "max_id": 655}]},
)
