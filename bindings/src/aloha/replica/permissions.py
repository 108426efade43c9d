"""What follows from the groups and the organization's permissions of a replica: what the user may do, and the older
numbers for who may do something. No event tells of it; it is found anew after each that it may follow from."""

from collections.abc import Iterable
from typing import Any

from aloha.contract.settings.permissions import OLDER_POLICIES, REALM_GROUP_SETTINGS

State = dict[str, Any]

NEEDED = ("realm_user_groups", "realm_can_create_public_channel_group", "user_id", "realm_users")

MAY = {
    "can_create_public_streams": "realm_can_create_public_channel_group",
    "can_create_private_streams": "realm_can_create_private_channel_group",
    "can_create_web_public_streams": "realm_can_create_web_public_channel_group",
    "can_subscribe_other_users": "realm_can_add_subscribers_group",
    "can_invite_others_to_realm": "realm_can_invite_users_group",
}


def refresh_permissions(state: State) -> None:
    """Nothing where the registration asked for too little to tell."""
    if not all(name in state for name in NEEDED):
        return
    own = _groups_of(state["realm_user_groups"], state["user_id"])
    for field, permission in MAY.items():
        declared = REALM_GROUP_SETTINGS[permission.removeprefix("realm_")]
        refused = state["is_guest"] and not declared.allow_everyone_group
        state[field] = not refused and _holds(state["user_id"], own, state[permission])
    state["can_create_streams"] = any(state[field] for field in MAY if field.startswith("can_create_"))
    names = {group["id"]: group["name"] for group in state["realm_user_groups"]}
    for field, (permission, numbers, other) in OLDER_POLICIES.items():
        value = state[f"realm_{permission}"]
        state[field] = numbers.get(names.get(value, ""), other) if isinstance(value, int) else other


def _groups_of(groups: Iterable[dict[str, Any]], user_id: int) -> set[int]:
    """The groups of which somebody is a member, directly or by a subgroup."""
    groups = [group for group in groups if not group["deactivated"]]
    found = {group["id"] for group in groups if user_id in group["members"]}
    while True:
        wider = {group["id"] for group in groups if not found.isdisjoint(group["direct_subgroup_ids"])}
        if wider <= found:
            return found
        found |= wider


def _holds(user_id: int, own: set[int], setting: Any) -> bool:
    if isinstance(setting, int):
        return setting in own
    return user_id in setting["direct_members"] or not own.isdisjoint(setting["direct_subgroups"])
