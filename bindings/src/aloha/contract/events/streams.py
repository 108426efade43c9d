"""Events about channels, subscriptions and topics."""

from typing import Annotated, Literal

from msgspec import UNSET, UnsetType

from aloha.contract.endpoint import Field
from aloha.contract.objects import (
    DefaultStreamGroup,
    GroupSettingMembers,
    Stream,
    StreamId,
    StreamName,
    Subscription,
)

from .base import Event


class StreamCreateEvent(Event, kw_only=True, tag="stream"):
    """The user can see channels that they could not see before: new ones, or ones that opened to them."""

    op: Annotated[Literal["create"], Field("Always `create`.")] = "create"
    streams: Annotated[list[Stream], Field("The channels.")]


class StreamDeleteEvent(Event, kw_only=True, tag="stream"):
    """The user can no longer see channels."""

    op: Annotated[Literal["delete"], Field("Always `delete`.")] = "delete"
    stream_ids: Annotated[list[int], Field("The channels' ids.")]
    streams: Annotated[list[StreamId] | UnsetType, Field("The same, for older clients.", deprecated=True)] = UNSET


class StreamUpdateEvent(Event, kw_only=True, tag="stream"):
    """A property of a channel that the user can see changed."""

    op: Annotated[Literal["update"], Field("Always `update`.")] = "update"
    stream_id: Annotated[int, Field("The channel.")]
    name: Annotated[str, Field("The channel's name; the old one if it is the name that changed.")]
    property: Annotated[str, Field("The field of the channel that changed.")]
    value: Annotated[
        GroupSettingMembers | int | bool | str | None, Field("Its new value, of the type that the field has.")
    ]
    rendered_description: Annotated[
        str | UnsetType, Field("The new description as HTML; only with the property `description`.")
    ] = UNSET
    history_public_to_subscribers: Annotated[
        bool | UnsetType, Field("Whether newcomers can read the past; only with the property `invite_only`.")
    ] = UNSET
    is_web_public: Annotated[
        bool | UnsetType, Field("Whether it is web-public; only with the property `invite_only`.")
    ] = UNSET


class SubscriptionAddEvent(Event, kw_only=True, tag="subscription"):
    """The user was subscribed to channels."""

    op: Annotated[Literal["add"], Field("Always `add`.")] = "add"
    subscriptions: Annotated[list[Subscription], Field("The new subscriptions.")]


class SubscriptionRemoveEvent(Event, kw_only=True, tag="subscription"):
    """The user was unsubscribed from channels."""

    op: Annotated[Literal["remove"], Field("Always `remove`.")] = "remove"
    subscriptions: Annotated[list[StreamName], Field("The channels.")]


class SubscriptionUpdateEvent(Event, kw_only=True, tag="subscription"):
    """The user changed one of their own settings for a channel."""

    op: Annotated[Literal["update"], Field("Always `update`.")] = "update"
    stream_id: Annotated[int, Field("The channel.")]
    property: Annotated[str, Field("The field of the subscription that changed.")]
    value: Annotated[int | bool | str, Field("Its new value.")]


class _Peers(Event, kw_only=True):
    stream_ids: Annotated[list[int], Field("The channels; each user, each channel.")]
    user_ids: Annotated[list[int], Field("The users.")]


class SubscriptionPeerAddEvent(_Peers, kw_only=True, tag="subscription"):
    """Others were subscribed to channels whose subscribers the user may see."""

    op: Annotated[Literal["peer_add"], Field("Always `peer_add`.")] = "peer_add"


class SubscriptionPeerRemoveEvent(_Peers, kw_only=True, tag="subscription"):
    """Others were unsubscribed from channels whose subscribers the user may see."""

    op: Annotated[Literal["peer_remove"], Field("Always `peer_remove`.")] = "peer_remove"


class DefaultStreamsEvent(Event, kw_only=True, tag="default_streams"):
    """The channels that new users are subscribed to changed. Guests are not told."""

    default_streams: Annotated[list[int], Field("All of them now, by id.")]


class DefaultStreamGroupsEvent(Event, kw_only=True, tag="default_stream_groups"):
    """The sets of channels that can be chosen on joining changed. Guests are not told."""

    default_stream_groups: Annotated[list[DefaultStreamGroup], Field("All of them now.")]


class UserTopicEvent(Event, kw_only=True, tag="user_topic"):
    """The user muted, unmuted or followed a topic, themselves or by their settings' policy."""

    stream_id: Annotated[int, Field("The channel.")]
    topic_name: Annotated[str, Field("The topic.")]
    last_updated: Annotated[int, Field("When, in UNIX seconds.")]
    visibility_policy: Annotated[int, Field("0 none, 1 muted, 2 unmuted, 3 followed.")]


class MutedTopicsEvent(Event, kw_only=True, tag="muted_topics"):
    """The same as `user_topic`, for older clients; not sent to a queue that asks for `user_topic` by name."""

    muted_topics: Annotated[
        list[list[str | int]],
        Field("All muted topics now: the channel's name, the topic, the time in UNIX seconds.", deprecated=True),
    ]
