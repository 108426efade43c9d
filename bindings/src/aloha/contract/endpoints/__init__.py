"""Every endpoint of the API, by area. `ENDPOINTS` holds them in the order of the guide."""

from typing import Any

from aloha.contract.endpoint import Endpoint

from . import (
    alert_words,
    authentication,
    bots,
    events,
    flags,
    messages,
    muted_users,
    organization,
    presence,
    profile_fields,
    reactions,
    settings,
    streams,
    subscriptions,
    typing_status,
    users,
)

_MODULES = (
    authentication,
    events,
    messages,
    reactions,
    flags,
    streams,
    subscriptions,
    users,
    bots,
    presence,
    typing_status,
    muted_users,
    profile_fields,
    alert_words,
    settings,
    organization,
)

ENDPOINTS: tuple[Endpoint[Any, Any], ...] = tuple(
    value for module in _MODULES for value in vars(module).values() if isinstance(value, Endpoint)
)

__all__ = ["ENDPOINTS"]
