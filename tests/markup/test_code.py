"""Highlighting ends when its allowance is used up, whatever the lexer makes of a text."""

import time

import pytest

from aloha_server.markup import Directory, render
from aloha_server.markup.code import (
    HIGHLIGHTED_CHARS_MAX,
    HIGHLIGHTING_S_MAX,
    SLOW_LEXERS,
    Allowance,
    find_lexer,
    render_code,
)


def test_code_past_the_allowance_is_shown_plainly() -> None:
    now = 0.0

    def slow_clock() -> float:
        nonlocal now
        now += HIGHLIGHTING_S_MAX / 5
        return now

    allowance = Allowance(slow_clock)
    assert '<span class="n">a</span>' in render_code("a\n", "python", allowance)
    plain = "<pre><span></span><code>a + &lt;b&gt;\n</code></pre>"
    assert plain in render_code("a + <b>\n", "python", allowance)
    assert plain in render_code("a + <b>\n", "python", allowance), "an allowance is for all code of a text"


@pytest.mark.parametrize("language", ["java", "csharp", "xpp"])
def test_text_that_takes_lexers_quadratic_time_is_given_up(language: str) -> None:
    started = time.process_time()
    html = render(f"```{language}\na" + "\na" * 500 + "\n" * 3_500 + "a\n```", Directory()).html
    assert time.process_time() - started < HIGHLIGHTING_S_MAX + 2
    assert "<span>" not in html.replace("<span></span>", "")


def test_long_code_is_shown_plainly() -> None:
    for length, spans in ((HIGHLIGHTED_CHARS_MAX - 1, True), (HIGHLIGHTED_CHARS_MAX, False)):
        html = render("```python\n" + "a" * length + "\n```", Directory()).html
        assert ('<span class="n">' in html) is spans


def test_lexers_known_to_be_slow_are_not_used() -> None:
    for name in SLOW_LEXERS:
        assert find_lexer(name.lower()) is not None, "one that is gone needs no mention"
        assert "<span class" not in render(f"```{name.lower()}\nif x = 1\n```", Directory()).html
