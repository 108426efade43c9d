"""Which URLs may stand in a link, how they are written, and where links into the organization lead.

Nothing but http, https, mailto, tel and addresses of this server itself ever becomes an `href`.
"""

import re
from urllib.parse import quote, unquote

ALLOWED = re.compile(r"(?:https?://[^/]|mailto:|tel:|#|/(?![/\\]))", re.IGNORECASE)
HOST_WITHOUT_SCHEME = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,}(?:[/?#]|:[0-9]|$)", re.IGNORECASE)
BARE_URL = re.compile(r"://[^\s<>\"'`\[\](){}|\\^/?#][^\s<>\"`]{0,2000}")
UPLOADS = "/user_uploads/"
IMAGE = re.compile(r"\.(?:bmp|gif|jpe?g|png|webp)$", re.IGNORECASE)
CLOSERS = {")": "(", "]": "[", "}": "{"}


def is_allowed(url: str) -> bool:
    """Whether a normalized URL may be an `href`."""
    return ALLOWED.match(url) is not None


def with_scheme(url: str) -> str:
    """`example.com/x` means `http://example.com/x`."""
    return f"http://{url}" if HOST_WITHOUT_SCHEME.match(url) else url


def bare_url_length(text: str, start: int, end: int) -> int:
    """The length of what follows the scheme of a URL in running text, "://" included; 0 if nothing does."""
    match = BARE_URL.match(text, start, end)
    length = url_length(match[0]) if match else 0
    return length if length > len("://") else 0


def url_length(text: str) -> int:
    """How much of a text without white space is a URL.

    A bracket that closes one opened before the URL ends it; punctuation at its end belongs to the sentence.
    """
    open_brackets: list[str] = []
    for index, char in enumerate(text):
        if char in "([{":
            open_brackets.append(char)
        elif char in CLOSERS and (not open_brackets or open_brackets.pop() != CLOSERS[char]):
            text = text[:index]
            break
    return len(text.rstrip(".,:;!?'*_~"))


def relative_to_realm(url: str, realm_url: str) -> str:
    """Links to messages and uploads of the organization itself follow it when its address changes."""
    if realm_url and url.startswith(realm_url):
        path = url[len(realm_url) :]
        if path.startswith("/#narrow/"):
            return path[1:]
        if path.startswith(UPLOADS):
            return path
    return url


def upload_path(url: str) -> str | None:
    """The id of the upload that a link leads to."""
    path = re.split(r"[?#]", url, maxsplit=1)[0]
    return unquote(path[len(UPLOADS) :]) or None if path.startswith(UPLOADS) else None


def is_image(url: str) -> bool:
    return IMAGE.search(re.split(r"[?#]", url, maxsplit=1)[0]) is not None


def encode_fragment(text: str) -> str:
    """A name inside `#narrow/...`: percent-encoding with "." for "%"."""
    return quote(text, safe="").replace(".", "%2E").replace("%", ".")


def narrow_url(stream_id: int, name: str, topic: str | None = None) -> str:
    """The address of a stream or of one of its topics."""
    url = f"/#narrow/channel/{stream_id}-{encode_fragment(name.replace(' ', '-'))}"
    return url if topic is None else f"{url}/topic/{encode_fragment(topic)}"
