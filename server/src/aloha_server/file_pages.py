"""Uploaded files as plain URLs: attachments and their thumbnails for those who may read them, avatars for anybody.

Who asks proves who they are by HTTP Basic, or holds a temporary token, or has no account and reads what is public.
"""

import re
from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from aloha.contract.errors import ApiError

from .access.accounts import Account
from .access.avatars import avatar_key
from .access.file_tokens import read_token
from .access.uploads import Upload, access_upload, find_upload, thumbnail_key
from .access.users import acting_user
from .data import Data
from .files.pictures import THUMBNAIL_FORMAT, THUMBNAIL_NAME
from .http.auth import parse_basic
from .http.envelope import encode_error, error_headers
from .http.file_answers import ServedFile, answer_file
from .http.realms import find_realm
from .store import Tx

CHECKED_EACH_TIME = "private, no-cache"  # a browser may keep it but asks whether it still may show it
FOR_EVER = "public, max-age=31536000, immutable"

_AVATAR = re.compile(r"[A-Za-z0-9_-]{16,64}\.png")

Page = Callable[[Request], Awaitable[Response]]


async def authenticate(data: Data, request: Request) -> tuple[int, Account]:
    """The organization, and the user by HTTP Basic; raises ApiError."""
    realm_id = find_realm(data.realms, request.headers.get("host", "").encode()).realm_id
    email, api_key = parse_basic(request.headers.get("authorization", "").encode())
    return realm_id, await data.authenticate(realm_id, email, api_key)


def error_response(error: ApiError) -> Response:
    headers = {name.decode(): value.decode() for name, value in error_headers(error)}
    return Response(encode_error(error), error.status, headers, "application/json")


def enveloped(page: Page) -> Page:
    """The page, with errors in the envelope of the API."""

    async def answer(request: Request) -> Response:
        try:
            return await page(request)
        except ApiError as error:
            return error_response(error)

    return answer


class FilePages:
    def __init__(self, data: Data) -> None:
        self._data = data

    async def upload(self, request: Request) -> Response:
        return await self._answer(request, await self._access(request, request.path_params["path"]))

    async def download(self, request: Request) -> Response:
        """The same, never shown in the browser's window."""
        return await self._answer(request, await self._access(request, request.path_params["path"]), download=True)

    async def thumbnail(self, request: Request) -> Response:
        path_id, _, name = request.path_params["path"].rpartition("/")
        upload = await self._access(request, path_id)
        if name != THUMBNAIL_NAME or upload.width is None:
            raise ApiError("There is no such thumbnail", code="NOT_FOUND")
        served = ServedFile(
            key=thumbnail_key(path_id),
            name=name,
            content_type=f"image/{THUMBNAIL_FORMAT}",
            cache_control=CHECKED_EACH_TIME,
        )
        return await answer_file(request, self._data.files, served)

    async def temporary(self, request: Request) -> Response:
        """By a token alone. Who holds it may be nobody's browser, so nothing of it is kept."""
        path_id = read_token(self._data.keys, request.path_params["token"], self._data.clock())
        upload = await self._data.read(int(path_id.partition("/")[0]), lambda tx: find_upload(tx, path_id))
        if upload is None:
            raise ApiError("There is no such file", code="NOT_FOUND")
        return await self._answer(request, upload)

    async def avatar(self, request: Request) -> Response:
        """Its name cannot be guessed and is another one for each picture: whoever was shown it may see it."""
        file_name = request.path_params["file_name"]
        if _AVATAR.fullmatch(file_name) is None:
            raise ApiError("There is no such picture", code="NOT_FOUND")
        key = avatar_key(request.path_params["realm_id"], file_name)
        served = ServedFile(key=key, name=file_name, content_type="image/png", cache_control=FOR_EVER)
        return await answer_file(request, self._data.files, served)

    async def _access(self, request: Request, path_id: str) -> Upload:
        if "\0" in path_id:  # PostgreSQL's text has no NUL
            raise ApiError("There is no such file", code="NOT_FOUND")
        if "authorization" not in request.headers:
            realm_id = find_realm(self._data.realms, request.headers.get("host", "").encode()).realm_id
            return await self._data.read(realm_id, lambda tx: access_upload(tx, None, path_id))
        realm_id, account = await authenticate(self._data, request)

        def access(tx: Tx) -> Upload:
            return access_upload(tx, acting_user(tx, account.user_id), path_id)

        return await self._data.read(realm_id, access)

    async def _answer(self, request: Request, upload: Upload, *, download: bool = False) -> Response:
        served = ServedFile(
            key=upload.key,
            name=upload.name,
            content_type=upload.content_type,
            cache_control=CHECKED_EACH_TIME,
            size=upload.size,
            download=download,
        )
        return await answer_file(request, self._data.files, served)


def make_file_pages(data: Data) -> list[BaseRoute]:
    pages = FilePages(data)
    routes = {
        "/user_uploads/temporary/{token}/{name}": pages.temporary,
        "/user_uploads/thumbnail/{path:path}": pages.thumbnail,
        "/user_uploads/download/{path:path}": pages.download,
        "/user_uploads/{path:path}": pages.upload,
        "/user_avatars/{realm_id:int}/{file_name}": pages.avatar,
    }
    return [Route(path, enveloped(page)) for path, page in routes.items()]
