"""All routes of the API: one module per resource."""

from . import (
    alert_words,
    authentication,
    domains,
    flags,
    invites,
    messages,
    organization,
    queues,
    reactions,
    send,
    settings,
    streams,
    subscriptions,
    user_groups,
    users,
)
from .routing import Routes

ROUTES = Routes(
    alert_words.routes,
    authentication.routes,
    domains.routes,
    flags.routes,
    invites.routes,
    messages.routes,
    organization.routes,
    queues.routes,
    reactions.routes,
    send.routes,
    settings.routes,
    streams.routes,
    subscriptions.routes,
    user_groups.routes,
    users.routes,
)
