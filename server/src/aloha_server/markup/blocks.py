"""The block rules: quote and spoiler fences, and the bounds on nesting and on tables.

Quotes and lists deeper than `NESTING_MAX` stay text: nothing that was written is dropped, and the work is at most
lines x depth. A fence of a quote or spoiler may hold fences of its own length if those say what they are.
"""

import re
from collections.abc import Callable

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, blockquote, list_block, table

NESTING_MAX = 20  # markdown-it drops what is deeper than its own bound, which is above this one
TABLE_CELLS_MAX = 5_000  # of a message; rows shorter than their header are filled up, which multiplies the text

FENCE = re.compile(r"(`{3,}(?=[^`]*$)|~{3,})[ \t]*(.*?)[ \t]*$")
HOLDER = re.compile(r"(quoted?|spoiler)(?![^ \t])[ \t]*(.*)")
TABLE_INTERRUPTS = ["paragraph", "reference"]
LIST_INTERRUPTS = [*TABLE_INTERRUPTS, "blockquote"]
QUOTE_INTERRUPTS = [*LIST_INTERRUPTS, "list"]

BlockRule = Callable[[StateBlock, int, int, bool], bool]


def line_text(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]


def shallow(rule: BlockRule) -> BlockRule:
    """The rule, except at the deepest level."""

    def bounded(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        return state.level < NESTING_MAX and rule(state, start, end, silent)

    return bounded


def small_table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A table within the message's bound. What has no header is refused before its rows are counted."""
    found = table(state, start, end, True)
    if silent or not found:
        return found
    rows = next((line for line in range(start, end) if state.isEmpty(line)), end) - start
    cells = state.env.get("cells", 0) + rows * (line_text(state, start).count("|") + 1)
    if cells > TABLE_CELLS_MAX or not table(state, start, end, silent):
        return False
    state.env["cells"] = cells
    return True


def find_fence_end(state: StateBlock, start: int, end: int, fence: str) -> tuple[int, bool]:
    """The line before which the quote or spoiler opened at `start` ends, and whether that line is its closing fence."""
    open_fences = [(fence, True)]
    for line in range(start + 1, end):
        if state.sCount[line] < state.blkIndent and not state.isEmpty(line):
            return line, False  # the list that the fence stands in ends here
        match = FENCE.match(line_text(state, line))
        if match is None or state.is_code_block(line):
            continue
        mark, info = match.groups()
        current, holds_blocks = open_fences[-1]
        if not info and mark[0] == current[0] and len(mark) >= len(current):
            open_fences.pop()
            if not open_fences:
                return line, True
        elif holds_blocks:
            open_fences.append((mark, HOLDER.fullmatch(info) is not None))
    return end, False


def push_header(state: StateBlock, line: int, text: str) -> None:
    state.push("paragraph_open", "p", 1)
    token = state.push("inline", "", 0)
    token.content, token.map, token.children = text, [line, line + 1], []
    state.push("paragraph_close", "p", -1)


def holder_fence(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """```quote and ```spoiler header"""
    if state.is_code_block(start) or (match := FENCE.match(line_text(state, start))) is None:
        return False
    if (holder := HOLDER.fullmatch(match[2])) is None:
        return False
    if silent:
        return True
    last, closed = find_fence_end(state, start, end, match[1])
    kind, header = ("spoiler", holder[2]) if holder[1] == "spoiler" else ("blockquote", "")
    state.push(f"{kind}_open", kind, 1)
    if header:
        push_header(state, start, header)
    if kind == "spoiler":
        state.push("spoiler_body", "", 0)
    outer = state.parentType, state.lineMax
    state.parentType, state.lineMax = "blockquote", last
    state.md.block.tokenize(state, start + 1, last)
    state.parentType, state.lineMax = outer
    state.push(f"{kind}_close", kind, -1)
    state.line = last + closed
    return True


def add_block_rules(md: MarkdownIt) -> None:
    ruler = md.block.ruler
    ruler.before("fence", "holder_fence", shallow(holder_fence), {"alt": QUOTE_INTERRUPTS})
    ruler.at("blockquote", shallow(blockquote), {"alt": QUOTE_INTERRUPTS})
    ruler.at("list", shallow(list_block), {"alt": LIST_INTERRUPTS})
    ruler.at("table", small_table, {"alt": TABLE_INTERRUPTS})
