"""The words that alert a user, kept in the order in which they were added."""

import msgspec

from aloha.contract.errors import ApiError

from ..access.users import User
from ..events.emit import emit, to_users
from ..store import Tx, WriteTx

WORD_CHARS_MAX = 100
WORDS_MAX = 1000

GET = "select alert_words from account where realm_id = :realm_id and user_id = :user_id"
SET = "update account set alert_words = :words where realm_id = :realm_id and user_id = :user_id"


def add_alert_words(tx: WriteTx, user: User, words: list[str]) -> list[str]:
    """All of the user's words. Those that are there, in whatever case, stay as they are."""
    before = _get(tx, user)
    known = {word.casefold(): word for word in before}
    for word in map(str.strip, words):
        if len(word) > WORD_CHARS_MAX:
            raise ApiError(f"An alert word has at most {WORD_CHARS_MAX} characters")
        if word:
            known.setdefault(word.casefold(), word)
    if len(known) > WORDS_MAX:
        raise ApiError(f"There can be at most {WORDS_MAX} alert words")
    return _set(tx, user, before, list(known.values()))


def remove_alert_words(tx: WriteTx, user: User, words: list[str]) -> list[str]:
    """All that are left."""
    before = _get(tx, user)
    gone = {word.strip().casefold() for word in words}
    return _set(tx, user, before, [word for word in before if word.casefold() not in gone])


def _get(tx: Tx, user: User) -> list[str]:
    return msgspec.json.decode(tx.value(GET, user_id=user.user_id), type=list[str])


def _set(tx: WriteTx, user: User, before: list[str], words: list[str]) -> list[str]:
    if words != before:
        tx.execute(SET, user_id=user.user_id, words=msgspec.json.encode(words).decode())
        emit(tx, {"type": "alert_words", "alert_words": words}, to_users(tx, [user.user_id]))
    return words
