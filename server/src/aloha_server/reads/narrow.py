"""From a narrow to SQL.

A narrow becomes a condition on a message `m` and its parameters. It only ever restricts what its reader can read.
Where it names a channel it covers the whole history that the reader may see there; otherwise what they received:
direct messages, and what was sent to streams while they were subscribed.

Every condition is true or false, never null, so that a term can be negated.
"""

from collections.abc import Callable
from typing import Any

import msgspec

from aloha.contract.errors import ApiError
from aloha.contract.objects import NarrowTerm

from ..access.messages import READABLE, RECEIVED, reader
from ..access.read_state import unread_ids
from ..access.realm import load_realm
from ..access.recipients import find_conversation
from ..access.search_index import place_word, topic_words
from ..access.search_query import parse_query
from ..access.users import User
from ..events.adapt import EMPTY_TOPIC_NAME
from ..store import Tx, bits
from ..store.fulltext import REALM_BITS, Phrase, full_text
from .narrow_operands import access_channel, access_people, access_person, follow_with

TERMS_MAX = 50
WILDCARDS_MAX = 10_000  # messages that mention everybody in their stream, the newest
MENTIONED_MAX = 50_000

_MENTIONS = sum(bit for name, bit in bits.FLAG_BITS.items() if name.endswith("mentioned"))
_FLAGGED = """m.message_id in (
    select message_id from message_flag
    where realm_id = :realm_id and user_id = :user_id and (flags & {bits}) <> 0
)"""
_MENTIONED = _FLAGGED.format(bits=bits.FLAG_BITS["mentioned"])
WILDCARDS = f"""
    select m.message_id from message m where m.realm_id = :realm_id and (m.traits & {bits.STREAM_WILDCARD}) <> 0
    order by m.message_id desc limit :count
"""
MENTIONED = f"""
    select message_id from message_flag
    where realm_id = :realm_id and user_id = :user_id and (flags & {_MENTIONS}) <> 0
    union
    select m.message_id from message m
    where m.realm_id = :realm_id and m.message_id = any(:wildcards) and {RECEIVED}
    order by 1 desc limit :count
"""
_DIRECT = """m.recipient_id in (
    select recipient_id from direct_member where realm_id = :realm_id and user_id = :user_id
)"""
_POLICY = """coalesce((
    select chosen.visibility_policy from user_topic chosen where chosen.realm_id = m.realm_id
        and chosen.user_id = :user_id and chosen.stream_id = m.stream_id and chosen.topic_key = m.topic_key
), 0)"""
_TOPIC_MUTED = f"{_POLICY} = 1"
# In a muted stream, topics that are unmuted or followed are heard.
_MUTED = f"""(case {_POLICY} when 0 then coalesce(m.stream_id, 0) in (
    select stream_id from subscription
    where realm_id = :realm_id and user_id = :user_id and is_active = 1 and is_muted = 1
) when 1 then 1 = 1 else 1 = 0 end)"""
_NOTHING = "1 = 0"
_ANYTHING = "1 = 1"

# Conditions without parameters of their own, by operator and operand.
WORDS: dict[tuple[str, str], str] = {
    ("is", "dm"): _DIRECT,
    ("is", "starred"): _FLAGGED.format(bits=bits.FLAG_BITS["starred"]),
    ("is", "alerted"): _FLAGGED.format(bits=bits.FLAG_BITS["has_alert_word"]),
    ("is", "resolved"): "substr(m.topic, 1, 2) = '\N{HEAVY CHECK MARK} '",
    ("is", "followed"): f"{_POLICY} = 3",
    ("is", "muted"): _MUTED,
    ("in", "all"): _ANYTHING,
    ("has", "link"): f"(m.traits & {bits.HAS_LINK}) <> 0",
    ("has", "image"): f"(m.traits & {bits.HAS_IMAGE}) <> 0",
    ("has", "attachment"): f"(m.traits & {bits.HAS_ATTACHMENT}) <> 0",
    ("has", "reaction"): """exists (
        select 1 from reaction r where r.realm_id = m.realm_id and r.message_id = m.message_id
    )""",
    ("channels", "public"): """coalesce(m.stream_id, 0) in (
        select stream_id from stream where realm_id = :realm_id and invite_only = 0
    )""",
    ("channels", "web-public"): """coalesce(m.stream_id, 0) in (
        select stream_id from stream where realm_id = :realm_id and is_web_public = 1
    )""",
}
_WITH_ALL = """m.stream_id is null and m.recipient_id in (
    select recipient_id from direct_member where realm_id = :realm_id and user_id = any(:{name})
    group by recipient_id having count(*) = :{name}_count
)"""


