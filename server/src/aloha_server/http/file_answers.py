"""Answers that carry a file: whole or one range of it, or nothing where the client has it already.

Files were made by anybody: whatever a browser could run as part of this site is offered for download, and what it may
show is shown in a sandbox.
"""

import re
from urllib.parse import quote

import msgspec
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from aloha.contract.errors import ApiError
from aloha_server.files import FileGoneError, Files, no_chunks
from aloha_server.files.kinds import PDF, is_shown_inline

POLICY = "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'"
SANDBOXED = f"{POLICY}; sandbox"  # browsers' own viewers of PDFs do not run in one

_RANGE = re.compile(r"bytes=([0-9]{0,18})-([0-9]{0,18})")


class ServedFile(msgspec.Struct, frozen=True, kw_only=True):
    """A file to answer with. Ranges are served where its size is known before it is opened."""

    key: str
    name: str
    content_type: str
    cache_control: str
    size: int | None = None
    download: bool = False

    @property
    def etag(self) -> str:
        """What stands under a key never changes."""
        return f'"{self.key.rpartition("/")[2]}"'

    def headers(self) -> dict[str, str]:
        inline = is_shown_inline(self.content_type) and not self.download
        return {
            "Cache-Control": self.cache_control,
            "Content-Disposition": f"{'inline' if inline else 'attachment'}; filename*=UTF-8''{quote(self.name)}",
            "Content-Security-Policy": POLICY if self.content_type == PDF else SANDBOXED,
            "ETag": self.etag,
            "X-Content-Type-Options": "nosniff",
            **({} if self.size is None else {"Accept-Ranges": "bytes"}),
        }


async def answer_file(request: Request, files: Files, served: ServedFile) -> Response:
    """Raises ApiError where the file is gone."""
    headers, etag = served.headers(), served.etag
    if etag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    wanted = None
    if served.size is not None and request.headers.get("if-range", etag) == etag:
        wanted = parse_range(request.headers.get("range", ""), served.size)
    if wanted is not None and wanted[0] >= wanted[1]:
        return Response(status_code=416, headers={"Content-Range": f"bytes */{served.size}"})
    try:
        opened = await files.open(served.key, wanted)
    except FileGoneError:
        raise ApiError("There is no such file", code="NOT_FOUND") from None
    start, end = wanted or (0, opened.size)
    headers["Content-Length"] = str(end - start)
    if wanted is not None:
        headers["Content-Range"] = f"bytes {start}-{end - 1}/{served.size}"
    chunks = no_chunks() if request.method == "HEAD" else opened.chunks
    return StreamingResponse(chunks, 200 if wanted is None else 206, headers, served.content_type)


def parse_range(header: str, size: int) -> tuple[int, int] | None:
    """Start and exclusive end of one range; empty where it lies outside, None where the whole file is the answer."""
    found = _RANGE.fullmatch(header.strip())
    if found is None or found[1] == found[2] == "":
        return None
    if found[1] == "":
        return max(0, size - int(found[2])), size
    start = int(found[1])
    end = size if found[2] == "" else min(int(found[2]) + 1, size)
    return None if found[2] and int(found[2]) < start else (start, end)
