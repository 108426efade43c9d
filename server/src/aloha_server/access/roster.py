"""People in bulk: which of them hold a permission, as sets.

What `groups.is_in_group` answers for one user, a roster answers for all of them at once from a constant number of
queries, so that the audience of a change is found without asking user by user.
"""

from collections.abc import Iterable
from functools import cached_property
from typing import Any

import msgspec
from pyroaring import BitMap

from aloha.contract.settings.permissions import RealmGroupSetting

from ..store import Tx
from .group_graph import GroupGraph
from .groups import SYSTEM_GROUPS
from .realm import load_realm, realm_settings, settled_by, system_groups
from .users import Role, User

ACTIVE = """
    select user_id, role, joined_at from account
    where realm_id = :realm_id and is_active = 1 and is_system = 0
"""
SOME_ACTIVE = ACTIVE + " and user_id = any(:ids)"


class Person(msgspec.Struct, frozen=True, gc=False):
    """As much of an account as permissions depend on."""

    user_id: int
    role: int
    joined_at: int


class Roster:
    """Active people (built-in bots are none), or those of them who are asked about. Lives as long as `tx`."""

    def __init__(self, tx: Tx, people: Iterable[Person]) -> None:
        realm = load_realm(tx)
        settings = realm_settings(tx, realm)
        self._tx = tx
        self._people = list(people)
        self._names = {group_id: name for name, group_id in system_groups(tx).items()}
        self._settled_by = settled_by(realm, settings)
        self._held: dict[int, BitMap] = {}
        self.everyone = BitMap(person.user_id for person in self._people)
        self.guests = BitMap(person.user_id for person in self._people if person.role == Role.GUEST)
        self.admins = BitMap(person.user_id for person in self._people if person.role <= Role.ADMIN)
        self.members = self.everyone - self.guests  # of any role but guest
        self.limited = self.guests - self.holders(settings["can_access_all_users_group"])  # see not everybody

    def holders(self, setting: Any) -> BitMap:
        """Those whom a group setting admits."""
        if isinstance(setting, int):
            held = self._held.get(setting)
            if held is None:
                held = self._held[setting] = self._of_group(setting)
            return held
        held = BitMap(setting["direct_members"]) & self.everyone
        for group_id in setting["direct_subgroups"]:
            held |= self.holders(group_id)
        return held

    def allowed(self, declared: RealmGroupSetting, setting: Any) -> BitMap:
        """Those whose permission it is: `groups.holds` for many."""
        held = self.holders(setting)
        return held if declared.allow_everyone_group else held & self.members

    @cached_property
    def _graph(self) -> GroupGraph:
        return GroupGraph(self._tx)

    def _of_group(self, group_id: int) -> BitMap:
        if group_id in self._names:
            return self._of_system_group(self._names[group_id])
        parts = self._graph.parts_of([group_id])
        direct = BitMap.union(BitMap(), *(self._graph.members.get(part, BitMap()) for part in parts)) & self.everyone
        return BitMap.union(direct, *(self.holders(part) for part in parts & self._names.keys()))

    def _of_system_group(self, name: str) -> BitMap:
        widest = SYSTEM_GROUPS[name][0]
        settled_by = self._settled_by if name == "role:fullmembers" else float("inf")
        return BitMap(
            person.user_id
            for person in self._people
            if person.role <= widest and (person.role < Role.MEMBER or person.joined_at <= settled_by)
        )


def load_roster(tx: Tx, user_ids: Iterable[int] | None = None) -> Roster:
    """Everybody who is active, or those of `user_ids`."""
    if user_ids is None:
        people = tx.all(Person, ACTIVE)
    else:
        people = tx.all(Person, SOME_ACTIVE, ids=list(user_ids))
    return Roster(tx, people)


def roster_of(tx: Tx, user: User) -> Roster:
    """A roster of one."""
    return Roster(tx, [Person(user.user_id, user.role, user.joined_at)])
