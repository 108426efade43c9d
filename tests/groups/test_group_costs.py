"""What groups cost does not grow with members, groups or people."""

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from tests.messages.kit import Desk

from aloha_server.access.group_mentions import check_group_mentions, mentioned_people
from aloha_server.access.groups import is_in_group
from aloha_server.access.users import acting_user
from aloha_server.actions.group_members import change_members
from aloha_server.actions.user_groups import NewGroup, create_group
from aloha_server.markup import Directory, render
from aloha_server.reads.user_groups import read_groups, read_members
from aloha_server.store import Store, Tx, WriteTx

HIRE = """
    insert into account (realm_id, user_id, email, email_key, full_name, role, joined_at, settings)
    values (:realm_id, :user_id, :email, :email, 'x', 400, 0, '{}')
"""
SPARE = 12  # a set of readers that was not stored yet is stored


class Counter:
    """Counts statements: one for many rows is one."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.count = 0
        run_one, run_many = Tx._run, WriteTx.execute_many

        def count_one(tx: Tx, sql: str, parameters: dict[str, Any]) -> Any:
            self.count += 1
            return run_one(tx, sql, parameters)

        def count_many(tx: WriteTx, sql: str, rows: Iterable[dict[str, Any]]) -> None:
            self.count += 1
            run_many(tx, sql, rows)

        monkeypatch.setattr(Tx, "_run", count_one)
        monkeypatch.setattr(WriteTx, "execute_many", count_many)

    def of(self, run: Callable[[], Any]) -> int:
        before = self.count
        run()
        return self.count - before


def test_statements_do_not_grow_with_members_and_nesting(
    open_store: Callable[[], Store], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk(open_store(), tmp_path)
    desk.subscribe("owner", "hall", people=["owner", "ann"])
    counter = Counter(monkeypatch)

    def measure(name: str, user_ids: list[int], depth: int) -> dict[str, int]:
        part: list[int] = []
        for level in range(depth):
            new = NewGroup(name=f"{name} {level}", members=user_ids if level == 0 else [], subgroups=part)
            part = [desk.act("owner", partial(create_group, new=new))]
        rendered = render(f"@*{name}*", Directory(groups={name: (part[0], name)}))

        def read(fn: Callable[[Tx], Any]) -> int:
            return counter.of(lambda: desk.store.read(1, fn))

        def act(fn: Callable[[WriteTx, Any], Any]) -> int:
            return counter.of(lambda: desk.act("owner", fn))

        return {
            "asked of one": read(lambda tx: is_in_group(tx, acting_user(tx, desk.ids["ann"]), part[0])),
            "members": read(lambda tx: read_members(tx, acting_user(tx, desk.ids["ann"]), part[0], direct_only=False)),
            "groups": read(lambda tx: read_groups(tx, acting_user(tx, desk.ids["ann"]), with_deactivated=True)),
            "may mention": read(lambda tx: check_group_mentions(tx, acting_user(tx, desk.ids["ann"]), rendered)),
            "mentioned": read(lambda tx: mentioned_people(tx, rendered)),
            "send": counter.of(lambda: desk.send("owner", "hall", content=f"@*{name} {depth - 1}*")),
            "take out": act(lambda tx, actor: change_members(tx, actor, part[0], add=[desk.ids["bot"]])),
        }

    few = measure("small", [desk.ids["ann"]], 2)
    ids = range(10_000, 10_400)
    rows = [{"user_id": id_, "email": f"{id_}@example.com"} for id_ in ids]
    desk.store.write(1, lambda tx: tx.execute_many(HIRE, rows))
    many = measure("large", [*ids], 20)
    assert all(many[name] <= few[name] + SPARE for name in many), (few, many)
