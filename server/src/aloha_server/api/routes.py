"""All routes of the API: one module per resource."""

from . import (
    alert_words,
    authentication,
    avatars,
    flags,
    messages,
    organization,
    queues,
    reactions,
    send,
    settings,
    streams,
    subscriptions,
    uploads,
    users,
)
from .routing import Routes

ROUTES = Routes(
    alert_words.routes,
    authentication.routes,
    avatars.routes,
    flags.routes,
    messages.routes,
    organization.routes,
    queues.routes,
    reactions.routes,
    send.routes,
    settings.routes,
    streams.routes,
    subscriptions.routes,
    uploads.routes,
    users.routes,
)
