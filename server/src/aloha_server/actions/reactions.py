"""Emoji reactions. An emoji is its code in one of three namespaces; its name may have moved since."""

from typing import Any

from aloha.contract.errors import ApiError
from aloha_server.markup import emoji_code_for

from ..access.emoji import UNICODE, Emoji, find_emoji
from ..access.message_audience import audience_of, stream_of
from ..access.messages import Message, access_message
from ..access.realm import load_realm
from ..access.users import User, hidden_email, shown_email
from ..access.visibility import limited_guest_ids, seen_by_guest
from ..events.audience import load_audience
from ..events.emit import emit, to_users
from ..store import Tx, WriteTx
from .topic_policies import follow_by_taking_part

UNKNOWN_NAME = "Unknown user"
DISTINCT_MAX = 100  # different emoji on one message

JOINED = """
    select emoji_name, emoji_code, reaction_type from reaction
    where realm_id = :realm_id and message_id = :message_id and reaction_type = :kind and emoji_code = :code
    order by reaction_id limit 1
"""
OWN = """
    select emoji_name, emoji_code, reaction_type from reaction
    where realm_id = :realm_id and message_id = :message_id and user_id = :user_id
"""
OTHERS = """
    select count(*) from (
        select distinct reaction_type, emoji_code from reaction
        where realm_id = :realm_id and message_id = :message_id and not (reaction_type = :kind and emoji_code = :code)
    ) other
"""
INSERT = """
    insert into reaction (realm_id, message_id, reaction_id, user_id, reaction_type, emoji_code, emoji_name)
    values (:realm_id, :message_id, :reaction_id, :user_id, :kind, :code, :name)
"""
DELETE = """
    delete from reaction where realm_id = :realm_id and message_id = :message_id and user_id = :user_id
        and reaction_type = :kind and emoji_code = :code
"""


def add_reaction(
    tx: WriteTx, actor: User, message_id: int, name: str, code: str | None = None, kind: str | None = None
) -> None:
    """The name is enough for an emoji of today; code and kind join a reaction that is there."""
    message = access_message(tx, actor, message_id)
    emoji = _emoji_to_add(tx, message, name, code, kind)
    if any((own.kind, own.code) == (emoji.kind, emoji.code) for own in _own(tx, actor, message)):
        raise ApiError("Reaction already exists.", code="REACTION_ALREADY_EXISTS")
    if tx.value(OTHERS, message_id=message_id, kind=emoji.kind, code=emoji.code) >= DISTINCT_MAX:
        raise ApiError(f"A message has at most {DISTINCT_MAX} different reactions.")
    follow_by_taking_part(tx, actor, stream_of(tx, message), message.topic)
    row = {"message_id": message_id, "user_id": actor.user_id, "kind": emoji.kind, "code": emoji.code}
    tx.execute(INSERT, reaction_id=tx.next_id("reaction"), name=emoji.name, **row)
    _tell(tx, actor, message, emoji, "add")


def remove_reaction(
    tx: WriteTx, actor: User, message_id: int, name: str | None, code: str | None = None, kind: str | None = None
) -> None:
    """One's own, by name or by code; also of an emoji that is there no more."""
    if name is None and code is None:
        raise ApiError("At least one of the following arguments must be present: emoji_name, emoji_code")
    message = access_message(tx, actor, message_id)
    for own in _own(tx, actor, message):
        if _is_meant(own, name, code, kind):
            row = {"message_id": message_id, "user_id": actor.user_id, "kind": own.kind, "code": own.code}
            tx.execute(DELETE, **row)
            _tell(tx, actor, message, own, "remove")
            return
    raise ApiError("Reaction doesn't exist.", code="REACTION_DOES_NOT_EXIST")


def _own(tx: Tx, actor: User, message: Message) -> list[Emoji]:
    return tx.all(Emoji, OWN, message_id=message.message_id, user_id=actor.user_id)


def _is_meant(own: Emoji, name: str | None, code: str | None, kind: str | None) -> bool:
    if code is not None:
        return (own.code, own.kind) == (code, kind or UNICODE)
    assert name is not None
    return own.name == name or (own.kind == UNICODE and emoji_code_for(name) == own.code)


def _emoji_to_add(tx: Tx, message: Message, name: str, code: str | None, kind: str | None) -> Emoji:
    if code is not None:
        joined = tx.one(Emoji, JOINED, message_id=message.message_id, kind=kind or UNICODE, code=code)
        if joined is not None:
            return joined
    emoji = find_emoji(tx, name, kind)
    if emoji is None:
        raise ApiError(f"Emoji '{name}' does not exist")
    if code is not None and emoji.code != code:
        raise ApiError("Invalid emoji name.")
    return emoji


def _tell(tx: WriteTx, actor: User, message: Message, emoji: Emoji, op: str) -> None:
    """Guests who may not see the actor are told of nobody's name."""
    event: dict[str, Any] = {
        "type": "reaction",
        "op": op,
        "user_id": actor.user_id,
        "message_id": message.message_id,
        "emoji_name": emoji.name,
        "emoji_code": emoji.code,
        "reaction_type": emoji.kind,
    }
    realm = load_realm(tx)
    named = {"user_id": actor.user_id, "email": shown_email(actor, realm), "full_name": actor.full_name}
    unnamed = {**named, "email": hidden_email(actor.user_id, realm), "full_name": UNKNOWN_NAME}
    audience = audience_of(tx, message, stream_of(tx, message))
    blind = set(limited_guest_ids(tx))
    if blind:
        blind -= seen_by_guest(tx, actor.user_id)  # to share something is mutual
    if not blind:
        emit(tx, {**event, "user": named}, audience)
        return
    told = load_audience(tx, audience)
    emit(tx, {**event, "user": named}, to_users(tx, [user_id for user_id in told if user_id not in blind]))
    emit(tx, {**event, "user": unnamed}, to_users(tx, [user_id for user_id in told if user_id in blind]))
