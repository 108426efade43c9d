"""Fixtures of the whole suite. Every test of the store and above runs on each backend."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.postgres import Cluster, run_cluster

from aloha_server.store import Store


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """One PostgreSQL server for the session."""
    with run_cluster() as cluster:
        yield cluster


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """The database under the test: empty for SQLite in the data folder."""
    if request.param == "sqlite":
        yield ""
        return
    cluster: Cluster = request.getfixturevalue("cluster")
    yield cluster.create()
    cluster.drop_all()


@pytest.fixture
def open_store(database_url: str, tmp_path: Path) -> Iterator[Callable[[], Store]]:
    """Opens the same database, as often as it is called."""
    opened: list[Store] = []

    def open_() -> Store:
        store = Store.open(tmp_path / "var", database_url)
        opened.append(store)
        return store

    yield open_
    for store in opened:
        store.close()
