"""What chat adds to Markdown, as values: the parser makes them, `find_references` and the renderer read them.

A node says what the text names, never what that is: ids and names are looked up between parsing and rendering.
"""

from typing import TypeAlias

import msgspec
from markdown_it.token import Token

NODE = "node"  # the type of the tokens that carry one


class UserMention(msgspec.Struct, frozen=True):
    """`@**name**`, `@**name|id**` or `@**|id**`; silent ones begin with `@_`."""

    name: str
    user_id: int | None
    silent: bool


class GroupMention(msgspec.Struct, frozen=True):
    """`@*name*`"""

    name: str
    silent: bool


class ChannelWildcard(msgspec.Struct, frozen=True):
    """`@**all**` and its other words."""

    word: str
    silent: bool


class TopicWildcard(msgspec.Struct, frozen=True):
    """`@**topic**`"""

    silent: bool


class StreamLink(msgspec.Struct, frozen=True):
    """`#**stream**`, `#**stream>topic**` or `#**stream>topic@message_id**`; an empty topic is one too."""

    name: str
    topic: str | None
    message_id: int | None


class NamedEmoji(msgspec.Struct, frozen=True):
    """`:name:`"""

    name: str


class UnicodeEmoji(msgspec.Struct, frozen=True):
    """An emoji written as itself, which has a name."""

    code: str
    name: str


class Timestamp(msgspec.Struct, frozen=True):
    """`<time:...>`"""

    text: str


class Tex(msgspec.Struct, frozen=True):
    """`$$...$$`"""

    source: str


Mention: TypeAlias = UserMention | GroupMention | ChannelWildcard | TopicWildcard
Node: TypeAlias = Mention | StreamLink | NamedEmoji | UnicodeEmoji | Timestamp | Tex


def get_node(token: Token) -> Node | None:
    """The node that a token carries, if it carries one."""
    node: Node | None = token.meta.get(NODE) if token.type == NODE else None
    return node


def set_node(token: Token, node: Node) -> None:
    token.meta[NODE] = node
