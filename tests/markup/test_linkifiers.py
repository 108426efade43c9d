"""Links that rules make, in linear time, and addresses written without a scheme."""

import sys
import time

import pytest

from aloha_server.markup import Rule, pattern_groups, template_variables, topic_links
from aloha_server.markup.linkifiers import MATCHES_MAX, split_at_links

TICKET = Rule("#(?P<id>[0-9]+)", "https://t/{id}")
PROJECT = Rule("(?P<project>[a-z]+)#(?P<id>[0-9]+)", "https://p/{project}{?id}")


def links(text: str, *rules: Rule) -> list[tuple[str, str]]:
    return topic_links(text, rules)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("é #12, (#3)", [("#12", "https://t/12"), ("#3", "https://t/3")]),
        ("#1,#2 #3", [("#1", "https://t/1"), ("#2", "https://t/2"), ("#3", "https://t/3")]),
        ("#1\u00a0#2", [("#1", "https://t/1"), ("#2", "https://t/2")]),
        ("X#1 -#1 #1x #1é", []),
        ("'#1' \"#2\" <#3>", [("#1", "https://t/1"), ("#2", "https://t/2"), ("#3", "https://t/3")]),
        ("aloha#5", [("aloha#5", "https://p/aloha?id=5")]),
    ],
)
def test_a_match_stands_alone(text: str, found: list[tuple[str, str]]) -> None:
    assert links(text, TICKET, PROJECT) == found


def test_the_earlier_rule_wins_a_place() -> None:
    word, number = Rule("(?P<a>[a-z]+ #1)", "https://w/{a}"), Rule("#(?P<b>1)", "https://n/{b}")
    assert links("see #1 x", word, number) == [("see #1", "https://w/see%20%231")]
    assert links("see #1 x", number, word) == [("#1", "https://n/1")]


def test_groups_are_encoded_and_those_without_text_left_out() -> None:
    rule = Rule("T(?P<a>.)(?P<b>x)?", "https://t/{a}{?b}")
    assert links("T/", rule) == [("T/", "https://t/%2F")]
    assert links("T/x", rule) == [("T/x", "https://t/%2F?b=x")]


@pytest.mark.parametrize("template", ["javascript:{x}", "{+x}", "data:text/html,{x}", "//{x}"])
def test_a_rule_leads_nowhere_that_a_link_may_not(template: str) -> None:
    assert links("alert", Rule("(?P<x>[a-z]+)", template)) == []


def test_empty_matches_are_none() -> None:
    assert links("a b", Rule("(?P<x>x*)", "https://t/{x}")) == []


@pytest.mark.parametrize("pattern", ["(", "(?=x)", "(?<!x)", "a)(b", r"(a)\1", "((a{1,99}){1,99}){1,99}", "\\"])
def test_a_pattern_that_takes_no_linear_time_is_none(pattern: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        pattern_groups(pattern)


def test_a_hostile_pattern_costs_linear_time() -> None:
    def cost(length: int) -> float:
        started = time.process_time()
        split_at_links(" a" * length, [Rule("(?P<x>(a+)+(.*b)?)", "https://t/{x}")])
        return time.process_time() - started

    cost(10)
    assert cost(20_000) < 10 * cost(10_000) + 0.1
    assert len([piece for piece in split_at_links("#1 " * 2_000, [TICKET]) if piece.url]) == MATCHES_MAX


@pytest.mark.parametrize(
    ("template", "variables"),
    [
        ("https://x/{id}", {"id"}),
        ("https://x/{+a,b:3}{?q*}{#f}", {"a", "b", "q", "f"}),
        ("https://x", set()),
        ("{", None),
        ("}", None),
        ("{}", None),
        ("{a b}", None),
        ("{!a}", None),
        ("a b", None),
        ("", None),
    ],
)
def test_templates_are_those_of_the_rfc(template: str, variables: set[str] | None) -> None:
    assert template_variables(template) == variables


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("on example.com and", [("example.com", "https://example.com")]),
        ("www.a-b.co.uk/x?y=(z). end", [("www.a-b.co.uk/x?y=(z)", "https://www.a-b.co.uk/x?y=(z)")]),
        ("(example.com/a)", [("example.com/a", "https://example.com/a")]),
        ("https://a.b/c#1, ok", [("https://a.b/c#1", "https://a.b/c#1")]),
        ("ada@example.org!", [("ada@example.org", "mailto:ada@example.org")]),
        ("run.sh main.rs setup.py notes.md e.g. 1.2.3 Hello.It a.b @x.com x.com-", []),
        ("a/x.com x.com:80 x.com@ .com", []),
    ],
)
def test_addresses_without_a_scheme_are_links(text: str, found: list[tuple[str, str]]) -> None:
    assert links(text) == found


@pytest.mark.parametrize("unit", ["a.", "a.a ", "com.", "a@", "a@a.", "x.com/(", "x.com/[]", "'a.com", "-.", "x.com "])
def test_looking_for_addresses_costs_linear_work(unit: str) -> None:
    def calls(length: int) -> int:
        count = 0

        def note(_frame: object, event: str, _arg: object) -> None:
            nonlocal count
            count += event in ("call", "c_call")

        sys.setprofile(note)
        try:
            topic_links((unit * length)[:length], [])
        finally:
            sys.setprofile(None)
        return count

    assert calls(4_000) <= 2.5 * calls(2_000) + 500
