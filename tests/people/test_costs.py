"""What changes of people cost does not grow with the number of people."""

from collections.abc import Callable, Iterable
from typing import Any

import pytest

from aloha_server.access.users import User, find_user
from aloha_server.actions.activity import deactivate_user, reactivate_user
from aloha_server.actions.personal_settings import update_settings
from aloha_server.actions.realms import create_realm
from aloha_server.actions.roles import change_role
from aloha_server.actions.users import NewUser, change_email, create_user, rename_user
from aloha_server.reads.organization import section_realm
from aloha_server.reads.users import section_realm_bot, section_realm_user, section_realm_user_groups
from aloha_server.reads.view import StateRequest, View
from aloha_server.store import Store, Tx, WriteTx

OWNER_ID, SUBJECT_ID = 3, 4
Action = Callable[[WriteTx, User, User], Any]
ACTIONS: dict[str, Action] = {
    "rename": lambda tx, owner, user: rename_user(tx, user, "Other"),
    "change email": lambda tx, owner, user: change_email(tx, user.user_id, "other@example.com"),
    "show email": lambda tx, owner, user: update_settings(tx, user, {"email_address_visibility": 1}),
    "make moderator": lambda tx, owner, user: change_role(tx, owner, user, 300),
    "deactivate": lambda tx, owner, user: deactivate_user(tx, owner, user),
    "reactivate": lambda tx, owner, user: reactivate_user(tx, owner, user),
}


def make_people(tx: WriteTx, first: int, count: int) -> None:
    for number in range(first, first + count):
        key = number.to_bytes(4)
        role = 100 if number == 0 else 400
        new = NewUser(
            email=f"p{number}@example.com", full_name=f"P {number}", role=role, sealed_key=key, api_key_digest=key
        )
        create_user(tx, None, new)


def count_statements(monkeypatch: pytest.MonkeyPatch, run: Callable[[], object]) -> int:
    """Of a transaction's work: a statement for many rows is one."""
    counted: list[str] = []
    run_one, run_many = Tx._run, WriteTx.execute_many

    def count_one(tx: Tx, sql: str, parameters: dict[str, Any]) -> Any:
        counted.append(sql)
        return run_one(tx, sql, parameters)

    def count_many(tx: WriteTx, sql: str, rows: Iterable[dict[str, Any]]) -> None:
        counted.append(sql)
        run_many(tx, sql, rows)

    with monkeypatch.context() as patch:
        patch.setattr(Tx, "_run", count_one)
        patch.setattr(WriteTx, "execute_many", count_many)
        run()
    return len(counted)


def test_a_change_of_a_person_costs_the_same_among_few_and_many(
    open_store: Callable[[], Store], monkeypatch: pytest.MonkeyPatch
) -> None:
    store = open_store()
    create_realm(store, "", "Test")
    store.write(1, lambda tx: make_people(tx, 0, 5))

    def act(tx: WriteTx, action: Action) -> None:
        owner, subject = find_user(tx, OWNER_ID), find_user(tx, SUBJECT_ID)
        assert owner is not None
        assert subject is not None
        action(tx, owner, subject)

    def count(action: Action) -> int:
        return count_statements(monkeypatch, lambda: store.write(1, lambda tx: act(tx, action)))

    undo: dict[str, Action] = {
        "rename": lambda tx, owner, user: rename_user(tx, user, "P 1"),
        "change email": lambda tx, owner, user: change_email(tx, user.user_id, "p1@example.com"),
        "show email": lambda tx, owner, user: update_settings(tx, user, {"email_address_visibility": 3}),
        "make moderator": lambda tx, owner, user: change_role(tx, owner, user, 400),
    }
    few = {name: count(action) for name, action in ACTIONS.items()}
    for action in undo.values():
        count(action)
    store.write(1, lambda tx: make_people(tx, 5, 300))
    many = {name: count(action) for name, action in ACTIONS.items()}
    # A set of readers that was not stored yet is stored: at most three statements for each of an action's sets.
    assert all(many[name] <= few[name] + 12 for name in ACTIONS), (few, many)


def test_the_sections_about_people_cost_the_same_for_few_and_many(
    open_store: Callable[[], Store], monkeypatch: pytest.MonkeyPatch
) -> None:
    store = open_store()
    create_realm(store, "", "Test")

    def read(tx: Tx) -> None:
        user = find_user(tx, OWNER_ID)
        assert user is not None
        view = View(tx, user, StateRequest(), "http://localhost")
        for section in (section_realm_user, section_realm_user_groups, section_realm_bot, section_realm):
            section(view)

    store.write(1, lambda tx: make_people(tx, 0, 2))
    few = count_statements(monkeypatch, lambda: store.read(1, read))
    store.write(1, lambda tx: make_people(tx, 2, 300))
    assert count_statements(monkeypatch, lambda: store.read(1, read)) == few
