"""The uploaded images that are shown below the paragraphs that link to them."""

from markdown_it.token import Token

from aloha_server.markup.links import is_image, relative_to_realm, upload_path


def image_urls(inline: Token, realm_url: str) -> list[str]:
    """Of the images that a paragraph links to, each once. What lies elsewhere is not shown: readers would fetch it."""
    links = (child for child in inline.children or () if child.type == "link_open")
    urls = dict.fromkeys(relative_to_realm(str(link.attrs["href"]), realm_url) for link in links)
    return [url for url in urls if upload_path(url) and is_image(url)]
