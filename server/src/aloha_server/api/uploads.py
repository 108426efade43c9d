"""Uploads over the API: a file comes in, is listed, is deleted; reading it is a page, not part of the API."""

from urllib.parse import quote

from aloha.contract.endpoint import Empty
from aloha.contract.endpoints import uploads as contract
from aloha.contract.endpoints.uploads import GetAttachmentsResult, GetFileTemporaryUrlResult, UploadFileResult
from aloha.contract.errors import ApiError

from ..access.file_tokens import make_token
from ..access.uploads import (
    access_upload,
    clean_name,
    file_key,
    list_own_uploads,
    new_path_id,
    space_used,
    thumbnail_key,
)
from ..access.users import acting_user
from ..actions.discarded import expect_files
from ..actions.uploads import NewUpload, add_upload, check_room, delete_upload
from ..files.kinds import content_type, picture_type
from ..files.pictures import BadPictureError, Thumbnail, make_thumbnail
from ..store import Tx, WriteTx
from .context import Context, Services
from .one_file import MIB, check_file_size, one_file
from .routing import Routes

routes = Routes()


@routes.handles(contract.upload_file)
async def upload(ctx: Context[Services], params: contract.UploadFile) -> UploadFileResult:
    del params
    settings = ctx.services.settings
    if settings.max_file_upload_size_mib == 0:
        raise ApiError("This server takes no uploads")
    file = one_file(ctx)
    check_file_size(file, settings.max_file_upload_size_mib)
    name = clean_name(file.filename)
    path_id = new_path_id(ctx.realm.realm_id, name)
    thumbnail = await _thumbnail(ctx, file.data)
    new = NewUpload(
        name=name,
        path_id=path_id,
        content_type=content_type(name, file.data),
        size=len(file.data),
        width=thumbnail.width if thumbnail else None,
        height=thumbnail.height if thumbnail else None,
    )
    contents = {file_key(path_id): file.data}
    if thumbnail is not None:
        contents[thumbnail_key(path_id)] = thumbnail.content
    await _store(ctx, new, contents)
    url = f"/user_uploads/{path_id}"
    return UploadFileResult(uri=url, url=url, filename=name)


async def _thumbnail(ctx: Context[Services], content: bytes) -> Thumbnail | None:
    """None of what is no picture, or a broken one, which is kept as any file."""
    if picture_type(content) is None:
        return None
    try:
        return await ctx.services.offload(lambda: make_thumbnail(content))
    except BadPictureError:
        return None


async def _store(ctx: Context[Services], new: NewUpload, contents: dict[str, bytes]) -> None:
    """The files, between two transactions: the first says that they come, the second what they are."""
    user_id, quota_bytes = ctx.user.user_id, ctx.services.settings.upload_quota_mib * MIB

    def expect(tx: WriteTx) -> None:
        check_room(tx, new.size, quota_bytes)
        expect_files(tx, list(contents))

    await ctx.write(expect)
    for key, content in contents.items():
        await ctx.services.files.put(key, content)
    await ctx.write(lambda tx: add_upload(tx, acting_user(tx, user_id), new, quota_bytes))


@routes.handles(contract.get_file_temporary_url)
async def make_temporary_url(ctx: Context[Services], params: contract.GetFileTemporaryUrl) -> GetFileTemporaryUrlResult:
    path_id = f"{params.realm_id_str}/{params.filename}"

    def read(tx: Tx) -> str:
        upload = access_upload(tx, acting_user(tx, ctx.user.user_id), path_id)
        return make_token(ctx.services.keys, upload.path_id, tx.now)

    name = quote(path_id.rpartition("/")[2])
    return GetFileTemporaryUrlResult(url=f"/user_uploads/temporary/{await ctx.read(read)}/{name}")


@routes.handles(contract.get_attachments)
async def list_own(ctx: Context[Services], params: contract.GetAttachments) -> GetAttachmentsResult:
    del params

    def read(tx: Tx) -> GetAttachmentsResult:
        owner = acting_user(tx, ctx.user.user_id)
        return GetAttachmentsResult(attachments=list_own_uploads(tx, owner), upload_space_used=space_used(tx))

    return await ctx.read(read)


@routes.handles(contract.remove_attachment)
async def remove(ctx: Context[Services], params: contract.RemoveAttachment) -> Empty:
    await ctx.write(lambda tx: delete_upload(tx, acting_user(tx, ctx.user.user_id), params.attachment_id))
    return Empty()
