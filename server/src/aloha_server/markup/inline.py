"""The inline rules: mentions, links to streams, emoji, times, TeX and bare URLs.

Each rule looks at one character and reads at most to the end of what it matches, so a text costs linear time whatever
stands in it. In silent mode (markdown-it looks ahead for the end of a link's label) a rule only moves on.
"""

import re
from collections.abc import Callable

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline, emphasis

from aloha_server.markup.links import bare_url_length
from aloha_server.markup.nodes import (
    NODE,
    ChannelWildcard,
    GroupMention,
    NamedEmoji,
    Node,
    StreamLink,
    Tex,
    Timestamp,
    TopicWildcard,
    UserMention,
    set_node,
)

MENTION = re.compile(r"@(_?)(?:\*\*([^*\n]{1,200})\*\*|\*([^*\n]{1,200})\*)")
NAME_AND_ID = re.compile(r"(.*)\|([0-9]{1,18})")
STREAM = re.compile(r"#\*\*([^*\n>]{1,200})(>[^*\n]{0,200})?\*\*")
TOPIC_AND_MESSAGE = re.compile(r"(.*)@([0-9]{1,18})")
EMOJI_NAME = re.compile(r":([a-z0-9_+-]{1,100}):")
TIME = re.compile(r"<time:([^<>\n]{1,100})>")
TEX = re.compile(r"\$\$([^$\n]+)\$\$")
SCHEME_BEFORE = re.compile(r"(?:^|[^a-zA-Z0-9_])(https?)$", re.IGNORECASE)

CHANNEL_WILDCARDS = frozenset({"all", "everyone", "channel", "stream"})


def make_mention(match: re.Match[str]) -> Node:
    silent = bool(match[1])
    if match[3] is not None:
        return GroupMention(match[3], silent)
    name = match[2]
    if name in CHANNEL_WILDCARDS:
        return ChannelWildcard(name, silent)
    if name == "topic":
        return TopicWildcard(silent)
    if with_id := NAME_AND_ID.fullmatch(name):
        return UserMention(with_id[1], int(with_id[2]), silent)
    return UserMention(name, None, silent)


def make_stream_link(match: re.Match[str]) -> Node:
    if match[2] is None:
        return StreamLink(match[1], None, None)
    topic = match[2][1:]
    if with_message := TOPIC_AND_MESSAGE.fullmatch(topic):
        return StreamLink(match[1], with_message[1], int(with_message[2]))
    return StreamLink(match[1], topic, None)


def pattern_rule(
    marker: str, pattern: re.Pattern[str], make: Callable[[re.Match[str]], Node], *, in_links: bool, after_word: bool
) -> Callable[[StateInline, bool], bool]:
    """A rule that turns what a pattern matches into a node."""

    def rule(state: StateInline, silent: bool) -> bool:
        if state.src[state.pos] != marker or (state.linkLevel and not in_links):
            return False
        if not after_word and state.pos and state.src[state.pos - 1].isalnum():
            return False
        match = pattern.match(state.src, state.pos, state.posMax)
        if match is None:
            return False
        if not silent:
            token = state.push(NODE, "", 0)
            token.content = match[0]
            set_node(token, make(match))
        state.pos = match.end()
        return True

    return rule


def bare_url(state: StateInline, silent: bool) -> bool:
    """`https://...` in running text. The scheme is in the pending text already when its colon is reached."""
    if state.linkLevel or not state.src.startswith("://", state.pos):
        return False
    before = SCHEME_BEFORE.search(state.src[max(0, state.pos - 6) : state.pos])
    length = bare_url_length(state.src, state.pos, state.posMax) if before else 0
    if before is None or not length:
        return False
    if not silent:
        url = before[1] + state.src[state.pos : state.pos + length]
        href = state.md.normalizeLink(url)
        if not state.pending.endswith(before[1]) or not state.md.validateLink(href):
            return False
        state.pending = state.pending[: -len(before[1])]
        state.push("link_open", "a", 1).attrs = {"href": href}
        state.push("text", "", 0).content = url
        state.push("link_close", "a", -1)
    state.pos += length
    return True


NAMED_EMOJI = pattern_rule(":", EMOJI_NAME, lambda match: NamedEmoji(match[1]), in_links=True, after_word=True)


def named_emoji(state: StateInline, silent: bool) -> bool:
    """`:name:`, but not within `std::name::value`. The colon that ended another emoji is not pending text."""
    return not state.pending.endswith(":") and NAMED_EMOJI(state, silent)


def star_emphasis(state: StateInline, silent: bool) -> bool:
    """Underscores stand in names, files and variables far too often to mean emphasis in a chat."""
    return state.src[state.pos] == "*" and emphasis.tokenize(state, silent)


def add_inline_rules(md: MarkdownIt) -> None:
    rules = (
        ("mention", pattern_rule("@", MENTION, make_mention, in_links=False, after_word=False)),
        ("stream", pattern_rule("#", STREAM, make_stream_link, in_links=False, after_word=False)),
        ("tex", pattern_rule("$", TEX, lambda match: Tex(match[1]), in_links=True, after_word=True)),
        ("time", pattern_rule("<", TIME, lambda match: Timestamp(match[1]), in_links=True, after_word=True)),
        ("bare_url", bare_url),
        ("emoji", named_emoji),
    )
    for name, rule in rules:
        md.inline.ruler.before("backticks", name, rule)
    md.inline.ruler.at("emphasis", star_emphasis)
