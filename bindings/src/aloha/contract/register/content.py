"""The parts of the initial state that tell of people, channels and messages."""

from typing import Annotated

from msgspec import UNSET, UnsetType

from aloha.contract.endpoint import Field
from aloha.contract.objects import (
    Bot,
    CrossRealmBot,
    CustomProfileField,
    CustomProfileFieldType,
    DefaultStreamGroup,
    Draft,
    EmbeddedBot,
    IncomingWebhook,
    NeverSubscribedStream,
    PresenceValue,
    RecentConversation,
    Reminder,
    SavedSnippet,
    ScheduledMessage,
    Stream,
    Subscription,
    UnreadMsgs,
    User,
    UserGroup,
    UserStatus,
    UserTopic,
)

from .legacy import LegacyState


class PeopleState(LegacyState, kw_only=True):
    """The user, other people, bots and groups."""

    realm_users: Annotated[list[User] | UnsetType, Field("The active users whom the user can see, bots included.")] = (
        UNSET
    )
    realm_non_active_users: Annotated[list[User] | UnsetType, Field("The deactivated ones.")] = UNSET
    avatar_source: Annotated[
        str | UnsetType, Field("`G` where the user's avatar is a Gravatar, `U` where it was uploaded.")
    ] = UNSET
    avatar_url_medium: Annotated[str | UnsetType, Field("The user's avatar at 500 pixels.")] = UNSET
    avatar_url: Annotated[str | UnsetType, Field("The user's avatar.")] = UNSET
    can_create_streams: Annotated[
        bool | UnsetType, Field("Whether the user may make channels of any kind, for older clients.", deprecated=True)
    ] = UNSET
    can_create_public_streams: Annotated[bool | UnsetType, Field("Whether the user may make public channels.")] = UNSET
    can_create_private_streams: Annotated[bool | UnsetType, Field("Whether the user may make private channels.")] = (
        UNSET
    )
    can_create_web_public_streams: Annotated[
        bool | UnsetType, Field("Whether the user may make web-public channels.")
    ] = UNSET
    can_subscribe_other_users: Annotated[bool | UnsetType, Field("Whether the user may subscribe others.")] = UNSET
    can_invite_others_to_realm: Annotated[bool | UnsetType, Field("Whether the user may invite people.")] = UNSET
    is_admin: Annotated[bool | UnsetType, Field("Whether the user is an administrator or owner.")] = UNSET
    is_owner: Annotated[bool | UnsetType, Field("Whether the user is an owner.")] = UNSET
    is_moderator: Annotated[bool | UnsetType, Field("Whether the user is a moderator or more.")] = UNSET
    is_guest: Annotated[bool | UnsetType, Field("Whether the user is a guest.")] = UNSET
    user_id: Annotated[int | UnsetType, Field("The user's id.")] = UNSET
    email: Annotated[str | UnsetType, Field("The user's address as the API shows it.")] = UNSET
    delivery_email: Annotated[str | UnsetType, Field("The user's address that takes mail.")] = UNSET
    full_name: Annotated[str | UnsetType, Field("The user's name.")] = UNSET
    cross_realm_bots: Annotated[list[CrossRealmBot] | UnsetType, Field("The server's own bots.")] = UNSET
    realm_user_groups: Annotated[list[UserGroup] | UnsetType, Field("The user groups.")] = UNSET
    realm_bots: Annotated[list[Bot] | UnsetType, Field("The user's bots, or all of them for administrators.")] = UNSET
    realm_embedded_bots: Annotated[
        list[EmbeddedBot] | UnsetType, Field("The bot programs that the server can run itself.")
    ] = UNSET
    realm_incoming_webhook_bots: Annotated[
        list[IncomingWebhook] | UnsetType, Field("The services whose webhooks the server understands.")
    ] = UNSET
    presences: Annotated[
        dict[str, PresenceValue] | UnsetType, Field("Presence by user id or, without `slim_presence`, by address.")
    ] = UNSET
    presence_last_update_id: Annotated[
        int | UnsetType, Field("Up to which update `presences` tells; to be given with the next report.")
    ] = UNSET
    server_timestamp: Annotated[float | UnsetType, Field("The server's time, in UNIX seconds.")] = UNSET
    user_status: Annotated[
        dict[str, UserStatus] | UnsetType, Field("The statuses by user id, of those who have one.")
    ] = UNSET
    custom_profile_fields: Annotated[
        list[CustomProfileField] | UnsetType, Field("The profile fields that the organization adds, in order.")
    ] = UNSET
    custom_profile_field_types: Annotated[
        dict[str, CustomProfileFieldType] | UnsetType,
        Field("The types that such a field can have, by a name in capitals."),
    ] = UNSET


class ChannelState(PeopleState, kw_only=True):
    """Channels, subscriptions and topics."""

    subscriptions: Annotated[list[Subscription] | UnsetType, Field("The channels to which the user is subscribed.")] = (
        UNSET
    )
    unsubscribed: Annotated[
        list[Subscription] | UnsetType, Field("Those to which the user was subscribed and may still see.")
    ] = UNSET
    never_subscribed: Annotated[
        list[NeverSubscribedStream] | UnsetType, Field("Those that the user may see and was never subscribed to.")
    ] = UNSET
    streams: Annotated[list[Stream] | UnsetType, Field("All channels that the user may see.")] = UNSET
    realm_default_streams: Annotated[
        list[int] | UnsetType, Field("The channels that new users are subscribed to, by id.")
    ] = UNSET
    realm_default_stream_groups: Annotated[
        list[DefaultStreamGroup] | UnsetType, Field("The sets of channels that can be chosen on joining.")
    ] = UNSET
    user_topics: Annotated[list[UserTopic] | UnsetType, Field("The topics for which the user chose a visibility.")] = (
        UNSET
    )
    muted_topics: Annotated[
        list[list[str | int]] | UnsetType,
        Field(
            "The muted topics, each with channel name, topic and UNIX seconds; `user_topics` for older clients.",
            deprecated=True,
        ),
    ] = UNSET


class MessageState(ChannelState, kw_only=True):
    """Messages, read and unread, sent and to be sent."""

    max_message_id: Annotated[
        int | UnsetType, Field("The newest message that the user has; -1 if there is none.", deprecated=True)
    ] = UNSET
    unread_msgs: Annotated[UnreadMsgs | UnsetType, Field("What the user has not read.")] = UNSET
    starred_messages: Annotated[list[int] | UnsetType, Field("The messages that the user starred, rising.")] = UNSET
    drafts: Annotated[list[Draft] | UnsetType, Field("The user's drafts, newest first.")] = UNSET
    saved_snippets: Annotated[list[SavedSnippet] | UnsetType, Field("The user's saved snippets.")] = UNSET
    scheduled_messages: Annotated[
        list[ScheduledMessage] | UnsetType,
        Field("The user's scheduled messages that were not sent, by the time when they are due."),
    ] = UNSET
    reminders: Annotated[
        list[Reminder] | UnsetType, Field("The user's reminders that were not sent, by the time when they are due.")
    ] = UNSET
    recent_private_conversations: Annotated[
        list[RecentConversation] | UnsetType, Field("The direct message conversations of late, newest first.")
    ] = UNSET
