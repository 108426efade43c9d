"""The command `aloha`, against the fake: what it prints, and how it tells mistakes."""

import io
import json
import stat
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import aloha
from aloha import cli
from aloha.client.wire import Answer
from aloha.testing import FakeServer, Fault, refusal


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeServer]:
    """The clients that commands make are the fake's."""
    server = FakeServer()
    clients: list[Any] = []

    def make(*_: object, **__: object) -> Any:
        clients.append(server.client())
        return clients[-1]

    monkeypatch.setattr(aloha, "Client", make)
    yield server
    for client in clients:
        client.close()


def run_until_printed(server: FakeServer, capsys: pytest.CaptureFixture[str], *arguments: str) -> list[str]:
    """The lines of a command that goes on for ever, up to what two messages make it print."""
    ada = server.add_user("Ada")
    thread = threading.Thread(target=cli.main, args=(list(arguments),), daemon=True)
    thread.start()
    server.wait_until_polled()
    server.say(ada, "soup\x1b[2J?\nat noon", stream="general", topic="lunch")
    server.say(ada, "psst")
    server.wait_for(lambda: ("last_event_id", "1") in server.requests[-1].query, "the poll after both")
    server.wait_until_polled()
    return capsys.readouterr().out.splitlines()


def test_tail_shows_messages_as_people_read_them_and_nothing_that_steers_a_terminal(
    server: FakeServer, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = run_until_printed(server, capsys, "tail")
    assert lines[0].endswith("Ada  #general > lunch")
    assert lines[1:3] == ["soup\ufffd[2J?", "at noon"]
    assert lines[4].endswith("Ada  with Ada, Bot")
    assert lines[5] == "psst"


def test_events_prints_one_json_object_a_line(server: FakeServer, capsys: pytest.CaptureFixture[str]) -> None:
    lines = run_until_printed(server, capsys, "events", "--types", "message", "--json")
    assert [json.loads(line)["message"]["type"] for line in lines] == ["stream", "private"]


def test_send_takes_a_channel_or_people_and_standard_input(
    server: FakeServer, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    ada = server.add_user("Ada")
    assert cli.main(["send", "--stream", "general", "--topic", "lunch", "soup"]) == 0
    monkeypatch.setattr("sys.stdin", io.StringIO("from a file"))
    assert cli.main(["send", "--to", f" {ada.email} "]) == 0
    assert capsys.readouterr().out.split() == ["1", "2"]
    assert [message.content for message in server.messages] == ["soup", "from a file"]


def test_login_writes_a_file_that_only_its_owner_reads(
    server: FakeServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("getpass.getpass", lambda prompt: "secret")
    key = {"result": "success", "msg": "", "api_key": "k" * 32, "email": "ada@example.com"}
    server.fail("POST", "/fetch_api_key", Fault(happens=False, answer=Answer(status=200, body=key)))
    assert cli.main(["--config", str(tmp_path / "rc"), "login", "chat.example.com", "ada@example.com"]) == 0
    assert stat.S_IMODE((tmp_path / "rc").stat().st_mode) == 0o600
    assert "key=" + "k" * 32 in (tmp_path / "rc").read_text()
    assert "k" * 32 not in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["evnts"], "did you mean events?"),
        (["events", "--narrow", "[["], "is no JSON"),
        (["send", "hello"], "one of the arguments --stream --to is required"),
        ([], "the following arguments are required: COMMAND"),
    ],
)
def test_a_mistake_is_one_line_and_exit_status_2(
    arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(arguments)
    assert ended.value.code == 2
    told = capsys.readouterr().err
    assert words in told
    assert told.count("\n") == 1


def test_a_refusal_is_one_line_and_exit_status_1(server: FakeServer, capsys: pytest.CaptureFixture[str]) -> None:
    server.fail("POST", "/messages", refusal("STREAM_DOES_NOT_EXIST"))
    assert cli.main(["send", "--stream", "nowhere", "--topic", "t", "hello"]) == 1
    assert capsys.readouterr().err.startswith("aloha: refused with STREAM_DOES_NOT_EXIST")


def test_no_configuration_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["send", "--stream", "s", "hello"]) == 2
    assert capsys.readouterr().err.startswith("aloha: no email was given")
