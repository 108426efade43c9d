"""Giving a user an address of a stream. Nobody is told: it is theirs alone."""

from ..access.stream_email import SealedToken, check_asked, find_token
from ..access.users import User
from ..store import WriteTx

INSERT = """
    insert into stream_email (realm_id, stream_id, user_id, sender_id, token_digest, token_sealed)
    values (:realm_id, :stream_id, :user_id, :sender_id, :digest, :sealed)
"""


def keep_token(
    tx: WriteTx, user: User, stream_id: int, sender_id: int | None, *, sealed: bytes, digest: bytes
) -> SealedToken:
    """The token that counts: an earlier one, where another request was quicker."""
    found = find_token(tx, user, stream_id, sender_id)
    if found is not None:
        return found
    stream, sender = check_asked(tx, user, stream_id, sender_id)
    tx.execute(INSERT, stream_id=stream_id, user_id=user.user_id, sender_id=sender, digest=digest, sealed=sealed)
    return SealedToken(stream.name, sealed)
