"""All routes of the API: one module per resource."""

from . import (
    alert_words,
    authentication,
    flags,
    linkifiers,
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
    linkifiers.routes,
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
