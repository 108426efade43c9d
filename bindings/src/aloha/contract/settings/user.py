"""The personal settings, each declared once: name, type, default, meaning, and how older clients hear of it.

From `SharedSettings` come the parameters of `PATCH /settings`, the `user_settings` section, the organization's
defaults for new users, and the events that tell of a change.
"""

import typing
from typing import Annotated, Any, Literal, TypeAlias

import msgspec

from aloha.contract.endpoint import Field, split_annotation
from aloha.contract.objects import EmojisetChoice

Legacy: TypeAlias = Literal["display", "notification"]


class Personal(Field, frozen=True):
    """What the type of a personal setting does not tell.

    `legacy` names the older event that also tells of it: `update_display_settings` or
    `update_global_notifications`. `choices` are the only values allowed.
    """

    legacy: Legacy | None = None
    choices: tuple[int, ...] | tuple[str, ...] = ()


class SharedSettings(msgspec.Struct, kw_only=True):
    """The settings that a user has and for which the organization has a default; all are always sent."""

    twenty_four_hour_time: Annotated[
        bool, Personal("Whether times are shown on a 24-hour clock.", legacy="display")
    ] = False
    color_scheme: Annotated[
        int, Personal("1 as the system says, 2 dark, 3 light.", legacy="display", choices=(1, 2, 3))
    ] = 1
    default_language: Annotated[
        str, Personal("The language of the interface, such as `en` or `pt-br`.", legacy="display")
    ] = "en"
    web_home_view: Annotated[
        str,
        Personal(
            "The view that the web app opens with.",
            legacy="display",
            choices=("inbox", "recent_topics", "all_messages"),
        ),
    ] = "inbox"
    web_escape_navigates_to_home_view: Annotated[
        bool, Personal("Whether Escape leads to the home view in the web app.")
    ] = True
    demote_inactive_streams: Annotated[
        int,
        Personal(
            "Whether quiet channels sink in the list: 1 once there are many, 2 always, 3 never.",
            legacy="display",
            choices=(1, 2, 3),
        ),
    ] = 1
    emojiset: Annotated[
        str,
        Personal(
            "The pictures that emoji are shown with.",
            legacy="display",
            choices=("google", "google-blob", "twitter", "text"),
        ),
    ] = "google"
    enable_drafts_synchronization: Annotated[
        bool, Personal("Whether drafts are kept on the server.", legacy="display")
    ] = True
    enter_sends: Annotated[
        bool, Personal("Whether Enter sends the message rather than beginning a line.", legacy="display")
    ] = True
    fluid_layout_width: Annotated[
        bool, Personal("Whether the web app uses the window's whole width.", legacy="display")
    ] = False
    high_contrast_mode: Annotated[bool, Personal("Whether colours are set further apart.", legacy="display")] = False
    left_side_userlist: Annotated[
        bool, Personal("Whether the list of users moves to the left in narrow windows.", legacy="display")
    ] = False
    starred_message_counts: Annotated[
        bool, Personal("Whether the number of starred messages is shown.", legacy="display")
    ] = True
    translate_emoticons: Annotated[
        bool, Personal("Whether emoticons such as `:)` become emoji on sending.", legacy="display")
    ] = False
    display_emoji_reaction_users: Annotated[
        bool, Personal("Whether few reactions are shown with the names of those who gave them.")
    ] = True
    user_list_style: Annotated[
        int,
        Personal(
            "How people are listed: 1 name only, 2 with the status text, 3 with avatar and status text.",
            choices=(1, 2, 3),
        ),
    ] = 3
    web_font_size_px: Annotated[int, Personal("The web app's font size in pixels.")] = 16
    web_line_height_percent: Annotated[int, Personal("The web app's line height in percent of the font size.")] = 140
    web_animate_image_previews: Annotated[
        str, Personal("When previews of animated images move.", choices=("always", "on_hover", "never"))
    ] = "on_hover"
    web_mark_read_on_scroll_policy: Annotated[
        int,
        Personal(
            "Whether scrolling marks messages as read: 1 always, 2 in conversation views, 3 never.",
            choices=(1, 2, 3),
        ),
    ] = 1
    web_channel_default_view: Annotated[
        int,
        Personal("Where a click on a channel leads: 1 its newest topic, 2 all its messages.", choices=(1, 2)),
    ] = 1
    web_stream_unreads_count_display_policy: Annotated[
        int,
        Personal("Which channels show their unread count: 1 all, 2 those not muted, 3 none.", choices=(1, 2, 3)),
    ] = 2
    web_navigate_to_sent_message: Annotated[
        bool, Personal("Whether the web app follows a message to the conversation it was sent to.")
    ] = True
    web_suggest_update_timezone: Annotated[
        bool, Personal("Whether the web app offers to set the time zone to the browser's.")
    ] = True
    hide_ai_features: Annotated[bool, Personal("Whether features built on language models are hidden.")] = False
    enable_desktop_notifications: Annotated[
        bool,
        Personal("Whether direct messages and mentions notify on the desktop.", legacy="notification"),
    ] = True
    enable_sounds: Annotated[
        bool, Personal("Whether direct messages and mentions make a sound.", legacy="notification")
    ] = True
    enable_offline_email_notifications: Annotated[
        bool, Personal("Whether direct messages and mentions are mailed to one who is away.", legacy="notification")
    ] = True
    enable_offline_push_notifications: Annotated[
        bool,
        Personal("Whether direct messages and mentions are pushed to one who is away.", legacy="notification"),
    ] = True
    enable_online_push_notifications: Annotated[
        bool, Personal("Whether they are pushed to one who is present, too.", legacy="notification")
    ] = True
    enable_stream_desktop_notifications: Annotated[
        bool, Personal("Whether channel messages notify on the desktop.", legacy="notification")
    ] = False
    enable_stream_audible_notifications: Annotated[
        bool, Personal("Whether channel messages make a sound.", legacy="notification")
    ] = False
    enable_stream_push_notifications: Annotated[
        bool, Personal("Whether channel messages are pushed.", legacy="notification")
    ] = False
    enable_stream_email_notifications: Annotated[
        bool, Personal("Whether channel messages are mailed.", legacy="notification")
    ] = False
    wildcard_mentions_notify: Annotated[
        bool, Personal("Whether mentions of everybody notify like personal ones.", legacy="notification")
    ] = True
    enable_followed_topic_desktop_notifications: Annotated[
        bool, Personal("Whether messages in followed topics notify on the desktop.")
    ] = True
    enable_followed_topic_audible_notifications: Annotated[
        bool, Personal("Whether messages in followed topics make a sound.")
    ] = True
    enable_followed_topic_push_notifications: Annotated[
        bool, Personal("Whether messages in followed topics are pushed.")
    ] = True
    enable_followed_topic_email_notifications: Annotated[
        bool, Personal("Whether messages in followed topics are mailed.")
    ] = True
    enable_followed_topic_wildcard_mentions_notify: Annotated[
        bool, Personal("Whether mentions of everybody in followed topics notify like personal ones.")
    ] = True
    desktop_icon_count_display: Annotated[
        int,
        Personal(
            "What the icon's number counts: 1 all unread, 2 direct messages, mentions and followed topics, "
            "3 direct messages and mentions, 4 nothing.",
            legacy="notification",
            choices=(1, 2, 3, 4),
        ),
    ] = 1
    notification_sound: Annotated[
        str,
        Personal("The sound: one of `available_notification_sounds`, or `none`.", legacy="notification"),
    ] = "zulip"
    pm_content_in_desktop_notifications: Annotated[
        bool, Personal("Whether desktop notifications show the text of direct messages.", legacy="notification")
    ] = True
    email_notifications_batching_period_seconds: Annotated[
        int,
        Personal("For how long notifications are collected into one mail.", legacy="notification"),
    ] = 120
    message_content_in_email_notifications: Annotated[
        bool, Personal("Whether mailed notifications show the message's text.", legacy="notification")
    ] = True
    realm_name_in_email_notifications_policy: Annotated[
        int,
        Personal(
            "Whether the subject of mails names the organization: 1 if the user is in several, 2 always, 3 never.",
            legacy="notification",
            choices=(1, 2, 3),
        ),
    ] = 1
    enable_digest_emails: Annotated[
        bool, Personal("Whether one who was away is mailed a digest.", legacy="notification")
    ] = True
    enable_login_emails: Annotated[
        bool, Personal("Whether a sign-in from a new device is mailed.", legacy="notification")
    ] = True
    enable_marketing_emails: Annotated[
        bool, Personal("Whether the server's operator may mail news.", legacy="notification")
    ] = True
    automatically_follow_topics_policy: Annotated[
        int,
        Personal(
            "Which topics are followed by themselves: 1 those one takes part in, 2 those one sends to, "
            "3 those one begins, 4 none.",
            choices=(1, 2, 3, 4),
        ),
    ] = 3
    automatically_unmute_topics_in_muted_streams_policy: Annotated[
        int,
        Personal(
            "Which topics of muted channels are unmuted by themselves: 1 those one takes part in, 2 those one "
            "sends to, 3 those one begins, 4 none.",
            choices=(1, 2, 3, 4),
        ),
    ] = 2
    automatically_follow_topics_where_mentioned: Annotated[
        bool, Personal("Whether a topic in which one is mentioned is followed by itself.")
    ] = True
    presence_enabled: Annotated[bool, Personal("Whether others see when the user is there.", legacy="notification")] = (
        True
    )
    receives_typing_notifications: Annotated[bool, Personal("Whether one is told that others are typing.")] = True
    send_private_typing_notifications: Annotated[
        bool, Personal("Whether others are told that one is typing a direct message.")
    ] = True
    send_stream_typing_notifications: Annotated[
        bool, Personal("Whether others are told that one is typing in a channel.")
    ] = True
    send_read_receipts: Annotated[bool, Personal("Whether others see which messages one has read.")] = True
    allow_private_data_export: Annotated[bool, Personal("Whether administrators may export one's private data.")] = (
        False
    )
    email_address_visibility: Annotated[
        int,
        Personal(
            "Who sees the address that takes mail: 1 everybody, 2 members, 3 administrators, 4 nobody, 5 moderators.",
            choices=(1, 2, 3, 4, 5),
        ),
    ] = 3


