"""User groups as one reader may see them: a guest sees, of the members, only people whom they see at all."""

from pyroaring import BitMap

from aloha.contract.errors import ApiError
from aloha.contract.objects import UserGroup

from ..access.group_graph import GroupGraph
from ..access.members import system_members, system_subgroups
from ..access.realm import load_settled_by, system_groups
from ..access.roster import load_roster
from ..access.user_groups import Group, access_group, wire_groups
from ..access.users import User, find_user, load_all_users
from ..access.visibility import visible_user_ids
from ..store import Tx

DIRECT = """
    select m.user_id from user_group_member m
    join account a on a.realm_id = m.realm_id and a.user_id = m.user_id and a.is_active = 1
    where m.realm_id = :realm_id and m.group_id = :group_id
"""


def read_groups(tx: Tx, viewer: User, *, with_deactivated: bool) -> list[UserGroup]:
    visible = visible_user_ids(tx, viewer)
    people = [user for user in load_all_users(tx) if visible is None or user.user_id in visible]
    return wire_groups(tx, people, with_deactivated=with_deactivated)


def read_members(tx: Tx, viewer: User, group_id: int, *, direct_only: bool) -> list[int]:
    """Active people, by id."""
    members = _direct_members(tx, access_group(tx, group_id)) if direct_only else _members(tx, group_id)
    visible = visible_user_ids(tx, viewer)
    return [user_id for user_id in members if visible is None or user_id in visible]


def read_membership(tx: Tx, viewer: User, group_id: int, user_id: int, *, direct_only: bool) -> bool:
    visible = visible_user_ids(tx, viewer)
    user = find_user(tx, user_id)
    if user is None or user.is_system or (visible is not None and user_id not in visible):
        raise ApiError("No such user")
    return user_id in read_members(tx, viewer, group_id, direct_only=direct_only)


def read_subgroups(tx: Tx, group_id: int, *, direct_only: bool) -> list[int]:
    """Ids of groups, not of their members."""
    group = access_group(tx, group_id)
    groups = system_groups(tx)
    names = {id_: name for name, id_ in groups.items()}
    graph = GroupGraph(tx, with_deactivated=True)
    direct = system_subgroups(group.name, groups) if group.is_system else graph.direct_parts_of(group_id)
    if direct_only:
        return sorted(direct)
    found = graph.parts_of(direct)
    for part in sorted(found & names.keys()):
        inner = system_subgroups(names[part], groups)
        while inner:
            found.update(inner)
            inner = system_subgroups(names[inner[0]], groups)
    return sorted(found)


def _members(tx: Tx, group_id: int) -> BitMap:
    """Of a deactivated group those whom it would hold."""
    group = access_group(tx, group_id)
    if not group.deactivated:
        return load_roster(tx).holders(group_id)
    parts = GroupGraph(tx, with_deactivated=True).direct_parts_of(group_id)
    return BitMap(_direct_members(tx, group)) | load_roster(tx).holders(
        {"direct_members": [], "direct_subgroups": parts}
    )


def _direct_members(tx: Tx, group: Group) -> list[int]:
    if group.is_system:
        return system_members(load_all_users(tx), load_settled_by(tx))[group.name]
    return sorted(tx.values(DIRECT, group_id=group.group_id))
