"""What follows from the organization's settings: how sign-in is described, the older forms of permissions."""

from typing import Any

from aloha.contract.objects import AuthenticationMethod
from aloha.contract.settings.permissions import OLDER_POLICIES

AUTHENTICATION_METHODS = ("Email",)  # what this server can do


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
