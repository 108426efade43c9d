"""Markdown to HTML, mentions and emoji: pure functions, which know nothing of the database.

A caller asks `find_references` what a text names, looks that up, and gives `render` the directory of what it found.
"""

from aloha_server.markup.directory import Directory, Image, References, Rendered
from aloha_server.markup.emoji import EMOJI, EXTRA_EMOJI, emoji_code_for, emoji_data, extra_emoji_picture
from aloha_server.markup.linkifiers import Rule, pattern_groups
from aloha_server.markup.quoting import quote_text
from aloha_server.markup.references import find_references
from aloha_server.markup.render import render, render_description, truncate_content
from aloha_server.markup.topics import topic_links
from aloha_server.markup.url_templates import template_variables
from aloha_server.markup.words import Word, plain_words, word_text, words_of

__all__ = [
    "EMOJI",
    "EXTRA_EMOJI",
    "Directory",
    "Image",
    "References",
    "Rendered",
    "Rule",
    "Word",
    "emoji_code_for",
    "emoji_data",
    "extra_emoji_picture",
    "find_references",
    "pattern_groups",
    "plain_words",
    "quote_text",
    "render",
    "render_description",
    "template_variables",
    "topic_links",
    "truncate_content",
    "word_text",
    "words_of",
]
