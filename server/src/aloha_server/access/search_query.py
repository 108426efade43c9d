"""What somebody searches for, as phrases; and where a message's HTML has them.

A query is words and `"quoted phrases"`, all of which must be there, in any order, in the topic or the content. What is
no word (punctuation, a lone quote) asks for nothing. A word that comes apart (`can't`, `example.com`) is a phrase of
its parts, and one with an asterisk at its end (`deploy*`) stands for every word that begins so.
"""

import re
from collections.abc import Iterator

from aloha.contract.errors import BadNarrowError
from aloha_server.markup import Word, plain_words, words_of

from ..store.fulltext import Phrase

PHRASES_MAX = 64
PHRASE_WORDS_MAX = 256

_PART = re.compile(r'"([^"]*)"|([^\s"]+)|"')


def parse_query(text: str) -> tuple[Phrase, ...]:
    """Empty where the query holds no word; raises BadNarrowError for one that is too long."""
    phrases: dict[Phrase, None] = {}
    for part in _PART.finditer(text):
        quoted, bare = part.groups()
        phrase = _phrase(quoted or bare or "", prefix=bare is not None and bare.endswith("*"))
        if phrase is not None:
            phrases[phrase] = None
    if len(phrases) > PHRASES_MAX or any(len(phrase.words) > PHRASE_WORDS_MAX for phrase in phrases):
        raise BadNarrowError(f"a search has at most {PHRASES_MAX} words and phrases")
    return tuple(phrases)


def find_phrases(html: str, phrases: tuple[Phrase, ...]) -> list[tuple[int, int]]:
    """The places in the HTML's text where words of the phrases stand, rising and apart from each other."""
    words = words_of(html)
    texts = [word.text for word in words]
    found: set[int] = set()
    for phrase in phrases:
        for start in _starts(texts, phrase):
            found.update(_covered(words, start, phrase))
    places: list[tuple[int, int]] = []
    for index in sorted(found):
        word = words[index]
        if places and places[-1][1] == word.start:  # characters of one run
            places[-1] = (places[-1][0], word.end)
        else:
            places.append((word.start, word.end))
    return places


def _phrase(text: str, *, prefix: bool) -> Phrase | None:
    words = plain_words(text)
    if not words:
        return None
    if words[-1].unspaced:  # its last character has another neighbour, or none, where it is found
        if len(words) > 1 and words[-2].unspaced and words[-2].end == words[-1].start:
            del words[-1]
        else:
            prefix = True
    return Phrase(tuple(word.text for word in words), prefix)


def _starts(texts: list[str], phrase: Phrase) -> Iterator[int]:
    """Where in a list of words the phrase begins."""
    *whole, last = phrase.words
    for end, text in enumerate(texts):
        if text == last or (phrase.prefix and text.startswith(last)):
            start = end - len(whole)
            if start >= 0 and texts[start:end] == whole:
                yield start


def _covered(words: list[Word], start: int, phrase: Phrase) -> range:
    """The words of a phrase that begins there; a pair of characters covers the second one's own word too."""
    end = start + len(phrase.words)
    pair = words[end - 1].unspaced and not phrase.prefix and end < len(words)
    return range(start, end + 1 if pair and words[end].start == words[end - 1].end else end)
