"""Pictures: measured, made smaller, cut square. Slow: never on the event loop and never under a lock.

What is decoded was made by anybody, so it is bounded: only four formats are tried, only the first frame is decoded,
and a picture of more than PIXELS_MAX is none, which is known from its head and costs nothing. One of 50 million pixels
takes about 200 MB for a second or two; the caller decodes one at a time.
"""

from io import BytesIO

import msgspec
from PIL import Image, ImageOps

FORMATS = ("PNG", "GIF", "JPEG", "WEBP")
PIXELS_MAX = 50_000_000
SIDE_MAX = 30_000
THUMBNAIL_SIZE = (840, 560)
THUMBNAIL_FORMAT = "webp"
THUMBNAIL_NAME = f"{THUMBNAIL_SIZE[0]}x{THUMBNAIL_SIZE[1]}.{THUMBNAIL_FORMAT}"
WEBP_QUALITY = 80

Image.MAX_IMAGE_PIXELS = None  # Pillow warns; `_open` refuses


class BadPictureError(Exception):
    """The content is no picture that can be read, or too large a one."""


class Thumbnail(msgspec.Struct, frozen=True):
    """The size of the original as it is meant to be seen, and the smaller picture."""

    width: int
    height: int
    content: bytes


def make_thumbnail(content: bytes) -> Thumbnail:
    """Raises BadPictureError. Small pictures keep their size."""
    try:
        picture: Image.Image = _open(content)
        width, height = picture.size
        if picture.getexif().get(0x0112, 1) >= 5:  # lies on its side
            width, height = height, width
        if picture.format != "JPEG":  # of which the decoder makes a smaller one by itself
            picture = _plain(picture)
        picture.thumbnail((max(THUMBNAIL_SIZE),) * 2, reducing_gap=2.0)  # first, as turning costs by the pixel
        upright = ImageOps.exif_transpose(picture)
        upright.thumbnail(THUMBNAIL_SIZE)
        return Thumbnail(width, height, _save(upright, THUMBNAIL_FORMAT, quality=WEBP_QUALITY))
    except Exception as error:  # decoders raise whatever a damaged file leads them to
        raise BadPictureError from error


def make_squares(content: bytes, sides: tuple[int, ...]) -> list[bytes]:
    """The middle of the picture as a PNG of each size, the largest first in `sides`. Raises BadPictureError."""
    try:
        picture = _open(content)
        picture.draft("RGB", (sides[0], sides[0]))
        upright = ImageOps.exif_transpose(picture)
        largest = ImageOps.fit(_plain(upright), (sides[0], sides[0]), Image.Resampling.LANCZOS)
        return [_save(ImageOps.fit(largest, (side, side), Image.Resampling.LANCZOS), "png") for side in sides]
    except Exception as error:  # as above
        raise BadPictureError from error


def _open(content: bytes) -> Image.Image:
    picture = Image.open(BytesIO(content), formats=FORMATS)
    width, height = picture.size
    if width * height > PIXELS_MAX or max(width, height) > SIDE_MAX:
        raise BadPictureError
    return picture


def _plain(picture: Image.Image) -> Image.Image:
    """In true colours, transparent where the original is."""
    return picture.convert("RGBA" if picture.has_transparency_data else "RGB")


def _save(picture: Image.Image, format_: str, **options: int) -> bytes:
    """Without what the original tells of place, time and camera."""
    file = BytesIO()
    _plain(picture).save(file, format_, exif=b"", icc_profile=None, **options)
    return file.getvalue()
