"""Writes plain data (dict, list, str, int, float, bool, None) as YAML, the same text for the same data.

Only what `docs/aloha.yaml` needs: block mappings and sequences in the order given, text of several lines as a literal
block, every other string bare where that is surely safe and as JSON, which YAML reads, where it is not.
"""

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

_BARE = re.compile(r"[A-Za-z][\w ./()'`;,-]*(?<! )", re.ASCII)
_UNPRINTABLE = re.compile("[\x7f-\x9f\u2028\u2029\ufeff]")
_RESERVED = frozenset({"true", "false", "null", "yes", "no", "on", "off", "y", "n"})


def to_yaml(value: Any) -> str:
    """The document, ending in a newline."""
    return "\n".join(_lines(value)) + "\n"


def _lines(value: Any) -> Iterator[str]:
    if isinstance(value, dict) and value:
        for key, inner in value.items():
            yield from _entry(f"{_scalar(str(key))}:", inner)
    elif isinstance(value, list | tuple) and value:
        for inner in value:
            yield from _item(inner)
    else:
        yield _scalar(value)


def _entry(head: str, value: Any) -> Iterator[str]:
    if isinstance(value, dict | list | tuple) and value:
        yield head
        yield from _indented(_lines(value))
    elif isinstance(value, str) and _is_block(value):
        yield f"{head} |-"
        yield from _indented(value.split("\n"))
    else:
        yield f"{head} {_scalar(value)}"


def _indented(lines: Iterable[str]) -> Iterator[str]:
    return (f"  {line}" if line else line for line in lines)


def _item(value: Any) -> Iterator[str]:
    marks = iter(["- "])
    for line in _lines(value):
        yield next(marks, "  ") + line if line else line


def _is_block(text: str) -> bool:
    """A literal block keeps no space at a line's end for sure, and takes its indentation from its first line."""
    lines = text.split("\n")
    return (
        len(lines) > 1
        and bool(lines[-1])
        and not lines[0].startswith(" ")
        and all(line.isprintable() and line == line.rstrip() for line in lines)
        and bool(lines[0])
    )


def _scalar(value: Any) -> str:
    if isinstance(value, str) and _BARE.fullmatch(value) and value.lower() not in _RESERVED:
        return value
    text = json.dumps(value, ensure_ascii=False)
    return _UNPRINTABLE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
