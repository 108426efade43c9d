"""Many people at once: the number of statements and entries does not grow with them."""

from collections.abc import Callable
from typing import Any

import pytest
from tests.streams.kit import Office

from aloha.contract.endpoints.streams import GetStreams, UpdateStream
from aloha_server.access.users import Role, User, acting_user
from aloha_server.actions import guest_view, subscriptions
from aloha_server.actions.stream_changes import update_stream
from aloha_server.actions.streams import NewStream
from aloha_server.reads.initial_state import SECTIONS
from aloha_server.reads.streams import list_streams
from aloha_server.reads.subscriptions import list_subscriptions
from aloha_server.reads.view import StateRequest, View
from aloha_server.store import Store, Tx, WriteTx

INSERT = """
    insert into account (realm_id, user_id, email, email_key, full_name, role, joined_at, settings)
    values (:realm_id, :user_id, :email, :email, :email, :role, 1, '{}')
"""
SPARE = 4  # a set of people that is stored already spares its statements


class Counted:
    """A connection that counts what passes through it."""

    def __init__(self, connection: Any) -> None:
        self.connection = connection
        self.statements = 0

    def execute(self, *arguments: Any) -> Any:
        self.statements += 1
        return self.connection.execute(*arguments)

    def executemany(self, *arguments: Any) -> Any:
        self.statements += 1
        return self.connection.executemany(*arguments)


def hire_many(store: Store, first: int, count: int, role: int) -> list[int]:
    ids = list(range(first, first + count))
    rows = [{"user_id": id_, "email": f"u{id_}@office.example", "role": role} for id_ in ids]
    store.write(1, lambda tx: tx.execute_many(INSERT, rows))
    return ids


def count_subscribe(office: Office, stream: str, user_ids: list[int], action: str = "subscribe") -> tuple[int, int]:
    """The statements and entries of subscribing (or unsubscribing) these people."""

    def run(tx: WriteTx, actor: User) -> None:
        if action == "subscribe":
            request = subscriptions.SubscribeRequest(streams=[NewStream(stream)], principals=list(user_ids))
            assert len(subscriptions.subscribe(tx, actor, request).subscribed) == len(user_ids)
        else:
            assert subscriptions.unsubscribe(tx, actor, [stream], list(user_ids)).removed == [stream]

    return count(office, run)


def count(office: Office, act: Callable[[WriteTx, User], object]) -> tuple[int, int]:
    """The statements and entries of what an administrator does."""

    def run(tx: WriteTx) -> tuple[int, int]:
        actor = acting_user(tx, office.ids["admin"])
        counted = Counted(tx._connection)
        tx._connection = counted
        before = tx.position
        act(tx, actor)
        tx._connection = counted.connection
        return counted.statements, tx.position - before

    return office.store.write(1, run)


@pytest.mark.parametrize("role", [Role.MEMBER, Role.GUEST])
def test_statements_do_not_grow_with_subscribers(office: Office, role: int) -> None:
    few = hire_many(office.store, 1000, 5, role)
    many = hire_many(office.store, 2000, 1500, role)
    for action in ("subscribe", "unsubscribe"):
        statements, entries = count_subscribe(office, "small", few, action)
        more_statements, more_entries = count_subscribe(office, "large", many, action)
        assert more_entries == entries
        assert more_statements <= statements + SPARE
    office.check()


def test_neither_queries_nor_entries_grow_with_limited_guests(discreet_office: Office) -> None:
    """Each comes to see all the others: 160,000 pairs."""
    office = discreet_office
    few = hire_many(office.store, 1000, 4, Role.GUEST)
    many = hire_many(office.store, 2000, 400, Role.GUEST)
    for action in ("subscribe", "unsubscribe"):
        statements, entries = count_subscribe(office, "small", few, action)
        more_statements, more_entries = count_subscribe(office, "large", many, action)
        assert more_entries == entries
        assert more_statements <= statements + SPARE
    office.check()


def test_people_in_an_entry_are_bounded(discreet_office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    office = discreet_office
    monkeypatch.setattr(guest_view, "PEOPLE_PER_ENTRY_MAX", 10)
    guests = hire_many(office.store, 1000, 25, Role.GUEST)
    count_subscribe(office, "plans", guests)
    office.subscribe("admin", "plans", people=["guest"])
    assert office["guest"].told()[:25] == ["realm_user/add"] * 25
    office.check()


def test_subscribers_with_different_colours_share_what_they_can(office: Office) -> None:
    ids = hire_many(office.store, 1000, 50, Role.MEMBER)
    count_subscribe(office, "first", ids[:25])
    office.skip()
    head = office.head()
    count_subscribe(office, "second", ids)
    # A stream, peers, its notice and that it is the first message, and a subscription for each of two colours.
    assert office.head() - head == 6


CHANGES: list[dict[str, Any]] = [
    {"is_archived": True},
    {"is_archived": False},
    {"is_private": True},
    {"is_private": False},
    {"is_default_stream": True},
    {"new_name": "{} room", "description": "d"},
]


def test_a_change_of_a_stream_costs_the_same_for_few_and_many(office: Office) -> None:
    few = [*hire_many(office.store, 1000, 3, Role.MEMBER), *hire_many(office.store, 1100, 3, Role.GUEST)]
    many = [*hire_many(office.store, 2000, 500, Role.MEMBER), *hire_many(office.store, 3000, 500, Role.GUEST)]
    ids = {}
    for name, people in (("small", few), ("large", many)):
        count_subscribe(office, name, [*people, office.ids["admin"]])
        ids[name] = office.stream_id(name)
    for change in CHANGES:
        costs = []
        for name, stream_id in ids.items():
            given = {key: value.format(name) if key == "new_name" else value for key, value in change.items()}
            update = UpdateStream(stream_id=stream_id, **given)
            costs.append(count(office, lambda tx, actor: update_stream(tx, actor, update, "")))  # noqa: B023
        (statements, entries), (more_statements, more_entries) = costs
        assert more_statements <= statements + SPARE, change
        assert more_entries <= entries + 24, change  # older clients: an entry for each colour


def test_what_is_read_of_streams_costs_the_same_for_few_and_many(office: Office) -> None:
    def cost() -> int:
        def read(tx: Tx) -> int:
            counted = Counted(tx._connection)
            tx._connection = counted
            user = acting_user(tx, office.ids["admin"])
            view = View(tx, user, StateRequest(include_subscribers=True), "")
            for section in ("subscription", "stream", "default_streams", "default_stream_groups"):
                SECTIONS[section](view)
            list_streams(tx, user, GetStreams(include_all=True))
            list_subscriptions(tx, user, include_subscribers=True)
            return counted.statements

        return office.store.read(1, read)

    office.subscribe("ann", "one")
    few = cost()
    office.subscribe("ann", *(f"s{number}" for number in range(40)), people=["ann", "admin", "guest"])
    assert cost() == few
