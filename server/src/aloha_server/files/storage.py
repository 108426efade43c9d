"""What a store of files promises. `tests/files/test_storage.py` holds every form of it to this.

A file is written once under a key that was never used, read often, and deleted. Keys are made by the server, of
letters, digits and `_-.` in segments with slashes between; no name that a user gave is ever part of one.
"""

import re
from collections.abc import AsyncIterator
from typing import Protocol

import msgspec

CHUNK_BYTES = 256 * 1024

_KEY = re.compile(r"[a-z]+(/[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*)+")


class FileGoneError(Exception):
    """There is no file under that key."""


class OpenedFile(msgspec.Struct, frozen=True):
    """The size of the whole file, and the part that was asked for in chunks of about CHUNK_BYTES."""

    size: int
    chunks: AsyncIterator[bytes]


class Files(Protocol):
    """Obligations of every form. All calls are made on the event loop and never block it.

    - After `put` returned, the file survives the loss of the process and of power. Nobody ever reads a part of it:
      until it is whole there is no file.
    - `open` itself raises FileGoneError, not its chunks. Chunks are read as the reader takes them, so a file of any
      size costs a reader a few chunks of memory. The end of a part is exclusive and at most the size. What was
      opened may be left unread.
    - `delete` of a key that is not there succeeds, so that it can be repeated after a crash.
    - A failing disk or network raises OSError.
    """

    async def put(self, key: str, content: bytes) -> None: ...

    async def open(self, key: str, part: tuple[int, int] | None = None) -> OpenedFile: ...

    async def delete(self, key: str) -> None: ...

    async def close(self) -> None:
        """Waits for what was begun. Nothing is asked afterwards."""
        ...


async def no_chunks() -> AsyncIterator[bytes]:
    """Of an empty part."""
    for nothing in (b"",):
        if nothing:
            yield nothing


def check_key(key: str) -> str:
    """A key that could lead anywhere else is a mistake of ours."""
    assert _KEY.fullmatch(key), f"{key!r} is no key"
    return key
