"""What the server tells of itself: its limits and what it can do. The same for every organization and user."""

import time
from typing import Any

from aloha.contract.objects import CustomProfileFieldType, NamedOption, ThumbnailFormat
from aloha.contract.settings import supported_permission_settings

from ..access.avatars import AVATAR_MIB_MAX
from ..access.passwords import PASSWORD_CHARS_MAX, PASSWORD_CHARS_MIN
from ..access.presence import OFFLINE_S
from ..access.profile_fields import EXTERNAL_ACCOUNTS
from ..access.realm_rules import GIPHY_RATINGS, VIDEO_CHAT_PROVIDERS
from ..events.adapt import EMPTY_TOPIC_NAME
from ..files.pictures import THUMBNAIL_FORMAT, THUMBNAIL_NAME, THUMBNAIL_SIZE
from ..settings import Settings

GENERATION = int(time.time())  # of this process: rises with each start
EMOJI_DATA_PATH = "/static/emoji.json"
JITSI_SERVER_URL = "https://meet.jit.si"

LIMITS: dict[str, Any] = {
    "max_stream_name_length": 60,
    "max_stream_description_length": 1024,
    "max_topic_length": 60,
    "max_message_length": 10_000,
    "max_avatar_file_size_mib": AVATAR_MIB_MAX,
    "max_icon_file_size_mib": 5,
    "max_logo_file_size_mib": 5,
    "password_min_length": PASSWORD_CHARS_MIN,
    "password_max_length": PASSWORD_CHARS_MAX,
    "password_min_guesses": 0,
    "event_queue_longpoll_timeout_seconds": 90,
    "server_presence_ping_interval_seconds": 60,
    "server_presence_offline_threshold_seconds": OFFLINE_S,
    "server_typing_started_expiry_period_milliseconds": 45_000,
    "server_typing_stopped_wait_period_milliseconds": 12_000,
    "server_typing_started_wait_period_milliseconds": 30_000,
    "server_min_deactivated_realm_deletion_days": 14,
    "server_max_deactivated_realm_deletion_days": None,
}
ABILITIES: dict[str, Any] = {
    "settings_send_digest_emails": False,
    "server_inline_image_preview": True,
    "server_inline_url_embed_preview": False,
    "server_avatar_changes_disabled": False,
    "server_name_changes_disabled": False,
    "server_web_public_streams_enabled": True,
    "server_needs_upgrade": False,
    "server_can_summarize_topics": False,
    "server_jitsi_server_url": JITSI_SERVER_URL,
    "jitsi_server_url": JITSI_SERVER_URL,
    "realm_push_notifications_enabled": False,
    "realm_push_notifications_enabled_end_timestamp": None,
    "realm_presence_disabled": False,
    "realm_is_zephyr_mirror_realm": False,
    "realm_plan_type": 1,
    "zulip_plan_is_not_limited": True,
    "upgrade_text_for_wide_organization_logo": "",
    "realm_empty_topic_display_name": EMPTY_TOPIC_NAME,
}
THUMBNAIL = ThumbnailFormat(
    name=THUMBNAIL_NAME,
    max_width=THUMBNAIL_SIZE[0],
    max_height=THUMBNAIL_SIZE[1],
    format=THUMBNAIL_FORMAT,
    animated=False,
)
PROFILE_FIELD_TYPES = {
    "SHORT_TEXT": CustomProfileFieldType(id=1, name="Short text"),
    "LONG_TEXT": CustomProfileFieldType(id=2, name="Paragraph"),
    "SELECT": CustomProfileFieldType(id=3, name="Choice"),
    "DATE": CustomProfileFieldType(id=4, name="Date"),
    "URL": CustomProfileFieldType(id=5, name="Link"),
    "USER": CustomProfileFieldType(id=6, name="Users"),
    "EXTERNAL_ACCOUNT": CustomProfileFieldType(id=7, name="External account"),
    "PRONOUNS": CustomProfileFieldType(id=8, name="Pronouns"),
}


def server_fields(base_url: str, settings: Settings) -> dict[str, Any]:
    """The half of the section `realm` that is not the organization's."""
    return {
        **LIMITS,
        **ABILITIES,
        "development_environment": settings.demo,
        "max_file_upload_size_mib": settings.max_file_upload_size_mib,
        "realm_upload_quota_mib": settings.upload_quota_mib or None,
        "server_generation": GENERATION,
        "server_emoji_data_url": f"{base_url}{EMOJI_DATA_PATH}",
        "server_thumbnail_formats": [THUMBNAIL],
        "server_supported_permission_settings": supported_permission_settings(),
        "giphy_rating_options": _options(GIPHY_RATINGS),
        "realm_available_video_chat_providers": _options(VIDEO_CHAT_PROVIDERS),
        "realm_default_external_accounts": EXTERNAL_ACCOUNTS,
    }


def _options(choices: dict[str, tuple[int, str]]) -> dict[str, NamedOption]:
    return {key: NamedOption(name=name, id=id_) for key, (id_, name) in choices.items()}
