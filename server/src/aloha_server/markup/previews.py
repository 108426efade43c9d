"""Uploaded images are shown below the paragraph that links to them, by their thumbnails.

Which uploads are images, and how large, says the directory; what is not in it has no preview.
"""

from html import escape
from urllib.parse import quote

from markdown_it.token import Token

from aloha_server.markup.directory import Image
from aloha_server.markup.elements import Page
from aloha_server.markup.links import UPLOADS, relative_to_realm, upload_path


def render_previews(inline: Token, page: Page) -> str:
    """The images that a paragraph links to, each once."""
    previews: dict[str, str] = {}
    tokens = inline.children or []
    for index, token in enumerate(tokens):
        if token.type != "link_open":
            continue
        path = upload_path(relative_to_realm(str(token.attrs["href"]), page.realm_url))
        image = page.directory.images.get(path or "")
        if path and image and path not in previews:
            previews[path] = render_preview(path, _label(tokens, index) or path.rpartition("/")[2], image)
    return "".join(previews.values())


def render_preview(path: str, title: str, image: Image) -> str:
    place = escape(quote(path))
    return (
        f'<div class="message_inline_image"><a href="{UPLOADS}{place}" title="{escape(title)}">'
        f'<img data-original-dimensions="{image.width}x{image.height}"'
        f' data-original-content-type="{escape(image.content_type)}"'
        f' src="{UPLOADS}thumbnail/{place}/{escape(image.thumbnail)}"></a></div>\n'
    )


def _label(tokens: list[Token], start: int) -> str:
    """The plain text of the link that opens at `start`; links do not nest."""
    words = []
    for token in tokens[start + 1 :]:
        if token.type == "link_close":
            break
        words.append(token.content)
    return "".join(words).strip()
