"""Formulas in the frame that clients parse; what is no TeX is shown as it was written."""

import pytest

from aloha_server.markup import Directory, render
from aloha_server.markup.tex import SOURCE_CHARS_MAX, TexError, to_mathml

X = "<mrow><mi>x</mi></mrow>"


def formula(math: str, source: str, *, block: bool = False) -> str:
    display = ' display="block"' if block else ""
    html = (
        f'<span class="katex"><span class="katex-mathml"><math xmlns="http://www.w3.org/1998/Math/MathML"{display}>'
        f'<semantics>{math}<annotation encoding="application/x-tex">{source}</annotation></semantics></math></span>'
        f'<span class="katex-html" aria-hidden="true">{source}</span></span>'
    )
    return f'<span class="katex-display">{html}</span>' if block else html


@pytest.mark.parametrize(
    ("content", "html"),
    [
        ("$$x^2$$ $5", f"<p>{formula('<mrow><msup><mi>x</mi><mn>2</mn></msup></mrow>', 'x^2')} $5</p>"),
        ("$$a<b$$", f"<p>{formula('<mrow><mi>a</mi><mo>&lt;</mo><mi>b</mi></mrow>', 'a&lt;b')}</p>"),
        (r"$$\{$$", "<p>" + formula('<mrow><mo stretchy="false">{</mo></mrow>', r"\{") + "</p>"),
        ("```math\nx\n```", f"<p>{formula(X, 'x', block=True)}</p>"),
        ("```tex\nx\n\nx\n```", f"<p>{formula(X, 'x', block=True)}{formula(X, 'x', block=True)}</p>"),
        ("$$}$$", '<p><span class="tex-error">$$}$$</span></p>'),
        ("```math\n\\frac<\n```", '<p><span class="tex-error">\\frac&lt;</span></p>'),
    ],
)
def test_formula(content: str, html: str) -> None:
    assert render(content, Directory()).html == html


@pytest.mark.parametrize(
    "source",
    [
        "",
        "x^",
        "}",
        "{",
        r"\frac{a}",
        r"\nosuch",
        r"\left(x",
        r"\def\a{x}\a",
        r"\newcommand{\a}{\b\b}\a",
        "{" * 100 + "}" * 100,
        "^" * 400,
        "x" * (SOURCE_CHARS_MAX + 1),
    ],
)
def test_what_is_no_tex_or_asks_too_much_is_refused(source: str) -> None:
    with pytest.raises(TexError):
        to_mathml(source)


@pytest.mark.parametrize(
    ("source", "mathml"),
    [
        (r"\text{<b>}", "<mrow><mtext>&lt;b&gt;</mtext></mrow>"),
        (r"\href{javascript:x}{x}", f"<mrow><mrow>{X}</mrow></mrow>"),
        (r"\style{x}{x}\class{y}{x}", "<mrow><mrow><mi>x</mi></mrow><mrow><mi>x</mi></mrow></mrow>"),
        (r"\color{red}x", '<mrow><mstyle mathcolor="red"><mi>x</mi></mstyle></mrow>'),
        (r"\color{&quot;}x", "<mrow><mstyle><mi>x</mi></mstyle></mrow>"),
    ],
)
def test_nothing_of_the_source_becomes_markup(source: str, mathml: str) -> None:
    assert to_mathml(source) == mathml


def test_more_formulas_than_anybody_reads_stay_source() -> None:
    html = render("$$x$$ " * 600, Directory()).html
    assert (html.count('class="katex"'), html.count('class="tex-error"')) == (500, 100)
