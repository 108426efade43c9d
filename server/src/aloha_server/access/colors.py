"""The colours of subscriptions: a new one gets the colour that its user has used least."""

import re
from collections import Counter

from aloha.contract.errors import ApiError

PALETTE = (
    "#3b7dd8", "#d9822b", "#2f9e6e", "#c2415c", "#8a63d2", "#1f9aa8", "#b8962e", "#cf5fa5",
    "#5c8a3a", "#a85b3e", "#4f6bb5", "#d16a5a", "#3a8f8f", "#9b5a8f", "#7f8f3f", "#5f7f9f",
    "#c98a5f", "#6fae8f", "#b0708a", "#7a6fc0", "#4fa3d1", "#a3a04f", "#8f6f4f", "#6f7f6f",
)  # fmt: skip
_COLOR = re.compile(r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})\Z")


def check_color(color: str) -> str:
    if _COLOR.match(color) is None:
        raise ApiError("color is not a valid hex color code")
    return color


def pick_color(used: Counter[str]) -> str:
    """The first of the palette's colours that are used least; counts it as used."""
    color = min(PALETTE, key=lambda color: used[color])
    used[color] += 1
    return color
