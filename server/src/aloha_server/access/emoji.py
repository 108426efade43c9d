"""The organization's own emoji: what the wire says of them, and what may become one."""

import hashlib
import re

from aloha.contract.errors import ApiError
from aloha.contract.objects import RealmEmoji

from ..store import Tx
from .directory import emoji_url

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
