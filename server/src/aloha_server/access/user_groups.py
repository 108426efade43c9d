"""User groups: their rows, how the wire shows them, and who may do what with one.

Everybody may know of every group. A guest who sees only some people sees only those among the members.
"""

import unicodedata
from collections.abc import Iterable
from typing import Any

import msgspec

from aloha.contract.errors import ApiError
from aloha.contract.objects import UserGroup
from aloha.contract.settings import GROUP_GROUP_SETTINGS

from ..store import Tx
from .group_graph import GroupGraph
from .groups import admits, groups_of, may
from .members import system_members, system_subgroups
from .realm import load_settled_by, system_groups
from .users import User

NAME_CHARS_MAX = 100
DESCRIPTION_CHARS_MAX = 1024
REFUSED_PREFIXES = ("@", "role:", "user:", "stream:", "channel:")

COLUMNS = "group_id, name, description, is_system, creator_id, created_at, deactivated, settings"
ONE = f"select {COLUMNS} from user_group where realm_id = :realm_id and group_id = :group_id"
EVERY = f"select {COLUMNS} from user_group where realm_id = :realm_id order by group_id"
ACTIVE_NAMED = f"""
    select {COLUMNS} from user_group where realm_id = :realm_id and name_key = any(:names) and deactivated = 0
"""
SOME = f"select {COLUMNS} from user_group where realm_id = :realm_id and group_id = any(:ids)"

CUSTOM_OF = """
    select m.user_id, m.group_id, g.deactivated from user_group_member m
    join user_group g on g.realm_id = m.realm_id and g.group_id = m.group_id
    where m.realm_id = :realm_id and m.user_id = any(:ids) order by m.group_id, m.user_id
"""

# Who may do the first may do so by holding any of the second.
SUFFICIENT = {
    "can_manage_group": ("can_manage_group",),
    "can_add_members_group": ("can_add_members_group", "can_manage_group"),
    "can_remove_members_group": ("can_remove_members_group", "can_manage_group"),
    "can_join_group": ("can_join_group", "can_add_members_group", "can_manage_group"),
    "can_leave_group": ("can_leave_group", "can_remove_members_group", "can_manage_group"),
}


class Group(msgspec.Struct, frozen=True):
    """A row of `user_group`."""

    group_id: int
    name: str
    description: str
    is_system: int
    creator_id: int | None
    created_at: int | None
    deactivated: int
    settings_json: str

    @property
    def settings(self) -> dict[str, Any]:
        """Who holds each permission over a custom group."""
        settings: dict[str, Any] = msgspec.json.decode(self.settings_json)
        return settings


def access_group(tx: Tx, group_id: int) -> Group:
    group = tx.one(Group, ONE, group_id=group_id)
    if group is None:
        raise ApiError("Invalid user group")
    return group


def load_groups(tx: Tx, group_ids: Iterable[int]) -> list[Group]:
    ids = list(group_ids)
    return tx.all(Group, SOME, ids=ids) if ids else []


def load_all_groups(tx: Tx) -> list[Group]:
    """Built-in and deactivated ones too, by id."""
    return tx.all(Group, EVERY)


def find_groups_named(tx: Tx, names: Iterable[str]) -> dict[str, Group]:
    """The active ones, by casefolded name, in one query."""
    keys = [name.casefold() for name in names]
    return {group.name.casefold(): group for group in tx.all(Group, ACTIVE_NAMED, names=keys)} if keys else {}


class Membership(msgspec.Struct, frozen=True):
    user_id: int
    group_id: int
    deactivated: bool  # the group, not the user


def memberships_of(tx: Tx, users: Iterable[User]) -> list[Membership]:
    """The groups of which the active ones among the users are direct members, built-in ones first."""
    people = [user for user in users if user.is_active and not user.is_system]
    groups = system_groups(tx)
    found = [
        Membership(user_id, groups[name], False)
        for name, user_ids in system_members(people, load_settled_by(tx)).items()
        for user_id in user_ids
    ]
    rows = tx.rows(CUSTOM_OF, ids=[user.user_id for user in people])
    return found + [Membership(user_id, group_id, bool(deactivated)) for user_id, group_id, deactivated in rows]


def check_may(tx: Tx, actor: User, group: Group, permission: str) -> None:
    """Raises ApiError unless the group is a custom one over which the actor has the permission."""
    if group.is_system:
        raise ApiError("Insufficient permission")
    if may(tx, actor, "can_manage_all_groups"):
        return
    own = groups_of(tx, actor)
    for name in SUFFICIENT[permission]:
        refused = actor.is_guest and not GROUP_GROUP_SETTINGS[name].allow_everyone_group
        if not refused and admits(group.settings[name], actor.user_id, own):
            return
    raise ApiError("Insufficient permission")


def check_may_create(tx: Tx, actor: User) -> None:
    if not may(tx, actor, "can_create_groups"):
        raise ApiError("Insufficient permission")


def check_name(tx: Tx, name: str, group_id: int = 0) -> str:
    """The name as it is kept; raises ApiError. `group_id` is the group's that is to have it, if there is one."""
    name = name.strip()
    if not name:
        raise ApiError("User group name can't be empty!")
    if len(name) > NAME_CHARS_MAX:
        raise ApiError(f"User group name cannot exceed {NAME_CHARS_MAX} characters.")
    if any(unicodedata.category(character) in ("Cc", "Cs") or character == "*" for character in name):
        raise ApiError("Invalid character in user group name.")
    for prefix in REFUSED_PREFIXES:
        if name.casefold().startswith(prefix):
            raise ApiError(f"User group name cannot start with '{prefix}'.")
    taken = find_groups_named(tx, [name]).get(name.casefold())
    if taken is not None and taken.group_id != group_id:
        raise ApiError(f"User group '{taken.name}' already exists.")
    return name


def check_description(description: str) -> str:
    if len(description) > DESCRIPTION_CHARS_MAX:
        raise ApiError(f"description is too long (limit: {DESCRIPTION_CHARS_MAX} characters)")
    return description


def wire_groups(tx: Tx, users: Iterable[User], *, with_deactivated: bool) -> list[UserGroup]:
    """Every group by id, with those of the users who are active as members."""
    groups, graph = system_groups(tx), GroupGraph(tx, with_deactivated=True)
    people = list(users)
    roles = system_members(people, load_settled_by(tx))
    shown = {user.user_id for user in people if user.is_active}
    found = []
    for group in load_all_groups(tx):
        if group.deactivated and not with_deactivated:
            continue
        if group.is_system:
            members, parts = roles[group.name], system_subgroups(group.name, groups)
        else:
            members = [user_id for user_id in graph.members.get(group.group_id, ()) if user_id in shown]
            parts = graph.direct_parts_of(group.group_id)
        found.append(wire_group(group, sorted(members), parts, groups["role:nobody"]))
    return found


def wire_group(group: Group, members: list[int], subgroup_ids: list[int], nobody: int) -> UserGroup:
    """Nobody holds a permission over a built-in group."""
    settings = dict.fromkeys(GROUP_GROUP_SETTINGS, nobody) | group.settings
    return UserGroup(
        id=group.group_id,
        name=group.name,
        description=group.description,
        date_created=group.created_at,
        creator_id=group.creator_id,
        members=members,
        direct_subgroup_ids=subgroup_ids,
        is_system_group=bool(group.is_system),
        deactivated=bool(group.deactivated),
        **settings,
    )
