"""Who is in a group: its members, and the groups that are a part of it.

What members may know of because they are - private streams - comes to them as events with the change.
"""

from collections.abc import Iterable

from aloha.contract.errors import ApiError

from ..access.group_graph import GroupGraph
from ..access.group_uses import streams_shown_by
from ..access.user_groups import Group, access_group, check_may, load_groups
from ..access.users import User, load_users
from ..store import Tx, WriteTx
from .group_events import emit_members_change, emit_subgroups_change
from .messages import send_internal
from .notices import TOLD_PEOPLE_MAX
from .stream_view import StreamView

MEMBERS_OF = "select user_id from user_group_member where realm_id = :realm_id and group_id = :group_id"
SUBGROUPS_OF = "select subgroup_id from user_group_subgroup where realm_id = :realm_id and group_id = :group_id"
ADD_MEMBER = """
    insert into user_group_member (realm_id, group_id, user_id) values (:realm_id, :group_id, :user_id)
"""
REMOVE_MEMBERS = """
    delete from user_group_member where realm_id = :realm_id and group_id = :group_id and user_id = any(:ids)
"""
ADD_SUBGROUP = """
    insert into user_group_subgroup (realm_id, group_id, subgroup_id) values (:realm_id, :group_id, :subgroup_id)
"""
REMOVE_SUBGROUPS = """
    delete from user_group_subgroup where realm_id = :realm_id and group_id = :group_id and subgroup_id = any(:ids)
"""


def change_members(
    tx: WriteTx,
    actor: User,
    group_id: int,
    *,
    add: Iterable[int] = (),
    remove: Iterable[int] = (),
    add_subgroups: Iterable[int] = (),
    remove_subgroups: Iterable[int] = (),
) -> None:
    """All of it, or nothing and an error."""
    group = access_group(tx, group_id)
    added, removed = set(add), set(remove)
    parts_added, parts_removed = set(add_subgroups), set(remove_subgroups)
    if not (added or removed or parts_added or parts_removed):
        raise ApiError('Nothing to do. Specify at least one of "add", "delete", "add_subgroups" or "delete_subgroups".')
    _check_permissions(tx, actor, group, added | parts_added, removed | parts_removed, by_people=added | removed)
    new, old = _check_members(tx, group_id, added, removed)
    check_parts(tx, group_id, parts_added, parts_removed)
    view = StreamView(tx, streams_shown_by(tx, GroupGraph(tx).wholes_of([group_id])))
    tx.execute(REMOVE_MEMBERS, group_id=group_id, ids=list(removed))
    tx.execute(REMOVE_SUBGROUPS, group_id=group_id, ids=list(parts_removed))
    write_members(tx, group_id, added, parts_added)
    emit_members_change(tx, "add_members", group_id, new)
    emit_members_change(tx, "remove_members", group_id, (id_ for id_, user in old.items() if user.is_active))
    emit_subgroups_change(tx, "add_subgroups", group_id, sorted(parts_added))
    emit_subgroups_change(tx, "remove_subgroups", group_id, sorted(parts_removed))
    view.emit_changes(tx)
    _notify(tx, actor, group, new, "added you to")
    _notify(tx, actor, group, old, "removed you from")


def _check_permissions(
    tx: Tx, actor: User, group: Group, added: set[int], removed: set[int], *, by_people: set[int]
) -> None:
    """Who changes only their own membership joins or leaves. Subgroups are added and removed as people are."""
    alone = by_people == {actor.user_id}
    if added:
        check_may(tx, actor, group, "can_join_group" if alone and added == by_people else "can_add_members_group")
    if removed:
        check_may(tx, actor, group, "can_leave_group" if alone and removed == by_people else "can_remove_members_group")
    if group.deactivated:
        raise ApiError("User group is deactivated.")


def check_people(tx: Tx, user_ids: set[int], *, active: bool) -> dict[int, User]:
    """Raises ApiError for who does not exist or, where that is asked, is deactivated."""
    users = load_users(tx, user_ids)
    for user_id in sorted(user_ids):
        user = users.get(user_id)
        if user is None or user.is_system or (active and not user.is_active):
            raise ApiError(f"Invalid user ID: {user_id}")
    return users


def _check_members(
    tx: Tx, group_id: int, added: set[int], removed: set[int]
) -> tuple[dict[int, User], dict[int, User]]:
    new, old = check_people(tx, added, active=True), check_people(tx, removed, active=False)
    members = set(tx.values(MEMBERS_OF, group_id=group_id))
    for user_id in sorted(added & members):
        raise ApiError(f"User {user_id} is already a member of this group")
    for user_id in sorted(removed - members):
        raise ApiError(f"There is no user '{user_id}' in this group")
    return new, old


def check_parts(tx: Tx, group_id: int, added: set[int], removed: set[int]) -> None:
    """Raises ApiError for groups that cannot become or cease to be a part of the group."""
    found = {group.group_id: group for group in load_groups(tx, added | removed)}
    for part in sorted(added | removed):
        if part not in found:
            raise ApiError(f"Invalid user group ID: {part}")
        if part in added and found[part].deactivated:
            raise ApiError("User group is deactivated.")
    parts = set(tx.values(SUBGROUPS_OF, group_id=group_id))
    for part in sorted(added & parts):
        raise ApiError(f"User group {part} is already a subgroup of this group.")
    for part in sorted(removed - parts):
        raise ApiError(f"User group {part} is not a subgroup of this group.")
    # Deactivated groups count, or bringing one back could close a circle.
    circular = added & GroupGraph(tx, with_deactivated=True).wholes_of([group_id])
    for part in sorted(circular):
        raise ApiError(f"User group {part} cannot be a subgroup: this group is a part of it.")


def write_members(tx: WriteTx, group_id: int, user_ids: Iterable[int], subgroup_ids: Iterable[int]) -> None:
    tx.execute_many(ADD_MEMBER, ({"group_id": group_id, "user_id": user_id} for user_id in sorted(user_ids)))
    tx.execute_many(ADD_SUBGROUP, ({"group_id": group_id, "subgroup_id": part} for part in sorted(subgroup_ids)))


def _notify(tx: WriteTx, actor: User, group: Group, users: dict[int, User], what: str) -> None:
    """People hear of it from the Notification Bot, but not of what they did themselves; crowds do not."""
    told = [user.user_id for user in users.values() if user.is_active and not user.is_bot and user != actor]
    if len(told) > TOLD_PEOPLE_MAX:
        return
    content = f"@_**{actor.full_name}|{actor.user_id}** {what} the group @_*{group.name}*."
    for user_id in sorted(told):
        send_internal(tx, to_user_ids=[user_id], content=content)
