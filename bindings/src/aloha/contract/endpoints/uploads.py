"""Files: uploading them, where to read them, and which the user has."""

from typing import Annotated

from msgspec import UNSET, UnsetType

from aloha.contract.endpoint import Empty, Endpoint, Field, Param, Request, Result
from aloha.contract.objects import Attachment


class UploadFile(Request, frozen=True, kw_only=True):
    filename: Annotated[
        bytes | UnsetType,
        Param("The file, as the request's one file; the name of its form field does not matter.", where="file"),
    ] = UNSET


class UploadFileResult(Result, kw_only=True):
    uri: Annotated[str, Field("The same as `url`.", deprecated=True)]
    url: Annotated[str, Field("Where the file is, relative to the server; a link to it in a message shows the file.")]
    filename: Annotated[str, Field("The file's name, without what does not belong into one.")]


upload_file = Endpoint(
    name="upload_file",
    method="POST",
    path="/user_uploads",
    area="messages",
    summary="Upload a file",
    doc=(
        "Takes in a file, to be linked to in messages: `[notes.pdf](/user_uploads/...)`. Until a message links to it "
        "only the one who uploaded it can read it; then everybody who can read such a message can.\n\n"
        "PNG, JPEG, GIF and WebP pictures get a thumbnail, which is shown below a paragraph that links to them."
    ),
    params=UploadFile,
    result=UploadFileResult,
    errors=("BAD_REQUEST", "REALM_UPLOAD_QUOTA", "REQUEST_TOO_LARGE"),
    example_result={
        "uri": "/user_uploads/2/4e/m2A3MSqFnWRLUf9SaPzQ0Up_/notes.pdf",
        "url": "/user_uploads/2/4e/m2A3MSqFnWRLUf9SaPzQ0Up_/notes.pdf",
        "filename": "notes.pdf",
    },
)


class GetFileTemporaryUrl(Request, frozen=True, kw_only=True):
    realm_id_str: Annotated[int, Param("The organization's id: the first part of the file's `path_id`.", example=2)]
    filename: Annotated[
        str, Param("The rest of the file's `path_id`.", example="4e/m2A3MSqFnWRLUf9SaPzQ0Up_/notes.pdf")
    ]


class GetFileTemporaryUrlResult(Result, kw_only=True):
    url: Annotated[str, Field("Where the file can be read without authentication, for a minute.")]


get_file_temporary_url = Endpoint(
    name="get_file_temporary_url",
    method="GET",
    path="/user_uploads/{realm_id_str}/{filename}",
    area="messages",
    summary="Get a link to a file that works without authentication",
    doc=(
        "Answers with a URL that works for 60 seconds without authentication, to hand it to a program that has none. "
        "A file that the user cannot read is answered like one that does not exist."
    ),
    params=GetFileTemporaryUrl,
    result=GetFileTemporaryUrlResult,
    errors=("NOT_FOUND",),
    example_result={"url": "/user_uploads/temporary/1700000060.Mi80ZS9tMg.c2lnbmF0dXJl/notes.pdf"},
)


class GetAttachments(Request, frozen=True, kw_only=True):
    pass


class GetAttachmentsResult(Result, kw_only=True):
    attachments: Annotated[list[Attachment], Field("The files that the user uploaded, the newest first.")]
    upload_space_used: Annotated[int, Field("How many bytes all the organization's files take.")]


get_attachments = Endpoint(
    name="get_attachments",
    method="GET",
    path="/attachments",
    area="users",
    summary="Get the user's uploaded files",
    doc=(
        "Lists the files that the user has uploaded, each with the messages that link to it, as far as the user can "
        "read those."
    ),
    params=GetAttachments,
    result=GetAttachmentsResult,
    example_result={
        "attachments": [
            {
                "id": 7,
                "name": "notes.pdf",
                "path_id": "2/4e/m2A3MSqFnWRLUf9SaPzQ0Up_/notes.pdf",
                "size": 51344,
                "create_time": 1700000000000,
                "messages": [{"id": 42, "date_sent": 1700000010000}],
            }
        ],
        "upload_space_used": 51344,
    },
)


class RemoveAttachment(Request, frozen=True, kw_only=True):
    attachment_id: Annotated[int, Param("The file's id, from `GET /attachments`.", example=7)]


remove_attachment = Endpoint(
    name="remove_attachment",
    method="DELETE",
    path="/attachments/{attachment_id}",
    area="users",
    summary="Delete an uploaded file",
    doc="Deletes a file of the user's for good. Messages that link to it stay, and their links lead nowhere.",
    params=RemoveAttachment,
    result=Empty,
    errors=("BAD_REQUEST", "UNAUTHORIZED"),
)
