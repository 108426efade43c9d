"""The index is a copy: after any change it holds what the messages say, and nothing else."""

import re
from pathlib import Path

from tests.messages.kit import Desk
from tests.messages.test_simulation import Chaos

import aloha_server
from aloha_server.access.search_index import place_word, topic_words
from aloha_server.markup import word_text
from aloha_server.store import Tx, WriteTx
from aloha_server.store.fulltext import Document, full_text

STEPS = 120
MESSAGES = "select message_id, recipient_id, topic, rendered from message where realm_id = :realm_id"
VOCABULARY = "create virtual table temp.found using fts5vocab('main', 'message_search', 'instance')"
WORDS_OF_FTS5 = "select doc - (:realm_id << 40), case col when 'topic' then 0 else 1 end, offset, term from temp.found"
WORDS_OF_TSVECTOR = "select message_id, words::text from message_search where realm_id = :realm_id"
CHANGES = re.compile(r"(insert into|update|delete from) message[\s(]")
WRITERS = {"actions/messages.py", "actions/edit_rows.py", "actions/delete_messages.py", "populate.py"}


def documents(tx: Tx) -> list[Document]:
    return [
        Document(message_id, topic_words(topic), f"{place_word(tx, recipient_id)} {word_text(rendered)}")
        for message_id, recipient_id, topic, rendered in tx.rows(MESSAGES)
    ]


def indexed(tx: WriteTx) -> list[tuple[object, ...]]:
    """All that the index holds, in the backend's own form."""
    if tx.backend == "postgresql":
        return sorted(tx.rows(WORDS_OF_TSVECTOR))
    tx.execute(VOCABULARY)
    found = sorted(tx.rows(WORDS_OF_FTS5))
    tx.execute("drop table temp.found")
    return found


def test_the_index_follows_every_change(desk: Desk) -> None:
    desk.subscribe("owner", "lounge", people=["owner", "bob"])
    desk.subscribe("owner", "crew", invite_only=True)
    chaos = Chaos(desk, 7)
    for _ in range(STEPS):
        chaos.step()
    desk.delete("owner", desk.send("owner", "general", "gone", "gone"))

    def rebuild(tx: WriteTx) -> tuple[list[tuple[object, ...]], list[tuple[object, ...]]]:
        was = indexed(tx)
        index, messages = full_text(tx), documents(tx)
        index.remove(tx, messages)
        assert indexed(tx) == []
        index.add(tx, messages)
        return was, indexed(tx)

    was, now = desk.store.write(1, rebuild)
    assert len(was) > 30
    assert was == now


def test_whoever_writes_messages_tells_the_index() -> None:
    root = Path(aloha_server.__file__).parent
    sources = {str(path.relative_to(root)): path.read_text() for path in root.rglob("*.py")}
    writers = {name: text for name, text in sources.items() if CHANGES.search(text)}
    assert set(writers) == WRITERS, "a new writer of messages: does it change topic, rendered or recipient_id?"
    for name, text in writers.items():
        assert "search_index import" in text, name
