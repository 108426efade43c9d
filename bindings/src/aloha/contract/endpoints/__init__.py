"""Every endpoint of the API, by area. `ENDPOINTS` holds them in the order of the guide."""

from typing import Any

from aloha.contract.endpoint import Endpoint

from . import (
    alert_words,
    authentication,
    avatars,
    bots,
    channels,
    default_streams,
    domains,
    drafts,
    events,
    flags,
    invites,
    linkifiers,
    messages,
    muted_users,
    onboarding_steps,
    organization,
    playgrounds,
    presence,
    profile_fields,
    reactions,
    reading,
    reminders,
    saved_snippets,
    scheduled_messages,
    settings,
    stream_email,
    streams,
    submessages,
    subscriptions,
    topics,
    typing_status,
    uploads,
    user_groups,
    users,
)

_MODULES = (
    authentication,
    events,
    messages,
    reading,
    reactions,
    submessages,
    flags,
    drafts,
    saved_snippets,
    scheduled_messages,
    reminders,
    streams,
    stream_email,
    subscriptions,
    default_streams,
    channels,
    topics,
    users,
    user_groups,
    bots,
    presence,
    typing_status,
    muted_users,
    profile_fields,
    uploads,
    avatars,
    alert_words,
    onboarding_steps,
    settings,
    organization,
    domains,
    invites,
    linkifiers,
    playgrounds,
)

ENDPOINTS: tuple[Endpoint[Any, Any], ...] = tuple(
    value for module in _MODULES for value in vars(module).values() if isinstance(value, Endpoint)
)

__all__ = ["ENDPOINTS"]
