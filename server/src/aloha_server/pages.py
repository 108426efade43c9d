"""What is not the API but belongs to its answers: the emoji table, pictures of people and of custom emoji."""

from urllib.parse import unquote

import msgspec
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from aloha.contract.errors import ApiError
from aloha_server.markup import EXTRA_EMOJI, emoji_data, extra_emoji_picture

from .access.avatars import avatar_url
from .access.realm import load_realm
from .access.users import acting_user, find_user, find_user_by_email
from .access.visibility import visible_user_ids
from .data import Data
from .file_pages import authenticate, enveloped
from .reads.organization import find_emoji_image
from .reads.server import EMOJI_DATA_PATH
from .store import Tx

DAY_S = 24 * 3600


class Pages:
    def __init__(self, data: Data) -> None:
        self._data = data
        self._emoji = msgspec.json.encode(emoji_data())
        self._extra_emoji = extra_emoji_picture()

    async def emoji(self, request: Request) -> Response:
        """The wire's emoji by code; the same for everybody."""
        del request
        return Response(self._emoji, media_type="application/json", headers={"Cache-Control": f"max-age={DAY_S}"})

    async def extra_emoji(self, request: Request) -> Response:
        del request
        return Response(self._extra_emoji, media_type="image/png", headers={"Cache-Control": f"max-age={DAY_S}"})

    async def avatar(self, request: Request) -> Response:
        """A redirect to the picture of a user whom the one who asks may see, by id or address."""
        realm_id, account = await authenticate(self._data, request)
        wanted, _, size = unquote(request.path_params["user"]).partition("/")
        if "\0" in wanted:  # PostgreSQL's text has no NUL
            raise ApiError("No such user", code="NOT_FOUND")

        def find(tx: Tx) -> str:
            realm = load_realm(tx)
            viewer = acting_user(tx, account.user_id)
            user = find_user(tx, int(wanted)) if wanted.isdecimal() else find_user_by_email(tx, wanted, realm)
            visible = visible_user_ids(tx, viewer)
            if user is None or (visible is not None and user.user_id not in visible):
                raise ApiError("No such user", code="NOT_FOUND")
            return avatar_url(user, realm, medium=size == "medium")

        return RedirectResponse(await self._data.read(realm_id, find), 302)

    async def emoji_image(self, request: Request) -> Response:
        """A custom emoji's picture. Its name is a secret of its own: whoever was shown it may see it."""
        realm_id, file_name = int(request.path_params["realm_id"]), request.path_params["file_name"]
        found = await self._data.read(realm_id, lambda tx: find_emoji_image(tx, file_name))
        if found is None:
            raise ApiError("There is no such URL", code="NOT_FOUND")
        content, media_type = found
        headers = {
            "Cache-Control": f"max-age={DAY_S}, immutable",
            "Content-Security-Policy": "default-src 'none'",
            "X-Content-Type-Options": "nosniff",
        }
        return Response(content, media_type=media_type, headers=headers)


def make_pages(data: Data) -> list[BaseRoute]:
    pages = Pages(data)
    return [
        Route(EMOJI_DATA_PATH, pages.emoji),
        *(Route(path, pages.extra_emoji) for path in EXTRA_EMOJI.values()),
        Route("/avatar/{user:path}", enveloped(pages.avatar)),
        Route("/user_avatars/{realm_id:int}/emoji/images/{file_name}", enveloped(pages.emoji_image)),
    ]
