"""Whether a group setting may have a value, and the one form in which it is kept."""

from typing import Any

from aloha.contract.errors import ApiError
from aloha.contract.objects import GroupSetting
from aloha.contract.settings.permissions import RealmGroupSetting

from ..store import Tx
from .realm import system_groups

USERS = "select user_id from account where realm_id = :realm_id and is_active = 1 and user_id = any(:ids)"


def check_group_setting(tx: Tx, declared: RealmGroupSetting, setting: GroupSetting) -> Any:
    """The setting as it is kept: a group's id, or sorted members and groups. Raises ApiError."""
    names = {group_id: name for name, group_id in system_groups(tx).items()}
    if isinstance(setting, int):
        _check_group(declared, names, setting)
        return setting
    for group_id in setting.direct_subgroups:
        _check_group(declared, names, group_id)
    members = sorted(set(setting.direct_members))
    if members and len(tx.values(USERS, ids=members)) != len(members):
        raise ApiError("Invalid user ID in a permission")
    if declared.require_system_group and (members or len(setting.direct_subgroups) != 1):
        raise ApiError(f"'{declared.name}' must be a system user group.")
    return plain_setting(members, sorted(set(setting.direct_subgroups)))


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


def _check_group(declared: RealmGroupSetting, names: dict[int, str], group_id: int) -> None:
    name = names.get(group_id)
    if name is None:
        raise ApiError("Invalid user group")
    refused = (
        (name == "role:nobody" and not declared.allow_nobody_group)
        or (name == "role:everyone" and not declared.allow_everyone_group)
        or (name == "role:internet" and not declared.allow_internet_group)
        or (declared.allowed_system_groups and name not in declared.allowed_system_groups)
    )
    if refused:
        raise ApiError(f"'{declared.name}' cannot be set to '{name}'.")
