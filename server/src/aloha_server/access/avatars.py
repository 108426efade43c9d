"""Pictures of people and bots, made by gravatar from the address that everybody sees; none can be uploaded yet.

The hash is of the shown address, never of a hidden one: a hash of an address is a way to test guesses of it.
"""

import hashlib

from .realm import Realm
from .users import EmailVisibility, User, email_visibility, shown_email

GRAVATAR = "https://secure.gravatar.com/avatar"
MEDIUM_PIXELS = 500


def avatar_url(user: User, realm: Realm, *, medium: bool = False) -> str:
    """Where the picture is."""
    digest = hashlib.md5(shown_email(user, realm).casefold().encode(), usedforsecurity=False).hexdigest()
    size = f"&s={MEDIUM_PIXELS}" if medium else ""
    return f"{GRAVATAR}/{digest}?d=identicon{size}&version={user.avatar_version}"


def is_gravatar(user: User, realm: Realm) -> bool:
    """Whether a client that knows the address can make the URL itself."""
    return not user.is_system and email_visibility(user, realm) == EmailVisibility.EVERYONE
