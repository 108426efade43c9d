"""Where a group is used: in settings of the organization, of streams and of groups, and as a part of other groups."""

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from aloha.contract.settings import REALM_GROUP_SETTINGS

from ..store import Tx
from .group_graph import GroupGraph
from .realm import realm_settings
from .sight import OwnEyes
from .streams import KNOWING_PERMISSIONS, load_all_streams
from .user_groups import load_all_groups
from .users import User

PRIVATE = "select stream_id, permissions from stream where realm_id = :realm_id and invite_only = 1"


def names_group(setting: Any, group_ids: set[int]) -> bool:
    """Whether a group setting names one of the groups itself."""
    if isinstance(setting, int):
        return setting in group_ids
    return not group_ids.isdisjoint(setting["direct_subgroups"])


def find_uses(tx: Tx, actor: User, group_id: int) -> list[dict[str, Any]]:
    """What stands against deactivating a group, as CANNOT_DEACTIVATE_GROUP_IN_USE lists it.

    The group's own settings do not count. A channel that the actor does not know of is counted without its id.
    """
    uses: list[dict[str, Any]] = []
    if wholes := GroupGraph(tx).direct_wholes_of(group_id):
        uses.append({"type": "subgroup", "supergroup_ids": sorted(wholes)})
    settings = realm_settings(tx)
    if found := _naming({name: settings[name] for name in REALM_GROUP_SETTINGS}, group_id):
        uses.append({"type": "realm", "settings": found})
    eyes = OwnEyes(tx, actor)
    for stream in load_all_streams(tx):
        if found := _naming(stream.permissions, group_id):
            known = {"channel_id": stream.stream_id} if eyes.see(stream) is not None else {}
            uses.append({"type": "channel", **known, "settings": found})
    others = (group for group in load_all_groups(tx) if not group.deactivated and group.group_id != group_id)
    return uses + [
        {"type": "user_group", "group_id": group.group_id, "settings": found}
        for group in others
        if (found := _naming(group.settings, group_id))
    ]


def streams_shown_by(tx: Tx, group_ids: Iterable[int]) -> list[int]:
    """The private streams that members of the groups may know of because they are: whose sight a change of members
    touches. `group_ids` are all to which the changed one belongs."""
    groups = set(group_ids)
    found = []
    for stream_id, text in tx.rows(PRIVATE):
        permissions = msgspec.json.decode(text)
        if any(names_group(permissions[name], groups) for name in KNOWING_PERMISSIONS):
            found.append(stream_id)
    return found


def _naming(settings: Mapping[str, Any], group_id: int) -> list[str]:
    return [name for name, setting in settings.items() if names_group(setting, {group_id})]
