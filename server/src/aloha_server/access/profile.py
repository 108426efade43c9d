"""What names and addresses may be."""

import re

from aloha.contract.errors import ApiError

from ..store import Tx
from .realm import Realm, realm_settings

FULL_NAME_CHARS_MAX = 100
EMAIL_CHARS_MAX = 254
REFUSED_IN_NAMES = frozenset('*`>"@')  # they begin or end a mention, or what a name in a mention could be taken for

_EMAIL = re.compile(r"[^@\s<>()\[\],;:\\\"]+@[a-z0-9]([a-z0-9.-]*[a-z0-9])?", re.IGNORECASE)
_STAND_IN = re.compile(r"user[0-9]+", re.IGNORECASE)

NAMES = """
    select full_name from account
    where realm_id = :realm_id and is_active = 1 and bot_type is null and user_id <> :user_id
"""
TAKEN = "select 1 from account where realm_id = :realm_id and email_key = :email_key and user_id <> :user_id"


def check_full_name(name: str) -> str:
    """The name as it is kept; raises ApiError."""
    name = name.strip()
    if not name:
        raise ApiError("Required field: Name")
    if len(name) > FULL_NAME_CHARS_MAX:
        raise ApiError("Name too long!")
    if any(not character.isprintable() or character in REFUSED_IN_NAMES for character in name):
        raise ApiError("Invalid characters in name!")
    return name


def check_name_free(tx: Tx, realm: Realm, name: str, user_id: int = 0) -> None:
    """Raises ApiError where the organization wants names to be unique and another person has this one."""
    if not realm_settings(tx, realm)["require_unique_names"]:
        return
    if name.casefold() in {other.casefold() for other in tx.values(NAMES, user_id=user_id)}:
        raise ApiError("Unique names required in this organization.")


def check_email(email: str, realm: Realm) -> str:
    """The address as it is kept; raises ApiError. Those that stand for hidden addresses are nobody's own."""
    email = email.strip()
    local, _, domain = email.rpartition("@")
    if len(email) > EMAIL_CHARS_MAX or not email.isprintable() or _EMAIL.fullmatch(email) is None:
        raise ApiError("Enter a valid email address.")
    if domain.casefold() == realm.mail_domain and _STAND_IN.fullmatch(local):
        raise ApiError("This email address is reserved.")
    return email


def check_email_free(tx: Tx, email: str, user_id: int = 0) -> None:
    """Addresses are one whatever the case of their letters, those of deactivated accounts included."""
    if tx.value(TAKEN, email_key=email.casefold(), user_id=user_id) is not None:
        raise ApiError(f"Email '{email}' already in use")
