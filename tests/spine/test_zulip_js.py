"""The unmodified `zulip-js` package from npm, on Node: it registers, sends, reads and receives events.

What it needs is installed once into `tests/js/node_modules`, as `tests/js/package-lock.json` says.
"""

import fcntl
import hashlib
import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.world import World, run_world

JS = Path(__file__).parents[1] / "js"
INSTALL_S_MAX = 180
TALK_S_MAX = 60
NODE, NPM = shutil.which("node"), shutil.which("npm")

if NODE is None or NPM is None:
    pytest.skip("zulip-js is not tried: Node with npm is not installed", allow_module_level=True)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with run_world(tmp_path_factory.mktemp("js") / "var") as world:
        yield world


@pytest.fixture(scope="module")
def installed() -> None:
    """By one process at a time; the stamp stands only beside a whole installation of this very lock."""
    modules = JS / "node_modules"
    stamp = modules / ".installed"
    wanted = hashlib.sha256((JS / "package-lock.json").read_bytes()).hexdigest()
    with (JS / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if stamp.is_file() and stamp.read_text() == wanted:
            return
        command = [str(NPM), "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
        run = subprocess.run(command, cwd=JS, capture_output=True, text=True, timeout=INSTALL_S_MAX, check=False)
        assert run.returncode == 0, run.stdout + run.stderr
        stamp.write_text(wanted)


@pytest.fixture(scope="module")
def talk(world: World, installed: None) -> dict[str, Any]:
    """What the package was answered, call by call."""
    bot = world.member
    command = [str(NODE), "talk.js", f"http://127.0.0.1:{bot.port}", bot.email, bot.api_key]
    run = subprocess.run(command, cwd=JS, capture_output=True, text=True, timeout=TALK_S_MAX, check=False)
    assert run.returncode == 0, run.stderr
    found: dict[str, Any] = json.loads(run.stdout)
    return found


def test_every_call_is_answered_and_only_the_bad_one_refused(talk: dict[str, Any]) -> None:
    answers = {name: answer for name, answer in talk.items() if name != "heard"}
    refused = {name for name, answer in answers.items() if answer["result"] != "success"}
    assert refused == {"refused"}
    assert talk["refused"]["code"] == "STREAM_DOES_NOT_EXIST"


def test_it_sends_and_reads(talk: dict[str, Any], world: World) -> None:
    sent = talk["sent"]["id"]
    assert talk["profile"]["user_id"] == world.member.user_id
    assert list(talk["subscribed"]["subscribed"].values()) == [["verona"]]
    assert [message["id"] for message in talk["read"]["messages"]] == [sent]
    assert talk["read"]["messages"][0]["content"] == "<p><strong>hot</strong></p>"
    assert [event["message"]["id"] for event in talk["events"]["events"]] == [sent]
    assert talk["one"]["raw_content"] == "cold"
    assert talk["topics"]["topics"][0]["name"] == "soup"
    assert talk["rendered"]["rendered"] == "<p><em>cold</em></p>"
    assert talk["starred"]["messages"] == [sent]


def test_its_loop_hears_each_event_once(talk: dict[str, Any]) -> None:
    heard = [event["message"]["content"] for event in talk["heard"] if event["type"] == "message"]
    assert heard == ["one", "two"]
    ids = [event["id"] for event in talk["heard"]]
    assert ids == sorted(set(ids))
