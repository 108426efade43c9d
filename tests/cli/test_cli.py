"""The command line: what works beside a running server, and what bad input says."""

import json
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.process import ServerProcess
from tests.world import Http

from aloha.config import load_config
from aloha_server.cli import main


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "var"


@pytest.fixture
def process(data: Path) -> Iterator[ServerProcess]:
    process = ServerProcess(data)
    yield process
    process.close()


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    """Exit code, stdout and stderr."""
    try:
        code = main(arguments)
    except SystemExit as exit_:
        code = int(exit_.code or 0)
    printed = capsys.readouterr()
    return code, printed.out, printed.err


def make_owner(capsys: pytest.CaptureFixture[str], data: Path, site: str) -> Path:
    aloharc = data.parent / "owner.aloharc"
    run(capsys, "realm", "create", "--name", "Analytical Engines", "--data", str(data))
    arguments = ["ada@example.com", "--name", "Ada", "--role", "owner", "--aloharc", str(aloharc), "--site", site]
    assert run(capsys, "user", "create", *arguments, "--data", str(data))[0] == 0
    return aloharc


def test_what_is_made_beside_a_running_server_is_heard_of_within_two_seconds(
    capsys: pytest.CaptureFixture[str], data: Path, process: ServerProcess
) -> None:
    aloharc = make_owner(capsys, data, process.url)
    assert stat.S_IMODE(aloharc.stat().st_mode) == 0o600
    process.start()
    config = load_config(aloharc)
    owner = Http(process.port, config.email, config.api_key)
    queue = owner.post("/register", event_types=["realm_user"])
    code, out, _ = run(capsys, "user", "create", "bob@example.com", "--name", "Bob", "--data", str(data))
    assert code == 0
    assert "Made user" in out
    answer = owner.get("/events", queue_id=queue["queue_id"], last_event_id=queue["last_event_id"])
    [event] = answer["events"]
    assert (event["type"], event["op"], event["person"]["full_name"]) == ("realm_user", "add", "Bob")
    assert "Bob" in run(capsys, "user", "list", "--data", str(data))[1]
    owner.close()


def test_a_second_server_on_the_same_folder_is_refused(
    capsys: pytest.CaptureFixture[str], data: Path, process: ServerProcess
) -> None:
    make_owner(capsys, data, process.url)
    process.start()
    code, _, err = run(capsys, "serve", "--port", "0", "--data", str(data))
    assert code == 2
    assert "another aloha-server serves the data folder" in err


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["serve", "--port", "many"], "--port"),
        (["serve", "--database-url", "mysql://x"], "--database-url must begin with postgresql://"),
        (["serve", "--nosuch"], "unrecognized arguments: --nosuch"),
        (["user", "list"], "there is no organization yet"),
        (["user", "create", "x@example.com", "--name", "X", "--role", "king"], "invalid choice: 'king'"),
        (["populate", "--users", "minus"], "not a number of things"),
        (["realm", "create", "--name", ""], "An organization's name has 1 to 40 characters"),
        (["nosuch"], "invalid choice: 'nosuch'"),
    ],
)
def test_bad_input_is_one_line_and_exit_2(
    capsys: pytest.CaptureFixture[str], data: Path, arguments: list[str], complaint: str
) -> None:
    shared = ["--data", str(data)] if arguments[0] != "nosuch" else []
    code, out, err = run(capsys, *arguments, *shared)
    assert (code, out) == (2, "")
    assert complaint in err
    assert err.count("\n") == 1
    assert err.startswith("aloha-server")


def test_a_bad_address_or_a_taken_file_changes_nothing(capsys: pytest.CaptureFixture[str], data: Path) -> None:
    aloharc = make_owner(capsys, data, "")
    before = run(capsys, "user", "list", "--data", str(data))[1]
    for arguments in (
        ["not-an-address", "--name", "X"],
        ["x@example.com", "--name", "X", "--aloharc", str(aloharc)],
        ["ada@example.com", "--name", "Second Ada"],
    ):
        code, _, err = run(capsys, "user", "create", *arguments, "--data", str(data))
        assert code == 2, arguments
        assert err.count("\n") == 1
    assert run(capsys, "user", "list", "--data", str(data))[1] == before


def test_populate_fills_a_realm_that_then_works(
    capsys: pytest.CaptureFixture[str], data: Path, process: ServerProcess
) -> None:
    keys = data.parent / "keys"
    arguments = ["--users", "30", "--streams", "3", "--subscribers-per-stream", "10", "--messages", "200"]
    assert run(capsys, "populate", *arguments, "--keys", str(keys), "--data", str(data))[0] == 0
    people = [line.split() for line in keys.read_text().splitlines()]
    assert len(people) == 30
    assert stat.S_IMODE(keys.stat().st_mode) == 0o600
    process.start()
    _, email, key = people[0]
    person = Http(process.port, email, key)
    state = person.post("/register")
    assert len([user for user in state["realm_users"] if user["full_name"].startswith("Person")]) == 30
    subscribed = [stream for stream in state["subscriptions"] if stream["name"].startswith("stream ")]
    narrow = json.dumps([["channel", subscribed[0]["stream_id"]]]) if subscribed else "[]"
    found = person.get("/messages", anchor="newest", num_before=1000, num_after=0, narrow=narrow)["messages"]
    assert found
    assert all("read" in message["flags"] for message in found)
    assert state["unread_msgs"]["count"] == 0
    sent = person.post("/messages", type="direct", to=[int(people[1][0])], content="hi")
    assert sent["id"] == 201
    person.close()


def test_help_has_examples(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "--help")
    assert code == 0
    assert "examples:" in out
    assert sys.executable not in out
