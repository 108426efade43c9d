"""The bytes of an answer's body: a result or an error in the API's envelope."""

from collections.abc import Sequence

import msgspec

from aloha.contract.endpoint import Result
from aloha.contract.errors import ApiError

SUCCESS = b'{"result":"success","msg":""}'

_OPEN = SUCCESS[:-1]
_encode = msgspec.json.Encoder().encode


def encode_result(result: Result, ignored: Sequence[str] = ()) -> bytes:
    """`ignored` names parameters that the request had and the endpoint does not know."""
    parts = [_OPEN]
    body = _encode(result)
    if body != b"{}":
        parts += (b",", body[1:-1])
    if ignored:
        parts += (b',"ignored_parameters_unsupported":', _encode(ignored))
    parts.append(b"}")
    return b"".join(parts)


def encode_error(error: ApiError) -> bytes:
    return _encode(error.envelope())


def error_headers(error: ApiError) -> tuple[tuple[bytes, bytes], ...]:
    """What travels beside the default headers; the names in lower case."""
    return tuple((name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in error.headers.items())


INTERNAL_ERROR = encode_error(ApiError("Internal server error", code="INTERNAL_SERVER_ERROR"))
