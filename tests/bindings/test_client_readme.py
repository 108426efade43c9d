"""Every Python example of the bindings' README runs, against the fake."""

import re
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import aloha
import aloha.bot
from aloha.testing import FakeServer

README = Path(__file__).parents[2] / "bindings" / "README.md"
EXAMPLES = re.findall(r"^```python\n(.*?)^```$", README.read_text(), re.DOTALL | re.MULTILINE)


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeServer]:
    """What the examples connect to; their endless loops are ended once a message was heard."""
    server = FakeServer()
    clients: list[Any] = []
    ended = threading.Event()

    def make(maker: Any) -> Any:
        def connect(*_: object, **__: object) -> Any:
            clients.append(maker())
            return clients[-1]

        return connect

    def play() -> None:
        server.wait_for(lambda: bool(server.queues) or ended.is_set(), "a queue")
        if not ended.is_set():
            ada = server.add_user("Ada")
            server.say(ada, "coffee?", stream="kitchen")
            server.wait_for(
                lambda: any(("last_event_id", "0") in call.query for call in server.requests), "the next poll"
            )
            for client in clients:
                client.stop()

    monkeypatch.setattr(aloha, "Client", make(server.client))
    monkeypatch.setattr(aloha, "AsyncClient", make(server.async_client))
    monkeypatch.setattr(aloha.bot, "AsyncClient", make(server.async_client))
    player = threading.Thread(target=play)
    player.start()
    yield server
    ended.set()
    server.emit("over")  # wakes the player
    player.join()


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: re.sub(r"\W+", " ", example)[:40])
def test_an_example_of_the_readme_runs(
    server: FakeServer, example: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    if "tada" in example:
        server.say(server.bot, "earlier", stream="general")
    exec(compile(example, "README.md", "exec"), {"__name__": "__main__"})  # noqa: S102


def test_there_are_examples() -> None:
    assert len(EXAMPLES) >= 6