_GROUP = """exists (
    select 1 from recipient r
    where r.realm_id = m.realm_id and r.recipient_id = m.recipient_id and r.user_ids like '%,%,%'
)"""
DIRECT_WITH = ("dm-including", "group-pm-with")
LISTED = {("is", word) for word in ("alerted", "mentioned", "starred", "unread")}


class Search(msgspec.Struct, frozen=True, kw_only=True):
    """A narrow's search the other way round: a table that is read in the order of `key` (a message's id plus `offset`),
    with `m` beside it, and the condition that is left. `phrases` are what was searched for."""

    source: str
    condition: str
    key: str
    offset: int
    phrases: tuple[Phrase, ...]


class Narrowed(msgspec.Struct, frozen=True, kw_only=True):
    """A condition on `m` with its parameters, `READABLE` included. `near` is where to look unless one says so.

    `stream_id` and `topic_key` are the channel and topic that the narrow is confined to; `everything` holds where there
    is no restriction, `few` where so little matches that it is better sorted than met by walking through all, and
    `listed` where the ids that may match are known.
    """

    condition: str
    parameters: dict[str, Any]
    search: Search | None = None
    near: int | None = None
    stream_id: int | None = None
    topic_key: str | None = None
    everything: bool = False
    few: bool = False
    listed: bool = False


def resolve_narrow(tx: Tx, user: User, terms: tuple[NarrowTerm, ...]) -> Narrowed:
    """Raises BadNarrowError for what the reader does not know of. Queries grow with the terms, not with messages."""
    if len(terms) > TERMS_MAX:
        raise ApiError(f"A narrow has at most {TERMS_MAX} terms")
    near = next((int(str(term.operand)) for term in terms if term.operator == "near"), None)
    kept = [term for term in follow_with(tx, user, terms) if term.operator != "near"]
    builder = _Builder(tx, user)
    for term in sorted(kept, key=lambda term: (term.operator, term.negated)):  # few texts for many narrows
        builder.add(term)
    return builder.build(near)


