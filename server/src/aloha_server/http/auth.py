"""HTTP Basic: the user name is the email, the password the API key."""

from base64 import b64decode
from binascii import Error

from aloha.contract.errors import UnauthorizedError


def parse_basic(header: bytes | None) -> tuple[str, str]:
    """`(email, api_key)` of an Authorization header; raises UnauthorizedError."""
    if not header:
        raise UnauthorizedError("Not logged in: API authentication or user session required")
    scheme, _, credentials = header.strip().partition(b" ")
    if scheme.lower() != b"basic":
        raise UnauthorizedError("This endpoint requires HTTP basic authentication.")
    try:
        email, colon, api_key = b64decode(credentials.strip(), validate=True).decode().partition(":")
    except (Error, UnicodeDecodeError) as error:
        raise UnauthorizedError("Invalid authorization header for basic auth") from error
    if not colon or not email or "\0" in email:
        raise UnauthorizedError("Invalid authorization header for basic auth")
    return email, api_key
