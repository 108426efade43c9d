"""Narrows: which operators there are, what each takes, and how the two forms of a term become one.

A narrow is a list of terms that a message must all match. A term is an object with `operator`, `operand` and
`negated`, or the older pair of operator and operand. `parse_narrow` promises terms with current names only, each
with an operand of a type that its operator takes. It knows no channel and no user: whether those exist is for
whoever reads the messages to find out.
"""

from collections.abc import Iterable
from typing import Any, Literal

import msgspec

from .errors import ApiError, BadNarrowError
from .objects import NarrowTerm

OperandKind = Literal["text", "message", "name_or_id", "users", "word"]


class Operator(msgspec.Struct, frozen=True):
    """What is known of an operator.

    `kind` is what its operand may be: text; the id of a message; a name (or address) or an id; one or several
    users, by id or by address; or one of `words`. `register` says that `POST /register` takes it too, and with
    which words.
    """

    doc: str
    kind: OperandKind
    words: tuple[str, ...] = ()
    negatable: bool = True
    register: bool = False
    register_words: tuple[str, ...] = ()


OPERATORS: dict[str, Operator] = {
    "channel": Operator("In this channel, by name or id.", "name_or_id", register=True),
    "channels": Operator(
        "In any channel of a kind: `public`, or `web-public`.", "word", words=("public", "web-public")
    ),
    "topic": Operator("In this topic, whatever the case of its letters.", "text", register=True),
    "with": Operator(
        "In the conversation that this message is in now; moving it moves the narrow along.", "message", negatable=False
    ),
    "sender": Operator("From this user, by address or id.", "name_or_id", register=True),
    "dm": Operator("In the direct conversation with exactly these people.", "users", register=True),
    "dm-including": Operator("In a direct conversation with these people and perhaps more.", "users"),
    "group-pm-with": Operator("The same in conversations of three and more; for older clients.", "users"),
    "mentions": Operator("Mentioning this user by name.", "name_or_id"),
    "is": Operator(
        "Of a kind for the user.",
        "word",
        words=("dm", "starred", "unread", "mentioned", "alerted", "resolved", "followed", "muted"),
        register=True,
        register_words=("dm", "starred", "unread", "mentioned", "alerted", "resolved"),
    ),
    "has": Operator("Containing something of a kind.", "word", words=("attachment", "image", "link", "reaction")),
    "in": Operator("In `all` messages, or in those of `home`: not muted.", "word", words=("all", "home")),
    "search": Operator("Containing these words; words in double quotes stand together.", "text"),
    "id": Operator("Exactly this message.", "message"),
    "near": Operator(
        "Around this message: it does not restrict, but serves as the anchor.", "message", negatable=False
    ),
}

OPERATOR_ALIASES: dict[str, str] = {
    "stream": "channel",
    "streams": "channels",
    "subject": "topic",
    "pm-with": "dm",
    "pm-including": "dm-including",
    "from": "sender",
}
WORD_ALIASES: dict[tuple[str, str], str] = {("is", "private"): "dm"}

REGISTER_OPERATORS: tuple[str, ...] = tuple(sorted(name for name, op in OPERATORS.items() if op.register))


def parse_narrow(raw: Iterable[Any]) -> tuple[NarrowTerm, ...]:
    """The terms under their current names. `raw` holds terms, or what JSON made of them.

    An operator, word or operand that cannot be is a BadNarrowError; what is no term at all is a plain BAD_REQUEST.
    """
    return tuple(_canonical(_term(item)) for item in raw)


def parse_register_narrow(raw: Iterable[Any]) -> tuple[NarrowTerm, ...]:
    """Like `parse_narrow`, for the narrow of an event queue: fewer operators, and every error is a plain
    BAD_REQUEST."""
    try:
        terms = parse_narrow(raw)
    except BadNarrowError as error:
        raise ApiError(error.msg) from error
    for term in terms:
        operator = OPERATORS[term.operator]
        if not operator.register:
            raise ApiError(f"Operator {term.operator} is not supported for event queues.")
        if operator.register_words and term.operand not in operator.register_words:
            raise ApiError(f"Operand {term.operand} of {term.operator} is not supported for event queues.")
    return terms


def _term(item: Any) -> NarrowTerm:
    if isinstance(item, NarrowTerm):
        return item
    try:
        if isinstance(item, list | tuple):
            operator, operand = msgspec.convert(item, tuple[str, Any])
            item = {"operator": operator, "operand": operand}
        return msgspec.convert(item, NarrowTerm)
    except msgspec.ValidationError as error:
        raise ApiError(f"Invalid narrow term: {error}") from error


def _canonical(term: NarrowTerm) -> NarrowTerm:
    name = OPERATOR_ALIASES.get(term.operator, term.operator)
    operator = OPERATORS.get(name)
    if operator is None:
        raise BadNarrowError(f"unknown operator {term.operator}")
    if term.negated and not operator.negatable:
        raise BadNarrowError(f"operator {name} cannot be negated")
    return NarrowTerm(operator=name, operand=_operand(name, operator, term.operand), negated=term.negated)


def _operand(name: str, operator: Operator, operand: Any) -> Any:
    invalid = BadNarrowError(f"invalid operand for {name}")
    match operator.kind:
        case "word":
            if not isinstance(operand, str):
                raise invalid
            word = WORD_ALIASES.get((name, operand), operand)
            if word not in operator.words:
                raise BadNarrowError(f"unknown '{name}' operand {operand}")
            return word
        case "message":
            return _message_id(operand, invalid)
        case "text":
            if not isinstance(operand, str):
                raise invalid
        case "name_or_id":
            if not isinstance(operand, str | int):
                raise invalid
        case "users":
            if isinstance(operand, str):
                return operand
            if isinstance(operand, int):
                return [operand]
            if not all(isinstance(user, int | str) for user in operand):
                raise invalid
    return operand


def _message_id(operand: Any, invalid: BadNarrowError) -> int:
    """Older clients send a message's id as a string."""
    if isinstance(operand, str) and operand.isascii() and operand.isdecimal() and len(operand) <= 18:
        return int(operand)
    if isinstance(operand, int):
        return operand
    raise invalid


__all__ = [
    "OPERATORS",
    "OPERATOR_ALIASES",
    "REGISTER_OPERATORS",
    "WORD_ALIASES",
    "Operator",
    "parse_narrow",
    "parse_register_narrow",
]
