"""The links of a topic's name: addresses written in it, and what the organization's rules make of the rest."""

from collections.abc import Sequence

from aloha_server.markup.bare_links import find_bare_links
from aloha_server.markup.linkifiers import Piece, Rule, split_at_links


def split_at_all_links(text: str, rules: Sequence[Rule], scheme: str = "http") -> list[Piece]:
    """The text in pieces; those that are links have a URL. What is written as an address is no rule's."""
    pieces, end = list[Piece](), 0
    for bare in find_bare_links(text, scheme):
        if bare.start > end:
            pieces += split_at_links(text[end : bare.start], rules)
        pieces.append(Piece(text[bare.start : bare.end], bare.href))
        end = bare.end
    if end < len(text) or not pieces:
        pieces += split_at_links(text[end:], rules)
    return pieces


def topic_links(topic: str, rules: Sequence[Rule]) -> list[tuple[str, str]]:
    """Text and URL of each link, in the order of the topic."""
    return [(piece.text, piece.url) for piece in split_at_all_links(topic, rules, "https") if piece.url is not None]
