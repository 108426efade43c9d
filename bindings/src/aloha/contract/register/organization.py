"""The part of the initial state that tells of the organization."""

from typing import Annotated

from msgspec import UNSET, UnsetType

from aloha.contract.endpoint import Field, Result
from aloha.contract.objects import AuthenticationMethod, ExternalAccount, GroupSetting, NamedOption
from aloha.contract.settings import realm


class QueueState(Result, kw_only=True):
    """What every register answers: the queue, its position, and whom the client speaks with."""

    queue_id: Annotated[str | None, Field("The queue to read with `GET /events`; null where none was made.")]
    last_event_id: Annotated[
        int,
        Field("The position of this snapshot: every change after it comes as an event. To begin `GET /events` with."),
    ]
    zulip_version: Annotated[str, Field("The version of the reference server whose wire this is.")]
    zulip_feature_level: Annotated[int, Field("The level of the wire, by which clients know what they may use.")]
    zulip_merge_base: Annotated[str, Field("The same as `zulip_version`, or empty.")]
    aloha_version: Annotated[str | UnsetType, Field("Aloha's own version; absent from other servers.")] = UNSET
    aloha_feature_level: Annotated[
        int | UnsetType, Field("The level of what only Aloha has; absent from other servers.")
    ] = UNSET
    receives_typing_notifications: Annotated[
        bool | UnsetType, Field("Whether the user wants to be told that others are typing.")
    ] = UNSET


