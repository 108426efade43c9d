"""The two forms of a narrow's terms become one, under current names."""

from typing import Any

import pytest

from aloha.contract.errors import ApiError, BadNarrowError
from aloha.contract.narrow import OPERATOR_ALIASES, OPERATORS, REGISTER_OPERATORS, parse_narrow, parse_register_narrow
from aloha.contract.objects import NarrowTerm

TERMS: list[tuple[Any, NarrowTerm]] = [
    ({"operator": "channel", "operand": "general"}, NarrowTerm(operator="channel", operand="general")),
    ({"operator": "stream", "operand": 12}, NarrowTerm(operator="channel", operand=12)),
    (["stream", "general"], NarrowTerm(operator="channel", operand="general")),
    (("channel", 12), NarrowTerm(operator="channel", operand=12)),
    (["streams", "public"], NarrowTerm(operator="channels", operand="public")),
    (["subject", "lunch"], NarrowTerm(operator="topic", operand="lunch")),
    (["topic", ""], NarrowTerm(operator="topic", operand="")),
    (
        ["pm-with", "a@aloha.example,b@aloha.example"],
        NarrowTerm(operator="dm", operand="a@aloha.example,b@aloha.example"),
    ),
    ({"operator": "dm", "operand": [9, 10]}, NarrowTerm(operator="dm", operand=[9, 10])),
    ({"operator": "dm", "operand": 9}, NarrowTerm(operator="dm", operand=[9])),
    (["group-pm-with", "a@aloha.example"], NarrowTerm(operator="group-pm-with", operand="a@aloha.example")),
    (["is", "private"], NarrowTerm(operator="is", operand="dm")),
    (["has", "reaction"], NarrowTerm(operator="has", operand="reaction")),
    (["in", "home"], NarrowTerm(operator="in", operand="home")),
    (["id", "901"], NarrowTerm(operator="id", operand=901)),
    ({"operator": "near", "operand": 901}, NarrowTerm(operator="near", operand=901)),
    (["with", "901"], NarrowTerm(operator="with", operand=901)),
    (["sender", "a@aloha.example"], NarrowTerm(operator="sender", operand="a@aloha.example")),
    (["search", '"hot soup"'], NarrowTerm(operator="search", operand='"hot soup"')),
    (
        {"operator": "sender", "operand": 9, "negated": True},
        NarrowTerm(operator="sender", operand=9, negated=True),
    ),
    (NarrowTerm(operator="stream", operand="general"), NarrowTerm(operator="channel", operand="general")),
]


@pytest.mark.parametrize(("raw", "term"), TERMS)
def test_a_term_in_either_form_becomes_the_current_one(raw: Any, term: NarrowTerm) -> None:
    assert parse_narrow([raw]) == (term,)
    assert parse_narrow(parse_narrow([raw])) == (term,)


REFUSED: list[tuple[Any, str]] = [
    ({"operator": "bogus", "operand": "x"}, "unknown operator bogus"),
    (["bogus", "x"], "unknown operator bogus"),
    (["is", "bogus"], "unknown 'is' operand bogus"),
    (["has", ""], "unknown 'has' operand "),
    (["id", "nine"], "invalid operand for id"),
    (["id", "\u0663"], "invalid operand for id"),
    (["id", "9" * 30], "invalid operand for id"),
    ({"operator": "topic", "operand": 3}, "invalid operand for topic"),
    ({"operator": "channel", "operand": [1]}, "invalid operand for channel"),
    ({"operator": "is", "operand": 1}, "invalid operand for is"),
    ({"operator": "with", "operand": 901, "negated": True}, "operator with cannot be negated"),
]


@pytest.mark.parametrize(("raw", "desc"), REFUSED)
def test_a_term_that_cannot_be_is_refused_with_its_reason(raw: Any, desc: str) -> None:
    with pytest.raises(BadNarrowError) as refused:
        parse_narrow([raw])
    assert refused.value.fields == {"desc": desc}


@pytest.mark.parametrize(
    "raw", [3, None, "channel", [], ["channel"], ["channel", "x", "y"], [1, "x"], {"operator": "channel"}, ["dm", {}]]
)
def test_what_is_no_term_is_a_bad_request(raw: Any) -> None:
    with pytest.raises(ApiError) as refused:
        parse_narrow([raw])
    assert refused.value.code == "BAD_REQUEST"


@pytest.mark.parametrize(
    "raw",
    [
        ["bogus", "x"],
        ["search", "soup"],
        ["is", "followed"],
    ],
)
def test_a_queues_narrow_is_refused_as_a_bad_request(raw: Any) -> None:
    with pytest.raises(ApiError) as refused:
        parse_register_narrow([raw])
    assert refused.value.code == "BAD_REQUEST"


def test_a_queues_narrow_may_be_negated() -> None:
    """What every bot wants: all but its own messages."""
    [term] = parse_register_narrow([{"operator": "sender", "operand": "me", "negated": True}])
    assert term.negated


def test_a_queues_narrow_takes_five_operators() -> None:
    assert REGISTER_OPERATORS == ("channel", "dm", "is", "sender", "topic")
    assert parse_register_narrow([["stream", "general"], ["is", "private"]]) == (
        NarrowTerm(operator="channel", operand="general"),
        NarrowTerm(operator="is", operand="dm"),
    )


def test_aliases_lead_to_operators_and_hide_none() -> None:
    assert set(OPERATOR_ALIASES.values()) <= set(OPERATORS)
    assert not set(OPERATOR_ALIASES) & set(OPERATORS)
