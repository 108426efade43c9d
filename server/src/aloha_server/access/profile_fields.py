"""Custom profile fields: what an organization asks of its people, and what a field's value may be.

A value is kept as the wire shows it: text, or JSON for a list of users. Text is Markdown that names nobody: a
profile is shown to people who see different people, and its HTML is made once.
"""

import re
from collections.abc import Callable
from datetime import date
from typing import Any
from urllib.parse import urlsplit

import msgspec

from aloha.contract.endpoint import UNSET
from aloha.contract.errors import ApiError
from aloha.contract.objects import CustomProfileField, CustomProfileValue, ExternalAccount
from aloha_server.markup import Directory, render

from ..store import Tx
from .users import User, load_users

SHORT_TEXT, LONG_TEXT, SELECT, DATE, URL, USER, EXTERNAL_ACCOUNT, PRONOUNS = range(1, 9)
RENDERED = frozenset({SHORT_TEXT, LONG_TEXT})
NOT_IN_SUMMARY = frozenset({LONG_TEXT, USER})
NAME_CHARS_MAX = 40
HINT_CHARS_MAX = 80
SHORT_CHARS_MAX = 50
LONG_CHARS_MAX = 500
URL_CHARS_MAX = 2048
USERS_MAX = 100
OPTIONS_MAX = 200

EXTERNAL_ACCOUNTS = {
    "twitter": ExternalAccount(
        name="Twitter username", text="Twitter", hint="", url_pattern="https://twitter.com/%(username)s"
    ),
    "github": ExternalAccount(
        name="GitHub username", text="GitHub", hint="", url_pattern="https://github.com/%(username)s"
    ),
}
NOTHING_NAMED = Directory(users_by_id={}, users_by_name={}, streams={}, groups={}, realm_emoji={})

_DATE = re.compile(r"\d{4}-\d\d-\d\d")

FIELDS = """
    select field_id, place, type, name, hint, field_data, in_summary, required, editable_by_user from profile_field
    where realm_id = :realm_id order by place, field_id
"""
VALUES = """
    select v.user_id, v.field_id, v.value, v.rendered from profile_value v
    where v.realm_id = :realm_id order by v.user_id, v.field_id
"""
SOME_VALUES = VALUES.replace(" order by", " and v.user_id = any(:user_ids) order by")

Profile = dict[str, CustomProfileValue]


class ProfileField(msgspec.Struct, frozen=True):
    """A row of `profile_field`."""

    field_id: int
    place: int
    type: int
    name: str
    hint: str
    field_data: str
    in_summary: int
    required: int
    editable_by_user: int

    @property
    def data(self) -> dict[str, Any]:
        decoded: dict[str, Any] = msgspec.json.decode(self.field_data or "{}")
        return decoded

    @property
    def is_known_account(self) -> bool:
        """An account of a site that the server knows: its name and hint are the server's."""
        return self.type == EXTERNAL_ACCOUNT and self.data["subtype"] in EXTERNAL_ACCOUNTS


def load_fields(tx: Tx) -> list[ProfileField]:
    """All, in order."""
    return tx.all(ProfileField, FIELDS)


def wire_fields(fields: list[ProfileField]) -> list[CustomProfileField]:
    return [
        CustomProfileField(
            id=field.field_id,
            type=field.type,
            order=field.place,
            name=field.name,
            hint=field.hint,
            field_data=field.field_data,
            display_in_profile_summary=True if field.in_summary else UNSET,
            required=bool(field.required),
            editable_by_user=bool(field.editable_by_user),
        )
        for field in fields
    ]


def load_profiles(tx: Tx, user_ids: list[int] | None = None) -> dict[int, Profile]:
    """What people filled in, by user and field, in one query; None is everybody."""
    profiles: dict[int, Profile] = {}
    rows = tx.rows(VALUES) if user_ids is None else tx.rows(SOME_VALUES, user_ids=user_ids)
    for user_id, field_id, value, rendered in rows:
        shown = CustomProfileValue(value=value, rendered_value=UNSET if rendered is None else rendered)
        profiles.setdefault(user_id, {})[str(field_id)] = shown
    return profiles


def check_field_data(type_: int, data: dict[str, Any]) -> str:
    """What the type needs more, as it is kept; raises ApiError."""
    if type_ == SELECT:
        return _check_options(data)
    if type_ == EXTERNAL_ACCOUNT:
        return _check_account(data)
    return ""


