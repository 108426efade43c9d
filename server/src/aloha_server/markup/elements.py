"""The HTML of what chat adds to Markdown, in the form that clients of the wire parse.

A node that names nothing known is written as it was typed, its stars read as emphasis. Names are escaped here; ids,
codes and emoji names cannot hold anything that needs it.
"""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from html import escape

import msgspec

from aloha_server.markup.code import Allowance
from aloha_server.markup.directory import Directory
from aloha_server.markup.emoji import EXTRA_EMOJI, emoji_code_for
from aloha_server.markup.links import narrow_url
from aloha_server.markup.nodes import (
    ChannelWildcard,
    GroupMention,
    NamedEmoji,
    Node,
    StreamLink,
    Tex,
    Timestamp,
    TopicWildcard,
    UnicodeEmoji,
    UserMention,
)
from aloha_server.markup.tex import render_tex, show_source

EMPTY_TOPIC = "<em>general chat</em>"
FORMULAS_MAX = 500
SECONDS = re.compile(r"[0-9]{1,15}(?:\.[0-9]{1,9})?")
STRONG, EM = "**", "*"


class Page(msgspec.Struct, eq=False):
    """One text being rendered: what it may look up, and what was seen in it."""

    directory: Directory
    code_language: str = ""
    realm_url: str = ""
    emoticons: bool = False
    user_ids: set[int] = msgspec.field(default_factory=set)
    group_ids: set[int] = msgspec.field(default_factory=set)
    stream_wildcard: bool = False
    topic_wildcard: bool = False
    formulas: int = 0
    highlighting: Allowance = msgspec.field(default_factory=Allowance)
    has_link: bool = False
    has_image: bool = False
    attachment_paths: set[str] = msgspec.field(default_factory=set)


def unresolved(sign: str, stars: str, name: str, *, silent: bool = False) -> str:
    tag = "strong" if stars == STRONG else "em"
    return f"{sign}{'_' if silent else ''}<{tag}>{escape(name)}</{tag}>"


def span(classes: str, text: str, attribute: str = "", *, silent: bool) -> str:
    """A mention; a silent one has no "@"."""
    return (
        f'<span class="{classes}{" silent" if silent else ""}"{attribute}>{"" if silent else "@"}{escape(text)}</span>'
    )


def find_user(mention: UserMention, directory: Directory) -> int | None:
    """The user meant: by id if one is given and the name, if given too, is theirs; else by a name nobody shares."""
    if mention.user_id is None:
        ids = directory.users_by_name.get(mention.name.casefold(), [])
        active = [user_id for user_id in ids if user_id not in directory.inactive_user_ids]
        [found] = active if len(active) == 1 else ids if len(ids) == 1 else [None]
        return found if found in directory.users_by_id else None
    full_name = directory.users_by_id.get(mention.user_id)
    if full_name is None or (mention.name and mention.name.casefold() != full_name.casefold()):
        return None
    return mention.user_id


def render_user(mention: UserMention, page: Page) -> str:
    user_id = find_user(mention, page.directory)
    if user_id is None:
        name = mention.name if mention.user_id is None else f"{mention.name}|{mention.user_id}"
        return unresolved("@", STRONG, name, silent=mention.silent)
    silent = mention.silent or user_id in page.directory.inactive_user_ids
    if not silent:
        page.user_ids.add(user_id)
    name = page.directory.users_by_id[user_id]
    return span("user-mention", name, f' data-user-id="{user_id}"', silent=silent)


def render_group(mention: GroupMention, page: Page) -> str:
    found = page.directory.groups.get(mention.name.casefold())
    if found is None:
        return unresolved("@", EM, mention.name, silent=mention.silent)
    group_id, name = found
    if not mention.silent:
        page.group_ids.add(group_id)
    return span("user-group-mention", name, f' data-user-group-id="{group_id}"', silent=mention.silent)


