"""TeX to MathML, in the frame that KaTeX gives it and that clients of the wire parse.

latex2mathml reads the TeX; what it makes is written out here, by lists of what may stand in it, since it lets the
writer's text and attributes through as they are. Beside the MathML stands the source, which is what clients that bring
KaTeX's styles show, for those hide the MathML.
"""

import re
from html import escape, unescape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

SOURCE_CHARS_MAX = 5_000
NESTING_MAX = 60  # of braces
MATHML = "http://www.w3.org/1998/Math/MathML"
ELEMENT_NAMES = """
menclose mfrac mi mmultiscripts mn mo mover mpadded mphantom mprescripts mroot mrow mspace msqrt mstyle msub msubsup
msup mtable mtd mtext mtr munder munderover none
"""
ATTRIBUTE_NAMES = """
accent columnalign columnlines columnspacing depth displaystyle fence form frame height largeop linebreak
linethickness lspace mathbackground mathcolor mathsize mathvariant maxsize minsize movablelimits notation rowlines
rowspacing rspace scriptlevel separator side stretchy symmetric voffset width
"""
ELEMENTS = frozenset(ELEMENT_NAMES.split())
ATTRIBUTES = frozenset(ATTRIBUTE_NAMES.split())
CHILDREN = {"mfrac": 2, "mover": 2, "mroot": 2, "msub": 2, "msubsup": 3, "msup": 2, "munder": 2, "munderover": 3}
VALUE = re.compile(r"[\w .,#%+-]{0,100}")
DEFINES = re.compile(r"\\(?:(?:re|provide)?new|[gex]?def\b|let\b|Declare)")  # expanding macros takes exponential time
UNKNOWN = re.compile(r"\\[a-zA-Z]")  # the library writes commands that it does not know as if they were names


class TexError(ValueError):
    """The source is no TeX that can be shown."""


def render_tex(source: str, *, block: bool) -> str:
    """The formula's HTML, or its source as an error."""
    source = source.strip()
    try:
        math = to_mathml(source)
    except TexError:
        return show_source(source, block=block)
    display = ' display="block"' if block else ""
    tex = escape(source)
    html = (
        f'<span class="katex"><span class="katex-mathml"><math xmlns="{MATHML}"{display}><semantics>{math}'
        f'<annotation encoding="application/x-tex">{tex}</annotation></semantics></math></span>'
        f'<span class="katex-html" aria-hidden="true">{tex}</span></span>'
    )
    return f'<span class="katex-display">{html}</span>' if block else html


def show_source(source: str, *, block: bool) -> str:
    """A formula that is not made."""
    return f'<span class="tex-error">{escape(source if block else f"$${source}$$")}</span>'


def to_mathml(source: str) -> str:
    """The formula as one element; raises TexError."""
    if not source or len(source) > SOURCE_CHARS_MAX or DEFINES.search(source):
        raise TexError
    check_braces(source)
    from latex2mathml.converter import Converter  # here: its tables take 80 ms to load, and most texts hold no TeX

    try:
        [row] = Converter().convert_to_element(source)
        return write_element(row)
    except Exception as error:  # its errors have no common root, and malformed TeX also raises many built-in ones
        raise TexError from error


def check_braces(source: str) -> None:
    """Raises TexError where braces do not balance or nest too deeply."""
    depth = 0
    for brace in re.findall(r"\\.|[{}]", source):
        depth += {"{": 1, "}": -1}.get(brace, 0)
        if not 0 <= depth <= NESTING_MAX:
            raise TexError
    if depth:
        raise TexError


def write_element(element: "Element") -> str:
    """The element as HTML; raises TexError for one that is not on the list."""
    text = unescape(element.text or "")
    if len(element) != CHILDREN.get(element.tag, len(element)):
        raise TexError
    if element.tag not in ELEMENTS or (element.tag != "mtext" and UNKNOWN.match(text)):
        raise TexError
    attributes = "".join(
        f' {name}="{escape(value)}"'
        for name, value in element.attrib.items()
        if name in ATTRIBUTES and VALUE.fullmatch(value)
    )
    inner = escape(text) + "".join(map(write_element, element))
    return f"<{element.tag}{attributes}>{inner}</{element.tag}>"
