"""The whole answer of `POST /register`, and which fields belong to which section."""

from typing import Annotated

import msgspec
from msgspec import UNSET, UnsetType

from aloha.contract.endpoint import Field
from aloha.contract.objects import Billing, Linkifier, MutedUser, OnboardingStep, Playground, RealmDomain, RealmEmoji
from aloha.contract.settings import RealmUserSettingsDefaults, UserSettings

from .content import MessageState
from .organization import OrganizationState
from .server import ServerState


class RegisterResult(MessageState, kw_only=True):
    """The initial state: exactly what the events up to `last_event_id` made of it.

    A section that was not asked for is absent; so is what the user may not know.
    """

    alert_words: Annotated[list[str] | UnsetType, Field("The words that alert the user.")] = UNSET
    onboarding_steps: Annotated[
        list[OnboardingStep] | UnsetType, Field("The hints for new users that the user has not dismissed.")
    ] = UNSET
    navigation_tour_video_url: Annotated[
        str | UnsetType | None, Field("A video that shows the web app; null for none.")
    ] = UNSET
    muted_users: Annotated[list[MutedUser] | UnsetType, Field("Whom the user has muted.")] = UNSET
    realm_domains: Annotated[list[RealmDomain] | UnsetType, Field("The mail domains whose addresses may join.")] = UNSET
    realm_emoji: Annotated[
        dict[str, RealmEmoji] | UnsetType, Field("The custom emoji by id, deactivated ones included.")
    ] = UNSET
    realm_linkifiers: Annotated[
        list[Linkifier] | UnsetType,
        Field("The rules that make links, as they apply; only with the capability `linkifier_url_template`."),
    ] = UNSET
    realm_filters: Annotated[
        list[list[int | str]] | UnsetType, Field("The rules in an old form; always empty today.", deprecated=True)
    ] = UNSET
    realm_playgrounds: Annotated[list[Playground] | UnsetType, Field("The sites where code can be run.")] = UNSET
    stop_words: Annotated[list[str] | UnsetType, Field("The words that search leaves out.")] = UNSET
    user_settings: Annotated[UserSettings | UnsetType, Field("All the user's settings.")] = UNSET
    has_zoom_token: Annotated[bool | UnsetType, Field("Whether the user's account is connected with Zoom.")] = UNSET
    giphy_api_key: Annotated[
        str | UnsetType, Field("The key with which clients ask GIPHY; empty where that is not set up.")
    ] = UNSET
    realm_billing: Annotated[Billing | UnsetType, Field("What there is to say about paying.")] = UNSET
    realm_user_settings_defaults: Annotated[
        RealmUserSettingsDefaults | UnsetType, Field("The settings that new users begin with.")
    ] = UNSET


def _own(struct: type[msgspec.Struct]) -> tuple[str, ...]:
    return tuple(struct.__annotations__)


SECTIONS: dict[str, tuple[str, ...]] = {
    "alert_words": ("alert_words",),
    "custom_profile_fields": (
        "custom_profile_fields",
        "custom_profile_field_types",
    ),
    "realm": _own(OrganizationState) + _own(ServerState),
    "drafts": ("drafts",),
    "onboarding_steps": (
        "onboarding_steps",
        "navigation_tour_video_url",
    ),
    "message": (
        "max_message_id",
        "unread_msgs",
    ),
    "scheduled_messages": ("scheduled_messages",),
    "reminders": ("reminders",),
    "muted_topics": ("muted_topics",),
    "muted_users": ("muted_users",),
    "presence": (
        "presences",
        "presence_last_update_id",
        "server_timestamp",
    ),
    "realm_domains": ("realm_domains",),
    "realm_emoji": ("realm_emoji",),
    "realm_linkifiers": ("realm_linkifiers",),
    "realm_filters": ("realm_filters",),
    "realm_playgrounds": ("realm_playgrounds",),
    "realm_user_groups": ("realm_user_groups",),
    "realm_bot": ("realm_bots",),
    "realm_embedded_bots": ("realm_embedded_bots",),
    "realm_incoming_webhook_bots": ("realm_incoming_webhook_bots",),
    "recent_private_conversations": ("recent_private_conversations",),
    "saved_snippets": ("saved_snippets",),
    "subscription": (
        "subscriptions",
        "unsubscribed",
        "never_subscribed",
    ),
    "starred_messages": ("starred_messages",),
    "stream": ("streams",),
    "default_streams": ("realm_default_streams",),
    "default_stream_groups": ("realm_default_stream_groups",),
    "stop_words": ("stop_words",),
    "user_status": ("user_status",),
    "user_settings": ("user_settings",),
    "user_topic": ("user_topics",),
    "video_calls": ("has_zoom_token",),
    "giphy": ("giphy_api_key",),
    "update_global_notifications": (
        "enable_desktop_notifications",
        "enable_digest_emails",
        "enable_login_emails",
        "enable_marketing_emails",
        "email_notifications_batching_period_seconds",
        "enable_offline_email_notifications",
        "enable_offline_push_notifications",
        "enable_online_push_notifications",
        "enable_sounds",
        "enable_stream_desktop_notifications",
        "enable_stream_email_notifications",
        "enable_stream_push_notifications",
        "enable_stream_audible_notifications",
        "wildcard_mentions_notify",
        "message_content_in_email_notifications",
        "notification_sound",
        "pm_content_in_desktop_notifications",
        "desktop_icon_count_display",
        "realm_name_in_email_notifications_policy",
        "presence_enabled",
        "available_notification_sounds",
    ),
    "update_display_settings": (
        "color_scheme",
        "default_language",
        "demote_inactive_streams",
        "emojiset",
        "enable_drafts_synchronization",
        "fluid_layout_width",
        "web_home_view",
        "high_contrast_mode",
        "left_side_userlist",
        "starred_message_counts",
        "timezone",
        "translate_emoticons",
        "twenty_four_hour_time",
        "enter_sends",
        "emojiset_choices",
    ),
    "realm_billing": ("realm_billing",),
    "realm_user_settings_defaults": ("realm_user_settings_defaults",),
    "realm_user": (
        "realm_users",
        "realm_non_active_users",
        "avatar_source",
        "avatar_url_medium",
        "avatar_url",
        "can_create_streams",
        "can_create_public_streams",
        "can_create_private_streams",
        "can_create_web_public_streams",
        "can_subscribe_other_users",
        "can_invite_others_to_realm",
        "is_admin",
        "is_owner",
        "is_moderator",
        "is_guest",
        "user_id",
        "email",
        "delivery_email",
        "full_name",
        "cross_realm_bots",
    ),
}
"""What each value of `fetch_event_types` asks for; what is in none of them is always there."""
