"""Short forms in which the tables are written."""

from typing import Any

from sqlalchemy import BigInteger, Column, Float, LargeBinary, MetaData, PrimaryKeyConstraint, Table, Text

metadata = MetaData()


def integer(name: str, *, null: bool = False, default: int | None = None) -> Column[Any]:
    server_default = None if default is None else str(default)
    return Column(name, BigInteger, nullable=null, server_default=server_default)


def text(name: str, *, null: bool = False, default: str | None = None) -> Column[Any]:
    return Column(name, Text, nullable=null, server_default=default)


def blob(name: str, *, null: bool = False) -> Column[Any]:
    return Column(name, LargeBinary, nullable=null)


def real(name: str) -> Column[Any]:
    return Column(name, Float(53), nullable=False)


def table(name: str, *items: Any, key: tuple[str, ...], clustered: bool = False) -> Table:
    return Table(
        name,
        metadata,
        *items,
        PrimaryKeyConstraint(*key),
        sqlite_with_rowid=not clustered,
        implicit_returning=False,
    )
