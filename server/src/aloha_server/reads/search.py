"""What a search adds to the messages that it found: content and topic with the found words marked."""

from collections.abc import Iterable
from html import escape

from aloha.contract.endpoints.reading import MatchedMessage
from aloha.contract.objects import FetchedMessage

from ..access.messages import Message
from ..access.search_query import find_phrases
from ..store.fulltext import Phrase
from .wire_messages import ShowAs

OPENING, CLOSING = '<span class="highlight">', "</span>"


def highlight(html: str, phrases: tuple[Phrase, ...]) -> str:
    """Marks stand in text only: tags, attributes and entities hold no words, and no word reaches over a tag."""
    parts, done = [], 0
    for start, end in find_phrases(html, phrases):
        parts += [html[done:start], OPENING, html[start:end], CLOSING]
        done = end
    return "".join([*parts, html[done:]])


def match_message(message: Message, phrases: tuple[Phrase, ...], show_as: ShowAs) -> MatchedMessage:
    topic = show_as.topic(message.topic) if message.stream_id is not None else ""
    return MatchedMessage(
        match_content=highlight(message.rendered, phrases),
        match_subject=highlight(escape(topic), phrases if message.topic else ()),
    )


def add_matches(
    shown: list[FetchedMessage], messages: Iterable[Message], phrases: tuple[Phrase, ...], show_as: ShowAs
) -> None:
    """To messages as the wire shows them, in the same order."""
    for wire, message in zip(shown, messages, strict=True):
        found = match_message(message, phrases, show_as)
        wire.match_content, wire.match_subject = found.match_content, found.match_subject


def match_messages(
    messages: Iterable[Message], phrases: tuple[Phrase, ...], show_as: ShowAs
) -> dict[str, MatchedMessage]:
    """By the message's id."""
    return {str(message.message_id): match_message(message, phrases, show_as) for message in messages}
