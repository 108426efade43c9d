"""The part of the initial state that only older clients read."""

from typing import Annotated

from msgspec import UNSET, UnsetType

from aloha.contract.endpoint import Field
from aloha.contract.objects import EmojisetChoice
from aloha.contract.settings import personal

from .server import ServerState


class LegacyState(ServerState, kw_only=True):
    """The settings as fields of their own, for clients without `user_settings_object`."""

    color_scheme: Annotated[int | UnsetType, personal("color_scheme")] = UNSET
    default_language: Annotated[str | UnsetType, personal("default_language")] = UNSET
    demote_inactive_streams: Annotated[int | UnsetType, personal("demote_inactive_streams")] = UNSET
    emojiset: Annotated[str | UnsetType, personal("emojiset")] = UNSET
    enable_drafts_synchronization: Annotated[bool | UnsetType, personal("enable_drafts_synchronization")] = UNSET
    fluid_layout_width: Annotated[bool | UnsetType, personal("fluid_layout_width")] = UNSET
    web_home_view: Annotated[str | UnsetType, personal("web_home_view")] = UNSET
    high_contrast_mode: Annotated[bool | UnsetType, personal("high_contrast_mode")] = UNSET
    left_side_userlist: Annotated[bool | UnsetType, personal("left_side_userlist")] = UNSET
    starred_message_counts: Annotated[bool | UnsetType, personal("starred_message_counts")] = UNSET
    timezone: Annotated[str | UnsetType, personal("timezone")] = UNSET
    translate_emoticons: Annotated[bool | UnsetType, personal("translate_emoticons")] = UNSET
    twenty_four_hour_time: Annotated[bool | UnsetType, personal("twenty_four_hour_time")] = UNSET
    enter_sends: Annotated[bool | UnsetType, personal("enter_sends")] = UNSET
    emojiset_choices: Annotated[
        list[EmojisetChoice] | UnsetType,
        Field("The values that `emojiset` can have, with their names.", deprecated=True),
    ] = UNSET
    enable_desktop_notifications: Annotated[bool | UnsetType, personal("enable_desktop_notifications")] = UNSET
    enable_digest_emails: Annotated[bool | UnsetType, personal("enable_digest_emails")] = UNSET
    enable_login_emails: Annotated[bool | UnsetType, personal("enable_login_emails")] = UNSET
    enable_marketing_emails: Annotated[bool | UnsetType, personal("enable_marketing_emails")] = UNSET
    email_notifications_batching_period_seconds: Annotated[
        int | UnsetType, personal("email_notifications_batching_period_seconds")
    ] = UNSET
    enable_offline_email_notifications: Annotated[bool | UnsetType, personal("enable_offline_email_notifications")] = (
        UNSET
    )
    enable_offline_push_notifications: Annotated[bool | UnsetType, personal("enable_offline_push_notifications")] = (
        UNSET
    )
    enable_online_push_notifications: Annotated[bool | UnsetType, personal("enable_online_push_notifications")] = UNSET
    enable_sounds: Annotated[bool | UnsetType, personal("enable_sounds")] = UNSET
    enable_stream_desktop_notifications: Annotated[
        bool | UnsetType, personal("enable_stream_desktop_notifications")
    ] = UNSET
    enable_stream_email_notifications: Annotated[bool | UnsetType, personal("enable_stream_email_notifications")] = (
        UNSET
    )
    enable_stream_push_notifications: Annotated[bool | UnsetType, personal("enable_stream_push_notifications")] = UNSET
    enable_stream_audible_notifications: Annotated[
        bool | UnsetType, personal("enable_stream_audible_notifications")
    ] = UNSET
    wildcard_mentions_notify: Annotated[bool | UnsetType, personal("wildcard_mentions_notify")] = UNSET
    message_content_in_email_notifications: Annotated[
        bool | UnsetType, personal("message_content_in_email_notifications")
    ] = UNSET
    notification_sound: Annotated[str | UnsetType, personal("notification_sound")] = UNSET
    pm_content_in_desktop_notifications: Annotated[
        bool | UnsetType, personal("pm_content_in_desktop_notifications")
    ] = UNSET
    desktop_icon_count_display: Annotated[int | UnsetType, personal("desktop_icon_count_display")] = UNSET
    realm_name_in_email_notifications_policy: Annotated[
        int | UnsetType, personal("realm_name_in_email_notifications_policy")
    ] = UNSET
    presence_enabled: Annotated[bool | UnsetType, personal("presence_enabled")] = UNSET
    available_notification_sounds: Annotated[
        list[str] | UnsetType, Field("The values that `notification_sound` can have.", deprecated=True)
    ] = UNSET
