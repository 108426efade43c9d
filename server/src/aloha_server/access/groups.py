"""Permissions are held by groups: the built-in ones follow from a user's role, others have members.

A group setting is the id of a group, or `{"direct_members": [...], "direct_subgroups": [...]}`.
"""

from typing import Any

from ..store import Tx
from .realm import Realm, load_realm, realm_settings, system_groups
from .users import Role, User

# The built-in groups: the widest role that belongs to each, and its description.
SYSTEM_GROUPS: dict[str, tuple[int, str]] = {
    "role:nobody": (0, "Nobody"),
    "role:owners": (Role.OWNER, "Owners of this organization"),
    "role:administrators": (Role.ADMIN, "Administrators of this organization, including owners"),
    "role:moderators": (Role.MODERATOR, "Moderators of this organization, including administrators"),
    "role:fullmembers": (Role.MEMBER, "Members of this organization, not including new accounts and guests"),
    "role:members": (Role.MEMBER, "Members of this organization, not including guests"),
    "role:everyone": (Role.GUEST, "Everyone in this organization, including guests"),
    "role:internet": (Role.GUEST, "Everyone on the Internet"),
}
DAY_S = 24 * 3600


def is_in_group(tx: Tx, user: User, setting: Any, realm: Realm | None = None) -> bool:
    """Whether a group setting admits the user."""
    if isinstance(setting, int):
        name = next((name for name, id_ in system_groups(tx).items() if id_ == setting), None)
        return name is not None and _is_in_system_group(tx, user, name, realm)
    if user.user_id in setting["direct_members"]:
        return True
    return any(is_in_group(tx, user, group_id, realm) for group_id in setting["direct_subgroups"])


def _is_in_system_group(tx: Tx, user: User, name: str, realm: Realm | None) -> bool:
    if user.role > SYSTEM_GROUPS[name][0]:
        return False
    if name == "role:fullmembers" and user.role == Role.MEMBER:
        waiting_days = realm_settings(tx, realm or load_realm(tx))["waiting_period_threshold"]
        return tx.now - user.joined_at >= int(waiting_days) * DAY_S
    return True


def may(tx: Tx, user: User, permission: str, realm: Realm | None = None) -> bool:
    """Whether an organization's permission, such as `can_create_public_channel_group`, is the user's."""
    return is_in_group(tx, user, realm_settings(tx, realm)[permission], realm)
