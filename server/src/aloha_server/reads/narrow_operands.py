"""What a narrow's operands name: channels, people, and the conversation that a message is in now."""

from typing import Any

from aloha.contract.errors import ApiError, BadNarrowError
from aloha.contract.objects import NarrowTerm

from ..access.messages import Message, access_messages, people_of
from ..access.realm import Realm
from ..access.streams import Stream, access_stream, find_stream
from ..access.users import (
    User,
    email_visibility,
    find_user_by_email,
    hidden_email,
    load_users,
    may_see_email,
    shown_email,
)
from ..access.visibility import visible_user_ids
from ..store import Tx

NAMED_USERS_MAX = 100
ID_DIGITS_MAX = 18


def find_channel(tx: Tx, operand: int | str) -> Stream | None:
    """By id or name, whoever may know of it; older clients send ids as strings."""
    found = find_stream(tx, operand)
    is_id = isinstance(operand, str) and operand.isascii() and operand.isdecimal() and len(operand) <= ID_DIGITS_MAX
    return find_stream(tx, int(operand)) if found is None and is_id else found


def access_channel(tx: Tx, user: User, operand: Any) -> Stream:
    """The channel if the user may know of it."""
    found = find_channel(tx, operand)
    try:
        return access_stream(tx, user, operand if found is None else found.stream_id)
    except ApiError:
        raise BadNarrowError(f"unknown channel {operand}") from None


def access_people(tx: Tx, user: User, operand: Any, realm: Realm) -> list[int]:
    """Several people: ids and addresses in a list, or addresses with commas."""
    if isinstance(operand, str):
        operand = [address.strip() for address in operand.split(",") if address.strip()]
    if len(operand) > NAMED_USERS_MAX:
        raise BadNarrowError(f"more than {NAMED_USERS_MAX} users")
    return [access_person(tx, user, item, realm) for item in operand]


def access_person(tx: Tx, user: User, operand: Any, realm: Realm) -> int:
    """The id of somebody whom the user sees, by id or by an address that the user sees; `me` is oneself."""
    if operand == "me":
        return user.user_id
    if isinstance(operand, int):
        found = load_users(tx, [operand]).get(operand)
    else:
        found = _find_by_address(tx, user, operand, realm)
    visible = visible_user_ids(tx, user)
    if found is None or (visible is not None and found.user_id not in visible):
        raise BadNarrowError(f"unknown user {operand}")
    return found.user_id


def _find_by_address(tx: Tx, user: User, address: str, realm: Realm) -> User | None:
    """A hidden address answers like one that nobody has: else anybody could try whether somebody has it."""
    found = find_user_by_email(tx, address, realm)
    if found is None or found.user_id == user.user_id or shown_email(found, realm).casefold() == address.casefold():
        return found
    hidden = hidden_email(found.user_id, realm).casefold() == address.casefold()
    return found if hidden or may_see_email(email_visibility(found, realm), user.role) else None


def follow_with(tx: Tx, user: User, terms: tuple[NarrowTerm, ...]) -> list[NarrowTerm]:
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
