"""An organization for each test."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.streams.kit import Office
from tests.world import World, run_world

from aloha_server.store import Store


@pytest.fixture
def office(open_store: Callable[[], Store], tmp_path: Path) -> Office:
    return Office(open_store(), tmp_path)


@pytest.fixture
def discreet_office(open_store: Callable[[], Store], tmp_path: Path) -> Office:
    """Where guests see only people with whom they share something."""
    return Office(open_store(), tmp_path, settings={"can_access_all_users_group": "role:members"})


@pytest.fixture
def world(tmp_path: Path, database_url: str) -> Iterator[World]:
    """A whole server, for tests of the API."""
    with run_world(tmp_path / "var", database_url) as world:
        yield world
