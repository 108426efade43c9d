"""Alert words, and whom a text alerts.

A word stands in the text where no letter or digit touches its ends, whatever the case. It is found by its first
token: the text's tokens are looked up in an index of all words, which also holds the recipients' side of the
question, so a message costs one query whoever has how many words; only words that begin with a token of the text
are compared with it.
"""

import re
from collections.abc import Iterable

from ..store import Tx

OWN = "select word from alert_word where realm_id = :realm_id and user_id = :user_id order by place"
CANDIDATES = """
    select w.user_id, w.word_key from alert_word w
    where w.realm_id = :realm_id and w.token = any(:tokens) and
"""
AMONG_SUBSCRIBERS = f"""{CANDIDATES} exists (
    select 1 from subscription s where s.realm_id = w.realm_id and s.user_id = w.user_id
        and s.stream_id = :stream_id and s.is_active = 1
)"""
# The plus keeps the planner from looking up every word of these users.
AMONG_USERS = f"{CANDIDATES} +w.user_id = any(:user_ids)"

_TOKEN = re.compile(r"\w+|[^\w\s]")


def load_alert_words(tx: Tx, user_id: int) -> list[str]:
    """In the order of adding."""
    return tx.values(OWN, user_id=user_id)


def first_token(word: str) -> str:
    """By which a word is found; of a casefolded one."""
    found = _TOKEN.search(word)
    return found.group() if found else ""


def alerted_subscribers(tx: Tx, text: str, stream_id: int) -> set[int]:
    """Whom of a stream's subscribers the text alerts."""
    folded = text.casefold()
    return _alerted(folded, tx.rows(AMONG_SUBSCRIBERS, tokens=_tokens(folded), stream_id=stream_id))


def alerted_users(tx: Tx, text: str, user_ids: Iterable[int]) -> set[int]:
    """Whom of these users the text alerts."""
    folded = text.casefold()
    return _alerted(folded, tx.rows(AMONG_USERS, tokens=_tokens(folded), user_ids=list(user_ids)))


def _tokens(folded: str) -> list[str]:
    return sorted(set(_TOKEN.findall(folded)))


def _alerted(folded: str, candidates: Iterable[tuple[int, str]]) -> set[int]:
    pairs = list(candidates)
    found = {word for word in {word for _, word in pairs} if _stands_in(word, folded)}
    return {user_id for user_id, word in pairs if word in found}


def _stands_in(word: str, folded: str) -> bool:
    place = folded.find(word)
    while place >= 0:
        before, after = folded[place - 1 : place], folded[place + len(word) : place + len(word) + 1]
        if not (_joins(before, word[0]) or _joins(word[-1], after)):
            return True
        place = folded.find(word, place + 1)
    return False


def _joins(left: str, right: str) -> bool:
    """Whether two characters that touch belong to one token."""
    return bool(left and right) and _TOKEN.fullmatch(left + right) is not None