class OrganizationState(QueueState, kw_only=True):
    """The organization and its settings: the `realm_` half of the section `realm`."""

    realm_date_created: Annotated[int | UnsetType, Field("When the organization was made, in UNIX seconds.")] = UNSET
    realm_message_edit_history_visibility_policy: Annotated[
        str | UnsetType, realm("message_edit_history_visibility_policy")
    ] = UNSET
    realm_allow_edit_history: Annotated[
        bool | UnsetType,
        Field(
            "Whether `realm_message_edit_history_visibility_policy` is not `none`, for older clients.", deprecated=True
        ),
    ] = UNSET
    realm_can_add_custom_emoji_group: Annotated[GroupSetting | UnsetType, realm("can_add_custom_emoji_group")] = UNSET
    realm_can_add_subscribers_group: Annotated[GroupSetting | UnsetType, realm("can_add_subscribers_group")] = UNSET
    realm_can_delete_any_message_group: Annotated[GroupSetting | UnsetType, realm("can_delete_any_message_group")] = (
        UNSET
    )
    realm_can_delete_own_message_group: Annotated[GroupSetting | UnsetType, realm("can_delete_own_message_group")] = (
        UNSET
    )
    realm_can_invite_users_group: Annotated[GroupSetting | UnsetType, realm("can_invite_users_group")] = UNSET
    realm_can_mention_many_users_group: Annotated[GroupSetting | UnsetType, realm("can_mention_many_users_group")] = (
        UNSET
    )
    realm_can_move_messages_between_channels_group: Annotated[
        GroupSetting | UnsetType, realm("can_move_messages_between_channels_group")
    ] = UNSET
    realm_can_move_messages_between_topics_group: Annotated[
        GroupSetting | UnsetType, realm("can_move_messages_between_topics_group")
    ] = UNSET
    realm_can_create_groups: Annotated[GroupSetting | UnsetType, realm("can_create_groups")] = UNSET
    realm_can_create_bots_group: Annotated[GroupSetting | UnsetType, realm("can_create_bots_group")] = UNSET
    realm_can_create_write_only_bots_group: Annotated[
        GroupSetting | UnsetType, realm("can_create_write_only_bots_group")
    ] = UNSET
    realm_can_manage_all_groups: Annotated[GroupSetting | UnsetType, realm("can_manage_all_groups")] = UNSET
    realm_can_manage_billing_group: Annotated[GroupSetting | UnsetType, realm("can_manage_billing_group")] = UNSET
    realm_can_create_public_channel_group: Annotated[
        GroupSetting | UnsetType, realm("can_create_public_channel_group")
    ] = UNSET
    realm_can_create_private_channel_group: Annotated[
        GroupSetting | UnsetType, realm("can_create_private_channel_group")
    ] = UNSET
    realm_can_create_web_public_channel_group: Annotated[
        GroupSetting | UnsetType, realm("can_create_web_public_channel_group")
    ] = UNSET
    realm_can_resolve_topics_group: Annotated[GroupSetting | UnsetType, realm("can_resolve_topics_group")] = UNSET
    realm_create_public_stream_policy: Annotated[
        int | UnsetType,
        Field(
            "An older form of `realm_can_create_public_channel_group`, as near as a number can say it.", deprecated=True
        ),
    ] = UNSET
    realm_create_private_stream_policy: Annotated[
        int | UnsetType, Field("An older form of `realm_can_create_private_channel_group`.", deprecated=True)
    ] = UNSET
    realm_create_web_public_stream_policy: Annotated[
        int | UnsetType, Field("An older form of `realm_can_create_web_public_channel_group`.", deprecated=True)
    ] = UNSET
    realm_wildcard_mention_policy: Annotated[
        int | UnsetType, Field("An older form of `realm_can_mention_many_users_group`.", deprecated=True)
    ] = UNSET
    realm_default_language: Annotated[str | UnsetType, realm("default_language")] = UNSET
    realm_description: Annotated[str | UnsetType, realm("description")] = UNSET
    realm_digest_emails_enabled: Annotated[bool | UnsetType, realm("digest_emails_enabled")] = UNSET
    realm_disallow_disposable_email_addresses: Annotated[
        bool | UnsetType, realm("disallow_disposable_email_addresses")
    ] = UNSET
    realm_email_changes_disabled: Annotated[bool | UnsetType, realm("email_changes_disabled")] = UNSET
    realm_invite_required: Annotated[bool | UnsetType, realm("invite_required")] = UNSET
    realm_create_multiuse_invite_group: Annotated[GroupSetting | UnsetType, realm("create_multiuse_invite_group")] = (
        UNSET
    )
    realm_inline_image_preview: Annotated[bool | UnsetType, realm("inline_image_preview")] = UNSET
    realm_inline_url_embed_preview: Annotated[bool | UnsetType, realm("inline_url_embed_preview")] = UNSET
    realm_mandatory_topics: Annotated[bool | UnsetType, realm("mandatory_topics")] = UNSET
    realm_message_retention_days: Annotated[int | UnsetType, realm("message_retention_days")] = UNSET
    realm_name: Annotated[str | UnsetType, realm("name")] = UNSET
    realm_require_unique_names: Annotated[bool | UnsetType, realm("require_unique_names")] = UNSET
    realm_name_changes_disabled: Annotated[bool | UnsetType, realm("name_changes_disabled")] = UNSET
    realm_avatar_changes_disabled: Annotated[bool | UnsetType, realm("avatar_changes_disabled")] = UNSET
    realm_emails_restricted_to_domains: Annotated[bool | UnsetType, realm("emails_restricted_to_domains")] = UNSET
    realm_send_welcome_emails: Annotated[bool | UnsetType, realm("send_welcome_emails")] = UNSET
    realm_message_content_allowed_in_email_notifications: Annotated[
        bool | UnsetType, realm("message_content_allowed_in_email_notifications")
    ] = UNSET
    realm_enable_spectator_access: Annotated[bool | UnsetType, realm("enable_spectator_access")] = UNSET
    realm_want_advertise_in_communities_directory: Annotated[
        bool | UnsetType, realm("want_advertise_in_communities_directory")
    ] = UNSET
    realm_video_chat_provider: Annotated[int | UnsetType, realm("video_chat_provider")] = UNSET
    realm_jitsi_server_url: Annotated[str | UnsetType | None, realm("jitsi_server_url")] = UNSET
    realm_giphy_rating: Annotated[int | UnsetType, realm("giphy_rating")] = UNSET
    realm_waiting_period_threshold: Annotated[int | UnsetType, realm("waiting_period_threshold")] = UNSET
    realm_digest_weekday: Annotated[int | UnsetType, realm("digest_weekday")] = UNSET
    realm_direct_message_initiator_group: Annotated[
        GroupSetting | UnsetType, realm("direct_message_initiator_group")
    ] = UNSET
    realm_direct_message_permission_group: Annotated[
        GroupSetting | UnsetType, realm("direct_message_permission_group")
    ] = UNSET
    realm_default_code_block_language: Annotated[str | UnsetType, realm("default_code_block_language")] = UNSET
    realm_message_content_delete_limit_seconds: Annotated[
        int | UnsetType | None, realm("message_content_delete_limit_seconds")
    ] = UNSET
    realm_authentication_methods: Annotated[
        dict[str, AuthenticationMethod] | UnsetType, realm("authentication_methods")
    ] = UNSET
    realm_allow_message_editing: Annotated[bool | UnsetType, realm("allow_message_editing")] = UNSET
    realm_message_content_edit_limit_seconds: Annotated[
        int | UnsetType | None, realm("message_content_edit_limit_seconds")
    ] = UNSET
    realm_move_messages_within_stream_limit_seconds: Annotated[
        int | UnsetType | None, realm("move_messages_within_stream_limit_seconds")
    ] = UNSET
    realm_move_messages_between_streams_limit_seconds: Annotated[
        int | UnsetType | None, realm("move_messages_between_streams_limit_seconds")
    ] = UNSET
    realm_enable_read_receipts: Annotated[bool | UnsetType, realm("enable_read_receipts")] = UNSET
    realm_icon_url: Annotated[str | UnsetType, Field("Where the icon is.")] = UNSET
    realm_icon_source: Annotated[str | UnsetType, Field("`G` for a Gravatar, `U` for an uploaded icon.")] = UNSET
    realm_logo_url: Annotated[str | UnsetType, Field("Where the logo is.")] = UNSET
    realm_logo_source: Annotated[str | UnsetType, Field("`D` for the default logo, `U` for an uploaded one.")] = UNSET
    realm_night_logo_url: Annotated[str | UnsetType, Field("Where the logo for dark themes is.")] = UNSET
    realm_night_logo_source: Annotated[str | UnsetType, Field("`D` for the default logo, `U` for an uploaded one.")] = (
        UNSET
    )
    realm_bot_domain: Annotated[str | UnsetType, Field("The domain of new bots' addresses.")] = UNSET
    realm_uri: Annotated[str | UnsetType, Field("The same as `realm_url`, for older clients.", deprecated=True)] = UNSET
    realm_url: Annotated[
        str | UnsetType, Field("The organization's URL, to which paths in other fields are relative.")
    ] = UNSET
    realm_available_video_chat_providers: Annotated[
        dict[str, NamedOption] | UnsetType, Field("The services that `realm_video_chat_provider` can name.")
    ] = UNSET
    realm_presence_disabled: Annotated[bool | UnsetType, Field("Whether nobody's presence is shown.")] = UNSET
    realm_is_zephyr_mirror_realm: Annotated[
        bool | UnsetType, Field("Whether the organization mirrors a Zephyr realm; never here.")
    ] = UNSET
    realm_email_auth_enabled: Annotated[
        bool | UnsetType, Field("Whether one can sign in with an address and a password.")
    ] = UNSET
    realm_password_auth_enabled: Annotated[
        bool | UnsetType, Field("Whether one can sign in with a password at all.")
    ] = UNSET
    realm_push_notifications_enabled: Annotated[
        bool | UnsetType, Field("Whether the server can push to mobile devices.")
    ] = UNSET
    realm_push_notifications_enabled_end_timestamp: Annotated[
        int | UnsetType | None, Field("When that ends, in UNIX seconds; null if no end is set.")
    ] = UNSET
    realm_upload_quota_mib: Annotated[
        int | UnsetType | None, Field("How much room all files may take, in MiB; null without end.")
    ] = UNSET
    realm_org_type: Annotated[int | UnsetType, realm("org_type")] = UNSET
    realm_plan_type: Annotated[int | UnsetType, Field("The plan; 1 for a self-hosted server.")] = UNSET
    realm_enable_guest_user_dm_warning: Annotated[bool | UnsetType, realm("enable_guest_user_dm_warning")] = UNSET
    realm_enable_guest_user_indicator: Annotated[bool | UnsetType, realm("enable_guest_user_indicator")] = UNSET
    realm_can_access_all_users_group: Annotated[GroupSetting | UnsetType, realm("can_access_all_users_group")] = UNSET
    realm_can_summarize_topics_group: Annotated[GroupSetting | UnsetType, realm("can_summarize_topics_group")] = UNSET
    realm_default_external_accounts: Annotated[
        dict[str, ExternalAccount] | UnsetType,
        Field("The sites that an external-account profile field can name, by key."),
    ] = UNSET
    realm_moderation_request_channel_id: Annotated[int | UnsetType, realm("moderation_request_channel_id")] = UNSET
    realm_new_stream_announcements_stream_id: Annotated[
        int | UnsetType, realm("new_stream_announcements_stream_id")
    ] = UNSET
    realm_signup_announcements_stream_id: Annotated[int | UnsetType, realm("signup_announcements_stream_id")] = UNSET
    realm_zulip_update_announcements_stream_id: Annotated[
        int | UnsetType, realm("zulip_update_announcements_stream_id")
    ] = UNSET
    realm_empty_topic_display_name: Annotated[str | UnsetType, Field("What to show in place of an empty topic.")] = (
        UNSET
    )
