"""What follows from the groups and the organization's permissions of a replica: what the user may do, and the older
numbers for who may do something. No event tells of it; it is found anew after each that it may follow from."""

from collections.abc import Iterable
from typing import Any

State = dict[str, Any]

NEEDED = ("realm_user_groups", "realm_can_create_public_channel_group", "user_id", "realm_users")

MAY = {
    "can_create_public_streams": "realm_can_create_public_channel_group",
    "can_create_private_streams": "realm_can_create_private_channel_group",
    "can_create_web_public_streams": "realm_can_create_web_public_channel_group",
    "can_subscribe_other_users": "realm_can_add_subscribers_group",
    "can_invite_others_to_realm": "realm_can_invite_users_group",
}
CHANNEL_POLICIES = {
    "role:members": 1,
    "role:administrators": 2,
    "role:fullmembers": 3,
    "role:moderators": 4,
    "role:nobody": 6,
    "role:owners": 7,
}
WILDCARD_POLICIES = {
    "role:everyone": 1,
    "role:members": 2,
    "role:fullmembers": 3,
    "role:administrators": 5,
    "role:nobody": 6,
    "role:moderators": 7,
}
# field: (permission, numbers, the one for groups that have none)
OLDER_POLICIES = {
    "realm_create_public_stream_policy": ("realm_can_create_public_channel_group", CHANNEL_POLICIES, 1),
    "realm_create_private_stream_policy": ("realm_can_create_private_channel_group", CHANNEL_POLICIES, 1),
    "realm_create_web_public_stream_policy": ("realm_can_create_web_public_channel_group", CHANNEL_POLICIES, 7),
    "realm_wildcard_mention_policy": ("realm_can_mention_many_users_group", WILDCARD_POLICIES, 5),
}


def refresh_permissions(state: State) -> None:
    """Nothing where the registration asked for too little to tell."""
    if not all(name in state for name in NEEDED):
        return
    own = _groups_of(state["realm_user_groups"], state["user_id"])
    for field, permission in MAY.items():
        state[field] = _holds(state["user_id"], own, state[permission])
    state["can_create_streams"] = any(state[field] for field in MAY if field.startswith("can_create_"))
    names = {group["id"]: group["name"] for group in state["realm_user_groups"]}
    for field, (permission, numbers, other) in OLDER_POLICIES.items():
        value = state[permission]
        state[field] = numbers.get(names.get(value, ""), other) if isinstance(value, int) else other


def _groups_of(groups: Iterable[dict[str, Any]], user_id: int) -> set[int]:
    """The groups of which somebody is a member, directly or by a subgroup."""
    groups = list(groups)
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
