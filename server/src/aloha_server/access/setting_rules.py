"""What values settings may have, beyond what their declared types say."""

from collections.abc import Callable
from typing import Any
from zoneinfo import available_timezones

from aloha.contract.errors import ApiError
from aloha.contract.objects import EmojisetChoice

from .languages import LANGUAGES

NOTIFICATION_SOUNDS = ("ascend", "beep_boop", "zulip")
EMOJISETS = {
    "google": "Google",
    "google-blob": "Google blobs",
    "twitter": "Twitter",
    "text": "Plain text",
}
FONT_SIZE_PX = range(12, 33)
LINE_HEIGHT_PERCENT = range(122, 159)
BATCHING_S = range(1, 7 * 24 * 3600 + 1)

_TIMEZONES = frozenset(available_timezones())

_RULES: dict[str, Callable[[Any], bool]] = {
    "default_language": LANGUAGES.__contains__,
    "timezone": lambda value: value == "" or value in _TIMEZONES,
    "notification_sound": lambda value: value == "none" or value in NOTIFICATION_SOUNDS,
    "web_font_size_px": FONT_SIZE_PX.__contains__,
    "web_line_height_percent": LINE_HEIGHT_PERCENT.__contains__,
    "email_notifications_batching_period_seconds": BATCHING_S.__contains__,
}


def check_setting(name: str, value: Any) -> None:
    """Raises ApiError for a personal setting's value that cannot be."""
    rule = _RULES.get(name)
    if rule is not None and not rule(value):
        raise ApiError(f"Invalid {name}")


def emojiset_choices() -> list[EmojisetChoice]:
    return [EmojisetChoice(key=key, text=text) for key, text in EMOJISETS.items()]
