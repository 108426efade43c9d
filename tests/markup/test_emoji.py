import subprocess
import sys
from pathlib import Path

import emoji

from aloha_server import markup
from aloha_server.markup import EMOJI, emoji_code_for, emoji_data
from aloha_server.markup.emoji import find_emoji


def test_public_names_are_sorted() -> None:
    assert markup.__all__ == sorted(markup.__all__, key=lambda name: (name.islower(), not name.isupper(), name))
    assert all(hasattr(markup, name) for name in markup.__all__)


def test_names_are_those_of_the_wire() -> None:
    known = {
        "smile": "1f642", "thumbs_up": "1f44d", "+1": "1f44d", "tada": "1f389", "heart": "2764", "octopus": "1f419",
        "working_on_it": "1f6e0", "check": "2705", "one": "0031-20e3", "rainbow_flag": "1f3f3-200d-1f308",
    }  # fmt: skip
    assert {name: emoji_code_for(name) for name in known} == known
    assert emoji_code_for("nope") is None


def test_every_name_belongs_to_one_code() -> None:
    names = [name for given in emoji_data()["code_to_names"].values() for name in given]
    assert len(names) == len(set(names)) == len(EMOJI)


def test_the_first_name_is_the_canonical_one() -> None:
    assert emoji_data()["code_to_names"]["1f44d"][:2] == ["thumbs_up", "+1"]


def test_the_table_is_what_its_script_writes() -> None:
    script = Path(__file__).parents[2] / "scripts/make_emoji"
    subprocess.run([sys.executable, script, "--check"], check=True)


def test_every_emoji_of_unicode_has_a_name() -> None:
    """Keycaps, flags and joined sequences among them; skin tones have no names of their own on the wire."""
    codes = {
        "-".join(f"{ord(char):04x}" for char in text if char != "\ufe0f")
        for text, data in emoji.EMOJI_DATA.items()
        if data["status"] == 2 and "skin_tone" not in data["en"]
    }
    assert codes == set(emoji_data()["code_to_names"])
    assert {"0023-20e3", "1f1fa-1f1f8", "1f468-200d-1f469-200d-1f466", "1f3f3-200d-26a7"} <= codes


def test_every_emoji_is_found_in_a_text() -> None:
    """Those that are text unless a variation selector says otherwise, with it."""
    for code in emoji_data()["code_to_names"]:
        text = "".join(chr(int(point, 16)) for point in code.split("-"))
        found = [[part[2] for part in find_emoji(form)] for form in (text, f"{text}\ufe0f")]
        assert [code] in found, code
