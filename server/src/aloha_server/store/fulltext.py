"""Full-text indexes: one interface, a form for each backend side by side.

An index holds the words of documents, two fields each (a topic and a content), and finds those in which every asked
phrase stands, in either field. It is handed words and compares them as they are: both forms find the same. A document
is removed by the very words it was added with; writers do so in the transaction that changes what was indexed.

- SQLite: a contentless FTS5 table. It keeps no text, only who has which word where, so what is removed must be named.
  Its row ids hold the realm and the message, which makes its order that of the messages: a search walks from the anchor
  and stops when the page is full.
- PostgreSQL: a `tsvector` beside each message with a GIN index. The planner chooses between the index and the walk.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable
from typing import Any, Final

import msgspec

from .tx import Tx, WriteTx

REALM_BITS: Final = 40  # of a row id, below the realm: more messages than a realm will have
FIELDS_APART: Final = 20  # positions between topic and content, so that no phrase reaches from one to the other
POSITION_MAX: Final = 16_383  # PostgreSQL's: words beyond count as standing there


class Document(msgspec.Struct, frozen=True):
    """What is known of a message by its words, separated by spaces."""

    message_id: int
    topic: str
    content: str


class Phrase(msgspec.Struct, frozen=True):
    """Words that stand together in this order; of the last one only the beginning, where `prefix` holds."""

    words: tuple[str, ...]
    prefix: bool = False


class FullText(ABC):
    """`exists` is a condition on a message `m`. `source`, `found` and `key` are the same search as a table to select
    `m` from, its condition and what its rows are ordered by. `:found` is the query."""

    ddl: tuple[str, ...]
    drop: tuple[str, ...]
    exists: str
    source: str
    found: str
    key: str
    key_has_realm: bool  # above the message's id, at `REALM_BITS`

    @abstractmethod
    def query(self, phrases: Iterable[Phrase]) -> str:
        """In the backend's own language, in which nothing of a phrase means anything else."""

    @abstractmethod
    def add(self, tx: WriteTx, documents: Iterable[Document]) -> None: ...

    @abstractmethod
    def remove(self, tx: WriteTx, documents: Iterable[Document]) -> None: ...


class Fts5(FullText):
    # The words are folded already: the `ascii` tokenizer takes them apart at spaces and leaves them alone.
    ddl = (
        "create virtual table message_search using fts5(topic, content, content='', columnsize=0, tokenize='ascii')",
    )
    drop = ("drop table message_search",)
    exists = f"""exists (
        select 1 from message_search f
        where f.message_search match :found and f.rowid = (m.realm_id << {REALM_BITS}) + m.message_id
    )"""
    # A cross join is walked in the order in which it is written.
    source = f"""message_search f
        cross join message m on m.realm_id = :realm_id and m.message_id = f.rowid - (:realm_id << {REALM_BITS})"""
    found = "f.message_search match :found"
    key = "f.rowid"
    key_has_realm = True

    _ADD = f"""
        insert into message_search (rowid, topic, content)
        values ((:realm_id << {REALM_BITS}) + :message_id, :topic, :content)
    """
    _REMOVE = f"""
        insert into message_search (message_search, rowid, topic, content)
        values ('delete', (:realm_id << {REALM_BITS}) + :message_id, :topic, :content)
    """

    def query(self, phrases: Iterable[Phrase]) -> str:
        return " AND ".join(
            '"' + " ".join(phrase.words).replace('"', '""') + ('" *' if phrase.prefix else '"') for phrase in phrases
        )

    def add(self, tx: WriteTx, documents: Iterable[Document]) -> None:
        tx.execute_many(self._ADD, [msgspec.structs.asdict(document) for document in documents])

    def remove(self, tx: WriteTx, documents: Iterable[Document]) -> None:
        tx.execute_many(self._REMOVE, [msgspec.structs.asdict(document) for document in documents])


class TsVector(FullText):
    ddl = (
        """create table message_search (
            realm_id bigint not null, message_id bigint not null, words tsvector not null,
            primary key (realm_id, message_id)
        )""",
        "create index message_search_words on message_search using gin (words)",
    )
    drop = ("drop table message_search",)
    exists = """exists (
        select 1 from message_search f
        where f.realm_id = m.realm_id and f.message_id = m.message_id and f.words @@ cast(:found as tsquery)
    )"""
    source = "message_search f join message m on m.realm_id = f.realm_id and m.message_id = f.message_id"
    found = "f.realm_id = :realm_id and f.words @@ cast(:found as tsquery)"
    key = "m.message_id"
    key_has_realm = False

    _ADD = """
        insert into message_search (realm_id, message_id, words)
        values (:realm_id, :message_id, cast(:words as tsvector))
    """
    _REMOVE = "delete from message_search where realm_id = :realm_id and message_id = any(:message_ids)"

    def query(self, phrases: Iterable[Phrase]) -> str:
        return " & ".join(f"({_tsquery(phrase)})" for phrase in phrases)

    def add(self, tx: WriteTx, documents: Iterable[Document]) -> None:
        rows: list[dict[str, Any]] = [
            {"message_id": document.message_id, "words": _tsvector(document)} for document in documents
        ]
        tx.execute_many(self._ADD, rows)

    def remove(self, tx: WriteTx, documents: Iterable[Document]) -> None:
        tx.execute(self._REMOVE, message_ids=[document.message_id for document in documents])


def _tsquery(phrase: Phrase) -> str:
    return " <-> ".join(_lexeme(word) for word in phrase.words) + (":*" if phrase.prefix else "")


def _tsvector(document: Document) -> str:
    """Each word with its places."""
    places: dict[str, list[str]] = {}
    topic = document.topic.split()
    for first, words in ((1, topic), (len(topic) + FIELDS_APART, document.content.split())):
        for place, word in enumerate(words, first):
            places.setdefault(word, []).append(str(min(place, POSITION_MAX)))
    return " ".join(f"{_lexeme(word)}:{','.join(found)}" for word, found in places.items())


def _lexeme(word: str) -> str:
    return "'" + word.replace("\\", "\\\\").replace("'", "''") + "'"


FORMS: Final[dict[str, FullText]] = {"sqlite": Fts5(), "postgresql": TsVector()}


def full_text(tx: Tx) -> FullText:
    """The index of the transaction's backend."""
    return FORMS[tx.backend]


__all__ = ["FORMS", "Document", "FullText", "Phrase", "full_text"]
