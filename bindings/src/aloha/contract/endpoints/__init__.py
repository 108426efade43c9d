"""Every endpoint of the API, by area. `ENDPOINTS` holds them in the order of the guide."""

from typing import Any

from aloha.contract.endpoint import Endpoint

from . import (
    alert_words,
    authentication,
    avatars,
    events,
    flags,
    messages,
    organization,
    reactions,
    settings,
    streams,
    subscriptions,
    uploads,
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
    uploads,
    users,
    avatars,
    alert_words,
    settings,
    organization,
)

ENDPOINTS: tuple[Endpoint[Any, Any], ...] = tuple(
    value for module in _MODULES for value in vars(module).values() if isinstance(value, Endpoint)
)

__all__ = ["ENDPOINTS"]
