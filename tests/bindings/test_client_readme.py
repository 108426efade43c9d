"""Every Python example of the bindings' README and docstrings runs against the fake, and its types are right."""

import ast
import re
import subprocess
import sys
import textwrap
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import aloha
import aloha.bot
from aloha.testing import FakeServer

BINDINGS = Path(__file__).parents[2] / "bindings"


def readme_examples() -> list[str]:
    text = (BINDINGS / "README.md").read_text()
    return re.findall(r"^```python\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)


def docstring_examples() -> Iterator[str]:
    """The indented blocks of docstrings that begin with an import."""
    for path in sorted((BINDINGS / "src").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
                blocks = re.findall(r"(?:^    .*\n|^\n)+", (ast.get_docstring(node) or "") + "\n", re.MULTILINE)
                code = [textwrap.dedent(block).strip("\n") + "\n" for block in blocks]
                yield from (block for block in code if block.startswith(("import ", "from ")))


EXAMPLES = [*readme_examples(), *docstring_examples()]


def is_heard(server: FakeServer) -> bool:
    return any(("last_event_id", "0") in call.query for call in server.requests)


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
            server.wait_for(lambda: is_heard(server) or ended.is_set(), "the next poll")
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
def test_an_example_runs(server: FakeServer, example: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    if "tada" in example:
        server.say(server.bot, "earlier", stream="general")
    exec(compile(example, "example", "exec"), {"__name__": "__main__"})  # noqa: S102


def test_the_examples_please_a_strict_type_checker(tmp_path: Path) -> None:
    assert len(EXAMPLES) >= 12
    for number, example in enumerate(EXAMPLES):
        (tmp_path / f"example_{number}.py").write_text(example)
    command = [
        sys.executable,
        "-m",
        "mypy",
        "--strict",
        "--config-file",
        "",
        "--cache-dir",
        str(tmp_path),
        str(tmp_path),
    ]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
