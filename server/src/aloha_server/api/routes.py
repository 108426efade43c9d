"""All routes of the API: one module per resource."""

from . import (
    alert_words,
    authentication,
    flags,
    history,
    messages,
    organization,
    queues,
    reactions,
    send,
    settings,
    streams,
    subscriptions,
    users,
)
from .routing import Routes

ROUTES = Routes(
    alert_words.routes,
    authentication.routes,
    flags.routes,
    history.routes,
    messages.routes,
    organization.routes,
    queues.routes,
    reactions.routes,
    send.routes,
    settings.routes,
    streams.routes,
    subscriptions.routes,
    users.routes,
)
