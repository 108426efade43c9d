"""Tokens to HTML: where the wire's form differs from markdown-it's own.

Every piece of text and every attribute is escaped, here, in `elements` and `code`, or by markdown-it.
"""

from collections.abc import Sequence
from html import escape
from typing import cast

from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from aloha_server.markup.code import render_code
from aloha_server.markup.elements import Page, render_formula, render_node
from aloha_server.markup.links import is_image, relative_to_realm, upload_path
from aloha_server.markup.nodes import get_node
from aloha_server.markup.previews import render_previews

TEX_LANGUAGES = frozenset({"latex", "math", "tex"})


def page_of(env: EnvType) -> Page:
    return cast("Page", env["page"])


def count_columns(tokens: Sequence[Token], idx: int) -> int:
    """Of the table whose head ends at a token."""
    count = 0
    while tokens[idx].type != "thead_open":
        count += tokens[idx].type == "th_open"
        idx -= 1
    return count


class ChatRenderer(RendererHTML):
    """One method for each kind of token whose HTML is not markdown-it's own. `env` carries the `Page`."""

    def node(self, tokens: Sequence[Token], idx: int, _options: OptionsDict, env: EnvType) -> str:
        node = get_node(tokens[idx])
        assert node is not None
        return render_node(node, page_of(env))

    def link_open(self, tokens: Sequence[Token], idx: int, _options: OptionsDict, env: EnvType) -> str:
        page, attrs = page_of(env), tokens[idx].attrs
        url = relative_to_realm(str(attrs["href"]), page.realm_url)
        page.has_link = True
        page.has_image |= is_image(url)
        if path := upload_path(url):
            page.attachment_paths.add(path)
        title = f' title="{escape(str(attrs["title"]))}"' if "title" in attrs else ""
        text = escape(url) if tokens[idx + 1].type == "link_close" else ""
        return f'<a href="{escape(url)}"{title}>{text}'

    def paragraph_close(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        """Images among a paragraph's uploads are shown below it, but not those of quotes and lists."""
        html = self.renderToken(tokens, idx, options, env)
        if tokens[idx].level == 0:
            html += render_previews(tokens[idx - 1], page_of(env))
        return html

    def th_open(self, tokens: Sequence[Token], idx: int, _options: OptionsDict, _env: EnvType) -> str:
        """Clients compare the style as text: `text-align: left;`."""
        style = str(tokens[idx].attrs.get("style", ""))
        attribute = f' style="{style.replace(":", ": ")};"' if style else ""
        return f"<{tokens[idx].tag}{attribute}>"

    td_open = th_open

    def thead_close(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        """A table without rows gets an empty one: clients expect a body."""
        html = self.renderToken(tokens, idx, options, env)
        if tokens[idx + 1].type == "tbody_open":
            return html
        cells = "<td></td>\n" * count_columns(tokens, idx)
        return f"{html}<tbody>\n<tr>\n{cells}</tr>\n</tbody>\n"

    def fence(self, tokens: Sequence[Token], idx: int, _options: OptionsDict, env: EnvType) -> str:
        token = tokens[idx]
        words = token.info.split(maxsplit=1)
        language = words[0].strip("{}").lstrip(".") if words else page_of(env).code_language
        if language in TEX_LANGUAGES:
            formulas = (part for part in token.content.split("\n\n") if part.strip())
            return f"<p>{''.join(render_formula(formula, page_of(env), block=True) for formula in formulas)}</p>\n"
        return render_code(token.content, language, page_of(env).highlighting)

    def code_block(self, tokens: Sequence[Token], idx: int, _options: OptionsDict, env: EnvType) -> str:
        return render_code(tokens[idx].content, "", page_of(env).highlighting)

    def s_open(self, _tokens: Sequence[Token], _idx: int, _options: OptionsDict, _env: EnvType) -> str:
        return "<del>"

    def s_close(self, _tokens: Sequence[Token], _idx: int, _options: OptionsDict, _env: EnvType) -> str:
        return "</del>"

    def spoiler_open(self, _tokens: Sequence[Token], _idx: int, _options: OptionsDict, _env: EnvType) -> str:
        return '<div class="spoiler-block"><div class="spoiler-header">\n'

    def spoiler_body(self, _tokens: Sequence[Token], _idx: int, _options: OptionsDict, _env: EnvType) -> str:
        return '</div><div class="spoiler-content" aria-hidden="true">\n'

    def spoiler_close(self, _tokens: Sequence[Token], _idx: int, _options: OptionsDict, _env: EnvType) -> str:
        return "</div></div>\n"
