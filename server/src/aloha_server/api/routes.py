"""All routes of the API: one module per resource."""

from . import (
    alert_words,
    authentication,
    flags,
    messages,
    organization,
    queues,
    reactions,
    send,
    settings,
    streams,
    submessages,
    subscriptions,
    topics,
    users,
)
from .routing import Routes

ROUTES = Routes(
    alert_words.routes,
    authentication.routes,
    flags.routes,
    messages.routes,
    organization.routes,
    queues.routes,
    reactions.routes,
    send.routes,
    settings.routes,
    streams.routes,
    submessages.routes,
    subscriptions.routes,
    topics.routes,
    users.routes,
)
