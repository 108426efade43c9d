"""Emoji by name, and the organization's own: what the wire says of them, and what may become one."""

import hashlib
import re

import msgspec

from aloha.contract.errors import ApiError
from aloha.contract.objects import RealmEmoji
from aloha_server.markup import emoji_code_for

from ..store import Tx
from .directory import emoji_url

UNICODE, REALM, EXTRA = "unicode_emoji", "realm_emoji", "zulip_extra_emoji"
EXTRA_NAME = "zulip"
REALM_EMOJI = """
    select emoji_id from realm_emoji where realm_id = :realm_id and is_active = 1 and name = :name
"""
IMAGE_BYTES_MAX = 256 * 1024
NAME_CHARS_MAX = 100
EVERY = """
    select emoji_id, name, file_name, is_active, author_id from realm_emoji
    where realm_id = :realm_id order by emoji_id
"""

_NAME = re.compile(r"[0-9a-z]([0-9a-z_-]*[0-9a-z])?")
# type: (file name's end, how the file begins, what stands at byte 8)
_IMAGES: dict[str, tuple[str, tuple[bytes, ...], bytes]] = {
    "image/png": ("png", (b"\x89PNG\r\n\x1a\n",), b""),
    "image/gif": ("gif", (b"GIF87a", b"GIF89a"), b""),
    "image/jpeg": ("jpg", (b"\xff\xd8\xff",), b""),
    "image/webp": ("webp", (b"RIFF",), b"WEBP"),
}


class Emoji(msgspec.Struct, frozen=True):
    """An emoji is its code in one of three namespaces; its name may have moved since."""

    name: str
    code: str
    kind: str


def find_emoji(tx: Tx, name: str, kind: str | None) -> Emoji | None:
    """By its name, in one namespace or in all: the organization's own emoji come first."""
    if kind not in (None, UNICODE, REALM, EXTRA):
        raise ApiError("Invalid emoji type.")
    if kind in (None, REALM):
        emoji_id = tx.value(REALM_EMOJI, name=name)
        if emoji_id is not None:
            return Emoji(name, str(emoji_id), REALM)
    if kind in (None, EXTRA) and name == EXTRA_NAME:
        return Emoji(name, EXTRA_NAME, EXTRA)
    code = emoji_code_for(name) if kind in (None, UNICODE) else None
    return None if code is None else Emoji(name, code, UNICODE)


def wire_realm_emoji(tx: Tx) -> dict[str, RealmEmoji]:
    """All by id, those that were taken out of use included."""
    return {
        str(emoji_id): RealmEmoji(
            id=str(emoji_id),
            name=name,
            source_url=emoji_url(tx.realm_id, file_name),
            deactivated=not is_active,
            author_id=author_id,
            still_url=None,
        )
        for emoji_id, name, file_name, is_active, author_id in tx.rows(EVERY)
    }


def check_emoji_name(name: str) -> str:
    name = name.strip().lower()
    if len(name) > NAME_CHARS_MAX or _NAME.fullmatch(name) is None:
        raise ApiError("Emoji names must contain only lowercase English letters, digits, underscores, and dashes.")
    return name


def check_image(image: bytes) -> str:
    """The picture's type, told by its content and never by what the client calls it."""
    if len(image) > IMAGE_BYTES_MAX:
        raise ApiError(f"An emoji has at most {IMAGE_BYTES_MAX // 1024} KiB", code="REQUEST_TOO_LARGE")
    for image_type, (_, beginnings, at_eight) in _IMAGES.items():
        if image.startswith(beginnings) and image[8:].startswith(at_eight):
            return image_type
    raise ApiError("An emoji is a PNG, GIF, JPEG or WebP picture")


def image_file_name(emoji_id: int, image: bytes, image_type: str) -> str:
    """Never used twice for different pictures, so that browsers may keep them for ever."""
    return f"{emoji_id}-{hashlib.sha256(image).hexdigest()[:8]}.{_IMAGES[image_type][0]}"
