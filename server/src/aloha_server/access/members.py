"""The members of the built-in groups, which follow from roles.

Everybody is a direct member of the group of their role; members who are past the waiting period are direct members
of `role:fullmembers` too. Each group's wider neighbour has it as a subgroup.
"""

from collections import defaultdict
from collections.abc import Iterable

from .groups import SYSTEM_GROUPS
from .users import Role, User

GROUP_OF_ROLE: dict[int, str] = {
    Role.OWNER: "role:owners",
    Role.ADMIN: "role:administrators",
    Role.MODERATOR: "role:moderators",
    Role.MEMBER: "role:members",
    Role.GUEST: "role:everyone",
}
_CHAIN = [name for name in SYSTEM_GROUPS if name != "role:nobody"]


def direct_groups(role: int, joined_at: int, settled_by: float) -> list[str]:
    """The built-in groups of which an active user is a direct member; `settled_by` is `realm.settled_by`."""
    groups = [GROUP_OF_ROLE[role]]
    if role == Role.MEMBER and joined_at <= settled_by:
        groups.append("role:fullmembers")
    return groups


def system_members(users: Iterable[User], settled_by: float) -> dict[str, list[int]]:
    """Of the users, those who are active, by the names of their groups."""
    members: dict[str, list[int]] = defaultdict(list)
    for user in users:
        if user.is_active and not user.is_system:
            for name in direct_groups(user.role, user.joined_at, settled_by):
                members[name].append(user.user_id)
    return members


def system_subgroups(name: str, groups: dict[str, int]) -> list[int]:
    """The next narrower built-in group."""
    place = _CHAIN.index(name) if name in _CHAIN else 0
    return [groups[_CHAIN[place - 1]]] if place else []
