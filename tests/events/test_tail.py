"""The tail: contiguous, bounded, and never with a hole."""

import random

import pytest
from tests.entries import entry

from aloha_server.events import tail as tail_module
from aloha_server.events.tail import Tail


def positions(tail: Tail, after: int) -> list[int]:
    return [found.position for found in tail.after(after)]


def test_an_entry_above_a_hole_waits_until_the_hole_is_filled() -> None:
    tail = Tail(10)
    assert [e.position for e in tail.extend([entry(11), entry(13)])] == [11]
    assert (tail.end, tail.has_hole) == (11, True)
    assert positions(tail, 10) == [11]
    assert [e.position for e in tail.extend([entry(12)])] == [12, 13]
    assert (tail.end, tail.has_hole) == (13, False)


def test_any_order_and_any_repetition_gives_the_same_tail() -> None:
    for seed in range(50):
        shuffled = [entry(n) for n in range(1, 40)] * 2
        random.Random(seed).shuffle(shuffled)
        tail, added = Tail(0), []
        for one in shuffled:
            added += [e.position for e in tail.extend([one])]
        assert added == list(range(1, 40)), f"seed {seed}"
        assert positions(tail, 0) == list(range(1, 40)), f"seed {seed}"


def test_what_is_old_is_ignored() -> None:
    tail = Tail(5)
    assert list(tail.extend([entry(3), entry(5)])) == []
    assert not tail.has_hole


@pytest.mark.parametrize(("bound", "value"), [("ENTRIES_MAX", 100), ("BYTES_MAX", 100 * entry(1).size)])
def test_the_tail_is_bounded_and_says_how_far_it_reaches(
    bound: str, value: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tail_module, bound, value)
    tail = Tail(0)
    for position in range(1, 1001):
        tail.extend([entry(position)])
        assert tail.end - tail.start <= 101
    assert not tail.reaches(tail.start - 1)
    assert positions(tail, tail.start) == list(range(tail.start + 1, 1001))
