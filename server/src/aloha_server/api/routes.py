"""All routes of the API: one module per resource."""

from . import (
    alert_words,
    authentication,
    channels,
    default_streams,
    flags,
    messages,
    organization,
    queues,
    reactions,
    send,
    settings,
    stream_email,
    streams,
    subscriptions,
    users,
)
from .routing import Routes

ROUTES = Routes(
    alert_words.routes,
    authentication.routes,
    channels.routes,
    default_streams.routes,
    flags.routes,
    messages.routes,
    organization.routes,
    queues.routes,
    reactions.routes,
    send.routes,
    settings.routes,
    stream_email.routes,
    streams.routes,
    subscriptions.routes,
    users.routes,
)
