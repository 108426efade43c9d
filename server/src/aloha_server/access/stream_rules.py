"""What a stream's name, description and settings may be. Raises ApiError; asks nothing of the database."""

import unicodedata

from aloha.contract.errors import ApiError

NAME_CHARS_MAX = 60
DESCRIPTION_CHARS_MAX = 1024
RETENTION = {"realm_default": None, "unlimited": -1}


def check_name(name: str) -> str:
    """The name as it is kept."""
    name = name.strip()
    if not name:
        raise ApiError("Channel name can't be empty.")
    if len(name) > NAME_CHARS_MAX:
        raise ApiError(f"Channel name too long (limit: {NAME_CHARS_MAX} characters).")
    if any(unicodedata.category(character) in ("Cc", "Cs") for character in name):
        raise ApiError("Invalid character in channel name.")
    return name


def check_description(description: str) -> str:
    """One line, as it is kept."""
    line = " ".join(description.split("\n")).strip()
    if len(line) > DESCRIPTION_CHARS_MAX:
        raise ApiError(f"description is too long (limit: {DESCRIPTION_CHARS_MAX} characters)")
    return line


def check_retention(days: int | str) -> int | None:
    """None as the organization says, -1 for ever, else days."""
    if isinstance(days, str) and days in RETENTION:
        return RETENTION[days]
    if isinstance(days, str) or days < 1:
        raise ApiError("Bad value for 'message_retention_days'")
    return days


def check_privacy(*, invite_only: bool, is_web_public: bool, history_public: bool, is_default: bool) -> None:
    """Which of these go together."""
    if is_web_public and invite_only:
        raise ApiError("A web-public channel cannot be private.")
    if not history_public and not invite_only:
        raise ApiError("Only private channels can have protected history.")
    if is_default and invite_only:
        raise ApiError("A default channel cannot be private.")
