"""The words of a text or of a message's HTML, as a search compares them: pure functions.

A word is a run of letters, digits and the marks that belong to them, without regard to case, width and accents.
Scripts that put no spaces between words (Chinese, Japanese, Thai and the like; Korean, whose particles cling to words)
have no runs to compare, so each of their characters begins a word of itself and its neighbour: `東京都` is `東京`,
`京都` and `都`. Any part of such a run is then found, as a phrase of pairs.

Tags, attributes and entities hold no words, and no word reaches over a tag. The index of every database is made of
these words and of nothing else, so what is found does not depend on the database; changing them means that every
index must be made anew.
"""

import re
import unicodedata
from collections.abc import Iterator
from html import escape

import msgspec

WORD_CHARS_MAX = 64  # what is longer is known by its beginning

_MARKS_UNTIL = 0xABFF  # every script with combining marks in common use lies below


def _marks() -> str:
    """Vowel signs, accents and the like, which Python's `\\w` leaves out."""
    return "".join(chr(code) for code in range(0x300, _MARKS_UNTIL) if unicodedata.category(chr(code))[0] == "M")


# Thai to Myanmar, Hangul jamo, Khmer, kana to ideographs, Hangul, compatibility and half-width forms, and beyond.
_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u3005-\u3007\u3040-\u318f\u31f0-\u31ff\u3400-\u4dbf"
    "\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\uff66-\uffdc\U00020000-\U0003ffff"
)
_PIECE = re.compile(rf'<(?:[^<>"]|"[^"]*")*>|&#?\w+;|((?:[^\W_]|[{_marks()}])+)')
_SEGMENT = re.compile(rf"([{_UNSPACED}]+)|[^{_UNSPACED}]+")
_UNSAFE = re.compile(r"[\W_]+")
# Letters that Unicode does not take apart.
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "æ": "ae", "œ": "oe", "ı": "i", "þ": "th"})


class Word(msgspec.Struct, frozen=True, gc=False):
    """A word and the characters of the HTML that stand for it."""

    text: str
    start: int
    end: int
    unspaced: bool = False  # a pair of characters, or the last one of a run


def words_of(html: str) -> list[Word]:
    """In the order of the HTML."""
    found: list[Word] = []
    for piece in _PIECE.finditer(html):
        run = piece.group(1)
        if run is None:
            continue
        if run.isascii():
            found.append(Word(run.lower()[:WORD_CHARS_MAX], piece.start(), piece.end()))
        else:
            found += _split(run, piece.start())
    return found


def word_text(html: str) -> str:
    """The same, as an index takes them: separated by spaces."""
    return " ".join([word.text for word in words_of(html)])


def plain_words(text: str) -> list[Word]:
    """Of a text that is no HTML; the places are those in the escaped text."""
    return words_of(escape(text))


def _split(run: str, offset: int) -> Iterator[Word]:
    for segment in _SEGMENT.finditer(run):
        start = offset + segment.start()
        if segment.group(1) is None:
            text = _fold(segment.group())
            if text:
                yield Word(text[:WORD_CHARS_MAX], start, offset + segment.end())
        else:
            yield from _pairs(segment.group(), start)


def _pairs(run: str, start: int) -> Iterator[Word]:
    """Each character with its neighbour; the last one alone."""
    characters = [_safe(unicodedata.normalize("NFKC", character).casefold()) for character in run]
    for place, (character, neighbour) in enumerate(zip(characters, [*characters[1:], ""], strict=True)):
        if character:
            yield Word(character + neighbour, start + place, start + place + 1, unspaced=True)


def _fold(word: str) -> str:
    """Without case, accents and compatibility forms."""
    apart = unicodedata.normalize("NFKD", word.casefold())
    bare = "".join(character for character in apart if not unicodedata.combining(character))
    return _safe(unicodedata.normalize("NFKC", bare).casefold().translate(_LETTERS))


def _safe(text: str) -> str:
    """Some characters come apart into more than letters: `½` into a fraction, a ligature into words with spaces."""
    return text if text.isalnum() else _UNSAFE.sub(_keep_marks, text)


def _keep_marks(found: re.Match[str]) -> str:
    return "".join(character for character in found.group() if unicodedata.category(character)[0] == "M")