class _Builder:
    def __init__(self, tx: Tx, user: User) -> None:
        self._tx = tx
        self._user = user
        self._realm = load_realm(tx)
        self._conditions: list[str] = []
        self._parameters: dict[str, Any] = reader(user)
        self._stream_id: int | None = None
        self._topic_key: str | None = None
        self._beyond_received = False
        self._few = False
        self._listed = False
        self._phrases: list[Phrase] = []  # searched for
        self._places: list[Phrase] = []  # what every match has in the index, so that less is looked through
        self._unsearched: list[str] = []

    def add(self, term: NarrowTerm) -> None:
        word = WORDS.get((term.operator, str(term.operand)))
        condition = word if word is not None else OPERATORS[term.operator](self, term)
        if term.operator in ("channels", "id") or (term.operator, term.operand) == ("is", "starred"):
            self._beyond_received = self._beyond_received or not term.negated
        self._few = self._few or (not term.negated and (word == _DIRECT or term.operator in DIRECT_WITH))
        self._listed = self._listed or (not term.negated and (term.operator, str(term.operand)) in LISTED)
        condition = f"not ({condition})" if term.negated else condition
        self._conditions.append(condition)
        if term.operator != "search" or term.negated or condition == _NOTHING:
            self._unsearched.append(condition)

    def build(self, near: int | None) -> Narrowed:
        base = READABLE if self._beyond_received else f"{READABLE} and (m.stream_id is null or {RECEIVED})"
        return Narrowed(
            condition=" and ".join([base, *self._conditions]),
            parameters=self._parameters,
            search=self._search(base) if self._phrases else None,
            near=near,
            stream_id=self._stream_id,
            topic_key=self._topic_key,
            everything=not self._conditions,
            few=self._few,
            listed=self._listed,
        )

    def _search(self, base: str) -> Search:
        """All that is searched for in one question to the index."""
        index = full_text(self._tx)
        found = self._bind(index.query([*self._places, *self._phrases]))
        return Search(
            source=index.source,
            condition=" and ".join([index.found.replace(":found", f":{found}"), base, *self._unsearched]),
            key=index.key,
            offset=self._tx.realm_id << REALM_BITS if index.key_has_realm else 0,
            phrases=tuple(self._phrases),
        )

    def channel(self, term: NarrowTerm) -> str:
        stream = access_channel(self._tx, self._user, term.operand)
        if not term.negated:
            self._stream_id = stream.stream_id
            self._beyond_received = True
            self._places.append(Phrase((place_word(self._tx, stream.recipient_id),)))
        return f"m.recipient_id = :{self._bind(stream.recipient_id)}"

    def topic(self, term: NarrowTerm) -> str:
        key = str(term.operand).strip().casefold()
        key = "" if key == EMPTY_TOPIC_NAME else key
        if not term.negated:
            self._topic_key = key
            words = topic_words(key).split()
            self._places += [Phrase(tuple(words))] if words else []
        return f"(m.stream_id is not null and m.topic_key = :{self._bind(key)})"

    def sender(self, term: NarrowTerm) -> str:
        return f"m.sender_id = :{self._bind(self._find_user(term.operand))}"

    def dm(self, term: NarrowTerm) -> str:
        """The conversation of exactly these people and the reader."""
        people = {self._user.user_id, *self._find_users(term.operand)}
        conversation = find_conversation(self._tx, people)
        return f"m.recipient_id = :{self._bind(0 if conversation is None else conversation.recipient_id)}"

    def dm_including(self, term: NarrowTerm) -> str:
        people = {self._user.user_id, *self._find_users(term.operand)}
        name = self._bind(sorted(people))
        self._parameters[f"{name}_count"] = len(people)
        return f"({_WITH_ALL.format(name=name)})"

    def group_with(self, term: NarrowTerm) -> str:
        return f"({self.dm_including(term)} and {_GROUP})"

    def mentions(self, term: NarrowTerm) -> str:
        return _MENTIONED.replace(":user_id", f":{self._bind(self._find_user(term.operand))}")

    def message_id(self, term: NarrowTerm) -> str:
        return f"m.message_id = :{self._bind(term.operand)}"

    def home(self, _: NarrowTerm) -> str:
        """What is not muted; who looks into a muted stream wants to see it."""
        return f"not {_MUTED if self._stream_id is None else _TOPIC_MUTED}"

    def look_up(self, term: NarrowTerm) -> str:
        """The words of `is` that are a list of messages."""
        return self.unread() if term.operand == "unread" else self.mentioned()

    def mentioned(self) -> str:
        """By name, or with everybody else in a stream; who received it was mentioned."""
        wildcards = self._tx.values(WILDCARDS, count=WILDCARDS_MAX)
        ids = self._tx.values(MENTIONED, wildcards=wildcards, user_id=self._user.user_id, count=MENTIONED_MAX)
        return f"m.message_id = any(:{self._bind(ids)})"

    def unread(self) -> str:
        ids, _missing = unread_ids(self._tx, self._user.user_id, stream_id=self._stream_id)
        return f"m.message_id = any(:{self._bind(ids)})"

    def search(self, term: NarrowTerm) -> str:
        """Without a word to look for, nothing is found."""
        phrases = parse_query(str(term.operand))
        if not phrases:
            return _NOTHING
        if not term.negated:
            self._phrases += phrases
        index = full_text(self._tx)
        return index.exists.replace(":found", f":{self._bind(index.query(phrases))}")

    def _bind(self, value: Any) -> str:
        name = f"p{len(self._parameters)}"
        self._parameters[name] = value
        return name

    def _find_users(self, operand: Any) -> list[int]:
        return access_people(self._tx, self._user, operand, self._realm)

    def _find_user(self, operand: Any) -> int:
        return access_person(self._tx, self._user, operand, self._realm)


OPERATORS: dict[str, Callable[[_Builder, NarrowTerm], str]] = {
    "channel": _Builder.channel,
    "dm": _Builder.dm,
    "dm-including": _Builder.dm_including,
    "group-pm-with": _Builder.group_with,
    "id": _Builder.message_id,
    "in": _Builder.home,  # as `all` needs no look-up
    "mentions": _Builder.mentions,
    "is": _Builder.look_up,  # the other words need no look-up
    "search": _Builder.search,
    "sender": _Builder.sender,
    "topic": _Builder.topic,
}
