"""Telling of groups. Everybody hears of every group; of the members, limited guests hear of those whom they see.

A group that is deactivated or brought back is one that goes or comes to clients which do not ask for deactivated
ones: both tellings stand in one entry, as `events.adapt` reads it.
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any, Literal

from pyroaring import BitMap

from ..access.guests import seen_by_limited_guests
from ..access.realm import system_groups
from ..access.roster import load_roster
from ..access.user_groups import Group, Membership, wire_group
from ..events.emit import EVERYBODY, emit, emit_body, to_users
from ..store import Tx, WriteTx

Audience = int | None
MembersOp = Literal["add_members", "remove_members"]
SubgroupsOp = Literal["add_subgroups", "remove_subgroups"]


def split_by_sight(tx: WriteTx, user_ids: Iterable[int]) -> list[tuple[Audience, list[int]]]:
    """Who may be told of which of these active people; in a constant number of queries but for the sets stored."""
    people = BitMap(user_ids)
    roster = load_roster(tx)
    if not roster.limited:
        return [(EVERYBODY, list(people))]
    alike: dict[tuple[int, ...], BitMap] = defaultdict(BitMap)
    alike[tuple(people)] = roster.everyone - roster.limited
    for guest_id, seen in seen_by_limited_guests(tx, roster.limited).items():
        alike[tuple(people & seen)].add(guest_id)
    return [(to_users(tx, readers), list(seen)) for seen, readers in alike.items()]


def emit_group_added(tx: WriteTx, group: Group, member_ids: Iterable[int], subgroup_ids: list[int]) -> None:
    for audience, members in split_by_sight(tx, member_ids):
        emit(tx, _added(tx, group, members, subgroup_ids), audience)


def emit_group_update(tx: WriteTx, group: Group, data: dict[str, Any]) -> None:
    """Clients that know no deactivated groups are told nothing of one."""
    event = {"type": "user_group", "op": "update", "group_id": group.group_id, "data": data}
    if group.deactivated:
        emit_body(tx, "user_group", {"modern": event, "legacy": None}, EVERYBODY)
    else:
        emit(tx, event, EVERYBODY)


def emit_deactivation(
    tx: WriteTx, group: Group, member_ids: Iterable[int], subgroup_ids: list[int], *, deactivated: bool
) -> None:
    """`group` is as it is now."""
    modern = {"type": "user_group", "op": "update", "group_id": group.group_id, "data": {"deactivated": deactivated}}
    if deactivated:
        gone = {"type": "user_group", "op": "remove", "group_id": group.group_id}
        emit_body(tx, "user_group", {"modern": modern, "legacy": gone}, EVERYBODY)
        return
    for audience, members in split_by_sight(tx, member_ids):
        legacy = _added(tx, group, members, subgroup_ids)
        emit_body(tx, "user_group", {"modern": modern, "legacy": legacy}, audience)


def emit_members_change(tx: WriteTx, op: MembersOp, group_id: int, user_ids: Iterable[int]) -> None:
    """`user_ids` are of active people."""
    for audience, seen in split_by_sight(tx, user_ids):
        if seen:
            emit(tx, {"type": "user_group", "op": op, "group_id": group_id, "user_ids": seen}, audience)


def emit_memberships(tx: WriteTx, op: MembersOp, memberships: Iterable[Membership], audience: Audience) -> None:
    """The same, of several groups, to people who see all of the members."""
    alike: dict[tuple[int, bool], list[int]] = defaultdict(list)
    for one in memberships:
        alike[one.group_id, one.deactivated].append(one.user_id)
    for (group_id, deactivated), user_ids in alike.items():
        event = {"type": "user_group", "op": op, "group_id": group_id, "user_ids": user_ids}
        if deactivated:
            emit_body(tx, "user_group", {"modern": event, "legacy": None}, audience)
        else:
            emit(tx, event, audience)


def emit_subgroups_change(tx: WriteTx, op: SubgroupsOp, group_id: int, subgroup_ids: list[int]) -> None:
    if subgroup_ids:
        event = {"type": "user_group", "op": op, "group_id": group_id, "direct_subgroup_ids": subgroup_ids}
        emit(tx, event, EVERYBODY)


def _added(tx: Tx, group: Group, members: list[int], subgroup_ids: list[int]) -> dict[str, Any]:
    nobody = system_groups(tx)["role:nobody"]
    return {"type": "user_group", "op": "add", "group": wire_group(group, members, subgroup_ids, nobody)}