class _Offered(SharedSettings, kw_only=True):
    available_notification_sounds: Annotated[list[str], Field("The values that `notification_sound` can have.")] = []
    emojiset_choices: Annotated[
        list[EmojisetChoice], Field("The values that `emojiset` can have, with their names.")
    ] = []


class RealmUserSettingsDefaults(_Offered, kw_only=True):
    """The settings that new users begin with."""


class UserSettings(_Offered, kw_only=True):
    """One user's settings."""

    timezone: Annotated[str, Personal("The user's IANA time zone; empty if not set.", legacy="display")] = ""


class Setting(msgspec.Struct, frozen=True, kw_only=True):
    """A personal setting. `type` is what a request's value is decoded into, a Literal where `choices` are few."""

    name: str
    type: Any
    default: bool | int | str
    doc: str
    legacy: Legacy | None
    in_realm_defaults: bool
    choices: tuple[int, ...] | tuple[str, ...]


def _declared() -> dict[str, Setting]:
    hints = typing.get_type_hints(UserSettings, include_extras=True)
    shared = {field.name for field in msgspec.structs.fields(SharedSettings)}
    settings = {}
    for field in msgspec.structs.fields(UserSettings):
        type_, about = split_annotation(hints[field.name], Field)
        if isinstance(about, Personal):
            settings[field.name] = Setting(
                name=field.name,
                type=Literal[about.choices] if about.choices else type_,
                default=field.default,
                doc=about.doc,
                legacy=about.legacy,
                in_realm_defaults=field.name in shared,
                choices=about.choices,
            )
    return settings


USER_SETTINGS: dict[str, Setting] = _declared()


def personal(name: str) -> Field:
    """The description of a setting where it stands as a field of its own, as it did for older clients."""
    return Field(USER_SETTINGS[name].doc, deprecated=True)
