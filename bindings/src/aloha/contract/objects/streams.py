"""Channels (streams) and subscriptions."""

from typing import Annotated

from msgspec import UNSET, UnsetType

from aloha.contract.endpoint import Field

from .base import GroupSetting, WireObject

_NOTIFY = "null means that the user's general setting decides."


class StreamId(WireObject, kw_only=True):
    """A channel by its id alone."""

    stream_id: Annotated[int, Field("The channel's id.")]


class StreamName(WireObject, kw_only=True):
    """A channel by id and name."""

    stream_id: Annotated[int, Field("The channel's id.")]
    name: Annotated[str, Field("The channel's name.")]


class Stream(WireObject, kw_only=True):
    """A channel: what is the same for everybody who may see it."""

    stream_id: Annotated[int, Field("The channel's id, which never changes.")]
    name: Annotated[str, Field("The channel's name.")]
    description: Annotated[str, Field("What the channel is for, as Markdown.")]
    rendered_description: Annotated[str, Field("The description as HTML.")]
    date_created: Annotated[int, Field("When it was made, in UNIX seconds.")]
    creator_id: Annotated[int | None, Field("Who made it; null if that is not known.")]
    is_archived: Annotated[bool, Field("Whether it is archived: readable, but nothing can be sent to it.")]
    invite_only: Annotated[bool, Field("Whether it is private.")]
    is_web_public: Annotated[bool, Field("Whether anybody on the internet can read it without an account.")]
    history_public_to_subscribers: Annotated[
        bool, Field("Whether a new subscriber can read what was sent before they came.")
    ]
    message_retention_days: Annotated[
        int | None,
        Field("After how many days messages are deleted: null as the organization says, -1 never."),
    ]
    first_message_id: Annotated[int | None, Field("The oldest message; null while there is none.")]
    is_recently_active: Annotated[bool, Field("Whether somebody wrote there within the last months.")]
    stream_weekly_traffic: Annotated[
        int | None, Field("About how many messages come in a week; null while the channel is too young.")
    ]
    stream_post_policy: Annotated[
        int,
        Field(
            "An older form of `can_send_message_group`: 1 everybody, 2 administrators, 3 full members, 4 moderators.",
            deprecated=True,
        ),
    ]
    is_announcement_only: Annotated[
        bool, Field("Whether `stream_post_policy` is 2, for older clients.", deprecated=True)
    ]
    can_remove_subscribers_group: Annotated[GroupSetting, Field("Who may unsubscribe others.")]
    can_subscribe_group: Annotated[GroupSetting, Field("Who may subscribe themselves, private or not.")]
    can_add_subscribers_group: Annotated[GroupSetting | UnsetType, Field("Who may subscribe others.")] = UNSET
    can_administer_channel_group: Annotated[
        GroupSetting | UnsetType, Field("Who may change the channel and its permissions.")
    ] = UNSET
    can_send_message_group: Annotated[GroupSetting | UnsetType, Field("Who may send messages.")] = UNSET
    can_create_topics_group: Annotated[GroupSetting | UnsetType, Field("Who may begin new topics.")] = UNSET


class Subscription(Stream, kw_only=True):
    """A channel together with one user's own settings for it."""

    color: Annotated[str, Field("The user's colour for the channel, as `#rrggbb`.")]
    is_muted: Annotated[bool, Field("Whether the user has muted the channel.")]
    in_home_view: Annotated[bool, Field("The opposite of `is_muted`, for older clients.", deprecated=True)]
    pin_to_top: Annotated[bool, Field("Whether it stands at the top of the user's list.")]
    desktop_notifications: Annotated[bool | None, Field(f"Whether its messages notify on the desktop; {_NOTIFY}")]
    audible_notifications: Annotated[bool | None, Field(f"Whether its messages make a sound; {_NOTIFY}")]
    push_notifications: Annotated[bool | None, Field(f"Whether its messages notify on mobile devices; {_NOTIFY}")]
    email_notifications: Annotated[bool | None, Field(f"Whether its messages are mailed; {_NOTIFY}")]
    wildcard_mentions_notify: Annotated[
        bool | None, Field(f"Whether mentions of everybody notify like personal ones; {_NOTIFY}")
    ]
    subscribers: Annotated[
        list[int] | UnsetType, Field("The subscribers' user ids; only where they were asked for.")
    ] = UNSET


class NeverSubscribedStream(Stream, kw_only=True):
    """A channel that the user may see and has never been subscribed to."""

    subscribers: Annotated[
        list[int] | UnsetType, Field("The subscribers' user ids; only where they were asked for.")
    ] = UNSET


class ListedStream(Stream, kw_only=True):
    """A channel as `GET /streams` lists it."""

    is_default: Annotated[
        bool | UnsetType, Field("Whether new users are subscribed to it; only where that was asked for.")
    ] = UNSET


class DefaultStreamGroup(WireObject, kw_only=True):
    """A set of channels that can be chosen together on joining."""

    id: Annotated[int, Field("The set's id.")]
    name: Annotated[str, Field("Its name.")]
    description: Annotated[str, Field("What it is for.")]
    streams: Annotated[list[int], Field("The ids of its channels.")]


class UserTopic(WireObject, kw_only=True):
    """One user's visibility of one topic."""

    stream_id: Annotated[int, Field("The channel.")]
    topic_name: Annotated[str, Field("The topic.")]
    last_updated: Annotated[int, Field("When the user last changed it, in UNIX seconds.")]
    visibility_policy: Annotated[int, Field("0 none, 1 muted, 2 unmuted, 3 followed.")]
