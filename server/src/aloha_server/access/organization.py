"""What follows from the organization's settings: how sign-in is described, the older forms of permissions."""

from typing import Any

from aloha.contract.objects import AuthenticationMethod

AUTHENTICATION_METHODS = ("Email",)  # what this server can do

# The older numbers for who may do something, by the group that may.
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
# field of the initial state: (permission, numbers, the one for groups that have none)
OLDER_POLICIES: dict[str, tuple[str, dict[str, int], int]] = {
    "realm_create_public_stream_policy": ("can_create_public_channel_group", CHANNEL_POLICIES, 1),
    "realm_create_private_stream_policy": ("can_create_private_channel_group", CHANNEL_POLICIES, 1),
    "realm_create_web_public_stream_policy": ("can_create_web_public_channel_group", CHANNEL_POLICIES, 7),
    "realm_wildcard_mention_policy": ("can_mention_many_users_group", WILDCARD_POLICIES, 5),
}


def wire_authentication_methods(allowed: dict[str, bool]) -> dict[str, AuthenticationMethod]:
    return {
        name: AuthenticationMethod(enabled=allowed.get(name, False), available=True) for name in AUTHENTICATION_METHODS
    }


def older_policies(settings: dict[str, Any], groups: dict[str, int]) -> dict[str, int]:
    """The permissions as numbers, as near as a number can say it."""
    names = {group_id: name for name, group_id in groups.items()}
    policies = {}
    for field, (permission, numbers, other) in OLDER_POLICIES.items():
        value = settings[permission]
        policies[field] = numbers.get(names.get(value, ""), other) if isinstance(value, int) else other
    return policies
