"""The members of the built-in groups, which follow from roles.

Everybody is a direct member of the group of their role; members who are past the waiting period are direct members
of `role:fullmembers` too. Each group's wider neighbour has it as a subgroup.
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from aloha.contract.objects import UserGroup

from .groups import DAY_S, SYSTEM_GROUPS
from .users import Role, User

GROUP_OF_ROLE: dict[int, str] = {
    Role.OWNER: "role:owners",
    Role.ADMIN: "role:administrators",
    Role.MODERATOR: "role:moderators",
    Role.MEMBER: "role:members",
    Role.GUEST: "role:everyone",
}
_CHAIN = [name for name in SYSTEM_GROUPS if name != "role:nobody"]


def direct_groups(role: int, joined_at: int, settings: dict[str, Any], now: float) -> list[str]:
    """The built-in groups of which an active user is a direct member."""
    groups = [GROUP_OF_ROLE[role]]
    if role == Role.MEMBER and now - joined_at >= settings["waiting_period_threshold"] * DAY_S:
        groups.append("role:fullmembers")
    return groups


def wire_system_groups(
    users: Iterable[User], groups: dict[str, int], settings: dict[str, Any], now: float
) -> list[UserGroup]:
    """The built-in groups with these users' active ones as members."""
    members: dict[str, list[int]] = defaultdict(list)
    for user in users:
        if user.is_active and not user.is_system:
            for name in direct_groups(user.role, user.joined_at, settings, now):
                members[name].append(user.user_id)
    nobody = groups["role:nobody"]
    return [
        UserGroup(
            id=group_id,
            name=name,
            description=SYSTEM_GROUPS[name][1],
            date_created=None,
            creator_id=None,
            members=sorted(members[name]),
            direct_subgroup_ids=_subgroups(name, groups),
            is_system_group=True,
            can_add_members_group=nobody,
            can_join_group=nobody,
            can_leave_group=nobody,
            can_manage_group=nobody,
            can_mention_group=nobody,
            can_remove_members_group=nobody,
            deactivated=False,
        )
        for name, group_id in sorted(groups.items(), key=lambda item: item[1])
    ]


def _subgroups(name: str, groups: dict[str, int]) -> list[int]:
    place = _CHAIN.index(name) if name in _CHAIN else 0
    return [groups[_CHAIN[place - 1]]] if place else []
