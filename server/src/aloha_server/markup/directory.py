"""What passes between this package and its callers: the names a text uses, what they are, and the HTML.

Names are casefolded in `References` and in the keys of `Directory`, so that what is asked is what is answered;
the names of emoji are lower-case by definition.
"""

from collections.abc import Sequence

import msgspec

from aloha_server.markup.linkifiers import Rule


class References(msgspec.Struct, frozen=True):
    """What a text names, to be looked up in one query each before it is rendered."""

    user_names: frozenset[str] = frozenset()
    user_ids: frozenset[int] = frozenset()
    stream_names: frozenset[str] = frozenset()
    emoji_names: frozenset[str] = frozenset()
    group_names: frozenset[str] = frozenset()
    topics: frozenset[tuple[str, str]] = frozenset()  # (stream name, topic), of links to topics
    upload_paths: frozenset[str] = frozenset()  # of links into /user_uploads/, below it


class Image(msgspec.Struct, frozen=True):
    """An uploaded image, and the last part of its thumbnail's path."""

    width: int
    height: int
    content_type: str
    thumbnail: str


class Directory(msgspec.Struct):
    """What was found. What is missing here renders as plain text, as if the mention's syntax were not known."""

    users_by_id: dict[int, str] = {}  # id -> full name
    users_by_name: dict[str, list[int]] = {}  # of an ambiguous name only `name|id` resolves
    streams: dict[str, tuple[int, str]] = {}  # -> (id, name)
    groups: dict[str, tuple[int, str]] = {}  # -> (id, name)
    realm_emoji: dict[str, tuple[str, str]] = {}  # name -> (id, image URL)
    topics: dict[tuple[int, str], int] = {}  # (stream id, topic) -> its last message, for links that survive a move
    inactive_user_ids: frozenset[int] = frozenset()  # they can be named, and are not notified
    rules: Sequence[Rule] = ()
    images: dict[str, Image] = {}  # of upload paths, those that are images


class Rendered(msgspec.Struct, frozen=True):
    """The HTML of a text, and what its sending needs to know of it."""

    html: str
    mentioned_user_ids: frozenset[int]
    mentioned_group_ids: frozenset[int]
    stream_wildcard: bool
    topic_wildcard: bool
    is_me_message: bool
    has_link: bool
    has_image: bool
    attachment_paths: frozenset[str]  # of links into /user_uploads/, below it: the ids of uploads
    words: str  # by which a search finds it
