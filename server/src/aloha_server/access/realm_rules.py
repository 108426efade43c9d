"""What values the organization's settings may have, and who may change which."""

from collections.abc import Callable
from typing import Any

from aloha.contract.errors import ApiError

from ..store import Tx
from .languages import LANGUAGES
from .organization import AUTHENTICATION_METHODS
from .users import User

ORG_TYPES = frozenset({0, 10, 20, 30, 35, 40, 50, 60, 70, 80, 90, 100, 1000})
VIDEO_CHAT_PROVIDERS = {"disabled": (0, "None"), "jitsi_meet": (1, "Jitsi Meet")}
GIPHY_RATINGS = {
    "disabled": (0, "No GIFs"),
    "y": (1, "Rated Y: for the very young"),
    "g": (2, "Rated G: for everybody"),
    "pg": (3, "Rated PG: with parental guidance"),
    "pg-13": (4, "Rated PG-13: with parental guidance under 13"),
    "r": (5, "Rated R: restricted"),
}
# Who can come in, by which way, and for how long what is written is kept.
OWNER_SETTINGS = frozenset(
    {
        "authentication_methods",
        "message_retention_days",
        "invite_required",
        "emails_restricted_to_domains",
        "disallow_disposable_email_addresses",
        "waiting_period_threshold",
        "create_multiuse_invite_group",
        "can_invite_users_group",
        "can_create_groups",
        "can_manage_all_groups",
        "can_manage_billing_group",
    }
)
STREAM_SETTINGS = frozenset(
    {
        "moderation_request_channel_id",
        "new_stream_announcements_stream_id",
        "signup_announcements_stream_id",
        "zulip_update_announcements_stream_id",
    }
)
WAITING_DAYS_MAX = 36_500

IS_PRIVATE = """
    select invite_only from stream where realm_id = :realm_id and stream_id = :stream_id and is_archived = 0
"""


def _is_limit(value: Any) -> bool:
    return value is None or value > 0


_RULES: dict[str, Callable[[Any], bool]] = {
    "name": lambda value: bool(value.strip()),
    "org_type": ORG_TYPES.__contains__,
    "default_language": LANGUAGES.__contains__,
    "authentication_methods": lambda value: set(value) <= set(AUTHENTICATION_METHODS) and any(value.values()),
    "waiting_period_threshold": range(WAITING_DAYS_MAX + 1).__contains__,
    "message_content_edit_limit_seconds": _is_limit,
    "message_content_delete_limit_seconds": _is_limit,
    "move_messages_within_stream_limit_seconds": _is_limit,
    "move_messages_between_streams_limit_seconds": _is_limit,
    "message_retention_days": lambda value: value == -1 or value > 0,
    "video_chat_provider": lambda value: value in {id_ for id_, _ in VIDEO_CHAT_PROVIDERS.values()},
    "giphy_rating": lambda value: value in {id_ for id_, _ in GIPHY_RATINGS.values()},
    "jitsi_server_url": lambda value: value is None or value.startswith(("https://", "http://")),
    "default_code_block_language": lambda value: value.isprintable() and len(value) <= 40,
}


def check_realm_setting(tx: Tx, name: str, value: Any, actor: User) -> None:
    """Raises ApiError for a plain setting's value that cannot be."""
    rule = _RULES.get(name)
    if rule is not None and not rule(value):
        raise ApiError(f"Invalid {name}")
    if name in STREAM_SETTINGS and value != -1:
        _check_stream(tx, name, value, actor)


def _check_stream(tx: Tx, name: str, stream_id: int, actor: User) -> None:
    """Requests for moderation go to a private stream, announcements to a stream that the administrator knows of."""
    is_private = tx.value(IS_PRIVATE, stream_id=stream_id)
    if is_private is None or not actor.is_admin:
        raise ApiError("Invalid channel ID")
    if name == "moderation_request_channel_id" and not is_private:
        raise ApiError("Moderation request channel must be private.")
