"""The user's own picture over the API."""

import secrets

from aloha.contract.endpoints import avatars as contract
from aloha.contract.endpoints.avatars import AvatarResult
from aloha.contract.errors import ApiError

from ..access.avatars import AVATAR_MIB_MAX, MEDIUM_PIXELS, SMALL_PIXELS, avatar_keys
from ..access.users import acting_user
from ..actions.avatars import check_may_change_avatar, remove_avatar, set_avatar
from ..actions.discarded import expect_files
from ..files.pictures import BadPictureError, make_squares
from ..store import Tx, WriteTx
from .context import Context, Services
from .one_file import check_file_size, one_file
from .routing import Routes

routes = Routes()

RANDOM_BYTES = 16


@routes.handles(contract.upload_avatar)
async def upload(ctx: Context[Services], params: contract.UploadAvatar) -> AvatarResult:
    del params
    user_id = ctx.user.user_id
    file = one_file(ctx)
    check_file_size(file, AVATAR_MIB_MAX)

    def check(tx: Tx) -> None:
        check_may_change_avatar(tx, acting_user(tx, user_id))

    await ctx.read(check)
    medium, small = await make_pictures(ctx, file.data)
    name = secrets.token_urlsafe(RANDOM_BYTES)
    keys = avatar_keys(ctx.realm.realm_id, name)
    await ctx.write(lambda tx: expect_files(tx, keys))
    for key, content in zip(keys, (small, medium), strict=True):
        await ctx.services.files.put(key, content)

    def change(tx: WriteTx) -> str:
        user = acting_user(tx, user_id)
        check_may_change_avatar(tx, user)
        return set_avatar(tx, user, name)

    return AvatarResult(avatar_url=await ctx.write(change))


async def make_pictures(ctx: Context[Services], content: bytes) -> list[bytes]:
    """The medium and the small square; raises ApiError."""
    try:
        return await ctx.services.offload(lambda: make_squares(content, (MEDIUM_PIXELS, SMALL_PIXELS)))
    except BadPictureError as error:
        msg = "The picture could not be read: a PNG, JPEG, GIF or WebP is wanted."
        raise ApiError(msg, code="BAD_IMAGE") from error


@routes.handles(contract.delete_avatar)
async def delete(ctx: Context[Services], params: contract.DeleteAvatar) -> AvatarResult:
    del params

    def change(tx: WriteTx) -> str:
        user = acting_user(tx, ctx.user.user_id)
        check_may_change_avatar(tx, user)
        return remove_avatar(tx, user)

    return AvatarResult(avatar_url=await ctx.write(change))
