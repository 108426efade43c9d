"""Whether a group setting may have a value, and the one form in which it is kept."""

from typing import Any

from aloha.contract.errors import ApiError
from aloha.contract.objects import GroupSetting
from aloha.contract.settings.permissions import RealmGroupSetting

from ..store import Tx
from .user_groups import Group, load_groups

MEMBERS_MAX = 1000  # of one setting; more people than that are a group
SUBGROUPS_MAX = 100

USERS = "select user_id from account where realm_id = :realm_id and is_active = 1 and user_id = any(:ids)"


def check_group_setting(tx: Tx, declared: RealmGroupSetting, setting: GroupSetting) -> Any:
    """The setting as it is kept: a group's id, or sorted members and groups. Raises ApiError."""
    members: list[int] = [] if isinstance(setting, int) else sorted(set(setting.direct_members))
    group_ids = [setting] if isinstance(setting, int) else sorted(set(setting.direct_subgroups))
    if len(members) > MEMBERS_MAX or len(group_ids) > SUBGROUPS_MAX:
        raise ApiError(f"A permission names at most {MEMBERS_MAX} users and {SUBGROUPS_MAX} groups.")
    groups = {group.group_id: group for group in load_groups(tx, group_ids)}
    for group_id in group_ids:
        _check_group(declared, groups.get(group_id))
    if members and len(tx.values(USERS, ids=members)) != len(members):
        raise ApiError("Invalid user ID in a permission")
    if declared.require_system_group and (members or len(group_ids) != 1):
        raise ApiError(f"'{declared.name}' must be a system user group.")
    if not members and not group_ids and not declared.allow_nobody_group:
        raise ApiError(f"'{declared.name}' cannot be set to nobody.")
    return plain_setting(members, group_ids)


def plain_setting(members: list[int], groups: list[int]) -> Any:
    """One group without further members is that group's id."""
    if not members and len(groups) == 1:
        return groups[0]
    return {"direct_members": members, "direct_subgroups": groups}


def same_setting(given: GroupSetting, kept: Any) -> bool:
    """Whether a setting that a client names is the one that is kept, in whatever order."""
    if isinstance(given, int):
        return bool(given == kept)
    return bool(plain_setting(sorted(set(given.direct_members)), sorted(set(given.direct_subgroups))) == kept)


def check_old_setting(given: GroupSetting, kept: Any) -> None:
    """Raises ApiError where a change expected to find something else."""
    if not same_setting(given, kept):
        raise ApiError("'old' value does not match the expected value.", code="EXPECTATION_MISMATCH")


def _check_group(declared: RealmGroupSetting, group: Group | None) -> None:
    if group is None:
        raise ApiError("Invalid user group")
    if group.deactivated:
        raise ApiError("User group is deactivated.")
    if not group.is_system:
        if declared.require_system_group:
            raise ApiError(f"'{declared.name}' must be a system user group.")
        return
    name = group.name
    refused = (
        (name == "role:nobody" and not declared.allow_nobody_group)
        or (name == "role:everyone" and not declared.allow_everyone_group)
        or (name == "role:internet" and not declared.allow_internet_group)
        or (declared.allowed_system_groups and name not in declared.allowed_system_groups)
    )
    if refused:
        raise ApiError(f"'{declared.name}' cannot be set to '{name}'.")
