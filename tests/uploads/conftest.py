"""A served organization for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.world import World, run_world


@pytest.fixture
def world(tmp_path: Path, database_url: str) -> Iterator[World]:
    with run_world(tmp_path / "var", database_url) as world:
        yield world
