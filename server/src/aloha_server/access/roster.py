"""People in bulk: which of them hold a permission, as sets.

What `groups.is_in_group` answers for one user, a roster answers for all of them at once from a constant number of
queries, so that the audience of a change is found without asking user by user.
"""

from collections.abc import Iterable
from typing import Any

import msgspec
from pyroaring import BitMap

from ..store import Tx
from .groups import DAY_S, SYSTEM_GROUPS
from .realm import realm_settings, system_groups
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
    """Active people (built-in bots are none), or those of them who are asked about."""

    def __init__(self, people: Iterable[Person], groups: dict[str, int], settings: dict[str, Any], now: float) -> None:
        self._people = list(people)
        self._names = {group_id: name for name, group_id in groups.items()}
        self._settled_by = now - settings["waiting_period_threshold"] * DAY_S
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
                held = self._held[setting] = self._of_system_group(self._names.get(setting))
            return held
        held = BitMap(setting["direct_members"]) & self.everyone
        for group_id in setting["direct_subgroups"]:
            held |= self.holders(group_id)
        return held

    def _of_system_group(self, name: str | None) -> BitMap:
        if name is None:
            return BitMap()
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
    return Roster(people, system_groups(tx), realm_settings(tx), tx.now)


def roster_of(user: User, groups: dict[str, int], settings: dict[str, Any], now: float) -> Roster:
    """A roster of one."""
    return Roster([Person(user.user_id, user.role, user.joined_at)], groups, settings, now)
