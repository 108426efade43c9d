"""Alert words: which texts they are found in, whom a message marks, and that it costs one query."""

from collections.abc import Callable
from typing import Any

import pytest
from tests.people.kit import join, refused, told, with_legacy
from tests.people.test_costs import count_statements
from tests.world import Person, World

from aloha_server.access.alert_words import alerted_subscribers, alerted_users
from aloha_server.access.users import find_user
from aloha_server.actions.alert_words import WORDS_MAX, add_alert_words
from aloha_server.actions.realms import create_realm
from aloha_server.actions.users import NewUser, create_user
from aloha_server.store import Store, WriteTx

PATH = "/users/me/alert_words"
CASES = [
    ("lunch", "Lunch, anybody?", True),
    ("DINNER", "(dinner)", True),
    ("tea", "teams and teas", False),
    ("supper", "supper_time", False),
    ("x y", "about x y z", True),
    ("p q", "about p  q", False),
    ("c++", "I like C++.", True),
    ("d++", "abd++", False),
    ("@all hands", "to @all hands now", True),
    ("++", "c ++ d", True),
    ("stra\N{LATIN SMALL LETTER SHARP S}e", "in der STRASSE", True),
    ("\N{PARTY POPPER}", "done \N{PARTY POPPER}!", True),
    ("was", "it wasteful was", True),
]


def test_a_word_stands_where_nothing_touches_its_ends(open_store: Callable[[], Store]) -> None:
    store = open_store()
    create_realm(store, "", "Test")
    new = NewUser(email="a@example.com", full_name="A", sealed_key=b"a", api_key_digest=b"a")

    def find(tx: WriteTx) -> list[tuple[str, str, bool]]:
        user = find_user(tx, create_user(tx, None, new))
        assert user is not None
        found = []
        for word, text, _ in CASES:
            before = bool(alerted_users(tx, text, [user.user_id]))
            assert not before, text
            add_alert_words(tx, user, [word])
            found.append((word, text, bool(alerted_users(tx, text, [user.user_id]))))
            tx.execute("delete from alert_word where realm_id = :realm_id")
        return found

    assert store.write(1, find) == CASES


def flags_of(person: Person, message_id: int) -> list[str]:
    flags: list[str] = person.get(f"/messages/{message_id}")["message"]["flags"]
    return flags


def test_messages_and_edits_mark_those_whom_they_alert(world: World) -> None:
    member, guest = world.member, world.guest
    join(world, member, guest, world.admin)
    with with_legacy(world):
        member.post(PATH, alert_words=["gold", " on fire ", "GOLD", ""])
        assert told(world, "alert_words")["legacy"][0]["alert_words"] == ["gold", "on fire"]
        world.moderator.post(PATH, alert_words=["gold"])
        message: dict[str, Any] = {"type": "stream", "to": "Rome", "topic": "t"}
        message_id = world.admin.post("/messages", content="All is Gold!", **message)["id"]
        events = told(world, "message")
        assert {name: event["flags"] for name, [event] in events.items() if event["flags"]} == {
            "member": ["has_alert_word"],
            "legacy": ["has_alert_word"],
        }
        assert flags_of(member, message_id) == ["has_alert_word"]
        found = member.get("/messages", narrow=[["is", "alerted"]], anchor="newest", num_before=9, num_after=0)
        assert [message["id"] for message in found["messages"]] == [message_id]
        guest.post(PATH, alert_words=["silver"])
        world.admin.patch(f"/messages/{message_id}", content="All is silver")
        flags = {name: event["flags"] for name, [event] in told(world, "update_message").items()}
        assert ("has_alert_word" in flags["guest"], "has_alert_word" in flags["member"]) == (True, False)
        direct = world.admin.post("/messages", type="direct", to=[member.user_id], content="we are on fire")["id"]
        assert flags_of(member, direct) == ["has_alert_word"]
        assert member.delete(PATH, alert_words=["Gold", "unknown"])["alert_words"] == ["on fire"]
        world.check()


def test_bounds_are_kept(world: World) -> None:
    assert refused(world.member, "POST", PATH, alert_words=["x" * 101]).code == "BAD_REQUEST"
    many = [f"w{number}" for number in range(WORDS_MAX + 1)]
    assert refused(world.member, "POST", PATH, alert_words=many).code == "BAD_REQUEST"
    assert len(world.member.post(PATH, alert_words=many[1:])["alert_words"]) == WORDS_MAX
    assert refused(world.member, "POST", PATH, alert_words=["one more"]).code == "BAD_REQUEST"
    assert world.member.get(PATH)["alert_words"] == many[1:]


def test_a_message_costs_one_query_whoever_has_how_many_words(
    open_store: Callable[[], Store], monkeypatch: pytest.MonkeyPatch
) -> None:
    """And reads no row of a word whose first token is not in the text."""
    store = open_store()
    create_realm(store, "", "Test")
    insert = """
        insert into alert_word (realm_id, user_id, place, word, word_key, token)
        values (:realm_id, :user_id, 0, 'x', 'x', 'x')
    """
    store.write(1, lambda tx: tx.execute_many(insert, ({"user_id": user_id} for user_id in range(5_000))))
    text = "a text of some words " * 200

    def find() -> None:
        assert store.read(1, lambda tx: alerted_subscribers(tx, text, 1)) == set()
        assert store.read(1, lambda tx: alerted_users(tx, text, range(5_000))) == set()

    assert count_statements(monkeypatch, find) == 2
    assert store.read(1, lambda tx: alerted_users(tx, "an x", range(3))) == {0, 1, 2}
