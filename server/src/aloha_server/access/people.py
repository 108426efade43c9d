"""People and bots as the wire shows them to one reader or one group of readers.

An address is shown to those whom its owner allows; everything else of a person is the same for all who may see
them. Who may see whom at all is decided before, in `visibility`.
"""

from datetime import UTC, datetime
from typing import Any, cast

from msgspec import UNSET

from aloha.contract.objects import CrossRealmBot
from aloha.contract.objects import Role as WireRole
from aloha.contract.objects import User as WireUser

from .avatars import avatar_url, is_gravatar
from .keys import sealed_text
from .profile_fields import Profile
from .realm import Realm
from .users import EmailVisibility, Role, User, email_visibility, may_see_email, shown_email


def wire_user(
    user: User,
    realm: Realm,
    viewer: User | None,
    *,
    client_gravatar: bool = False,
    profile: Profile | None = None,
) -> WireUser:
    """The user as `viewer` sees them; None is anybody, who sees the address only if all may. Without `profile`, what
    people entered in custom profile fields is not part of it; bots enter nothing."""
    return WireUser(**_fields(user, realm, viewer, client_gravatar=client_gravatar, profile=profile))


def wire_system_bot(user: User, realm: Realm) -> CrossRealmBot:
    fields = _fields(user, realm, None, client_gravatar=False, profile=None)
    return CrossRealmBot(**fields, is_system_bot=True)


def _fields(
    user: User, realm: Realm, viewer: User | None, *, client_gravatar: bool, profile: Profile | None
) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "user_id": user.user_id,
        "email": shown_email(user, realm),
        "delivery_email": user.email if sees_email(user, realm, viewer) else None,
        "full_name": user.full_name,
        "role": cast("WireRole", user.role),
        "is_owner": user.role == Role.OWNER,
        "is_admin": user.is_admin,
        "is_guest": user.is_guest,
        "is_bot": user.is_bot,
        "is_active": bool(user.is_active),
        "date_joined": date_joined(user),
        "timezone": user.timezone,
        "avatar_version": user.avatar_version,
        "avatar_url": shown_avatar(user, realm, client_gravatar=client_gravatar),
    }
    if user.is_bot:
        fields |= {"bot_type": user.bot_type, "bot_owner_id": user.bot_owner_id}
    elif profile is not None:
        fields["profile_data"] = profile
    return fields


def sees_email(user: User, realm: Realm, viewer: User | None) -> bool:
    """Whether the viewer is shown the address that takes mail."""
    visibility = email_visibility(user, realm)
    if viewer is None:
        return visibility == EmailVisibility.EVERYONE
    return viewer.user_id == user.user_id or may_see_email(visibility, viewer.role)


def shown_avatar(user: User, realm: Realm, *, client_gravatar: bool = False, medium: bool = False) -> str | None:
    """None where the client said that it makes the URL from the address and can."""
    if client_gravatar and is_gravatar(user, realm):
        return None
    return avatar_url(user, realm, medium=medium)


def date_joined(user: User) -> str:
    """To the minute, as the wire has it."""
    return datetime.fromtimestamp(user.joined_at, UTC).strftime("%Y-%m-%dT%H:%M+00:00")


def avatar_change(user: User, realm: Realm) -> dict[str, Any]:
    """The `person` of the event that tells of a new avatar."""
    return {
        "user_id": user.user_id,
        "avatar_source": user.avatar_source,
        "avatar_url": shown_avatar(user, realm),
        "avatar_url_medium": shown_avatar(user, realm, medium=True),
        "avatar_version": user.avatar_version,
    }


def wire_bot(bot: User, realm: Realm, sealed: bytes | None) -> dict[str, Any]:
    """A bot for its owner and administrators. The key stands sealed: see `keys`."""
    return {
        "user_id": bot.user_id,
        "full_name": bot.full_name,
        "email": bot.email,
        "api_key": sealed_text(sealed),
        "avatar_url": avatar_url(bot, realm),
        "owner_id": bot.bot_owner_id,
        "bot_type": bot.bot_type,
        "is_active": bool(bot.is_active),
        "default_sending_stream": None,
        "default_events_register_stream": None,
        "default_all_public_streams": False,
        "services": [],
    }


def without_activity(user: WireUser) -> WireUser:
    """As the initial state lists people, where the list itself says whether they are active."""
    user.is_active = UNSET
    return user
