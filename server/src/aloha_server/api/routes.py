"""All routes of the API: one module per resource."""

from . import (
    alert_words,
    authentication,
    drafts,
    flags,
    messages,
    onboarding_steps,
    organization,
    queues,
    reactions,
    reminders,
    saved_snippets,
    scheduled_messages,
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
    drafts.routes,
    flags.routes,
    messages.routes,
    onboarding_steps.routes,
    organization.routes,
    queues.routes,
    reactions.routes,
    reminders.routes,
    saved_snippets.routes,
    scheduled_messages.routes,
    send.routes,
    settings.routes,
    streams.routes,
    subscriptions.routes,
    users.routes,
)
