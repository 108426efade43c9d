"""The words that alert a user, kept in the order in which they were added."""

from aloha.contract.errors import ApiError

from ..access.alert_words import first_token, load_alert_words
from ..access.users import User
from ..events.emit import emit, to_users
from ..store import WriteTx

WORD_CHARS_MAX = 100
WORDS_MAX = 1000

INSERT = """
    insert into alert_word (realm_id, user_id, place, word, word_key, token)
    values (:realm_id, :user_id, :place, :word, :word_key, :token)
"""
FORGET = "delete from alert_word where realm_id = :realm_id and user_id = :user_id"


def add_alert_words(tx: WriteTx, user: User, words: list[str]) -> list[str]:
    """All of the user's words. Those that are there, in whatever case, stay as they are."""
    before = load_alert_words(tx, user.user_id)
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
    before = load_alert_words(tx, user.user_id)
    gone = {word.strip().casefold() for word in words}
    return _set(tx, user, before, [word for word in before if word.casefold() not in gone])


def _set(tx: WriteTx, user: User, before: list[str], words: list[str]) -> list[str]:
    if words == before:
        return words
    keys = [(word, word.casefold()) for word in words]
    tx.execute(FORGET, user_id=user.user_id)
    tx.execute_many(
        INSERT,
        [
            {"user_id": user.user_id, "place": place, "word": word, "word_key": key, "token": first_token(key)}
            for place, (word, key) in enumerate(keys)
        ],
    )
    emit(tx, {"type": "alert_words", "alert_words": words}, to_users(tx, [user.user_id]))
    return words
