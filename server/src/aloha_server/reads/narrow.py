"""From a narrow to SQL.

A narrow becomes a condition on a message `m` and its parameters. It only ever restricts what its reader can read.
Where it names a channel it covers the whole history that the reader may see there; otherwise what they received:
direct messages, and what was sent to streams while they were subscribed.

Every condition is true or false, never null, so that a term can be negated.
"""

from collections.abc import Callable
from typing import Any

import msgspec

from aloha.contract.errors import ApiError, BadNarrowError
from aloha.contract.objects import NarrowTerm

from ..access.messages import READABLE, RECEIVED, Message, access_messages, people_of, reader
from ..access.read_state import unread_ids
from ..access.realm import load_realm
from ..access.recipients import find_conversation
from ..access.streams import Stream, access_stream
from ..access.users import User, find_user_by_email, load_users
from ..access.visibility import visible_user_ids
from ..events.adapt import EMPTY_TOPIC_NAME
from ..store import Tx, bits

TERMS_MAX = 50
NAMED_USERS_MAX = 100

_MENTIONS = sum(bit for name, bit in bits.FLAG_BITS.items() if name.endswith("mentioned"))
_FLAGGED = """m.message_id in (
    select message_id from message_flag
    where realm_id = :realm_id and user_id = :user_id and (flags & {bits}) <> 0
)"""
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
_ANYTHING = "1 = 1"

