"""Code blocks, highlighted by Pygments.

Its lexers are regular expressions of many hands, and many take quadratic time for some text: 10,000 line breaks keep
the one for Java busy for seconds. So the highlighting of a text has an allowance of CPU time, looked at between tokens;
lexers that were seen to take long over one token are not used. What is not highlighted is shown plainly.
"""

import time
from collections.abc import Callable, Iterator
from functools import lru_cache
from html import escape
from typing import Any

from pygments import format as format_tokens
from pygments.formatters import HtmlFormatter
from pygments.lexer import Lexer
from pygments.lexers import find_lexer_class_by_name
from pygments.util import ClassNotFound

NAME_CHARS_MAX = 50
HIGHLIGHTED_CHARS_MAX = 5_000  # of one block: bounds what a lexer that is quadratic within one token takes
HIGHLIGHTING_S_MAX = 0.25  # for all code of one text; 10,000 characters of ordinary code take a tenth
# By name, those that took more than a second within one token for some repeated short string of that length.
SLOW_LEXERS = frozenset({"Easytrieve", "Janet", "MCSchema", "Maple", "Pike", "Zeek", "autohotkey"})


class TooSlowError(Exception):
    """The allowance is used up."""


class Allowance:
    """The CPU time that highlighting may still take. Belongs to one text."""

    def __init__(self, clock: Callable[[], float] = time.thread_time) -> None:
        self._clock = clock
        self._left_s = HIGHLIGHTING_S_MAX

    def spend(self, tokens: Iterator[Any]) -> Iterator[Any]:
        """The tokens; raises TooSlowError before the first or between two of them."""
        last = self._clock()
        while self._left_s > 0 and (token := next(tokens, None)) is not None:
            now = self._clock()
            self._left_s -= now - last
            last = now
            yield token
        if self._left_s <= 0:
            raise TooSlowError


@lru_cache(maxsize=1024)
def find_lexer(language: str) -> type[Lexer] | None:
    """The lexer for a language's name or alias. Unknown names are remembered too: looking one up reads entry points."""
    try:
        lexer: type[Lexer] = find_lexer_class_by_name(language)
    except ClassNotFound:
        return None
    return lexer


def render_code(source: str, language: str, allowance: Allowance) -> str:
    """The block's HTML, without empty lines around the code. A language that Pygments does not know is named in it."""
    language = language[:NAME_CHARS_MAX]
    source = source.strip("\n") + "\n"
    lexer = find_lexer(language) if language else None
    name = language if lexer is None else str(lexer.name)
    return wrap_code(highlight(source, lexer, allowance), name)


def highlight(source: str, lexer: type[Lexer] | None, allowance: Allowance) -> str:
    if lexer is None or lexer.name in SLOW_LEXERS or len(source) > HIGHLIGHTED_CHARS_MAX:
        return escape(source)
    try:
        tokens = allowance.spend(lexer(stripnl=False, ensurenl=False).get_tokens(source))
        return format_tokens(tokens, HtmlFormatter(nowrap=True))
    except TooSlowError:
        return escape(source)


def wrap_code(html: str, language: str) -> str:
    attribute = f' data-code-language="{escape(language)}"' if language else ""
    return f'<div class="codehilite"{attribute}><pre><span></span><code>{html}</code></pre></div>\n'
