"""No text makes a tag, an attribute or a URL that is not allowed, fails, or costs more than its length explains."""

import re
import sys
import time
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aloha_server.markup import Directory, Rule, find_references, render, render_description

TAGS = {
    "a", "blockquote", "br", "code", "del", "div", "em", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "img",
    "li", "ol", "p", "pre", "span", "strong", "table", "tbody", "td", "th", "thead", "time", "tr", "ul",
    "annotation", "math", "menclose", "mfrac", "mi", "mn", "mo", "mover", "mpadded", "mphantom", "mroot", "mrow",
    "mspace", "msqrt", "mstyle", "msub", "msubsup", "msup", "mtable", "mtd", "mtext", "mtr", "munder", "munderover",
    "semantics",
}  # fmt: skip
ATTRIBUTES = {
    "alt", "aria-hidden", "aria-label", "class", "data-code-language",
    "data-stream-id", "data-user-group-id", "data-user-id", "datetime", "href", "role",
    "src", "start", "style", "title",
    "columnalign", "columnspacing", "display", "displaystyle", "encoding", "fence", "form", "linebreak",
    "linethickness", "scriptlevel", "mathbackground", "frame", "rowlines", "columnlines", "accent", "height", "depth",
    "lspace", "rspace", "separator", "symmetric", "largeop", "side",
    "mathcolor", "mathsize", "mathvariant", "maxsize", "minsize", "movablelimits", "notation",
    "rowspacing", "stretchy", "voffset", "width", "xmlns",
}  # fmt: skip
URL = re.compile(r"https?://|mailto:|tel:|#|/(?![/\\])|$", re.IGNORECASE)
STYLE = re.compile(r"text-align: (left|right|center);")
EVIL = "<\"&'>"
DIRECTORY = Directory(
    users_by_id={1: EVIL, 2: "x"},
    users_by_name={EVIL: [1], "x": [2]},
    streams={"x": (3, EVIL)},
    groups={"x": (4, EVIL)},
    realm_emoji={"x": ("5", f"/user_avatars/{EVIL}.png")},
    rules=[Rule("(?P<x>x[^ ]*)", "https://x/{+x}?{x}"), Rule("(?P<x>on.*)", "javascript:{+x}")],
)


