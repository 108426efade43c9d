"""Fixtures of the bindings' tests."""

from collections.abc import Iterator

import pytest
from tests.bindings.client_kit import TinyServer, running_server


@pytest.fixture
def server() -> Iterator[TinyServer]:
    with running_server() as server:
        yield server


@pytest.fixture(autouse=True)
def _no_configuration_of_the_machine(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    for name in ("ALOHA_CONFIG", "ALOHA_EMAIL", "ALOHA_API_KEY", "ALOHA_SITE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path_factory.mktemp("home")))
