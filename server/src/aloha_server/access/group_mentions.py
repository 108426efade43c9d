"""The groups that somebody may mention."""

from collections.abc import Iterable

from ..store import Tx
from .users import User

NAMED = """
    select group_id, name from user_group
    where realm_id = :realm_id and is_system = 0 and lower(name) = any(:names)
"""


def mentionable_groups(tx: Tx, writer: User, names: Iterable[str]) -> dict[str, tuple[int, str]]:  # noqa: ARG001
    """Id and name, by casefolded name, of the custom groups of these (casefolded) names."""
    return {name.casefold(): (group_id, name) for group_id, name in tx.rows(NAMED, names=list(names))}
