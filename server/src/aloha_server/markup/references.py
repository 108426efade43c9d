"""What a text names, found before anything is looked up."""

import re
from collections.abc import Iterator

from markdown_it.token import Token

from aloha_server.markup.directory import References
from aloha_server.markup.links import upload_path
from aloha_server.markup.nodes import GroupMention, NamedEmoji, Node, StreamLink, UserMention, get_node
from aloha_server.markup.parser import get_parser

NAMES_SOMETHING = re.compile(r"@_?\*|#\*\*|:[a-z0-9_+-]+:|/user_uploads/")
NOTHING = References()


def walk_nodes(tokens: list[Token]) -> Iterator[Node]:
    for token in tokens:
        for child in token.children or ():
            if node := get_node(child):
                yield node


def walk_uploads(tokens: list[Token]) -> Iterator[str]:
    for token in tokens:
        for child in token.children or ():
            if child.type == "link_open" and (path := upload_path(str(child.attrs["href"]))):
                yield path


def find_references(content: str) -> References:
    """Exactly what `render` will look up for the same content. A text that can name nothing is not parsed."""
    if NAMES_SOMETHING.search(content) is None:
        return NOTHING
    tokens = get_parser().parse(content, {})
    nodes = list(walk_nodes(tokens))
    users = [node for node in nodes if isinstance(node, UserMention)]
    streams = [node for node in nodes if isinstance(node, StreamLink)]
    return References(
        user_names=frozenset(user.name.casefold() for user in users if user.user_id is None),
        user_ids=frozenset(user.user_id for user in users if user.user_id is not None),
        stream_names=frozenset(stream.name.casefold() for stream in streams),
        emoji_names=frozenset(node.name for node in nodes if isinstance(node, NamedEmoji)),
        group_names=frozenset(node.name.casefold() for node in nodes if isinstance(node, GroupMention)),
        topics=frozenset((link.name.casefold(), link.topic) for link in streams if link.topic is not None),
        upload_paths=frozenset(walk_uploads(tokens)),
    )
