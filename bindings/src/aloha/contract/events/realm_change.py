"""What a `realm/update_dict` event can carry."""

from typing import Annotated

from msgspec import UNSET, UnsetType

from aloha.contract.endpoint import Field
from aloha.contract.objects import AuthenticationMethod, GroupSetting, WireObject
from aloha.contract.settings import realm


class RealmChange(WireObject, kw_only=True):
    """The organization's settings that changed together; the rest is absent."""

    allow_message_editing: Annotated[bool | UnsetType, realm("allow_message_editing")] = UNSET
    authentication_methods: Annotated[dict[str, AuthenticationMethod] | UnsetType, realm("authentication_methods")] = (
        UNSET
    )
    can_access_all_users_group: Annotated[GroupSetting | UnsetType, realm("can_access_all_users_group")] = UNSET
    can_create_groups: Annotated[GroupSetting | UnsetType, realm("can_create_groups")] = UNSET
    can_create_bots_group: Annotated[GroupSetting | UnsetType, realm("can_create_bots_group")] = UNSET
    can_create_write_only_bots_group: Annotated[GroupSetting | UnsetType, realm("can_create_write_only_bots_group")] = (
        UNSET
    )
    can_create_public_channel_group: Annotated[GroupSetting | UnsetType, realm("can_create_public_channel_group")] = (
        UNSET
    )
    can_create_private_channel_group: Annotated[GroupSetting | UnsetType, realm("can_create_private_channel_group")] = (
        UNSET
    )
    can_create_web_public_channel_group: Annotated[
        GroupSetting | UnsetType, realm("can_create_web_public_channel_group")
    ] = UNSET
    can_add_custom_emoji_group: Annotated[GroupSetting | UnsetType, realm("can_add_custom_emoji_group")] = UNSET
    can_add_subscribers_group: Annotated[GroupSetting | UnsetType, realm("can_add_subscribers_group")] = UNSET
    can_delete_any_message_group: Annotated[GroupSetting | UnsetType, realm("can_delete_any_message_group")] = UNSET
    can_delete_own_message_group: Annotated[GroupSetting | UnsetType, realm("can_delete_own_message_group")] = UNSET
    can_invite_users_group: Annotated[GroupSetting | UnsetType, realm("can_invite_users_group")] = UNSET
    can_mention_many_users_group: Annotated[GroupSetting | UnsetType, realm("can_mention_many_users_group")] = UNSET
    can_move_messages_between_channels_group: Annotated[
        GroupSetting | UnsetType, realm("can_move_messages_between_channels_group")
    ] = UNSET
    can_move_messages_between_topics_group: Annotated[
        GroupSetting | UnsetType, realm("can_move_messages_between_topics_group")
    ] = UNSET
    can_resolve_topics_group: Annotated[GroupSetting | UnsetType, realm("can_resolve_topics_group")] = UNSET
    can_manage_all_groups: Annotated[GroupSetting | UnsetType, realm("can_manage_all_groups")] = UNSET
    can_manage_billing_group: Annotated[GroupSetting | UnsetType, realm("can_manage_billing_group")] = UNSET
    can_summarize_topics_group: Annotated[GroupSetting | UnsetType, realm("can_summarize_topics_group")] = UNSET
    create_multiuse_invite_group: Annotated[GroupSetting | UnsetType, realm("create_multiuse_invite_group")] = UNSET
    default_code_block_language: Annotated[str | UnsetType, realm("default_code_block_language")] = UNSET
    default_language: Annotated[str | UnsetType, realm("default_language")] = UNSET
    description: Annotated[str | UnsetType, realm("description")] = UNSET
    digest_emails_enabled: Annotated[bool | UnsetType, realm("digest_emails_enabled")] = UNSET
    digest_weekday: Annotated[int | UnsetType, realm("digest_weekday")] = UNSET
    direct_message_initiator_group: Annotated[GroupSetting | UnsetType, realm("direct_message_initiator_group")] = UNSET
    direct_message_permission_group: Annotated[GroupSetting | UnsetType, realm("direct_message_permission_group")] = (
        UNSET
    )
    disallow_disposable_email_addresses: Annotated[bool | UnsetType, realm("disallow_disposable_email_addresses")] = (
        UNSET
    )
    email_changes_disabled: Annotated[bool | UnsetType, realm("email_changes_disabled")] = UNSET
    enable_read_receipts: Annotated[bool | UnsetType, realm("enable_read_receipts")] = UNSET
    emails_restricted_to_domains: Annotated[bool | UnsetType, realm("emails_restricted_to_domains")] = UNSET
    enable_guest_user_dm_warning: Annotated[bool | UnsetType, realm("enable_guest_user_dm_warning")] = UNSET
    enable_guest_user_indicator: Annotated[bool | UnsetType, realm("enable_guest_user_indicator")] = UNSET
    enable_spectator_access: Annotated[bool | UnsetType, realm("enable_spectator_access")] = UNSET
    giphy_rating: Annotated[int | UnsetType, realm("giphy_rating")] = UNSET
    icon_source: Annotated[str | UnsetType, Field("`G` for a Gravatar, `U` for an uploaded icon.")] = UNSET
    icon_url: Annotated[str | UnsetType, Field("Where the icon is.")] = UNSET
    inline_image_preview: Annotated[bool | UnsetType, realm("inline_image_preview")] = UNSET
    inline_url_embed_preview: Annotated[bool | UnsetType, realm("inline_url_embed_preview")] = UNSET
    invite_required: Annotated[bool | UnsetType, realm("invite_required")] = UNSET
    jitsi_server_url: Annotated[str | UnsetType | None, realm("jitsi_server_url")] = UNSET
    logo_source: Annotated[str | UnsetType, Field("`D` for the default logo, `U` for an uploaded one.")] = UNSET
    logo_url: Annotated[str | UnsetType, Field("Where the logo is.")] = UNSET
    mandatory_topics: Annotated[bool | UnsetType, realm("mandatory_topics")] = UNSET
    max_file_upload_size_mib: Annotated[int | UnsetType, Field("How large an uploaded file may be, in MiB.")] = UNSET
    message_content_allowed_in_email_notifications: Annotated[
        bool | UnsetType, realm("message_content_allowed_in_email_notifications")
    ] = UNSET
    message_content_delete_limit_seconds: Annotated[
        int | UnsetType | None, realm("message_content_delete_limit_seconds")
    ] = UNSET
    message_content_edit_limit_seconds: Annotated[
        int | UnsetType | None, realm("message_content_edit_limit_seconds")
    ] = UNSET
    message_edit_history_visibility_policy: Annotated[
        str | UnsetType, realm("message_edit_history_visibility_policy")
    ] = UNSET
    moderation_request_channel_id: Annotated[int | UnsetType, realm("moderation_request_channel_id")] = UNSET
    move_messages_within_stream_limit_seconds: Annotated[
        int | UnsetType | None, realm("move_messages_within_stream_limit_seconds")
    ] = UNSET
    move_messages_between_streams_limit_seconds: Annotated[
        int | UnsetType | None, realm("move_messages_between_streams_limit_seconds")
    ] = UNSET
    name: Annotated[str | UnsetType, realm("name")] = UNSET
    name_changes_disabled: Annotated[bool | UnsetType, realm("name_changes_disabled")] = UNSET
    night_logo_source: Annotated[str | UnsetType, Field("`D` for the default logo, `U` for an uploaded one.")] = UNSET
    night_logo_url: Annotated[str | UnsetType, Field("Where the logo for dark themes is.")] = UNSET
    new_stream_announcements_stream_id: Annotated[int | UnsetType, realm("new_stream_announcements_stream_id")] = UNSET
    org_type: Annotated[int | UnsetType, realm("org_type")] = UNSET
    plan_type: Annotated[int | UnsetType, Field("The plan; 1 for a self-hosted server.")] = UNSET
    presence_disabled: Annotated[bool | UnsetType, Field("Whether nobody's presence is shown.")] = UNSET
    push_notifications_enabled: Annotated[bool | UnsetType, Field("Whether the server can push to mobile devices.")] = (
        UNSET
    )
    push_notifications_enabled_end_timestamp: Annotated[
        int | UnsetType | None, Field("When that ends, in UNIX seconds; null if no end is set.")
    ] = UNSET
    require_unique_names: Annotated[bool | UnsetType, realm("require_unique_names")] = UNSET
    send_welcome_emails: Annotated[bool | UnsetType, realm("send_welcome_emails")] = UNSET
    signup_announcements_stream_id: Annotated[int | UnsetType, realm("signup_announcements_stream_id")] = UNSET
    upload_quota_mib: Annotated[
        int | UnsetType | None, Field("How much room all files may take, in MiB; null without end.")
    ] = UNSET
    video_chat_provider: Annotated[int | UnsetType, realm("video_chat_provider")] = UNSET
    waiting_period_threshold: Annotated[int | UnsetType, realm("waiting_period_threshold")] = UNSET
    want_advertise_in_communities_directory: Annotated[
        bool | UnsetType, realm("want_advertise_in_communities_directory")
    ] = UNSET
    zulip_update_announcements_stream_id: Annotated[int | UnsetType, realm("zulip_update_announcements_stream_id")] = (
        UNSET
    )
