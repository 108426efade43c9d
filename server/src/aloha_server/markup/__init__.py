"""Markdown to HTML, mentions and emoji: pure functions, which know nothing of the database.

A caller asks `find_references` what a text names, looks that up, and gives `render` the directory of what it found.
"""

from aloha_server.markup.directory import Directory, References, Rendered
from aloha_server.markup.emoji import EMOJI, emoji_code_for, emoji_data
from aloha_server.markup.references import find_references
from aloha_server.markup.render import render, render_description, truncate_content
from aloha_server.markup.words import Word, plain_words, word_text, words_of

__all__ = [
    "EMOJI",
    "Directory",
    "References",
    "Rendered",
    "Word",
    "emoji_code_for",
    "emoji_data",
    "find_references",
    "plain_words",
    "render",
    "render_description",
    "truncate_content",
    "word_text",
    "words_of",
]
