"""Our own bindings against a real server: the loop of the README, over a restart that kills."""

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.process import ServerProcess
from tests.world import make_people

import aloha
from aloha import cli
from aloha_server.people import MadeUser
from aloha_server.settings import Settings
from aloha_server.store import Store


@pytest.fixture
def people(tmp_path: Path) -> list[MadeUser]:
    settings = Settings(data=tmp_path / "var")
    store = Store.open(settings.data)
    made = make_people(store, settings)
    store.close()
    return made


@pytest.fixture
def process(people: list[MadeUser], tmp_path: Path) -> Iterator[ServerProcess]:
    del people
    process = ServerProcess(tmp_path / "var")
    process.start()
    yield process
    process.close()


def connect(process: ServerProcess, user: MadeUser) -> aloha.Client:
    return aloha.Client(email=user.email, api_key=user.api_key, site=process.url)


def test_call_on_each_message_goes_on_over_a_killed_server(process: ServerProcess, people: list[MadeUser]) -> None:
    got: list[str] = []
    changed = threading.Condition()

    def hear(message: dict[str, Any]) -> None:
        with changed:
            got.append(message["content"])
            changed.notify()

    with connect(process, people[3]) as reader, connect(process, people[0]) as sender:
        thread = threading.Thread(target=lambda: reader.call_on_each_message(hear))
        thread.start()

        def heard(count: int) -> bool:
            with changed:
                return changed.wait_for(lambda: len(got) >= count, 60)

        first = threading.Event()
        while not first.is_set():  # the reader's queue begins at some moment: send until it is heard
            sender.send_message(type="direct", to=[people[3].user_id], content="ping")
            with changed:
                if changed.wait_for(lambda: bool(got), 0.2):
                    first.set()
        pings = len(got)
        for number in range(3):
            process.kill()
            process.start()
            sender.send_message(type="direct", to=[people[3].user_id], content=f"after kill {number}")
            assert heard(pings + number + 1)
        reader.stop()
        thread.join(30)
        assert not thread.is_alive()
    assert [content for content in got if content != "ping"] == [f"after kill {number}" for number in range(3)]


def test_every_kind_of_call_has_its_typed_answer(process: ServerProcess, people: list[MadeUser]) -> None:
    with connect(process, people[3]) as client:
        own = client.get_own_user()
        assert own.user_id == people[3].user_id
        client.subscribe(subscriptions=[{"name": "kitchen"}])
        sent = client.send_message(type="channel", to="kitchen", topic="soup", content="hot")
        client.add_reaction(message_id=sent.id, emoji_name="octopus")
        found = client.get_messages(anchor="newest", num_before=1, num_after=0)
        assert found.messages[0].id == sent.id
        assert found.messages[0].reactions[0].emoji_name == "octopus"
        with pytest.raises(aloha.ApiError) as refused:
            client.get_stream_id(stream="nosuch")
        assert refused.value.status == 400


def test_the_command_line_logs_in_makes_a_bot_and_sends_as_it(
    process: ServerProcess, people: list[MadeUser], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    member, own, bot = people[3], str(tmp_path / "own.aloharc"), str(tmp_path / "deploy.aloharc")
    aloha.write_aloharc(own, member.email, member.api_key, process.url)
    assert cli.main(["--config", own, "bot", "new", "Deploy Bot", "--output", bot]) == 0
    assert cli.main(["--config", bot, "send", "--to", str(member.user_id), "deployed"]) == 0
    assert cli.main(["--config", own, "bot", "new", "Deploy Bot", "--output", bot]) == 2
    told = capsys.readouterr()
    assert told.out.startswith("Deploy Bot is deploy-bot@")
    assert "choose another file" in told.err
    with connect(process, member) as client:
        [sent] = client.get_messages(anchor="newest", num_before=1, num_after=0).messages
        assert (sent.sender_full_name, sent.content) == ("Deploy Bot", "<p>deployed</p>")
