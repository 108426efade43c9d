"""Spectators: those who read web-public channels without an account, where the organization lets them.

A spectator is a guest who shares nothing with anybody: `messages.READABLE` holds for them what is web-public, and
nothing else. What the organization does not open is refused as if nobody were ever let in without credentials.
"""

from msgspec.structs import replace

from aloha.contract.errors import UnauthorizedError
from aloha.contract.objects import NarrowTerm

from ..access.messages import Message
from ..access.realm import realm_settings
from ..access.streams import Stream, find_stream
from ..access.users import Role, User
from ..store import Tx
from .narrow import Narrowed
from .narrow_operands import find_channel

SPECTATOR = User(0, "", "", Role.GUEST, 1, None, None, 0, "", "", 0, "", 0, "{}")
OPERATORS = frozenset({"channel", "channels", "topic", "sender", "has", "search", "near", "id", "with"})

OPEN = """m.stream_id in (
    select stream_id from stream where realm_id = :realm_id and is_web_public = 1 and is_archived = 0
)"""


def check_spectators_allowed(tx: Tx) -> None:
    if not realm_settings(tx)["enable_spectator_access"]:
        raise unauthorized()


def check_spectator_narrow(tx: Tx, terms: tuple[NarrowTerm, ...]) -> None:
    """Only narrows that are confined to web-public channels, and speak of nothing that only a user has."""
    known = all(term.operator in OPERATORS or (term.operator, term.operand) == ("is", "resolved") for term in terms)
    if not known or not any(_is_confining(tx, term) for term in terms):
        raise unauthorized()


def confine(narrowed: Narrowed) -> Narrowed:
    """To web-public channels that are not archived."""
    search = narrowed.search
    if search is not None:
        search = replace(search, condition=f"{search.condition} and {OPEN}")
    return replace(narrowed, condition=f"{narrowed.condition} and {OPEN}", search=search)


def check_spectator_message(tx: Tx, message: Message) -> None:
    stream = None if message.stream_id is None else find_stream(tx, message.stream_id)
    if not _is_open(stream):
        raise unauthorized()


def unauthorized() -> UnauthorizedError:
    return UnauthorizedError("Not logged in: API authentication or user session required")


def _is_confining(tx: Tx, term: NarrowTerm) -> bool:
    if term.negated:
        return False
    if term.operator == "channel" and isinstance(term.operand, int | str):
        return _is_open(find_channel(tx, term.operand))
    return (term.operator, term.operand) == ("channels", "web-public")


def _is_open(stream: Stream | None) -> bool:
    return stream is not None and bool(stream.is_web_public) and not stream.is_archived
