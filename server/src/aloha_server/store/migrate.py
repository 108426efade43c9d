"""Brings a database to this release's schema, and refuses one that is newer.

The revision is read with the driver first: a database that is up to date costs one query and no import of
SQLAlchemy and alembic, which take longer than the rest of the start.
"""

from pathlib import Path

from .engine import Engine, StoreError

SCHEMA_REVISION = "0001"


def migrate(engine: Engine) -> None:
    """Creates or upgrades the schema; raises StoreError for a database of a newer release."""
    current = _current_revision(engine)
    if current == SCHEMA_REVISION:
        return
    import sqlalchemy
    from alembic import command
    from alembic.config import Config
    from alembic.util import CommandError

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    database = sqlalchemy.create_engine(engine.url)
    try:
        with database.begin() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, SCHEMA_REVISION)
    except CommandError as error:
        raise StoreError(
            f"the database has schema {current}, which is newer than this release's {SCHEMA_REVISION}: "
            "run a newer aloha-server"
        ) from error
    finally:
        database.dispose()


def _current_revision(engine: Engine) -> str | None:
    exists = {
        "sqlite": "select 1 from sqlite_master where name = 'alembic_version'",
        "postgresql": "select 1 from information_schema.tables where table_name = 'alembic_version'",
    }[engine.dialect.name]
    with engine.reading() as connection:
        if connection.execute(exists, {}).fetchone() is None:
            return None
        row = connection.execute("select version_num from alembic_version", {}).fetchone()
        return None if row is None else str(row[0])