class Checker(HTMLParser):
    """Refuses whatever is not on the lists, and tags that do not nest."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in TAGS, tag
        for name, value in attrs:
            assert name in ATTRIBUTES, name
            assert name not in ("href", "src") or URL.match(value or ""), value
            assert name != "style" or STYLE.fullmatch(value or ""), value
        if tag not in ("br", "hr", "img"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)

    def handle_decl(self, decl: str) -> None:
        raise AssertionError(decl)

    def handle_pi(self, data: str) -> None:
        raise AssertionError(data)

    def unknown_decl(self, data: str) -> None:
        raise AssertionError(data)


def check(html: str) -> None:
    checker = Checker()
    checker.feed(html)
    checker.close()
    assert not checker.open


SYNTAX: list[str] = [
    *"<>&\"'[]()*_`~|:#@$\\!-=\n\t 1x", "x", "<b>", "<script>", "<!--", "</p>",
    "<img src=x onerror=y>", "**", "~~", "```", "````", "```quote\n", "```spoiler x\n",
    "```math\n", "```python\n", "> ", "- ", "1. ", "    ", "\n\n", "|-|-|\n", "|x|x|\n", "@**x**",
    "@_**x|2**", "@**<\"&'>**", "@*x*", "#**x>x**", "#**x>x@1**", ":x:", ":smile:", "👍", "\ufe0f",
    "\u200d", "$$", "<time:", "<time:1>", "](", "](javascript:x)", "](/user_uploads/x.png)",
    '](https://x.y "', "](data:text/html,x)", "javascript:", "https://", "https://x.y",
    "http://x.y/", "mailto:", "<javascript:x>", "<https://x>", "&#106;", "&colon;", "&lt;",
    ":)", "<3", "x.com/", "@x.com", "\\frac", "\\text{", "{", "}", "^", "\\href{", "\\style{", "\\begin{matrix}",
    "\\end{matrix}", "&", "\u2028", "\x00", "\\", "//", "/\\x", "on", "=",
]  # fmt: skip


@given(st.lists(st.sampled_from(SYNTAX), max_size=30).map("".join) | st.text(max_size=100))
def test_html_is_well_formed_and_on_the_allow_list(content: str) -> None:
    find_references(content)
    check(render(content, DIRECTORY, emoticons=True).html)
    check(render_description(content, DIRECTORY))


TEX: list[str] = [
    *"x1{}[]()^_&<>\"'~%#|+ ", "\\", "\\frac", "\\sqrt", "\\text{<b>}", "\\mbox", "\\left(", "\\right)", "\\middle|",
    "\\begin{matrix}", "\\end{matrix}", "\\begin{cases}", "\\end{cases}", "\\href{javascript:x}", "\\style{x}",
    "\\class{x}", "\\color{red}", "\\color{\"}", "\\textcolor{x}", "\\hspace{1em}", "\\sum", "\\limits", "\\alpha",
    "\\overset", "\\not", "\\operatorname", "\\mathbb{R}", "\\tag{1}", "\\def\\a", "\\newcommand{\\a}", "\\over",
    "\\binom", "\\unicode{", "\\char", "\\skew", "\\boxed", "\\fbox{", "\\array{",
]  # fmt: skip


@given(st.text(max_size=20), st.sampled_from(["[a]({})", "[a](<{}>)", "<{}>", "[a](x:{})", "[a](/{})", '[a](/ "{}")']))
def test_no_destination_escapes_its_attribute(url: str, form: str) -> None:
    check(render(form.format(url), DIRECTORY).html)


@given(st.lists(st.sampled_from(TEX), max_size=12).map("".join), st.sampled_from(["$${}$$", "```math\n{}\n```"]))
def test_formulas_are_well_formed_and_on_the_allow_list(source: str, form: str) -> None:
    check(render(form.format(source), DIRECTORY).html)


@given(st.sampled_from(["python", "html", "c", "json", "console", "nope", '"><b>']), st.text(max_size=60))
def test_highlighted_code_is_escaped(language: str, source: str) -> None:
    check(render(f"```{language}\n{source}\n```", DIRECTORY).html)


UNITS = [
    *">[*`|_~:@#$<&!\\-(+", "> ", "- ", "1. ", "[]", "[](", "[a](", "**a", "*a**", "`a``", "|a|\n",
    "|-|-\n", "@**", "@**a", "#**a>", "$$a", "$$", ":a", "::", "<time:", "http://", "https://a(",
    "https://a.b ", "a.b:", "```quote\n", "```spoiler a\n", "```\n", "~~~\n", "> - ", ">\n",
    "> > a\n", " - a\n", "\n", "  \n", "👍", "👍\u200d", "🇫", "</", "&amp", "![", "*_", "~~a", "<a",
    "a@", "-\n ", "x.com/(", "a.b@", "x ", "x.", ":) ", "<3 ", "$$x^", "$$x_{", "$$\\sqrt{", "$$x$$ ",
    "```math\n{\n```\n", "```math\nx_{y}^2\n\n", "@*x*", "@**x** ",
]  # fmt: skip


def count_calls(content: str) -> int:
    """How many Python functions run to render a content: a measure of work that no load disturbs."""
    calls = 0

    def count(_frame: object, event: str, _arg: object) -> None:
        nonlocal calls
        calls += event == "call"

    sys.setprofile(count)
    try:
        render(content, DIRECTORY)
    finally:
        sys.setprofile(None)
    return calls


@pytest.mark.parametrize("unit", UNITS)
def test_work_grows_with_the_length_of_hostile_text(unit: str) -> None:
    small, large = (count_calls((unit * size)[:size]) for size in (1_000, 2_000))
    assert large <= 3 * small + 2_000


@pytest.mark.parametrize("unit", UNITS)
def test_longest_hostile_message_is_rendered(unit: str) -> None:
    def timed(length: int) -> tuple[str, float]:
        started = time.process_time()
        html = render((unit * length)[:length], DIRECTORY, emoticons=True).html
        return html, time.process_time() - started

    _, half = timed(5_000)
    html, whole = timed(10_000)
    check(html)
    assert len(html) < 2_000_000
    assert whole <= 6 * half + 0.2, "what the machine does besides is not counted, patterns in C are"


def test_wide_tables_are_not_multiplied() -> None:
    table = "|" * 300 + "\n" + "|-" * 299 + "|\n" + "|\n" * 500
    assert len(render(table, DIRECTORY).html) < 100_000


def test_deep_quotes_lose_no_text() -> None:
    assert "the end" in render("> " * 500 + "the end", DIRECTORY).html
    assert "the end" in render("- " * 500 + "the end", DIRECTORY).html
    assert "the end" in render("```quote\n" * 500 + "the end", DIRECTORY).html
