"""The search index of messages: what is in it, and what its writers owe it.

The index is a copy of topics, contents and places, so whatever writes a message's `topic`, `rendered` or
`recipient_id`, or deletes it, says so here, in the same transaction. Of who may read a message it knows nothing: a
search is a narrow like any other. The place stands in it as a word that nobody can type, so that a search in one
channel need not look through what was found everywhere.
"""

from collections.abc import Iterable
from functools import lru_cache
from html import escape

from aloha_server.markup import word_text

from ..store import Tx, WriteTx
from ..store.fulltext import Document, full_text
from .messages import Message


def index_message(tx: WriteTx, message_id: int, recipient_id: int, topic: str, words: str) -> None:
    """A new message, with the words of its content."""
    full_text(tx).add(tx, [_document(tx, message_id, recipient_id, topic, words)])


def reindex_message(tx: WriteTx, before: Message, words: str) -> None:
    """A message as it was, and the words of its new content."""
    full_text(tx).remove(tx, [_document_of(tx, before)])
    full_text(tx).add(tx, [_document(tx, before.message_id, before.recipient_id, before.topic, words)])


def reindex_moved(tx: WriteTx, moved: Iterable[tuple[Message, str, int]]) -> None:
    """Messages as they were, each with its topic and recipient now. Resolving a topic changes no word of it."""
    old, new = [], []
    for message, topic, recipient_id in moved:
        if recipient_id != message.recipient_id or topic_words(topic) != topic_words(message.topic):
            words = word_text(message.rendered)
            old.append(_document(tx, message.message_id, message.recipient_id, message.topic, words))
            new.append(_document(tx, message.message_id, recipient_id, topic, words))
    if old:
        full_text(tx).remove(tx, old)
        full_text(tx).add(tx, new)


def unindex_messages(tx: WriteTx, messages: Iterable[Message]) -> None:
    """Messages that are deleted, as they were."""
    full_text(tx).remove(tx, [_document_of(tx, message) for message in messages])


def place_word(tx: Tx, recipient_id: int) -> str:
    """What every message of a channel or conversation has, and no text."""
    return f"\N{SECTION SIGN}{tx.realm_id}\N{SECTION SIGN}{recipient_id}"


@lru_cache(1000)
def topic_words(topic: str) -> str:
    return word_text(escape(topic))


def _document(tx: Tx, message_id: int, recipient_id: int, topic: str, words: str) -> Document:
    return Document(message_id, topic_words(topic), f"{place_word(tx, recipient_id)} {words}")


def _document_of(tx: Tx, message: Message) -> Document:
    words = word_text(message.rendered)
    return _document(tx, message.message_id, message.recipient_id, message.topic, words)
