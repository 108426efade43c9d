"""Files in a folder of the local disk: the folder and all below it readable by the server alone."""

import asyncio
import os
import secrets
import time
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

from .storage import CHUNK_BYTES, FileGoneError, OpenedFile, check_key

T = TypeVar("T")

THREADS = 4
TEMPORARY = "tmp"  # a folder of its own, so that what a crash left there is told from files
TEMPORARY_S_MAX = 24 * 3600  # older ones are left from a crash; younger ones may be another process's


class LocalFiles:
    """A file is written under a temporary name, synced, and renamed to its own; then the folder is synced."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="files")
        _make_folder(folder / TEMPORARY)
        for left in (folder / TEMPORARY).iterdir():
            if time.time() - left.stat().st_mtime > TEMPORARY_S_MAX:
                left.unlink(missing_ok=True)

    async def put(self, key: str, content: bytes) -> None:
        await self._run(lambda: self._write(self._path(key), content))

    async def open(self, key: str, part: tuple[int, int] | None = None) -> OpenedFile:
        path = self._path(key)
        try:
            size = (await self._run(path.stat)).st_size
        except FileNotFoundError:
            raise FileGoneError from None
        return OpenedFile(size, self._read(path, *(part or (0, size))))

    async def delete(self, key: str) -> None:
        await self._run(lambda: self._path(key).unlink(missing_ok=True))

    async def close(self) -> None:
        await asyncio.get_running_loop().run_in_executor(None, self._threads.shutdown)

    async def _run(self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._threads, work)

    def _path(self, key: str) -> Path:
        return self._folder / check_key(key)

    def _write(self, path: Path, content: bytes) -> None:
        temporary = self._folder / TEMPORARY / secrets.token_hex(16)
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            _make_folder(path.parent)
            temporary.rename(path)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
        _sync_folder(path.parent)

    async def _read(self, path: Path, start: int, end: int) -> AsyncIterator[bytes]:
        """Opens the file for each chunk: a reader that goes away in the middle leaves nothing open."""
        for at in range(start, end, CHUNK_BYTES):
            size = min(CHUNK_BYTES, end - at)
            yield await self._run(lambda: _read_chunk(path, at, size))  # noqa: B023  # awaited in the same turn


def _read_chunk(path: Path, at: int, size: int) -> bytes:
    with path.open("rb") as file:
        file.seek(at)
        chunk = file.read(size)
    if len(chunk) < size:
        raise OSError("the file has become shorter while it was read")
    return chunk


def _make_folder(folder: Path) -> None:
    """With those above it, each synced into the one that holds it."""
    if folder.is_dir():
        return
    _make_folder(folder.parent)
    folder.mkdir(mode=0o700, exist_ok=True)
    _sync_folder(folder.parent)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
