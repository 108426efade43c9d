"""Pictures are made smaller and square; what is no picture, or too large a one, is refused before it is decoded."""

import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image
from tests.uploads.kit import picture

from aloha_server.files import pictures
from aloha_server.files.kinds import content_type, is_shown_inline
from aloha_server.files.pictures import BadPictureError, make_squares, make_thumbnail


def opened(content: bytes) -> Image.Image:
    image = Image.open(BytesIO(content))
    image.load()
    return image


def png(width: int, height: int) -> bytes:
    """The head of a PNG of any size, with no pixels behind it."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


@pytest.mark.parametrize("kind", ["PNG", "GIF", "JPEG", "WEBP"])
def test_a_thumbnail_fits_and_tells_the_originals_size(kind: str) -> None:
    thumbnail = make_thumbnail(picture(kind, (1680, 600)))
    assert (thumbnail.width, thumbnail.height) == (1680, 600)
    made = opened(thumbnail.content)
    assert (made.format, made.size) == ("WEBP", (840, 300))
    small = make_thumbnail(picture(kind, (30, 10)))
    assert opened(small.content).size == (30, 10)


def test_a_photo_that_lies_on_its_side_is_set_upright_and_keeps_no_secrets() -> None:
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "camera of Ada"
    content = picture("JPEG", (1200, 900), exif=exif)
    assert b"camera of Ada" in content
    thumbnail = make_thumbnail(content)
    assert (thumbnail.width, thumbnail.height) == (900, 1200)
    made = opened(thumbnail.content)
    assert (made.size, dict(made.getexif())) == ((420, 560), {})
    for square in make_squares(content, (500, 100)):
        assert b"Ada" not in square
    assert b"Ada" not in thumbnail.content


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "CMYK", "I;16"])
def test_every_kind_of_colours_is_shown(mode: str) -> None:
    file = BytesIO()
    Image.new(mode, (60, 40)).save(file, "JPEG" if mode == "CMYK" else "PNG")
    assert opened(make_thumbnail(file.getvalue()).content).size == (60, 40)
    assert [opened(square).size for square in make_squares(file.getvalue(), (500, 100))] == [(500, 500), (100, 100)]


def test_squares_are_the_middle_of_the_picture() -> None:
    image = Image.new("RGB", (300, 100), (255, 0, 0))
    image.paste((0, 0, 255), (100, 0, 200, 100))
    file = BytesIO()
    image.save(file, "PNG")
    [square] = make_squares(file.getvalue(), (100,))
    assert opened(square).convert("RGB").getpixel((5, 50)) == (0, 0, 255)


BAD = {
    "nothing": b"",
    "text": b"hello",
    "svg": b'<svg xmlns="http://www.w3.org/2000/svg"/>',
    "a head alone": b"\x89PNG\r\n\x1a\n",
    "cut off": picture("JPEG", (300, 300))[:400],
    "no pixels": png(10, 10),
    "a bomb": png(25_000, 25_000),
    "a line": png(40_000, 1),
    "tiff": picture("TIFF"),
    "bmp": picture("BMP"),
}


@pytest.mark.parametrize("content", BAD.values(), ids=BAD.keys())
def test_what_is_no_picture_is_refused(content: bytes) -> None:
    with pytest.raises(BadPictureError):
        make_thumbnail(content)
    with pytest.raises(BadPictureError):
        make_squares(content, (100,))


def test_too_many_pixels_are_refused_by_the_head(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "PIXELS_MAX", 40 * 20)
    make_thumbnail(picture(size=(40, 20)))
    large = picture(size=(41, 20))
    monkeypatch.setattr("PIL.Image.Image.load", lambda self: pytest.fail("it was decoded"))
    with pytest.raises(BadPictureError):
        make_thumbnail(large)


@pytest.mark.parametrize(
    ("name", "content", "type_", "inline"),
    [
        ("x.txt", b"text", "text/plain", True),
        ("x.PDF", b"%PDF", "application/pdf", True),
        ("x.html", b"<script>", "text/html", False),
        ("x.svg", b"<svg>", "image/svg+xml", False),
        ("x.xml", b"<x/>", "text/xml", False),
        ("x", b"x", "application/octet-stream", False),
        ("x.txt.gz", b"x", "application/octet-stream", False),
        ("x.png", b"<script>", "application/octet-stream", False),
        ("x.html", picture(), "image/png", True),
        ("x.mp4", b"x", "video/mp4", True),
        ("x.mp3", b"x", "audio/mpeg", True),
        ("data:text/html,.png", b"<script>", "application/octet-stream", False),
    ],
)
def test_a_type_is_found_by_content_and_name_and_shown_where_it_is_safe(
    name: str, content: bytes, type_: str, inline: bool
) -> None:
    assert content_type(name, content) == type_
    assert is_shown_inline(type_) is inline
