"""Windows of history around an anchor, against a model that is a list."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.messages.kit import Desk

from aloha.contract.errors import ApiError
from aloha.contract.narrow import parse_narrow
from aloha_server.access.users import acting_user
from aloha_server.reads.history import NEWEST, Window, check_counts, find_anchor, find_window, parse_date
from aloha_server.reads.narrow import resolve_narrow
from aloha_server.store import Tx


def window_of(matching: list[int], anchor: int, before: int, after: int, *, include: bool) -> Window:
    """The model."""
    below = [id_ for id_ in matching if id_ < anchor]
    above = [id_ for id_ in matching if id_ > anchor]
    found = include and anchor in matching
    kept = below[len(below) - min(before, len(below)) :]
    return Window(
        message_ids=[*kept, *([anchor] if found else []), *above[:after]],
        anchor=anchor,
        found_anchor=found,
        found_oldest=len(below) <= before,
        found_newest=len(above) <= after,
    )


def test_every_window_is_that_of_the_model(desk: Desk) -> None:
    everything = [desk.send("ann", "general", topic=f"t{number % 3}") for number in range(12)]
    desk.delete("owner", everything[5])
    user = desk.ids["bob"]
    terms = {
        "topic": parse_narrow([{"operator": "channel", "operand": "general"}, {"operator": "topic", "operand": "T1"}]),
        "nothing": parse_narrow([{"operator": "channel", "operand": "general"}, {"operator": "topic", "operand": "x"}]),
    }
    matching = {"topic": [id_ for number, id_ in enumerate(everything) if number % 3 == 1], "nothing": []}
    last = everything[-1]
    anchors = st.sampled_from([0, NEWEST, last + 5]) | st.integers(everything[0] - 2, last + 2)
    counts = st.integers(0, 5)

    @given(which=st.sampled_from(sorted(terms)), anchor=anchors, before=counts, after=counts, include=st.booleans())
    @settings(deadline=None, max_examples=60, derandomize=True, database=None)
    def check(which: str, anchor: int, before: int, after: int, include: bool) -> None:
        def read(tx: Tx) -> Window:
            narrowed = resolve_narrow(tx, acting_user(tx, user), terms[which])
            return find_window(tx, narrowed, anchor, before, after, include_anchor=include)

        assert desk.store.read(1, read) == window_of(matching[which], anchor, before, after, include=include)

    check()


def anchor_of(desk: Desk, who: str, anchor: str, *terms: object) -> int:
    def read(tx: Tx) -> int:
        user = acting_user(tx, desk.ids[who])
        return find_anchor(tx, user, anchor, resolve_narrow(tx, user, parse_narrow(terms)))

    return desk.store.read(1, read)


def test_first_unread_is_the_oldest_unread_message_of_the_narrow(desk: Desk) -> None:
    lunch, dinner = desk.send("ann", "general", "lunch"), desk.send("ann", "general", "dinner")
    in_dinner = {"operator": "topic", "operand": "dinner"}
    desk.flag("bob", "remove", "read", lunch)
    everything = desk.readers["bob"].unread()
    assert anchor_of(desk, "bob", "first_unread") == everything[0]
    assert anchor_of(desk, "bob", "first_unread", in_dinner) == dinner
    desk.flag("bob", "add", "read", dinner)
    assert anchor_of(desk, "bob", "first_unread", in_dinner) == NEWEST
    desk.flag("bob", "add", "read", *everything)
    assert anchor_of(desk, "bob", "first_unread") == NEWEST


def test_anchors_are_words_or_numbers(desk: Desk) -> None:
    assert anchor_of(desk, "bob", "newest") == NEWEST
    assert anchor_of(desk, "bob", "oldest") == 0
    assert anchor_of(desk, "bob", "-5") == 0
    assert anchor_of(desk, "bob", "9" * 25) == NEWEST
    for wrong in ("middle", "", "1.5", "\u0661"):
        with pytest.raises(ApiError):
            anchor_of(desk, "bob", wrong)


def test_counts_are_bounded() -> None:
    assert check_counts(2500, 2500) == (2500, 2500)
    for wrong in ((2501, 2500), (-1, 0), (0, -1)):
        with pytest.raises(ApiError):
            check_counts(*wrong)


def test_a_date_is_the_first_message_of_the_narrow_sent_then_or_later(desk: Desk) -> None:
    lunch, dinner, late = (desk.send("ann", "general", topic) for topic in ("lunch", "dinner", "lunch"))
    sql = "update message set sent_at = :sent_at where realm_id = :realm_id and message_id = :message_id"
    noon = 4_000_000_000
    for message_id, sent_at in ((lunch, noon), (dinner, noon + 60), (late, noon + 120)):
        desk.store.write(1, lambda tx, id_=message_id, at=sent_at: tx.execute(sql, sent_at=at, message_id=id_))  # type: ignore[misc]

    def anchor(date: str, *terms: object) -> int:
        def read(tx: Tx) -> int:
            user = acting_user(tx, desk.ids["bob"])
            narrowed = resolve_narrow(tx, user, parse_narrow(terms))
            return find_anchor(tx, user, "date", narrowed, sent_at=parse_date(date))

        return desk.store.read(1, read)

    assert anchor("2096-10-02T07:06:40Z") == anchor("2096-10-02T09:06:40+02:00") == lunch
    assert anchor("2096-10-02T07:06:40.5") == dinner
    assert anchor("2096-10-02T07:06:41", {"operator": "topic", "operand": "lunch"}) == late
    assert anchor("2000-01-01", {"operator": "topic", "operand": "lunch"}) == lunch
    assert anchor("2099-01-01") == NEWEST
    for wrong in ("noon", "", "2096-13-01", "20961002T99"):
        with pytest.raises(ApiError):
            anchor(wrong)
    with pytest.raises(ApiError):
        anchor_of(desk, "bob", "date")
