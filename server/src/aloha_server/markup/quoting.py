"""Quoting a text inside another, whatever fences it holds itself."""

import re

RUN = re.compile(r"`+")


def quote_text(text: str) -> str:
    """A block that quotes the text: its fence is longer than any in it."""
    longest = max(map(len, RUN.findall(text)), default=0)
    fence = "`" * max(4, longest + 1)
    return f"{fence} quote\n{text}\n{fence}"
