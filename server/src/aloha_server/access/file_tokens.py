"""Tokens that stand for the right to read one file for a minute, signed with the server's key file.

Who holds one reads that file without authentication, whatever becomes of their access meanwhile.
"""

import base64
import binascii

from aloha.contract.errors import ApiError

from .keys import KeyRing

LIFETIME_S = 60


def make_token(keys: KeyRing, path_id: str, now: float) -> str:
    """Of letters, digits and `_-.`, for a path's segment."""
    payload = f"{int(now) + LIFETIME_S}.{base64.urlsafe_b64encode(path_id.encode()).decode().rstrip('=')}"
    return f"{payload}.{keys.sign(payload)}"


def read_token(keys: KeyRing, token: str, now: float) -> str:
    """The file's `path_id`; raises ApiError, the same whether it was forged or is too old."""
    payload, _, signature = token.rpartition(".")
    if not keys.is_signed(payload, signature):
        raise _refused()
    expires, _, encoded = payload.partition(".")
    if now >= int(expires):
        raise _refused()
    try:
        return base64.urlsafe_b64decode(encoded + "=" * (-len(encoded) % 4)).decode()
    except binascii.Error:  # of a text that this server signed for something else
        raise _refused() from None


def _refused() -> ApiError:
    return ApiError("This link is not valid any more", code="NOT_FOUND")
