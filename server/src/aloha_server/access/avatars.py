"""Pictures of people and bots: uploaded, or made by gravatar from the address that everybody sees.

An uploaded one has a random name of its own, so its URL tells nothing and may be kept for ever. URLs of this server
are relative to it, everywhere.

The hash is of the shown address, never of a hidden one: a hash of an address is a way to test guesses of it.
"""

import hashlib

from .realm import Realm
from .users import EmailVisibility, User, email_visibility, shown_email

GRAVATAR = "https://secure.gravatar.com/avatar"
MEDIUM_PIXELS = 500
SMALL_PIXELS = 100
AVATAR_MIB_MAX = 5
UPLOADED = "U"


def avatar_url(user: User, realm: Realm, *, medium: bool = False) -> str:
    """Where the picture is."""
    if user.avatar_source == UPLOADED:
        name = f"{user.avatar_file}{'-medium' if medium else ''}.png"
        return f"/user_avatars/{realm.realm_id}/{name}?version={user.avatar_version}"
    digest = hashlib.md5(shown_email(user, realm).casefold().encode(), usedforsecurity=False).hexdigest()
    size = f"&s={MEDIUM_PIXELS}" if medium else ""
    return f"{GRAVATAR}/{digest}?d=identicon{size}&version={user.avatar_version}"


def is_gravatar(user: User, realm: Realm) -> bool:
    """Whether a client that knows the address can make the URL itself."""
    shown = not user.is_system and email_visibility(user, realm) == EmailVisibility.EVERYONE
    return shown and user.avatar_source != UPLOADED


def avatar_key(realm_id: int, file_name: str) -> str:
    """In the store of files, by the last part of its URL."""
    return f"avatars/{realm_id}/{file_name}"


def avatar_keys(realm_id: int, name: str) -> list[str]:
    """The small picture and the medium one."""
    return [avatar_key(realm_id, f"{name}.png"), avatar_key(realm_id, f"{name}-medium.png")]
