"""A request's body: form fields and files, read within their bounds."""

from collections.abc import MutableMapping
from typing import Any

import msgspec
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import Receive, Scope

from aloha.contract.errors import ApiError
from aloha_server.api.context import UploadedFile

from .limits import Limits


class Body(msgspec.Struct, frozen=True):
    """Of a repeated name the last value counts."""

    fields: dict[str, str] = {}
    files: dict[str, UploadedFile] = {}


async def read_body(scope: Scope, receive: Receive, limits: Limits, *, takes_files: bool) -> Body:
    """A body that is no form is ignored; one past its bound is refused, and its connection closed."""
    bytes_max = limits.upload_bytes_max if takes_files else limits.body_bytes_max
    request = Request(scope, _bounded(receive, bytes_max))
    declared = request.headers.get("content-length", "")
    if declared.isdigit() and int(declared) > bytes_max:
        raise _too_large()
    try:
        form = await request.form(
            max_files=limits.files_max, max_fields=limits.fields_max, max_part_size=limits.field_bytes_max
        )
    except HTTPException as error:
        raise ApiError(f"Malformed request body: {error.detail}") from error
    try:
        body = Body({}, {})
        for name, value in form.multi_items():
            if isinstance(value, UploadFile):
                body.files[name] = await _read_file(value)
            else:
                body.fields[name] = value
        return body
    finally:
        await form.close()


async def _read_file(file: UploadFile) -> UploadedFile:
    return UploadedFile(file.filename or "", file.content_type or "", await file.read())


def _bounded(receive: Receive, bytes_max: int) -> Receive:
    left = bytes_max

    async def receive_bounded() -> MutableMapping[str, Any]:
        nonlocal left
        message = await receive()
        left -= len(message.get("body", b""))
        if left < 0:
            raise _too_large()
        return message

    return receive_bounded


def _too_large() -> ApiError:
    return ApiError("The request's body is too large", code="REQUEST_TOO_LARGE", headers={"Connection": "close"})
