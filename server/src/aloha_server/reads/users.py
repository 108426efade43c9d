"""People, bots and groups, as one reader may see them."""

from collections.abc import Callable
from typing import Any, cast

from msgspec import UNSET

from aloha.contract.endpoints.users import GetOwnUserResult
from aloha.contract.errors import ApiError
from aloha.contract.objects import Role as WireRole
from aloha.contract.objects import User as WireUser

from ..access.groups import may
from ..access.people import (
    date_joined,
    sees_email,
    shown_avatar,
    wire_bot,
    wire_system_bot,
    wire_user,
    without_activity,
)
from ..access.profile_fields import Profile, load_profiles
from ..access.realm import Realm, load_realm
from ..access.user_groups import wire_groups
from ..access.users import Role, User, find_user, find_user_by_email, load_all_users, load_users, shown_email
from ..access.visibility import visible_user_ids
from ..store import Tx
from .view import View

SEALED_KEYS = "select user_id, api_key_sealed from account where realm_id = :realm_id and bot_type is not null"

LAST_MESSAGE_ID = "select last_message_id from log_head where realm_id = :realm_id"

# field of the initial state: the permission that it follows from
PERMISSION_FIELDS = {
    "can_create_public_streams": "can_create_public_channel_group",
    "can_create_private_streams": "can_create_private_channel_group",
    "can_create_web_public_streams": "can_create_web_public_channel_group",
    "can_subscribe_other_users": "can_add_subscribers_group",
    "can_invite_others_to_realm": "can_invite_users_group",
}


def get_users(
    tx: Tx, viewer: User, *, client_gravatar: bool, profile: bool, user_ids: list[int] | None = None
) -> list[WireUser]:
    """Everybody whom the viewer may see, or those of `user_ids`; the server's own bots are none of them."""
    realm = load_realm(tx)
    visible = visible_user_ids(tx, viewer)
    users = load_all_users(tx) if user_ids is None else list(load_users(tx, user_ids).values())
    profiles = load_profiles(tx, user_ids) if profile else None
    return [
        wire_user(
            user,
            realm,
            viewer,
            client_gravatar=client_gravatar,
            profile=None if profiles is None else profiles.get(user.user_id, {}),
        )
        for user in users
        if not user.is_system and (visible is None or user.user_id in visible)
    ]


def get_user(tx: Tx, viewer: User, user: int | str, *, client_gravatar: bool, profile: bool) -> WireUser:
    """By id or address; whom the viewer may not see answers like one who does not exist."""
    found = access_person(tx, viewer, user)
    entered = load_profiles(tx, [found.user_id]).get(found.user_id, {}) if profile else None
    return wire_user(found, load_realm(tx), viewer, client_gravatar=client_gravatar, profile=entered)


def get_own_user(tx: Tx, user: User) -> GetOwnUserResult:
    realm = load_realm(tx)
    avatar_url = shown_avatar(user, realm)
    assert avatar_url is not None
    return GetOwnUserResult(
        user_id=user.user_id,
        email=shown_email(user, realm),
        delivery_email=user.email,
        full_name=user.full_name,
        role=cast("WireRole", user.role),
        is_owner=user.role == Role.OWNER,
        is_admin=user.is_admin,
        is_guest=user.is_guest,
        is_bot=user.is_bot,
        is_active=bool(user.is_active),
        timezone=user.timezone,
        date_joined=date_joined(user),
        avatar_url=avatar_url,
        avatar_version=user.avatar_version,
        profile_data=UNSET if user.is_bot else load_profiles(tx, [user.user_id]).get(user.user_id, {}),
        max_message_id=int(tx.value(LAST_MESSAGE_ID)),
    )


def access_person(tx: Tx, viewer: User, user: int | str) -> User:
    """An address that the viewer is not shown finds nobody: answers must not confirm guesses."""
    realm = load_realm(tx)
    found = find_user(tx, user) if isinstance(user, int) else find_user_by_email(tx, user, realm)
    if found is None or not _may_find(tx, viewer, found, user, realm):
        raise ApiError("No such user")
    return found


def _may_find(tx: Tx, viewer: User, found: User, asked: int | str, realm: Realm) -> bool:
    visible = visible_user_ids(tx, viewer)
    if visible is not None and found.user_id not in visible:
        return False
    by_address = isinstance(asked, str) and asked.casefold() == found.email.casefold()
    return not by_address or sees_email(found, realm, viewer)


def section_realm_user(view: View) -> dict[str, Any]:
    """The people whom the user sees, and the user's own account."""
    realm = view.realm
    profiles = load_profiles(view.tx)
    people = [
        (user.is_active, _person(view, user, profiles.get(user.user_id, {})))
        for user in _seen(view)
        if not user.is_system
    ]
    return {
        "realm_users": [person for is_active, person in people if is_active],
        "realm_non_active_users": [person for is_active, person in people if not is_active],
        "cross_realm_bots": [wire_system_bot(bot, realm) for bot in view.users if bot.is_system],
        **_own_fields(view),
    }


def _person(view: View, user: User, profile: Profile) -> WireUser:
    gravatar = view.request.client_gravatar
    return without_activity(wire_user(user, view.realm, view.user, client_gravatar=gravatar, profile=profile))


def _own_fields(view: View) -> dict[str, Any]:
    user, realm = view.user, view.realm
    own = {field: may(view.tx, user, permission, realm) for field, permission in PERMISSION_FIELDS.items()}
    return {
        "user_id": user.user_id,
        "email": shown_email(user, realm),
        "delivery_email": user.email,
        "full_name": user.full_name,
        "avatar_source": user.avatar_source,
        "avatar_url": shown_avatar(user, realm),
        "avatar_url_medium": shown_avatar(user, realm, medium=True),
        "is_owner": user.role == Role.OWNER,
        "is_admin": user.is_admin,
        "is_moderator": user.role <= Role.MODERATOR,
        "is_guest": user.is_guest,
        "can_create_streams": own["can_create_public_streams"]
        or own["can_create_private_streams"]
        or own["can_create_web_public_streams"],
        **own,
    }


def _seen(view: View) -> list[User]:
    visible = view.visible_user_ids
    return view.users if visible is None else [user for user in view.users if user.user_id in visible]


def section_realm_user_groups(view: View) -> dict[str, Any]:
    """The groups; of their members, those whom the user sees."""
    deactivated = view.request.capabilities.include_deactivated_groups
    return {"realm_user_groups": wire_groups(view.tx, _seen(view), with_deactivated=deactivated)}


def section_realm_bot(view: View) -> dict[str, Any]:
    """The user's bots, all of them for administrators. Their keys stand sealed: `KeyRing.reveal_state`."""
    sealed: dict[int, bytes] = dict(view.tx.rows(SEALED_KEYS))
    bots = [bot for bot in view.users if bot.is_bot and not bot.is_system]
    own = [bot for bot in bots if view.user.is_admin or bot.bot_owner_id == view.user.user_id]
    return {"realm_bots": [wire_bot(bot, view.realm, sealed[bot.user_id]) for bot in own]}


SECTIONS: dict[str, Callable[[View], dict[str, Any]]] = {
    "realm_user": section_realm_user,
    "realm_user_groups": section_realm_user_groups,
    "realm_bot": section_realm_bot,
}
