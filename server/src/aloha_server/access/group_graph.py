"""The custom groups of an organization as a whole: their members and how they are nested, from two queries.

For questions about many people or many groups at once; `groups.is_in_group` answers for one user. Deactivated groups
hold nobody, so they are left out unless asked for. There are no cycles: `actions.group_members` refuses them.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from pyroaring import BitMap

from ..store import Tx

MEMBERS = """
    select m.group_id, m.user_id from user_group_member m
    join user_group g on g.realm_id = m.realm_id and g.group_id = m.group_id and g.deactivated <= :deactivated
    where m.realm_id = :realm_id
"""
SUBGROUPS = """
    select s.group_id, s.subgroup_id from user_group_subgroup s
    join user_group g on g.realm_id = s.realm_id and g.group_id = s.group_id and g.deactivated <= :deactivated
    where s.realm_id = :realm_id order by s.group_id, s.subgroup_id
"""


class GroupGraph:
    """`members` are direct ones, whether their accounts are active or not."""

    def __init__(self, tx: Tx, *, with_deactivated: bool = False) -> None:
        self.members: dict[int, BitMap] = defaultdict(BitMap)
        self._parts: dict[int, list[int]] = defaultdict(list)
        self._wholes: dict[int, list[int]] = defaultdict(list)
        for group_id, user_id in tx.rows(MEMBERS, deactivated=int(with_deactivated)):
            self.members[group_id].add(user_id)
        for group_id, subgroup_id in tx.rows(SUBGROUPS, deactivated=int(with_deactivated)):
            self._parts[group_id].append(subgroup_id)
            self._wholes[subgroup_id].append(group_id)

    def parts_of(self, group_ids: Iterable[int]) -> set[int]:
        """The groups and all that belong to them, however deep."""
        return _reach(self._parts, group_ids)

    def wholes_of(self, group_ids: Iterable[int]) -> set[int]:
        """The groups and all to which they belong, however deep."""
        return _reach(self._wholes, group_ids)

    def direct_parts_of(self, group_id: int) -> list[int]:
        return self._parts.get(group_id, [])

    def direct_wholes_of(self, group_id: int) -> list[int]:
        return self._wholes.get(group_id, [])


def _reach(edges: Mapping[int, list[int]], group_ids: Iterable[int]) -> set[int]:
    found: set[int] = set()
    ahead = list(group_ids)
    while ahead:
        group_id = ahead.pop()
        if group_id not in found:
            found.add(group_id)
            ahead += edges.get(group_id, ())
    return found
