"""Making, changing and deactivating user groups. Who is in them is `group_members`'."""

from typing import Any

import msgspec
from msgspec import UNSET, UnsetType, structs

from aloha.contract.endpoints._params import GroupSettingUpdate
from aloha.contract.errors import ApiError
from aloha.contract.objects import GroupSetting
from aloha.contract.settings import GROUP_GROUP_SETTINGS

from ..access.group_graph import GroupGraph
from ..access.group_settings import check_group_setting, check_old_setting
from ..access.group_uses import find_uses, streams_shown_by
from ..access.realm import system_groups
from ..access.user_groups import Group, access_group, check_description, check_may, check_may_create, check_name
from ..access.users import User
from ..store import WriteTx
from .group_events import emit_deactivation, emit_group_added, emit_group_update
from .group_members import SUBGROUPS_OF, check_parts, check_people, write_members
from .stream_view import StreamView

GROUPS_MAX = 10_000  # custom ones of an organization, deactivated ones included
CREATOR = "group_creator"

COUNT = "select count(*) from user_group where realm_id = :realm_id and is_system = 0"
INSERT = """
    insert into user_group (realm_id, group_id, name, name_key, description, is_system, creator_id, created_at,
        deactivated, settings)
    values (:realm_id, :group_id, :name, :name_key, :description, :is_system, :creator_id, :created_at,
        :deactivated, :settings_json)
"""
UPDATE = """
    update user_group set name = :name, name_key = :name_key, description = :description,
        deactivated = :deactivated, settings = :settings_json
    where realm_id = :realm_id and group_id = :group_id
"""
ACTIVE_MEMBERS = """
    select m.user_id from user_group_member m
    join account a on a.realm_id = m.realm_id and a.user_id = m.user_id and a.is_active = 1
    where m.realm_id = :realm_id and m.group_id = :group_id
"""


class NewGroup(msgspec.Struct, frozen=True, kw_only=True):
    """A group to make; permissions that are absent have their defaults."""

    name: str
    description: str = ""
    members: list[int] = []
    subgroups: list[int] = []
    settings: dict[str, GroupSetting] = {}


class GroupChange(msgspec.Struct, frozen=True, kw_only=True):
    """What is to change of a group."""

    name: str | UnsetType = UNSET
    description: str | UnsetType = UNSET
    deactivated: bool | UnsetType = UNSET
    settings: dict[str, GroupSettingUpdate] = {}


def create_group(tx: WriteTx, actor: User, new: NewGroup) -> int:
    """The new group's id."""
    check_may_create(tx, actor)
    if tx.value(COUNT) >= GROUPS_MAX:
        raise ApiError(f"An organization has at most {GROUPS_MAX} user groups.")
    name, description = check_name(tx, new.name), check_description(new.description)
    members, parts = set(new.members), set(new.subgroups)
    check_people(tx, members, active=True)
    settings = _new_settings(tx, actor, new.settings)
    group_id = tx.next_id("group")
    check_parts(tx, group_id, parts, set())
    text = msgspec.json.encode(settings).decode()
    group = Group(group_id, name, description, 0, actor.user_id, int(tx.now), 0, text)
    tx.execute(INSERT, **_row(group))
    write_members(tx, group_id, members, parts)
    emit_group_added(tx, group, members, sorted(parts))
    return group_id


def _new_settings(tx: WriteTx, actor: User, given: dict[str, GroupSetting]) -> dict[str, Any]:
    groups = system_groups(tx)
    settings: dict[str, Any] = {}
    for name, declared in GROUP_GROUP_SETTINGS.items():
        if name in given:
            settings[name] = check_group_setting(tx, declared, given[name])
        elif declared.default_group_name == CREATOR:
            settings[name] = {"direct_members": [actor.user_id], "direct_subgroups": []}
        else:
            settings[name] = groups[declared.default_group_name]
    return settings


def update_group(tx: WriteTx, actor: User, group_id: int, change: GroupChange) -> None:
    """All of the changes, or none. Each comes as an event of its own."""
    old = access_group(tx, group_id)
    check_may(tx, actor, old, "can_manage_group")
    new = _changed(tx, old, change)
    if change.deactivated is not UNSET and change.deactivated != bool(old.deactivated):
        set_deactivated(tx, actor, new, deactivated=change.deactivated)
        new = structs.replace(new, deactivated=int(change.deactivated))
    tx.execute(UPDATE, **_row(new))
    if new.name != old.name:
        emit_group_update(tx, new, {"name": new.name})
    if new.description != old.description:
        emit_group_update(tx, new, {"description": new.description})
    before, after = old.settings, new.settings
    for name in after:
        if after[name] != before[name]:
            emit_group_update(tx, new, {name: after[name]})


def _changed(tx: WriteTx, old: Group, change: GroupChange) -> Group:
    """The group with another name, description and permissions; raises ApiError."""
    new = old
    if change.name is not UNSET:
        new = structs.replace(new, name=check_name(tx, change.name, old.group_id))
    if change.description is not UNSET:
        new = structs.replace(new, description=check_description(change.description))
    settings = old.settings
    for name, update in change.settings.items():
        if update.old is not UNSET:
            check_old_setting(update.old, settings[name])
        settings[name] = check_group_setting(tx, GROUP_GROUP_SETTINGS[name], update.new)
    if settings != old.settings:
        new = structs.replace(new, settings_json=msgspec.json.encode(settings).decode())
    return new


def deactivate_group(tx: WriteTx, actor: User, group_id: int) -> None:
    group = access_group(tx, group_id)
    check_may(tx, actor, group, "can_manage_group")
    if group.deactivated:
        raise ApiError("User group is already deactivated.")
    set_deactivated(tx, actor, group, deactivated=True)


def set_deactivated(tx: WriteTx, actor: User, group: Group, *, deactivated: bool) -> None:
    """A group that is in use stays; one whose name was taken meanwhile needs another to come back."""
    if deactivated:
        if uses := find_uses(tx, actor, group.group_id):
            raise ApiError(
                "Cannot deactivate user group in use.", code="CANNOT_DEACTIVATE_GROUP_IN_USE", objections=uses
            )
    else:
        check_name(tx, group.name, group.group_id)
    wholes = GroupGraph(tx, with_deactivated=True).wholes_of([group.group_id])
    view = StreamView(tx, streams_shown_by(tx, wholes))
    changed = structs.replace(group, deactivated=int(deactivated))
    tx.execute(UPDATE, **_row(changed))
    members = tx.values(ACTIVE_MEMBERS, group_id=group.group_id)
    parts = sorted(tx.values(SUBGROUPS_OF, group_id=group.group_id))
    emit_deactivation(tx, changed, members, parts, deactivated=deactivated)
    view.emit_changes(tx)


def _row(group: Group) -> dict[str, Any]:
    return {**structs.asdict(group), "name_key": group.name.casefold()}
