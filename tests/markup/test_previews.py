"""Uploaded images are shown below the paragraphs that link to them."""

import pytest

from aloha_server.markup import Directory, Image, render

IMAGE = Image(1920, 1080, "image/png", "840x560.webp")
PREVIEW = (
    '<div class="message_inline_image"><a href="/user_uploads/2/a/{0}" title="{1}">'
    '<img data-original-dimensions="1920x1080" data-original-content-type="image/png"'
    ' src="/user_uploads/thumbnail/2/a/{0}/840x560.webp"></a></div>'
)


@pytest.fixture
def directory() -> Directory:
    return Directory(images={"2/a/x.png": IMAGE, "2/a/ä b.png": IMAGE, '2/a/"><b>.png': IMAGE})


def test_an_uploaded_image_has_a_preview_by_its_thumbnail(directory: Directory) -> None:
    html = render("[my *x*](/user_uploads/2/a/x.png)", directory).html
    assert html == '<p><a href="/user_uploads/2/a/x.png">my <em>x</em></a></p>\n' + PREVIEW.format("x.png", "my x")


@pytest.mark.parametrize(
    ("content", "name", "title"),
    [
        ("[](/user_uploads/2/a/x.png)", "x.png", "x.png"),
        ("[a](</user_uploads/2/a/ä b.png>)", "%C3%A4%20b.png", "a"),
        ('[<"&](/user_uploads/2/a/x.png?y#z)', "x.png", "&lt;&quot;&amp;"),
        ("[a](/user_uploads/2/a/%22%3E%3Cb%3E.png)", "%22%3E%3Cb%3E.png", "a"),
    ],
)
def test_names_cannot_break_out(content: str, name: str, title: str, directory: Directory) -> None:
    assert render(content, directory).html.endswith("\n" + PREVIEW.format(name, title))


def test_each_image_is_shown_once_and_in_order(directory: Directory) -> None:
    html = render(
        "[1](/user_uploads/2/a/ä%20b.png) [2](/user_uploads/2/a/x.png) [3](/user_uploads/2/a/x.png)", directory
    )
    shown = PREVIEW.format("%C3%A4%20b.png", "1") + "\n" + PREVIEW.format("x.png", "2")
    assert html.html.split("</p>\n")[1] == shown


@pytest.mark.parametrize(
    "content",
    [
        "[x](/user_uploads/2/a/unknown.png)",
        "> [x](/user_uploads/2/a/x.png)",
        "- [x](/user_uploads/2/a/x.png)",
        "`[x](/user_uploads/2/a/x.png)`",
        "[x](https://other.example/user_uploads/2/a/x.png)",
    ],
)
def test_what_is_no_upload_of_a_paragraph_has_none(content: str, directory: Directory) -> None:
    assert "inline_image" not in render(content, directory).html
