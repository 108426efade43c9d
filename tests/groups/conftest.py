"""A served organization for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.groups.kit import Club
from tests.world import run_world


@pytest.fixture
def club(tmp_path: Path, database_url: str) -> Iterator[Club]:
    with run_world(tmp_path / "var", database_url) as world:
        yield Club(world)
