"""Files in a bucket of any S3-compatible service."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import TYPE_CHECKING

import msgspec
from obstore import delete_async, get_async, put_async
from obstore.exceptions import BaseError
from obstore.store import S3Store

from .storage import CHUNK_BYTES, FileGoneError, OpenedFile, check_key, no_chunks

if TYPE_CHECKING:
    from obstore import GetResult

TIMEOUT_S = 60
CONNECT_TIMEOUT_S = 5
RETRIES_MAX = 3
RETRY_S_MAX = 20


class Bucket(msgspec.Struct, frozen=True, kw_only=True):
    """Where it is and who may use it. `endpoint` empty is AWS itself."""

    name: str
    prefix: str = ""
    endpoint: str = ""
    region: str = "us-east-1"
    access_key_id: str
    secret_access_key: str = msgspec.field(default="")

    def __repr__(self) -> str:
        return f"Bucket({self.name!r})"  # never the key


class S3Files:
    """One PUT writes a file whole: an object appears at once or not at all, and is durable when it is answered."""

    def __init__(self, bucket: Bucket) -> None:
        plain = bucket.endpoint.startswith("http://")
        self._store = S3Store(
            bucket.name,
            prefix=bucket.prefix or None,
            endpoint=bucket.endpoint or None,
            region=bucket.region,
            access_key_id=bucket.access_key_id,
            secret_access_key=bucket.secret_access_key,
            virtual_hosted_style_request=not bucket.endpoint,
            client_options={
                "allow_http": plain,
                "timeout": timedelta(seconds=TIMEOUT_S),
                "connect_timeout": timedelta(seconds=CONNECT_TIMEOUT_S),
            },
            retry_config={"max_retries": RETRIES_MAX, "retry_timeout": timedelta(seconds=RETRY_S_MAX)},
        )

    async def put(self, key: str, content: bytes) -> None:
        try:
            await put_async(self._store, check_key(key), content, use_multipart=False)
        except BaseError as error:
            raise OSError(f"the bucket did not take the file: {error}") from error

    async def open(self, key: str, part: tuple[int, int] | None = None) -> OpenedFile:
        """An empty part is not asked for: the protocol has no empty ranges."""
        empty = part is not None and part[0] >= part[1]
        try:
            if part is None or empty:
                found = await get_async(self._store, check_key(key))
            else:
                found = await get_async(self._store, check_key(key), options={"range": part})
        except FileNotFoundError:
            raise FileGoneError from None
        except BaseError as error:
            raise OSError(f"the bucket did not give the file: {error}") from error
        return OpenedFile(found.meta["size"], no_chunks() if empty else _read(found))

    async def delete(self, key: str) -> None:
        try:
            await delete_async(self._store, check_key(key))
        except FileNotFoundError:
            return
        except BaseError as error:
            raise OSError(f"the bucket did not delete the file: {error}") from error

    async def close(self) -> None:
        """Connections are the library's own and end with the process."""


async def _read(found: "GetResult") -> AsyncIterator[bytes]:
    try:
        async for chunk in found.stream(min_chunk_size=CHUNK_BYTES):
            yield bytes(chunk)
    except BaseError as error:
        raise OSError(f"the bucket stopped giving the file: {error}") from error
