"""The names and codes of Unicode's emoji.

A code is the emoji's code points in hex, joined by "-", without the variation selector U+FE0F; its first name is the
canonical one. The table is `emoji.json`, made by `scripts/make_emoji` and read at the first use.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from itertools import pairwise

import msgspec

# The wire's emoji that is none of Unicode's: today's clients look for its picture at this path.
EXTRA_EMOJI = {"zulip": "/static/generated/emoji/images/emoji/unicode/zulip.png"}
VARIATION, JOINER = "\ufe0f", "\u200d"
FLAG_LETTERS = "".join(map(chr, range(0x1F1E6, 0x1F200)))


@cache
def names_by_code() -> dict[str, list[str]]:
    return msgspec.json.decode(files(__package__).joinpath("emoji.json").read_bytes(), type=dict[str, list[str]])


@cache
def codes_by_name() -> dict[str, str]:
    return {name: code for code, names in names_by_code().items() for name in names}


class EmojiNames(Mapping[str, str]):
    """Every name, alias or canonical, and its code."""

    def __getitem__(self, name: str) -> str:
        return codes_by_name()[name]

    def __iter__(self) -> Iterator[str]:
        return iter(codes_by_name())

    def __len__(self) -> int:
        return len(codes_by_name())


EMOJI: Mapping[str, str] = EmojiNames()


def emoji_code_for(name: str) -> str | None:
    """The code of a name, if it is one of Unicode's emoji; a realm's own are not known here."""
    return codes_by_name().get(name)


def extra_emoji_picture() -> bytes:
    """A PNG, drawn by `scripts/make_extra_emoji`."""
    return files(__package__).joinpath("zulip.png").read_bytes()


def emoji_data() -> dict[str, dict[str, list[str]]]:
    """The document that `server_emoji_data_url` leads to."""
    return {"code_to_names": names_by_code()}


def _code_points() -> tuple[set[str], set[str]]:
    """Those that begin an emoji, and those that follow a joiner."""
    first, joined = set[str](), set[str]()
    for code in names_by_code():
        points = [chr(int(point, 16)) for point in code.split("-")]
        first.add(points[0])
        joined.update(after for before, after in pairwise(points) if before == JOINER)
    return first, joined


def _one_of(points: set[str]) -> str:
    """For a set of a pattern, without ASCII and the letters of flags, which have patterns of their own."""
    return "".join(re.escape(char) for char in sorted(points) if ord(char) > 127 and char not in FLAG_LETTERS)


@cache
def sequence_re() -> re.Pattern[str]:
    """What may be an emoji in text, one sequence a match. The table decides whether it is one.

    Sequences with a skin tone have no name on the wire: they are never matched, nor are parts of them.
    """
    base, joined = map(_one_of, _code_points())
    return re.compile(
        rf"[0-9#*]{VARIATION}?\u20e3"
        rf"|[{FLAG_LETTERS}]{{2}}"
        rf"|(?<!\u200d)[{base}]{VARIATION}?(?:[\U000e0020-\U000e007f]+)?(?:\u200d[{joined}]{VARIATION}?)*"
        r"(?![\U0001f3fb-\U0001f3ff\u200d])"
    )


def is_text_by_default(sequence: str) -> bool:
    """Signs such as (c) and the arrows are emoji only where the variation selector says so."""
    return len(sequence) == 1 and not ("\u2300" <= sequence < "\u2400" or sequence >= "\u2600")


def find_emoji(text: str) -> Iterator[tuple[int, int, str, str]]:
    """The emoji written in a text as themselves: start, end, code and canonical name, in order."""
    for match in sequence_re().finditer(text):
        sequence = match[0]
        code = "-".join(f"{ord(char):04x}" for char in sequence if char != VARIATION)
        names = names_by_code().get(code)
        if names and not is_text_by_default(sequence):
            yield match.start(), match.end(), code, names[0]
