"""Mentions of groups: which names are groups."""

from collections.abc import Iterable

from ..store import Tx

NAMED = "select group_id, name from user_group where realm_id = :realm_id and lower(name) = any(:names)"


def mentionable_groups(tx: Tx, names: Iterable[str]) -> dict[str, tuple[int, str]]:
    """By casefolded name: id and name."""
    keys = list(names)
    if not keys:
        return {}
    return {name.casefold(): (group_id, name) for group_id, name in tx.rows(NAMED, names=keys)}
