"""Addresses by which mail becomes messages of a stream: one for each user, stream and sender.

The token in an address is a secret and kept as API keys are: a digest to find it by, and sealed to show it.
"""

import hashlib
import re

import msgspec

from aloha.contract.errors import ApiError

from ..store import Tx
from .posting import access_stream_to_post
from .realm import Realm
from .streams import Stream
from .users import User, find_user

TOKEN_BYTES = 16
FIND = """
    select token_sealed from stream_email
    where realm_id = :realm_id and stream_id = :stream_id and user_id = :user_id and sender_id = :sender_id
"""
GATEWAY = "select user_id from account where realm_id = :realm_id and is_system = 1 and email_key like 'emailgateway@%'"
_NO_LETTERS = re.compile(r"[^a-z0-9]+")


class SealedToken(msgspec.Struct, frozen=True):
    stream_name: str
    sealed: bytes


def find_token(tx: Tx, user: User, stream_id: int, sender_id: int | None) -> SealedToken | None:
    """None if there is none yet; raises ApiError where the user may have none."""
    stream, sender = check_asked(tx, user, stream_id, sender_id)
    sealed = tx.value(FIND, stream_id=stream_id, user_id=user.user_id, sender_id=sender)
    return None if sealed is None else SealedToken(stream.name, bytes(sealed))


def check_asked(tx: Tx, user: User, stream_id: int, sender_id: int | None) -> tuple[Stream, int]:
    """The stream and in whose name it is posted: the user's own, a bot's of theirs, or the gateway's."""
    stream = access_stream_to_post(tx, user, stream_id)
    if sender_id is None or sender_id == user.user_id:
        return stream, user.user_id
    sender = find_user(tx, sender_id)
    if sender is None or not sender.is_active:
        raise ApiError("Invalid sender ID")
    if sender.bot_owner_id != user.user_id and tx.value(GATEWAY) != sender_id:
        raise ApiError("Invalid sender ID")
    return stream, sender_id


def digest_token(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


def make_address(stream_name: str, token: str, realm: Realm) -> str:
    """The stream's name is there for people; only the token counts."""
    name = _NO_LETTERS.sub("-", stream_name.lower()).strip("-")
    parts = [name, token, "show-sender"] if name else [token, "show-sender"]
    return f"{'.'.join(parts)}@{realm.mail_domain}"