def render_channel_wildcard(mention: ChannelWildcard, page: Page) -> str:
    page.stream_wildcard |= not mention.silent
    return span("user-mention channel-wildcard-mention", mention.word, ' data-user-id="*"', silent=mention.silent)


def render_topic_wildcard(mention: TopicWildcard, page: Page) -> str:
    page.topic_wildcard |= not mention.silent
    return span("topic-mention", "topic", silent=mention.silent)


def render_stream_link(link: StreamLink, page: Page) -> str:
    found = page.directory.streams.get(link.name.casefold())
    if found is None:
        message = "" if link.message_id is None else f"@{link.message_id}"
        return unresolved("#", STRONG, link.name if link.topic is None else f"{link.name}>{link.topic}{message}")
    stream_id, name = found
    url, text = narrow_url(stream_id, name, link.topic), f"#{escape(name)}"
    data = f' data-stream-id="{stream_id}"'
    if link.topic is None:
        return f'<a class="stream"{data} href="{escape(url)}">{text}</a>'
    text += f" &gt; {escape(link.topic) if link.topic else EMPTY_TOPIC}"
    if link.message_id is not None:
        return f'<a class="message-link" href="{escape(url)}/near/{link.message_id}">{text} @ 💬</a>'
    last = page.directory.topics.get((stream_id, link.topic))
    anchor = "" if last is None else f"/with/{last}"
    return f'<a class="stream-topic"{data} href="{escape(url)}{anchor}">{text}</a>'


def render_unicode_emoji(emoji: UnicodeEmoji, _page: Page) -> str:
    title = emoji.name.replace("_", " ")
    return (
        f'<span aria-label="{title}" class="emoji emoji-{emoji.code}" role="img" title="{title}">:{emoji.name}:</span>'
    )


def render_named_emoji(emoji: NamedEmoji, page: Page) -> str:
    """A realm's own emoji first: it may replace one of Unicode's."""
    own = page.directory.realm_emoji.get(emoji.name)
    if picture := own[1] if own else EXTRA_EMOJI.get(emoji.name):
        title = emoji.name.replace("_", " ")
        return f'<img alt=":{emoji.name}:" class="emoji" src="{escape(picture)}" title="{title}">'
    code = emoji_code_for(emoji.name)
    return f":{emoji.name}:" if code is None else render_unicode_emoji(UnicodeEmoji(code, emoji.name), page)


def parse_time(text: str) -> datetime | None:
    """ISO 8601 or seconds since 1970; a time without a zone is UTC."""
    try:
        if SECONDS.fullmatch(text):
            return datetime.fromtimestamp(float(text), UTC)
        found = datetime.fromisoformat(text)
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError, OSError):
        return None


def render_time(time: Timestamp, _page: Page) -> str:
    found = parse_time(time.text.strip())
    if found is None:
        return f'<span class="timestamp-error">Invalid time format: {escape(time.text)}</span>'
    stamp = found.replace(microsecond=0, tzinfo=None).isoformat()
    return f'<time datetime="{stamp}Z">{escape(time.text)}</time>'


def render_formula(source: str, page: Page, *, block: bool) -> str:
    """As many as are in reason: each is some hundred characters of HTML more."""
    page.formulas += 1
    return (render_tex if page.formulas <= FORMULAS_MAX else show_source)(source, block=block)


def render_inline_tex(tex: Tex, page: Page) -> str:
    return render_formula(tex.source, page, block=False)


NODE_RENDERERS: dict[type[Node], Callable[..., str]] = {
    UserMention: render_user,
    GroupMention: render_group,
    ChannelWildcard: render_channel_wildcard,
    TopicWildcard: render_topic_wildcard,
    StreamLink: render_stream_link,
    NamedEmoji: render_named_emoji,
    UnicodeEmoji: render_unicode_emoji,
    Timestamp: render_time,
    Tex: render_inline_tex,
}


def render_node(node: Node, page: Page) -> str:
    """The node's HTML; what it mentions is noted on the page."""
    return NODE_RENDERERS[type(node)](node, page)
