"""The organization's settings, each declared once: name, type, default, meaning, and the event that tells of a change.

Those whose value is a group of people are in `permissions`; `REALM_SETTINGS` holds both kinds. The initial state
shows a setting as `realm_<name>`.
"""

from typing import Any, Literal, TypeAlias

import msgspec

from aloha.contract.endpoint import Field
from aloha.contract.objects import GroupSetting

from .permissions import REALM_GROUP_SETTINGS

RealmEventOp: TypeAlias = Literal["update", "update_dict"]


class RealmSetting(msgspec.Struct, frozen=True, kw_only=True):
    """An organization setting. `type` is what a request's value is decoded into.

    `event` is the op of the `realm` event that tells of a change: `update` with property and value, or
    `update_dict` with all that changed together. `default` is a new organization's value; for a group setting
    it is the group's name. `max_length` counts characters.
    """

    name: str
    type: Any
    default: Any
    doc: str
    event: RealmEventOp = "update"
    max_length: int | None = None
    group: bool = False

    @property
    def register_field(self) -> str:
        """Where the initial state shows it."""
        return f"realm_{self.name}"


_DAY_S = 24 * 60 * 60

_PLAIN: tuple[RealmSetting, ...] = (
    RealmSetting(name="name", type=str, default="", max_length=40, doc="The organization's name."),
    RealmSetting(
        name="description",
        type=str,
        default="",
        max_length=1000,
        doc="What the organization is, as Markdown; people see it before they sign in.",
    ),
    RealmSetting(
        name="org_type",
        type=int,
        default=0,
        doc="What kind of organization it is: 0 not said, 10 business, 20 open source, 30 and 35 education, "
        "40 research, 50 event, 60 non-profit, 70 government, 80 political, 90 community, 100 personal, 1000 other.",
    ),
    RealmSetting(
        name="default_language",
        type=str,
        default="en",
        max_length=50,
        doc="The language of new users and of what the server itself writes.",
    ),
    RealmSetting(
        name="authentication_methods",
        type=dict[str, bool],
        default={"Email": True},
        event="update_dict",
        doc="The ways to sign in, by name, and whether each is allowed.",
    ),
    RealmSetting(
        name="invite_required",
        type=bool,
        default=True,
        doc="Whether only those who were invited can make an account.",
    ),
    RealmSetting(
        name="emails_restricted_to_domains",
        type=bool,
        default=False,
        doc="Whether only addresses of the listed domains can join.",
    ),
    RealmSetting(
        name="disallow_disposable_email_addresses",
        type=bool,
        default=True,
        doc="Whether addresses of throw-away mail services are refused.",
    ),
    RealmSetting(
        name="email_changes_disabled",
        type=bool,
        default=False,
        doc="Whether only administrators can change a user's address.",
    ),
    RealmSetting(
        name="name_changes_disabled",
        type=bool,
        default=False,
        doc="Whether only administrators can change a user's name.",
    ),
    RealmSetting(
        name="avatar_changes_disabled",
        type=bool,
        default=False,
        doc="Whether only administrators can change an avatar.",
    ),
    RealmSetting(
        name="require_unique_names",
        type=bool,
        default=False,
        doc="Whether two users may not have the same name.",
    ),
    RealmSetting(
        name="waiting_period_threshold",
        type=int,
        default=0,
        doc="After how many days a new member counts as a full member.",
    ),
    RealmSetting(name="send_welcome_emails", type=bool, default=True, doc="Whether new users are mailed a welcome."),
    RealmSetting(
        name="digest_emails_enabled",
        type=bool,
        default=False,
        doc="Whether users who were away are mailed a weekly digest.",
    ),
    RealmSetting(
        name="digest_weekday",
        type=Literal[0, 1, 2, 3, 4, 5, 6],
        default=1,
        doc="On which day the digest goes out; Monday is 0.",
    ),
    RealmSetting(
        name="message_content_allowed_in_email_notifications",
        type=bool,
        default=True,
        doc="Whether mailed notifications may show the text of messages.",
    ),
    RealmSetting(
        name="allow_message_editing",
        type=bool,
        default=True,
        event="update_dict",
        doc="Whether users can edit what they sent.",
    ),
    RealmSetting(
        name="message_content_edit_limit_seconds",
        type=int | None,
        default=600,
        event="update_dict",
        doc="For how long a message's content can be edited; null without end.",
    ),
    RealmSetting(
        name="message_content_delete_limit_seconds",
        type=int | None,
        default=600,
        doc="For how long one's own message can be deleted; null without end.",
    ),
    RealmSetting(
        name="move_messages_within_stream_limit_seconds",
        type=int | None,
        default=7 * _DAY_S,
        doc="For how long messages can be moved to another topic; null without end.",
    ),
    RealmSetting(
        name="move_messages_between_streams_limit_seconds",
        type=int | None,
        default=7 * _DAY_S,
        doc="For how long messages can be moved to another channel; null without end.",
    ),
    RealmSetting(
        name="message_edit_history_visibility_policy",
        type=Literal["all", "moves", "none"],
        default="all",
        doc="What users see of a message's past: all its edits, its moves alone, or nothing.",
    ),
    RealmSetting(
        name="message_retention_days",
        type=int,
        default=-1,
        doc="After how many days messages are deleted; -1 never.",
    ),
    RealmSetting(
        name="mandatory_topics",
        type=bool,
        default=False,
        doc="Whether a message to a channel needs a topic.",
    ),
    RealmSetting(
        name="inline_image_preview",
        type=bool,
        default=True,
        doc="Whether linked and uploaded images are shown below the message.",
    ),
    RealmSetting(
        name="inline_url_embed_preview",
        type=bool,
        default=False,
        doc="Whether linked pages are shown with title and picture.",
    ),
    RealmSetting(
        name="default_code_block_language",
        type=str,
        default="",
        doc="The language of code blocks that name none; empty for plain text.",
    ),
    RealmSetting(
        name="enable_read_receipts",
        type=bool,
        default=True,
        doc="Whether users can see who has read a message.",
    ),
    RealmSetting(
        name="enable_spectator_access",
        type=bool,
        default=False,
        doc="Whether web-public channels can be read without an account.",
    ),
    RealmSetting(
        name="want_advertise_in_communities_directory",
        type=bool,
        default=False,
        doc="Whether the organization wants to be listed publicly.",
    ),
    RealmSetting(
        name="enable_guest_user_indicator",
        type=bool,
        default=True,
        doc="Whether guests are marked as such beside their name.",
    ),
    RealmSetting(
        name="enable_guest_user_dm_warning",
        type=bool,
        default=True,
        doc="Whether clients warn before a direct message to a guest.",
    ),
    RealmSetting(
        name="video_chat_provider",
        type=int,
        default=1,
        doc="The service behind the video call button, from `realm_available_video_chat_providers`.",
    ),
    RealmSetting(
        name="jitsi_server_url",
        type=str | None,
        default=None,
        max_length=200,
        doc="The Jitsi server for video calls; null for the server's default.",
    ),
    RealmSetting(
        name="giphy_rating",
        type=int,
        default=2,
        doc="Which GIFs the picker offers, from `giphy_rating_options`.",
    ),
    RealmSetting(
        name="moderation_request_channel_id",
        type=int,
        default=-1,
        doc="The private channel for moderation requests; -1 for none.",
    ),
    RealmSetting(
        name="new_stream_announcements_stream_id",
        type=int,
        default=-1,
        doc="Where new channels are announced; -1 for nowhere.",
    ),
    RealmSetting(
        name="signup_announcements_stream_id",
        type=int,
        default=-1,
        doc="Where new users are announced; -1 for nowhere.",
    ),
    RealmSetting(
        name="zulip_update_announcements_stream_id",
        type=int,
        default=-1,
        doc="Where the server's news are announced; -1 for nowhere.",
    ),
)

REALM_SETTINGS: dict[str, RealmSetting] = {setting.name: setting for setting in _PLAIN} | {
    setting.name: RealmSetting(
        name=setting.name,
        type=GroupSetting,
        default=setting.default_group_name,
        doc=setting.doc,
        event="update_dict",
        group=True,
    )
    for setting in REALM_GROUP_SETTINGS.values()
}


def realm(name: str) -> Field:
    """The description of a setting, for the fields that carry its value."""
    return Field(REALM_SETTINGS[name].doc)
