"""Mentions of groups: which names are groups, who may mention one, and whom a mention means."""

from collections.abc import Iterable

from pyroaring import BitMap

from aloha.contract.errors import ApiError
from aloha_server.markup import Rendered

from ..store import Tx
from .groups import admits, groups_of
from .roster import load_roster
from .user_groups import find_groups_named, load_groups
from .users import User


def mentionable_groups(tx: Tx, names: Iterable[str]) -> dict[str, tuple[int, str]]:
    """Active groups by casefolded name: id and name. Silently anybody may mention each; see `check_group_mentions`."""
    return {key: (group.group_id, group.name) for key, group in find_groups_named(tx, names).items()}


def check_group_mentions(tx: Tx, actor: User, rendered: Rendered) -> None:
    """Raises ApiError if the text mentions a group that the actor may not mention; nobody may a built-in one."""
    if not rendered.mentioned_group_ids:
        return
    own = groups_of(tx, actor)
    for group in load_groups(tx, rendered.mentioned_group_ids):
        if group.is_system or not admits(group.settings["can_mention_group"], actor.user_id, own):
            raise ApiError(f"You are not allowed to mention user group '{group.name}'.")


def mentioned_people(tx: Tx, rendered: Rendered) -> BitMap:
    """Who is mentioned by name or as a member of a group, however deep. Active people only, if by a group."""
    people = BitMap(rendered.mentioned_user_ids)
    if rendered.mentioned_group_ids:
        groups = {"direct_members": [], "direct_subgroups": list(rendered.mentioned_group_ids)}
        people |= load_roster(tx).holders(groups)
    return people
