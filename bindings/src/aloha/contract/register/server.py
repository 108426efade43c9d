"""The part of the initial state that tells of the server."""

from typing import Annotated

from msgspec import UNSET, UnsetType

from aloha.contract.endpoint import Field
from aloha.contract.objects import NamedOption, PermissionSettings, ThumbnailFormat

from .organization import OrganizationState


class ServerState(OrganizationState, kw_only=True):
    """The server and its limits: the other half of the section `realm`."""

    demo_organization_scheduled_deletion_date: Annotated[
        int | UnsetType, Field("When a demo organization will be deleted, in UNIX seconds; absent for any other.")
    ] = UNSET
    max_stream_name_length: Annotated[int | UnsetType, Field("The most characters that a channel's name can have.")] = (
        UNSET
    )
    max_stream_description_length: Annotated[
        int | UnsetType, Field("The most characters that a channel's description can have.")
    ] = UNSET
    max_topic_length: Annotated[int | UnsetType, Field("The most characters that a topic can have.")] = UNSET
    max_message_length: Annotated[int | UnsetType, Field("The most characters that a message can have.")] = UNSET
    server_min_deactivated_realm_deletion_days: Annotated[
        int | UnsetType | None,
        Field("The fewest days after which data of a deactivated organization may be deleted; null for none."),
    ] = UNSET
    server_max_deactivated_realm_deletion_days: Annotated[
        int | UnsetType | None, Field("The most days after which it may be set to be deleted; null for no bound.")
    ] = UNSET
    server_presence_ping_interval_seconds: Annotated[
        int | UnsetType, Field("How often a client is to report presence.")
    ] = UNSET
    server_presence_offline_threshold_seconds: Annotated[
        int | UnsetType, Field("After how long without a report a user counts as away.")
    ] = UNSET
    server_typing_started_expiry_period_milliseconds: Annotated[
        int | UnsetType, Field("For how long somebody counts as typing after the last notice.")
    ] = UNSET
    server_typing_stopped_wait_period_milliseconds: Annotated[
        int | UnsetType, Field("After how long without a key a client is to report that typing stopped.")
    ] = UNSET
    server_typing_started_wait_period_milliseconds: Annotated[
        int | UnsetType, Field("How often a client is to renew its notice while the user types.")
    ] = UNSET
    max_icon_file_size_mib: Annotated[int | UnsetType, Field("How large an uploaded icon may be, in MiB.")] = UNSET
    max_logo_file_size_mib: Annotated[int | UnsetType, Field("How large an uploaded logo may be, in MiB.")] = UNSET
    settings_send_digest_emails: Annotated[bool | UnsetType, Field("Whether the server mails digests at all.")] = UNSET
    zulip_plan_is_not_limited: Annotated[bool | UnsetType, Field("Whether the plan has everything.")] = UNSET
    upgrade_text_for_wide_organization_logo: Annotated[
        str | UnsetType, Field("What to say where the plan does not allow a logo.")
    ] = UNSET
    jitsi_server_url: Annotated[
        str | UnsetType, Field("The same as `server_jitsi_server_url`, for older clients.", deprecated=True)
    ] = UNSET
    development_environment: Annotated[bool | UnsetType, Field("Whether the server is one for development.")] = UNSET
    server_generation: Annotated[int | UnsetType, Field("Rises with each start of the server.")] = UNSET
    password_min_length: Annotated[int | UnsetType, Field("The fewest characters that a password can have.")] = UNSET
    password_max_length: Annotated[int | UnsetType, Field("The most characters that a password can have.")] = UNSET
    password_min_guesses: Annotated[
        int | UnsetType, Field("How many guesses a password must at least withstand, by the zxcvbn measure.")
    ] = UNSET
    giphy_rating_options: Annotated[
        dict[str, NamedOption] | UnsetType, Field("The ratings that `realm_giphy_rating` can name.")
    ] = UNSET
    max_file_upload_size_mib: Annotated[
        int | UnsetType, Field("How large an uploaded file may be, in MiB; 0 forbids uploads.")
    ] = UNSET
    max_avatar_file_size_mib: Annotated[int | UnsetType, Field("How large an uploaded avatar may be, in MiB.")] = UNSET
    server_inline_image_preview: Annotated[
        bool | UnsetType, Field("Whether the server can show images below messages.")
    ] = UNSET
    server_inline_url_embed_preview: Annotated[
        bool | UnsetType, Field("Whether the server can show linked pages with title and picture.")
    ] = UNSET
    server_thumbnail_formats: Annotated[
        list[ThumbnailFormat] | UnsetType, Field("The kinds of thumbnails that the server makes.")
    ] = UNSET
    server_avatar_changes_disabled: Annotated[
        bool | UnsetType, Field("Whether avatars come from elsewhere and cannot be changed here.")
    ] = UNSET
    server_name_changes_disabled: Annotated[
        bool | UnsetType, Field("Whether names come from elsewhere and cannot be changed here.")
    ] = UNSET
    server_needs_upgrade: Annotated[
        bool | UnsetType, Field("Whether the server is so old that users should be told.")
    ] = UNSET
    server_web_public_streams_enabled: Annotated[
        bool | UnsetType, Field("Whether the server allows channels that can be read without an account.")
    ] = UNSET
    server_emoji_data_url: Annotated[str | UnsetType, Field("Where the list of Unicode emoji is.")] = UNSET
    server_jitsi_server_url: Annotated[
        str | UnsetType | None, Field("The Jitsi server that is used unless the organization names one; null for none.")
    ] = UNSET
    server_can_summarize_topics: Annotated[bool | UnsetType, Field("Whether the server can summarize topics.")] = UNSET
    event_queue_longpoll_timeout_seconds: Annotated[
        int | UnsetType, Field("How long a client is to wait for the answer to `GET /events`.")
    ] = UNSET
    server_supported_permission_settings: Annotated[
        PermissionSettings | UnsetType, Field("The permissions that there are and the groups that can hold them.")
    ] = UNSET
