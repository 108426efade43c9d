"""What is found in the text that the inline rules left: addresses, emoticons, and emoji written as themselves.

These know no syntax: they look at runs of text, when what was escaped, joined or linked is decided.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.token import Token

from aloha_server.markup.emoji import find_emoji
from aloha_server.markup.linkifiers import Piece, Rule
from aloha_server.markup.nodes import NODE, UnicodeEmoji, set_node
from aloha_server.markup.topics import split_at_all_links

EMOTICONS = {
    ":)": ("1f642", "smile"),
    "(:": ("1f642", "smile"),
    ":(": ("1f641", "frown"),
    "<3": ("2764", "heart"),
    ":|": ("1f610", "neutral"),
    ":/": ("1f615", "confused"),
    ";)": ("1f609", "wink"),
    ":D": ("1f600", "grinning"),
    ":o": ("1f62e", "open_mouth"),
    ":O": ("1f62e", "open_mouth"),
    ":P": ("1f61b", "stuck_out_tongue"),
    ":p": ("1f61b", "stuck_out_tongue"),
}
AROUND = r"[^,.;?!()\[\]\s\"']"
EMOTICON = re.compile(rf"(?<!{AROUND})(?:{'|'.join(map(re.escape, EMOTICONS))})(?!{AROUND})")


class Found(NamedTuple):
    """An emoji in a text."""

    start: int
    end: int
    code: str
    name: str


def replace_text(tokens: Sequence[Token], split: Callable[[Token], list[Token]]) -> None:
    """Each run of text becomes what `split` makes of it."""
    for token in tokens:
        if token.children:
            token.children = [
                piece for child in token.children for piece in (split(child) if child.type == "text" else (child,))
            ]


def split_at_emoji(token: Token) -> list[Token]:
    return _split(token, (Found(*found) for found in find_emoji(token.content)))


def split_at_emoticons(token: Token) -> list[Token]:
    matches = EMOTICON.finditer(token.content)
    return _split(token, (Found(match.start(), match.end(), *EMOTICONS[match[0]]) for match in matches))


def _split(token: Token, found: Iterator[Found]) -> list[Token]:
    """The token itself if nothing was found in it."""
    pieces: list[Token] = []
    end = 0
    for start, stop, code, name in found:
        if start > end:
            pieces.append(_text(token.content[end:start]))
        node = Token(NODE, "", 0, content=token.content[start:stop])
        set_node(node, UnicodeEmoji(code, name))
        pieces.append(node)
        end = stop
    if not pieces:
        return [token]
    if end < len(token.content):
        pieces.append(_text(token.content[end:]))
    return pieces


def link_text(tokens: list[Token], rules: Sequence[Rule], md: MarkdownIt) -> list[Token]:
    """The tokens of a paragraph, links made of what is found in the text outside links."""
    linked: list[Token] = []
    depth = 0
    for token in tokens:
        depth += {"link_open": 1, "link_close": -1}.get(token.type, 0)
        if token.type == "text" and not depth:
            for piece in split_at_all_links(token.content, rules):
                linked += _link(piece, md)
        else:
            linked.append(token)
    return linked


def _link(piece: Piece, md: MarkdownIt) -> list[Token]:
    href = "" if piece.url is None else md.normalizeLink(piece.url)
    if not href or not md.validateLink(href):
        return [_text(piece.text)]
    return [Token("link_open", "a", 1, attrs={"href": href}), _text(piece.text), Token("link_close", "a", -1)]


def _text(content: str) -> Token:
    return Token("text", "", 0, content=content)
