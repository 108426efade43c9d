"""From a message's Markdown to its HTML: pure functions of the text and the directory."""

from aloha_server.markup.directory import Directory, Rendered
from aloha_server.markup.elements import Page
from aloha_server.markup.parser import get_parser, make_silent
from aloha_server.markup.words import word_text

ME = "/me "
TRUNCATED = "\n[message truncated]"


def render(
    content: str,
    directory: Directory,
    *,
    code_language: str = "",
    realm_url: str = "",
    emoticons: bool = False,
) -> Rendered:
    """`code_language` is that of code blocks which name none; links below `realm_url` become relative ones;
    `emoticons` makes `:)` an emoji.
    """
    page = Page(directory, code_language, realm_url, emoticons)
    html = get_parser().render(content, {"page": page}).rstrip("\n")
    return Rendered(
        html=html,
        mentioned_user_ids=frozenset(page.user_ids),
        mentioned_group_ids=frozenset(page.group_ids),
        stream_wildcard=page.stream_wildcard,
        topic_wildcard=page.topic_wildcard,
        is_me_message=is_me_message(content, html),
        has_link=page.has_link,
        has_image=page.has_image,
        attachment_paths=frozenset(page.attachment_paths),
        words=word_text(html),
    )


def is_me_message(content: str, html: str) -> bool:
    """`/me waves`, as one paragraph."""
    return content.startswith(ME) and html.startswith("<p>") and html.find("</p>") == len(html) - len("</p>")


def render_description(text: str, directory: Directory) -> str:
    """A description is one paragraph without blocks; it mentions nobody. An empty one is the empty string.

    `find_references(text)` finds what it names.
    """
    line = " ".join(text.split())
    if not line:
        return ""
    parser, env = get_parser(), {"page": Page(directory)}
    tokens = parser.parseInline(line, env)
    for token in tokens:
        make_silent(token.children or [])
    return f"<p>{parser.renderer.render(tokens, parser.options, env)}</p>"


def truncate_content(content: str, max_length: int) -> str:
    """The content, or as much of its beginning as fits with the mark at its end."""
    if len(content) <= max_length:
        return content
    return content[: max(0, max_length - len(TRUNCATED))] + TRUNCATED
