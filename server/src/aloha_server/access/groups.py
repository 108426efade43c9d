"""Permissions are held by groups: the built-in ones follow from a user's role, others have members and subgroups.

A group setting is the id of a group, or `{"direct_members": [...], "direct_subgroups": [...]}`. A deactivated group
holds nothing and adds nobody to the groups that it is part of.
"""

from typing import Any

from aloha.contract.settings.permissions import REALM_GROUP_SETTINGS, RealmGroupSetting

from ..store import Tx
from .realm import Realm, load_realm, realm_settings, settled_by, system_groups
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
# Every group of a user: those of which they are a member, and upwards those of which these are a part.
OF_USER = """
    with recursive own(group_id) as (
        select g.group_id from user_group g where g.realm_id = :realm_id and g.group_id = any(:system_ids)
        union
        select m.group_id from user_group_member m
        join user_group g on g.realm_id = m.realm_id and g.group_id = m.group_id and g.deactivated = 0
        where m.realm_id = :realm_id and m.user_id = :user_id
        union
        select s.group_id from own
        join user_group_subgroup s on s.realm_id = :realm_id and s.subgroup_id = own.group_id
        join user_group g on g.realm_id = s.realm_id and g.group_id = s.group_id and g.deactivated = 0
    )
    select group_id from own
"""


def is_in_group(tx: Tx, user: User, setting: Any, realm: Realm | None = None) -> bool:
    """Whether a group setting admits the user."""
    group_ids = {setting} if isinstance(setting, int) else set(setting["direct_subgroups"])
    if not isinstance(setting, int) and user.user_id in setting["direct_members"]:
        return True
    names = {group_id: name for name, group_id in system_groups(tx).items()}
    if any(_is_in_system_group(tx, user, names[group_id], realm) for group_id in group_ids & names.keys()):
        return True
    return not group_ids <= names.keys() and not group_ids.isdisjoint(groups_of(tx, user, realm))


def admits(setting: Any, user_id: int, own: set[int]) -> bool:
    """The same for one whose groups are known: many settings, one look."""
    if isinstance(setting, int):
        return setting in own
    return user_id in setting["direct_members"] or not own.isdisjoint(setting["direct_subgroups"])


def groups_of(tx: Tx, user: User, realm: Realm | None = None) -> set[int]:
    """Every group of which the user is a member, directly or by a subgroup."""
    system_ids = [
        group_id for name, group_id in system_groups(tx).items() if _is_in_system_group(tx, user, name, realm)
    ]
    return set(tx.values(OF_USER, user_id=user.user_id, system_ids=system_ids))


def _is_in_system_group(tx: Tx, user: User, name: str, realm: Realm | None) -> bool:
    if user.role > SYSTEM_GROUPS[name][0]:
        return False
    if name == "role:fullmembers" and user.role == Role.MEMBER:
        realm = realm or load_realm(tx)
        return user.joined_at <= settled_by(realm, realm_settings(tx, realm))
    return True


def may(tx: Tx, user: User, permission: str, realm: Realm | None = None) -> bool:
    """Whether an organization's permission, such as `can_create_public_channel_group`, is the user's."""
    return holds(tx, user, REALM_GROUP_SETTINGS[permission], realm_settings(tx, realm)[permission], realm)


def holds(tx: Tx, user: User, declared: RealmGroupSetting, setting: Any, realm: Realm | None = None) -> bool:
    """Whether the permission is the user's. What everybody may not hold no guest does, whatever groups they are in."""
    if user.is_guest and not declared.allow_everyone_group:
        return False
    return is_in_group(tx, user, setting, realm)
