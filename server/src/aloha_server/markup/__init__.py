"""Markdown to HTML, mentions and emoji: pure functions, which know nothing of the database.

A caller asks `find_references` what a text names, looks that up, and gives `render` the directory of what it found.
"""

from aloha_server.markup.directory import Directory, Image, References, Rendered
from aloha_server.markup.emoji import EMOJI, emoji_code_for, emoji_data
from aloha_server.markup.references import find_references
from aloha_server.markup.render import render, render_description, truncate_content

__all__ = [
    "EMOJI",
    "Directory",
    "Image",
    "References",
    "Rendered",
    "emoji_code_for",
    "emoji_data",
    "find_references",
    "render",
    "render_description",
    "truncate_content",
]
