"""Catching up from the database: everything of the queue, once, in order, and no row of others fetched."""

import random
from collections.abc import Callable
from typing import Any

import msgspec
import pytest
from tests.entries import queue
from tests.helpers import make_bare_realm

from aloha_server.events import log
from aloha_server.events.adapt import Adaptation
from aloha_server.events.audience import Audiences, load_audience, store_audience
from aloha_server.events.emit import EVERYBODY, emit, emit_internal, to_users
from aloha_server.events.log import catch_up, read_entries, read_head
from aloha_server.store import Store, Tx, WriteTx


@pytest.fixture
def store(open_store: Callable[[], Store]) -> Store:
    store = open_store()
    make_bare_realm(store)
    return store


def read_all(store: Store, user_id: int, until: int, after: int = 0) -> tuple[list[int], int]:
    """The ids of all events of a user, and how many answers it took."""
    ids: list[int] = []
    answers = 0
    audiences = Audiences()
    while after < until:
        at = after
        answer = store.read(
            1,
            lambda tx: catch_up(tx, queue(user_id), at, until, audiences, Adaptation(), is_guest=False),  # noqa: B023
        )
        assert answer.through > after
        ids += [msgspec.json.decode(event)["id"] for event in answer.events]
        after = answer.through
        answers += 1
    return ids, answers


@pytest.mark.parametrize("seed", range(5))
def test_every_bound_gives_the_same_events(store: Store, seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    dice = random.Random(seed)
    audiences: list[set[int] | None] = [
        None if dice.random() < 0.1 else set(dice.sample(range(1, 6), 2)) for _ in range(200)
    ]

    def fill(tx: WriteTx) -> None:
        for users in audiences:
            emit(tx, {"type": "reaction"}, EVERYBODY if users is None else to_users(tx, users))
            if dice.random() < 0.2:
                emit_internal(tx, "_account", {"user_id": 1})

    store.write(1, fill)
    head = store.read(1, read_head)
    with store.engine.reading() as connection:
        rows = connection.execute("select position, audience_id, kind from log_entry order by position", {}).fetchall()
    assert [row[0] for row in rows] == list(range(1, head.position + 1))
    monkeypatch.setattr(log, "EVENTS_MAX", dice.choice([1, 3, 1000]))
    monkeypatch.setattr(log, "SCAN_MAX", dice.choice([1, 7, 1000]))
    monkeypatch.setattr(log, "SLICES_MAX", dice.choice([1, 3]))
    told = iter([row[0] for row in rows if row[2] == "reaction"])
    expected: dict[int, list[int]] = {user_id: [] for user_id in range(1, 6)}
    for users in audiences:
        position = next(told)
        for user_id in expected:
            if users is None or user_id in users:
                expected[user_id].append(position)
    for user_id, ids in expected.items():
        assert read_all(store, user_id, head.position)[0] == ids, f"seed {seed}"


def test_a_catch_up_fetches_only_rows_of_sets_that_hold_the_user(store: Store) -> None:
    def fill(tx: WriteTx) -> None:
        for number in range(2000):
            emit(tx, {"type": "reaction"}, to_users(tx, {2, 3 + number % 5} if number % 100 else {1}))

    store.write(1, fill)
    fetched: list[int] = []

    def read(tx: Tx) -> None:
        plain_all = tx.all

        def counting(kind: Any, sql: str, **parameters: Any) -> Any:
            rows = plain_all(kind, sql, **parameters)
            fetched.append(len(rows))
            return rows

        tx.all = counting  # type: ignore[method-assign,assignment]
        answer = catch_up(tx, queue(1), 0, 2000, Audiences(), Adaptation(), is_guest=False)
        assert len(answer.events) == 20

    store.read(1, read)
    assert sum(fetched) == 20


def test_a_scan_that_finds_nothing_ends_at_the_position_it_reached(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(log, "SCAN_MAX", 10)
    monkeypatch.setattr(log, "SLICES_MAX", 2)
    store.write(1, lambda tx: [emit(tx, {"type": "x"}, to_users(tx, {9})) for _ in range(100)])
    answer = store.read(1, lambda tx: catch_up(tx, queue(1), 0, 100, Audiences(), Adaptation(), is_guest=False))
    assert (answer.events, answer.through) == ([], 20)


def test_equal_sets_are_stored_once_and_never_changed(store: Store) -> None:
    first = store.write(1, lambda tx: store_audience(tx, [3, 1, 2]))
    again = store.write(1, lambda tx: store_audience(tx, [1, 2, 3]))
    other = store.write(1, lambda tx: store_audience(tx, [1, 2]))
    assert first == again != other
    assert store.read(1, lambda tx: set(load_audience(tx, first))) == {1, 2, 3}
    assert store.read(1, lambda tx: tx.value("select count(*) from audience")) == 2


def test_an_event_for_nobody_makes_no_entry(store: Store) -> None:
    assert store.write(1, lambda tx: emit(tx, {"type": "x"}, to_users(tx, []))) == 0
    assert store.read(1, read_head).position == 0


def test_the_id_of_an_event_is_its_position(store: Store) -> None:
    ids = store.write(1, lambda tx: [emit(tx, {"type": "x"}, EVERYBODY) for _ in range(3)])
    entries = store.read(1, lambda tx: read_entries(tx, 0, 10, Audiences(), 100))
    assert ids == [1, 2, 3] == [msgspec.json.decode(entry.body)["id"] for entry in entries]
