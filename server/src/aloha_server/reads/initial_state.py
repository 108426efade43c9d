"""The initial state that `POST /register` returns: the sections asked for, in one read transaction.

Each section is a function of the reader's view; its queries do not grow in number with users, streams or messages.
"""

from collections.abc import Callable, Iterable
from typing import Any

from . import (
    messages,
    organization,
    people,
    personal,
    presence,
    settings,
    streams,
    subscriptions,
    user_topics,
    users,
)
from .view import View

Section = Callable[[View], dict[str, Any]]

SECTIONS: dict[str, Section] = {
    **users.SECTIONS,
    **people.SECTIONS,
    **presence.SECTIONS,
    **settings.SECTIONS,
    **organization.SECTIONS,
    **streams.SECTIONS,
    **subscriptions.SECTIONS,
    **messages.SECTIONS,
    **personal.SECTIONS,
    **user_topics.SECTIONS,
}


def read_state(view: View, names: Iterable[str]) -> dict[str, Any]:
    """The fields of these sections, by their names on the wire."""
    state: dict[str, Any] = {}
    for name in names:
        state |= SECTIONS[name](view)
    return state
