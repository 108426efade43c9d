"""The waiting period: who is past it becomes a full member at a moment that is told, with all that this shows."""

import asyncio
from pathlib import Path
from typing import Any

from tests.groups.kit import Club
from tests.streams.kit import Client, Office

from aloha.contract.endpoints._params import GroupSettingUpdate
from aloha_server.access.groups import is_in_group
from aloha_server.access.roster import load_roster
from aloha_server.access.users import acting_user
from aloha_server.actions.promotions import find_promotable, promote_members
from aloha_server.actions.realm_settings import update_realm
from aloha_server.reads.user_groups import read_members
from aloha_server.store import Store, Tx

DAY_S = 24 * 3600
LONG_AGO = "update account set joined_at = joined_at - :seconds where realm_id = :realm_id"
LOOKED_LONG_AGO = "update realm set promoted_at = promoted_at - :seconds where realm_id = :realm_id"


class Clock:
    def __init__(self) -> None:
        self.now = 1_790_000_000.0

    def __call__(self) -> float:
        return self.now


def full_members(office: Office) -> set[str]:
    """The members among them, by three ways to ask."""
    group_id = office.groups["role:fullmembers"]

    def read(tx: Tx) -> set[str]:
        listed = set(read_members(tx, acting_user(tx, office.ids["owner"]), group_id, direct_only=True))
        by_role = {office.ids["owner"], office.ids["admin"]}
        asked = {id_ for id_ in office.ids.values() if is_in_group(tx, acting_user(tx, id_), group_id)}
        assert asked - by_role == set(load_roster(tx).holders(group_id)) - by_role == listed
        return {name for name, id_ in office.ids.items() if id_ in listed}

    return office.store.read(1, read)


def told(client: Client) -> list[tuple[str, list[int]]]:
    return [(event["op"], event["user_ids"]) for event in client.events() if event["type"] == "user_group"]


def test_time_alone_changes_nothing_until_it_is_told(database_url: str, tmp_path: Path) -> None:
    clock = Clock()
    store = Store.open(tmp_path / "var", database_url, clock=clock)
    office = Office(store, tmp_path)
    update: dict[str, Any] = {"waiting_period_threshold": 3}
    assert full_members(office) == {"ann", "bob", "bot"}
    office.act("owner", lambda tx, actor: update_realm(tx, actor, update))
    assert full_members(office) == set()
    everybody = sorted(office.ids[name] for name in ("ann", "bob", "bot"))
    assert told(office["ann"]) == [("remove_members", everybody)]
    office.subscribe("owner", "secret", invite_only=True)
    full = GroupSettingUpdate(new=office.groups["role:fullmembers"])
    office.update("owner", "secret", can_subscribe_group=full)
    office.skip()
    clock.now += 2 * DAY_S
    office.ids["carl"] = office.hire("carl")
    clock.now += DAY_S + 1
    assert full_members(office) == set()
    office.check()
    assert store.read(1, find_promotable) == everybody
    store.write(1, promote_members)
    assert full_members(office) == {"ann", "bob", "bot"}
    events = office["ann"].events()
    assert [event["user_ids"] for event in events if event["type"] == "user_group"][-1] == everybody
    assert "create" in [event["op"] for event in events if event["type"] == "stream"]
    assert "stream" not in [event["type"] for event in office["guest"].events()]
    office.check()
    assert store.read(1, find_promotable) == []
    office.act("owner", lambda tx, actor: update_realm(tx, actor, {"waiting_period_threshold": 0}))
    assert told(office["ann"]) == [("add_members", [office.ids["carl"]])]
    office.check()
    store.close()


def test_the_server_looks_for_them_as_it_keeps_its_log(club: Club) -> None:
    club.owner.patch("/realm", waiting_period_threshold=3)
    club.skip()
    club.world.store.write(1, lambda tx: tx.execute(LONG_AGO, seconds=4 * DAY_S))
    club.world.store.write(1, lambda tx: tx.execute(LOOKED_LONG_AGO, seconds=4 * DAY_S))
    data = club.world.server.data
    asyncio.run_coroutine_threadsafe(data._keep(), data._loop).result(10)
    [told] = club.told(club.guest)
    members = [club.member.user_id, club.bot.user_id]
    assert told == {"op": "add_members", "group_id": club.system("fullmembers"), "user_ids": members}