def _check_options(options: dict[str, Any]) -> str:
    if not options:
        raise ApiError("Field must have at least one choice.")
    if len(options) > OPTIONS_MAX:
        raise ApiError(f"A field has at most {OPTIONS_MAX} choices")
    texts = set()
    for key, option in options.items():
        fields = option if isinstance(option, dict) else {}
        text, order = fields.get("text"), fields.get("order")
        if not key.strip() or not isinstance(text, str) or not isinstance(order, str) or len(fields) != 2:
            raise ApiError("A choice has a key, a text and an order")
        if not text.strip() or len(text) > SHORT_CHARS_MAX:
            raise ApiError(f"A choice's text has 1 to {SHORT_CHARS_MAX} characters")
        texts.add(text)
    if len(texts) != len(options):
        raise ApiError("Field must not have duplicate choices.")
    return msgspec.json.encode(options).decode()


def _check_account(data: dict[str, Any]) -> str:
    subtype = data.get("subtype")
    if subtype in EXTERNAL_ACCOUNTS and set(data) == {"subtype"}:
        return msgspec.json.encode(data).decode()
    if subtype != "custom":
        raise ApiError("Invalid external account type")
    pattern = data.get("url_pattern")
    if set(data) != {"subtype", "url_pattern"} or not isinstance(pattern, str):
        raise ApiError("Custom external account must define URL pattern")
    if pattern.count("%(username)s") != 1 or not _is_url(pattern.replace("%(username)s", "username")):
        raise ApiError("Malformed URL pattern.")
    return msgspec.json.encode(data).decode()


def check_value(tx: Tx, field: ProfileField, value: Any) -> tuple[str, str | None]:
    """A value as it is kept, with its HTML where the field's type has it; raises ApiError."""
    if field.type == USER:
        return _check_users(tx, field, value), None
    if not isinstance(value, str):
        raise ApiError(f"{field.name} is not a string")
    text = value.strip()
    _CHECKS[field.type](field, text)
    return text, render(text, NOTHING_NAMED).html if field.type in RENDERED else None


def _check_users(tx: Tx, field: ProfileField, value: Any) -> str:
    if not isinstance(value, list) or not all(type(item) is int for item in value) or len(value) > USERS_MAX:
        raise ApiError(f"{field.name} is not a list of user IDs")
    users: dict[int, User] = load_users(tx, value)
    for user_id in value:
        user = users.get(user_id)
        if user is None or user.is_system:
            raise ApiError(f"Invalid user ID: {user_id}")
        if not user.is_active:
            raise ApiError(f"User with ID {user_id} is deactivated")
        if user.is_bot:
            raise ApiError(f"User with ID {user_id} is a bot")
    return msgspec.json.encode(value).decode()


def _at_most(chars: int) -> Callable[[ProfileField, str], None]:
    def check(field: ProfileField, text: str) -> None:
        if len(text) > chars:
            raise ApiError(f"{field.name} is too long (limit: {chars} characters)")

    return check


def _check_option(field: ProfileField, text: str) -> None:
    if text not in field.data:
        raise ApiError(f"'{text}' is not a valid choice for '{field.name}'.")


def _check_date(field: ProfileField, text: str) -> None:
    try:
        valid = _DATE.fullmatch(text) is not None and bool(date.fromisoformat(text))
    except ValueError:
        valid = False
    if not valid:
        raise ApiError(f"{field.name} is not a date")


def _check_url(field: ProfileField, text: str) -> None:
    if not _is_url(text):
        raise ApiError(f"{field.name} is not a URL")


def _is_url(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    safe = text.isprintable() and not any(character.isspace() for character in text)
    return parts.scheme in ("http", "https") and bool(parts.hostname) and safe and len(text) <= URL_CHARS_MAX


_CHECKS: dict[int, Callable[[ProfileField, str], None]] = {
    SHORT_TEXT: _at_most(SHORT_CHARS_MAX),
    LONG_TEXT: _at_most(LONG_CHARS_MAX),
    SELECT: _check_option,
    DATE: _check_date,
    URL: _check_url,
    EXTERNAL_ACCOUNT: _at_most(SHORT_CHARS_MAX),
    PRONOUNS: _at_most(SHORT_CHARS_MAX),
}
TYPES = frozenset({USER, *_CHECKS})
