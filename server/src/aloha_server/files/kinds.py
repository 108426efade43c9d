"""What a file is: told by its content where that is a picture, else by its name, never by what the client says.

The table of names is Python's own, without the host's, so that every server answers alike.
"""

import mimetypes

UNKNOWN = "application/octet-stream"

# type: (how the file begins, what stands at byte 8)
PICTURES: dict[str, tuple[tuple[bytes, ...], bytes]] = {
    "image/png": ((b"\x89PNG\r\n\x1a\n",), b""),
    "image/gif": ((b"GIF87a", b"GIF89a"), b""),
    "image/jpeg": ((b"\xff\xd8\xff",), b""),
    "image/webp": ((b"RIFF",), b"WEBP"),
}
# What a browser may show in its own window: nothing of it can hold a script.
INLINE = frozenset({*PICTURES, "image/avif", "image/heic", "image/tiff", "application/pdf", "text/plain"})
INLINE_FAMILIES = ("audio/", "video/")
PDF = "application/pdf"

_NAMES = mimetypes.MimeTypes()


def picture_type(content: bytes) -> str | None:
    """The type of a picture that thumbnails can be made of."""
    for type_, (beginnings, at_eight) in PICTURES.items():
        if content.startswith(beginnings) and content[8:].startswith(at_eight):
            return type_
    return None


def content_type(name: str, content: bytes) -> str:
    """The type under which the file is served."""
    found = picture_type(content)
    if found is not None:
        return found
    by_name, encoding = _NAMES.guess_type(name.replace(":", "_"), strict=True)  # a colon would make it a URL
    return by_name if by_name is not None and encoding is None and by_name not in PICTURES else UNKNOWN


def is_shown_inline(type_: str) -> bool:
    return type_ in INLINE or type_.startswith(INLINE_FAMILIES)
