"""What an edit added and removed, as HTML that can be shown.

The tags are those of the new version; words that were removed stand, marked, where they were. Both versions are HTML
of ours: text in them is escaped already.
"""

import difflib
import re

_TOKEN = re.compile(r"<[^>]*>|\s+|[^\s<]+")
INSERTED = "highlight_text_inserted"
DELETED = "highlight_text_deleted"
TOKENS_MAX = 4000  # of both versions; beyond it they are compared as two wholes


def html_diff(before: str, after: str) -> str:
    """One `div` with the new version in which the differences are marked."""
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    if len(old) + len(new) > TOKENS_MAX:
        return f"<div>{_mark(new, INSERTED)}{_mark(old, DELETED, keep_tags=False)}</div>"
    parts = []
    for kind, i1, i2, j1, j2 in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            parts.append("".join(new[j1:j2]))
        else:
            parts += [_mark(new[j1:j2], INSERTED), _mark(old[i1:i2], DELETED, keep_tags=False)]
    return f"<div>{''.join(parts)}</div>"


def _mark(tokens: list[str], style: str, *, keep_tags: bool = True) -> str:
    """The text between tags, marked; no mark reaches over a tag, so what comes out is well-formed."""
    parts, text = [], ""
    for word in [*tokens, "<>"]:
        if not word.startswith("<"):
            text += word
            continue
        if text.strip():
            parts.append(f'<span class="{style}">{text}</span>')
        elif keep_tags:
            parts.append(text)
        text = ""
        if keep_tags and word != "<>":
            parts.append(word)
    return "".join(parts)
