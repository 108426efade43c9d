"""The memory of presence, and what it costs among 10,000 people."""

from collections.abc import Callable
from typing import Any

import pytest
from tests.people.test_costs import count_statements

from aloha_server.access.presence import (
    NOTHING,
    OFFLINE_S,
    REFRESH_S,
    Presences,
    RealmPresence,
    Seen,
    load_presence,
)
from aloha_server.access.users import Role, find_user
from aloha_server.actions.activity import deactivate_accounts
from aloha_server.actions.presence import tell_presences, write_presence
from aloha_server.actions.realms import create_realm
from aloha_server.reads.presence import read_presence
from aloha_server.store import Store, Tx, WriteTx

T = 1_800_000_000.0
MANY = 10_000
FIRST_ID = 1_000
INSERT = """
    insert into account (realm_id, user_id, email, email_key, full_name, role, joined_at, settings)
    values (:realm_id, :user_id, :email, :email, :email, :role, 0, '{}')
"""


def test_a_client_that_names_what_it_knows_gets_only_what_changed() -> None:
    presence = RealmPresence()
    assert presence.changed_since(NOTHING, 0) == ([], NOTHING)
    for user_id in (1, 2, 3):
        presence.touch(user_id, active=True, now=T)
    everybody, known = presence.changed_since(NOTHING, 0)
    assert {seen.user_id for seen in everybody} == {1, 2, 3}
    assert presence.changed_since(known, 0) == ([], known)
    presence.touch(2, active=False, now=T + REFRESH_S)
    changed, newer = presence.changed_since(known, 0)
    assert [(seen.user_id, seen.active_at, seen.connected_at) for seen in changed] == [(2, T, T + REFRESH_S)]
    assert newer > known
    assert presence.changed_since(NOTHING, int(T) + 1)[0] == changed, "those seen before are left out"


def test_pings_of_those_who_are_known_to_be_there_are_no_news() -> None:
    presence = RealmPresence()
    assert presence.touch(1, active=False, now=T) is None, "an idle client brings nobody"
    came = presence.touch(1, active=True, now=T + 1)
    assert came is not None
    assert came.slim() == {"active_timestamp": T + 1, "idle_timestamp": T + 1}
    known = presence.changed_since(NOTHING, 0)[1]
    assert presence.touch(1, active=True, now=T + 60) is None
    assert presence.changed_since(known, 0)[0] == []
    assert presence.touch(1, active=True, now=T + 120) is None
    assert presence.changed_since(known, 0)[0] != []
    gone = T + 120 + OFFLINE_S
    assert presence.touch(1, active=True, now=gone) is None
    assert presence.touch(1, active=True, now=gone + OFFLINE_S + 1) is not None


def test_of_two_forms_the_older_says_idle_once_the_newest_ping_was() -> None:
    assert Seen(1, 1, 5, 5).legacy().status == "active"
    idle = Seen(1, 1, 5, 9)
    assert (idle.legacy().status, idle.legacy().timestamp) == ("idle", 9)
    assert Seen(1, 1, None, 9).slim() == {"idle_timestamp": 9}


def test_update_ids_rise_though_the_clock_falls() -> None:
    presence = RealmPresence([Seen(1, int(T * 1000), None, int(T))])
    presence.touch(2, active=True, now=T - 1000)
    assert presence.changed_since(int(T * 1000), 0)[0][0].user_id == 2


def insert_people(tx: WriteTx, count: int) -> None:
    rows = ({"user_id": FIRST_ID + n, "email": f"p{n}@x", "role": int(Role.MEMBER)} for n in range(count))
    tx.execute_many(INSERT, rows)


def test_a_ping_costs_the_same_among_few_and_among_ten_thousand(
    open_store: Callable[[], Store], monkeypatch: pytest.MonkeyPatch
) -> None:
    store = open_store()
    create_realm(store, "", "Test")
    store.write(1, lambda tx: insert_people(tx, MANY))
    presences = Presences()

    def ping(tx: Tx, user_id: int, known: int) -> int:
        user = find_user(tx, user_id)
        assert user is not None
        presence = presences.of(tx)
        presence.touch(user_id, active=True, now=tx.now)
        answer = read_presence(tx, user, presence, slim=True, last_update_id=known)
        answered.append(len(answer.presences))
        return answer.last_update_id

    answered: list[int] = []
    known = store.read(1, lambda tx: ping(tx, FIRST_ID, NOTHING))
    few = count_statements(monkeypatch, lambda: store.read(1, lambda tx: ping(tx, FIRST_ID + 1, known)))
    assert answered == [1, 1]
    memory = store.read(1, presences.of)
    for user_id in range(FIRST_ID, FIRST_ID + MANY):
        memory.touch(user_id, active=True, now=store.clock())
    known = memory.changed_since(NOTHING, 0)[1]
    many = count_statements(monkeypatch, lambda: store.read(1, lambda tx: ping(tx, FIRST_ID, known)))
    assert many == few == 1, "whom one is, and nothing of the others"
    assert answered[2:] == [0], "nobody changed since"
    _write_and_read_back(store, memory, monkeypatch)


def _write_and_read_back(store: Store, memory: RealmPresence, monkeypatch: pytest.MonkeyPatch) -> None:
    """What 10,000 pings changed is one statement, and another process learns it."""
    unwritten = memory.take_unwritten()
    assert len(unwritten) == MANY
    written: dict[str, Any] = {"unwritten": unwritten, "came": []}
    saved = count_statements(monkeypatch, lambda: store.write(1, lambda tx: write_presence(tx, **written)))
    assert saved <= 3
    assert memory.take_unwritten() == []
    rows = store.read(1, load_presence)
    assert [row.user_id for row in rows] == [seen.user_id for seen in unwritten] or len(rows) == MANY
    other = RealmPresence()
    other.merge(rows, T)
    assert len(other.changed_since(NOTHING, 0)[0]) == MANY
    assert other.take_unwritten() == [], "they are written already"
    store.write(1, lambda tx: deactivate_accounts(tx, [FIRST_ID]))
    assert FIRST_ID not in {row.user_id for row in store.read(1, load_presence)}


def test_a_large_organization_is_told_of_many_in_one_entry(open_store: Callable[[], Store]) -> None:
    store = open_store()
    create_realm(store, "", "Test")
    head = "select position from log_head where realm_id = :realm_id"
    before = store.read(1, lambda tx: tx.value(head))
    came = [Seen(user_id, user_id, 5, 5) for user_id in range(500)]
    store.write(1, lambda tx: tell_presences(tx, came))
    assert store.read(1, lambda tx: tx.value(head)) == before + 1
