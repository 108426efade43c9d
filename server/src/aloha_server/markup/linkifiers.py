"""Links that an organization's own rules make in texts and topics: of ticket numbers and the like.

The patterns are written by people, so RE2 matches them: its time is linear in the text, whatever they say. A search
costs at most the whole text, so the number of matches in one text is bounded as well. A match begins after white
space, an opening sign or nothing, and no letter or digit follows it. Of two rules that match the same place the
earlier one wins.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import msgspec
import re2

from aloha_server.markup.links import is_allowed
from aloha_server.markup.url_templates import expand_template

MATCHES_MAX = 500  # in one text, of all rules
MEMORY_BYTES_MAX = 1 << 20  # of one compiled pattern
PATTERNS_KEPT_MAX = 256

BEFORE = r"(?:^|[\s\x{85}\pZ'\"(,:<])"
AFTER = r"(?:$|[^\pL\pN])"


class Rule(msgspec.Struct, frozen=True):
    """A pattern with named groups, and the template of the URL that they are put into."""

    pattern: str
    url_template: str


class Link(NamedTuple):
    """A place in a text, in bytes of its UTF-8, and where it leads."""

    start: int
    end: int
    url: str


class Piece(NamedTuple):
    """A part of a text; with a URL, a link."""

    text: str
    url: str | None


@lru_cache(PATTERNS_KEPT_MAX)
def compile_pattern(pattern: str) -> Any:
    """Raises ValueError with what RE2 says of a pattern that it does not take."""
    options = re2.Options()
    options.max_mem = MEMORY_BYTES_MAX
    options.log_errors = False
    try:
        re2.compile(pattern, options)  # alone first: an unbalanced one could come out balanced below
        return re2.compile(f"{BEFORE}({pattern}){AFTER}", options)
    except re2.error as error:
        [reason] = error.args
        raise ValueError(reason.decode() if isinstance(reason, bytes) else str(reason)) from error


def pattern_groups(pattern: str) -> frozenset[str]:
    """The names of the groups; raises ValueError for a bad pattern."""
    return frozenset(compile_pattern(pattern).groupindex)


def find_matches(data: bytes, rule: Rule, taken: bytearray, count: int) -> Iterator[Link]:
    """The rule's matches outside what is taken, at most so many, which are taken then."""
    regex, position = compile_pattern(rule.pattern), 0
    for _ in range(count):
        match = regex.search(data, position)
        if match is None:
            return
        start, end = match.span(1)
        position = max(end, position + 1)
        if start < end and taken.find(1, start, end) < 0:
            groups = {name: None if text is None else text.decode() for name, text in match.groupdict().items()}
            url = expand_template(rule.url_template, groups)
            if is_allowed(url):
                taken[start:end] = b"\x01" * (end - start)
                yield Link(start, end, url)


def find_links(data: bytes, rules: Sequence[Rule]) -> list[Link]:
    """In the order of the text."""
    taken, found = bytearray(len(data)), list[Link]()
    for rule in rules:
        found += find_matches(data, rule, taken, MATCHES_MAX - len(found))
    return sorted(found)


def split_at_links(text: str, rules: Sequence[Rule]) -> list[Piece]:
    """The text in pieces; those that are links have a URL."""
    data, pieces, end = text.encode(), list[Piece](), 0
    for link in find_links(data, rules):
        if link.start > end:
            pieces.append(Piece(data[end : link.start].decode(), None))
        pieces.append(Piece(data[link.start : link.end].decode(), link.url))
        end = link.end
    if end < len(data) or not pieces:
        pieces.append(Piece(data[end:].decode(), None))
    return pieces
