"""All routes of the API: one module per resource."""

from . import (
    alert_words,
    authentication,
    bots,
    flags,
    messages,
    muted_users,
    organization,
    presence,
    profile_fields,
    queues,
    reactions,
    send,
    settings,
    streams,
    subscriptions,
    typing_status,
    user_status,
    users,
)
from .routing import Routes

ROUTES = Routes(
    alert_words.routes,
    authentication.routes,
    bots.routes,
    flags.routes,
    messages.routes,
    muted_users.routes,
    organization.routes,
    presence.routes,
    profile_fields.routes,
    queues.routes,
    reactions.routes,
    send.routes,
    settings.routes,
    streams.routes,
    subscriptions.routes,
    typing_status.routes,
    user_status.routes,
    users.routes,
)
