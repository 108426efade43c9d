"""The edge's bounds, and counts of how often each was met.

A bound's rule: what is too large is refused with its envelope and the connection closed; what comes too slowly, or is
read too slowly, loses its connection. A client that polls loses nothing by that: its position is its own.
"""

import msgspec


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    head_bytes_max: int = 32 * 1024  # request line and headers; also a body's trailers and chunk heads
    url_bytes_max: int = 16 * 1024
    held_bytes_max: int = 64 * 1024  # behind a parked poll, unparsed; reading pauses there
    unread_bytes_max: int = 256 * 1024  # of earlier answers, when the next one is ready
    body_bytes_max: int = 2 * 1024 * 1024
    upload_bytes_max: int = 26 * 1024 * 1024  # the body of an endpoint that takes files
    field_bytes_max: int = 1024 * 1024
    fields_max: int = 256
    files_max: int = 4
    idempotency_key_chars_max: int = 255
    arrival_s: float = 30.0  # from a head's first byte to its last; in a body, between two reads
    unread_s: float = 30.0  # in which a client that has fallen behind must read something
    idle_s: int = 75  # between an answer and the next request


class Counters(msgspec.Struct):
    """Since the start of the process. Written by the event loop only."""

    parked: int = 0  # polls waiting now
    polls: int = 0
    refused: int = 0  # heads or URLs past their bound, and what is not HTTP
    held_full: int = 0
    unread_cut: int = 0
    arrival_cut: int = 0
