import subprocess
import sys
from pathlib import Path

from aloha_server import markup
from aloha_server.markup import EMOJI, emoji_code_for, emoji_data


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
