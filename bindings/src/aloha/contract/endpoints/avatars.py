"""Avatars: the user's own picture."""

from typing import Annotated

from msgspec import UNSET, UnsetType

from aloha.contract.endpoint import Endpoint, Field, Param, Request, Result


class UploadAvatar(Request, frozen=True, kw_only=True):
    file: Annotated[
        bytes | UnsetType,
        Param("The picture, as the request's one file; the name of its form field does not matter.", where="file"),
    ] = UNSET


class AvatarResult(Result, kw_only=True):
    avatar_url: Annotated[str, Field("Where the avatar is now.")]


upload_avatar = Endpoint(
    name="upload_avatar",
    method="POST",
    path="/users/me/avatar",
    area="users",
    summary="Upload an avatar",
    doc=(
        "Makes a PNG, JPEG, GIF or WebP picture the user's avatar. Its middle is cut out as a square and kept at 100 "
        "and at 500 pixels, without what the file tells of place and camera."
    ),
    params=UploadAvatar,
    result=AvatarResult,
    errors=("BAD_REQUEST", "BAD_IMAGE", "REQUEST_TOO_LARGE"),
    example_result={"avatar_url": "/user_avatars/2/8m1hVYlOMx7KfYb2yoEuzw.png?version=2"},
)


class DeleteAvatar(Request, frozen=True, kw_only=True):
    pass


delete_avatar = Endpoint(
    name="delete_avatar",
    method="DELETE",
    path="/users/me/avatar",
    area="users",
    summary="Delete the avatar",
    doc="Deletes the user's uploaded avatar; the gravatar of the address takes its place.",
    params=DeleteAvatar,
    result=AvatarResult,
    errors=("BAD_REQUEST",),
    example_result={"avatar_url": "https://secure.gravatar.com/avatar/0123456789abcdef0123456789abcdef?d=identicon"},
)
