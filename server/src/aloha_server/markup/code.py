"""Code blocks, highlighted by Pygments."""

from functools import lru_cache
from html import escape

from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexer import Lexer
from pygments.lexers import find_lexer_class_by_name
from pygments.util import ClassNotFound

HIGHLIGHTED_CHARS_MAX = 10_000  # lexers are regular expressions of many hands: longer code is shown plainly
NAME_CHARS_MAX = 50


@lru_cache(maxsize=1024)
def find_lexer(language: str) -> type[Lexer] | None:
    """The lexer for a language's name or alias. Unknown names are remembered too: looking one up reads entry points."""
    try:
        lexer: type[Lexer] = find_lexer_class_by_name(language)
    except ClassNotFound:
        return None
    return lexer


def render_code(source: str, language: str) -> str:
    """The block's HTML, without empty lines around the code. A language that Pygments does not know is named in it."""
    language = language[:NAME_CHARS_MAX]
    source = source.strip("\n") + "\n"
    if not language:
        return wrap_code(escape(source), "")
    lexer = find_lexer(language)
    name = language if lexer is None else str(lexer.name)
    if lexer is None or len(source) > HIGHLIGHTED_CHARS_MAX:
        return wrap_code(escape(source), name)
    return wrap_code(highlight(source, lexer(stripnl=False, ensurenl=False), HtmlFormatter(nowrap=True)), name)


def wrap_code(html: str, language: str) -> str:
    attribute = f' data-code-language="{escape(language)}"' if language else ""
    return f'<div class="codehilite"{attribute}><pre><span></span><code>{html}</code></pre></div>\n'
