"""An organization for each test."""

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.streams.kit import Office

from aloha_server.store import Store


@pytest.fixture
def office(open_store: Callable[[], Store], tmp_path: Path) -> Office:
    return Office(open_store(), tmp_path)


@pytest.fixture
def discreet_office(open_store: Callable[[], Store], tmp_path: Path) -> Office:
    """Where guests see only people with whom they share something."""
    return Office(open_store(), tmp_path, settings={"can_access_all_users_group": "role:members"})
