"""An organization with two channels for each test: everybody but the visitor reads `general`, ann and bob `secret`."""

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.messages.kit import Desk

from aloha_server.store import Store


@pytest.fixture
def desk(open_store: Callable[[], Store], tmp_path: Path) -> Desk:
    desk = Desk(open_store(), tmp_path)
    desk.subscribe("owner", "general", people=["owner", "admin", "ann", "bob", "guest", "bot"])
    desk.subscribe("ann", "secret", invite_only=True, history_public=False)
    desk.subscribe("ann", "secret", people=["bob"])
    desk.start()
    return desk