# Conditions without parameters of their own, by operator and operand.
WORDS: dict[tuple[str, str], str] = {
    ("is", "dm"): _DIRECT,
    ("is", "starred"): _FLAGGED.format(bits=bits.FLAG_BITS["starred"]),
    ("is", "alerted"): _FLAGGED.format(bits=bits.FLAG_BITS["has_alert_word"]),
    ("is", "mentioned"): f"""(
        {_FLAGGED.format(bits=_MENTIONS)}
        or (m.stream_id is not null and (m.traits & {bits.STREAM_WILDCARD}) <> 0 and {RECEIVED})
    )""",
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


class Narrowed(msgspec.Struct, frozen=True, kw_only=True):
    """A condition on `m` with its parameters, `READABLE` included. `near` is where to look unless one says so.

    `stream_id` and `topic_key` are the channel and topic that the narrow is confined to; `everything` holds where there
    is no restriction, and `few` where so little matches that it is better sorted than met by walking through all.
    """

    condition: str
    parameters: dict[str, Any]
    near: int | None = None
    stream_id: int | None = None
    topic_key: str | None = None
    everything: bool = False
    few: bool = False


def resolve_narrow(tx: Tx, user: User, terms: tuple[NarrowTerm, ...]) -> Narrowed:
    """Raises BadNarrowError for what the reader does not know of. Queries grow with the terms, not with messages."""
    if len(terms) > TERMS_MAX:
        raise ApiError(f"A narrow has at most {TERMS_MAX} terms")
    near = next((int(str(term.operand)) for term in terms if term.operator == "near"), None)
    kept = [term for term in _follow_with(tx, user, terms) if term.operator != "near"]
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

    def add(self, term: NarrowTerm) -> None:
        word = WORDS.get((term.operator, str(term.operand)))
        condition = word if word is not None else OPERATORS[term.operator](self, term)
        if term.operator in ("channels", "id") or (term.operator, term.operand) == ("is", "starred"):
            self._beyond_received = self._beyond_received or not term.negated
        self._few = self._few or (not term.negated and (word == _DIRECT or term.operator == "dm-including"))
        self._conditions.append(f"not ({condition})" if term.negated else condition)

    def build(self, near: int | None) -> Narrowed:
        base = READABLE if self._beyond_received else f"{READABLE} and (m.stream_id is null or {RECEIVED})"
        return Narrowed(
            condition=" and ".join([base, *self._conditions]),
            parameters=self._parameters,
            near=near,
            stream_id=self._stream_id,
            topic_key=self._topic_key,
            everything=not self._conditions,
            few=self._few,
        )

    def channel(self, term: NarrowTerm) -> str:
        stream = _find_stream(self._tx, self._user, term.operand)
        if not term.negated:
            self._stream_id = stream.stream_id
            self._beyond_received = True
        return f"m.recipient_id = :{self._bind(stream.recipient_id)}"

    def topic(self, term: NarrowTerm) -> str:
        key = str(term.operand).strip().casefold()
        key = "" if key == EMPTY_TOPIC_NAME else key
        if not term.negated:
            self._topic_key = key
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

    def message_id(self, term: NarrowTerm) -> str:
        return f"m.message_id = :{self._bind(term.operand)}"

    def home(self, _: NarrowTerm) -> str:
        """What is not muted; who looks into a muted stream wants to see it."""
        return f"not {_MUTED if self._stream_id is None else _TOPIC_MUTED}"

    def unread(self, _: NarrowTerm) -> str:
        ids, _missing = unread_ids(self._tx, self._user.user_id, stream_id=self._stream_id)
        return f"m.message_id = any(:{self._bind(ids)})"

    def search(self, _: NarrowTerm) -> str:
        raise BadNarrowError("searching for words is not supported by this server")

    def _bind(self, value: Any) -> str:
        name = f"p{len(self._parameters)}"
        self._parameters[name] = value
        return name

    def _find_users(self, operand: Any) -> list[int]:
        """Several people: ids and addresses in a list, or addresses with commas."""
        if isinstance(operand, str):
            operand = [address.strip() for address in operand.split(",") if address.strip()]
        if len(operand) > NAMED_USERS_MAX:
            raise BadNarrowError(f"more than {NAMED_USERS_MAX} users")
        return [self._find_user(item) for item in operand]

    def _find_user(self, operand: Any) -> int:
        if operand == "me":
            return self._user.user_id
        if isinstance(operand, int):
            found = load_users(self._tx, [operand]).get(operand)
        else:
            found = find_user_by_email(self._tx, operand, self._realm)
        visible = visible_user_ids(self._tx, self._user)
        if found is None or (visible is not None and found.user_id not in visible):
            raise BadNarrowError(f"unknown user {operand}")
        return found.user_id


OPERATORS: dict[str, Callable[[_Builder, NarrowTerm], str]] = {
    "channel": _Builder.channel,
    "dm": _Builder.dm,
    "dm-including": _Builder.dm_including,
    "id": _Builder.message_id,
    "in": _Builder.home,  # as `all` needs no look-up
    "is": _Builder.unread,  # the other words need no look-up
    "search": _Builder.search,
    "sender": _Builder.sender,
    "topic": _Builder.topic,
}


def _find_stream(tx: Tx, user: User, operand: Any) -> Stream:
    """By id or name; older clients send ids as strings."""
    try:
        return access_stream(tx, user, operand)
    except ApiError:
        if isinstance(operand, str) and operand.isascii() and operand.isdecimal() and len(operand) <= 18:
            return _find_stream(tx, user, int(operand))
        raise BadNarrowError(f"unknown channel {operand}") from None


def _follow_with(tx: Tx, user: User, terms: tuple[NarrowTerm, ...]) -> list[NarrowTerm]:
    """`with` in place of where its message was: the conversation that it is in now.

    A message that the reader cannot read leaves the narrow as the other terms say it.
    """
    followed = [term for term in terms if term.operator == "with"]
    others = [term for term in terms if term.operator != "with"]
    if not followed:
        return others
    if len(followed) > 1:
        raise BadNarrowError("more than one 'with'")
    places = [term for term in others if term.operator in ("channel", "topic", "dm") and not term.negated]
    found = access_messages(tx, user, [int(str(followed[0].operand))])
    if not found:
        if not places:
            raise BadNarrowError("unknown message for 'with'")
        return others
    return [*(term for term in others if term not in places), *_place_of(tx, user, found[0])]


def _place_of(tx: Tx, user: User, message: Message) -> list[NarrowTerm]:
    if message.stream_id is not None:
        return [
            NarrowTerm(operator="channel", operand=message.stream_id),
            NarrowTerm(operator="topic", operand=message.topic),
        ]
    people = people_of(tx, [message.recipient_id])[message.recipient_id]
    return [NarrowTerm(operator="dm", operand=[id_ for id_ in people if id_ != user.user_id])]
