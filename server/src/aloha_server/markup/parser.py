"""The Markdown of the chat: CommonMark without raw HTML, images, references and underlined headings; with tables,
strikethrough, line breaks as written, and what `inline` and `blocks` add. A backslash is one: paths and patterns are
written more often than stars that mean nothing.

The parser keeps no state between texts and may be used by several threads.
"""

from functools import cache

import msgspec
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from aloha_server.markup.blocks import add_block_rules
from aloha_server.markup.html import ChatRenderer
from aloha_server.markup.inline import add_inline_rules
from aloha_server.markup.links import is_allowed, with_scheme
from aloha_server.markup.nodes import (
    ChannelWildcard,
    GroupMention,
    TopicWildcard,
    UserMention,
    get_node,
    set_node,
)
from aloha_server.markup.text import link_text, replace_text, split_at_emoji, split_at_emoticons

INLINE_NESTING_MAX = 30  # deeper text stays text; each level of open brackets costs a pass over the paragraph
BLOCK_RULES = ["table", "code", "fence", "blockquote", "hr", "list", "heading", "paragraph"]
INLINE_RULES = ["text", "newline", "backticks", "strikethrough", "emphasis", "link", "autolink", "entity"]


class ChatMarkdown(MarkdownIt):
    """markdown-it with our rule on which links there are."""

    def validateLink(self, url: str) -> bool:  # noqa: N802 (markdown-it's name)
        return is_allowed(url)

    def normalizeLink(self, url: str) -> str:  # noqa: N802
        return super().normalizeLink(with_scheme(url))


def link_addresses(state: StateCore) -> None:
    """Addresses without a scheme, and what the organization's rules match, become links, outside links and code."""
    page = state.env.get("page")
    if page is None:  # only what the text names is asked for
        return
    for token in state.tokens:
        if token.children:
            token.children = link_text(token.children, page.directory.rules, state.md)


def mark_emoticons(state: StateCore) -> None:
    page = state.env.get("page")
    if page is not None and page.emoticons:
        replace_text(state.tokens, split_at_emoticons)


def mark_emoji(state: StateCore) -> None:
    """Emoji written as themselves become nodes, outside code."""
    replace_text(state.tokens, split_at_emoji)


def quiet_quotes(state: StateCore) -> None:
    """Who quotes a mention does not mention."""
    depth = 0
    for token in state.tokens:
        if token.type in ("blockquote_open", "blockquote_close"):
            depth += token.nesting
        elif depth and token.children:
            make_silent(token.children)


def make_silent(tokens: list[Token]) -> None:
    for token in tokens:
        match get_node(token):
            case (UserMention() | GroupMention() | ChannelWildcard() | TopicWildcard()) as mention:
                set_node(token, msgspec.structs.replace(mention, silent=True))


@cache
def get_parser() -> MarkdownIt:
    options = {"html": False, "breaks": True, "xhtmlOut": False, "maxNesting": INLINE_NESTING_MAX}
    md = ChatMarkdown("zero", options, renderer_cls=ChatRenderer)
    md.enable([*BLOCK_RULES, *INLINE_RULES, "balance_pairs", "fragments_join", "text_join"])
    add_block_rules(md)
    add_inline_rules(md)
    md.core.ruler.push("link_addresses", link_addresses)
    md.core.ruler.push("mark_emoticons", mark_emoticons)
    md.core.ruler.push("mark_emoji", mark_emoji)
    md.core.ruler.push("quiet_quotes", quiet_quotes)
    return md
