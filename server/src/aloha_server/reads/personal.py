"""What the user keeps for themselves: drafts, snippets, messages and reminders for later, hints not yet dismissed."""

from collections.abc import Callable
from typing import Any

from ..access.drafts import load_drafts
from ..access.onboarding import onboarding_steps_left
from ..access.scheduled import load_reminders, load_scheduled
from ..access.snippets import load_snippets
from .view import View


def section_drafts(view: View) -> dict[str, Any]:
    """Newest first, as clients of the wire expect here."""
    return {"drafts": load_drafts(view.tx, view.user.user_id)[::-1]}


def section_saved_snippets(view: View) -> dict[str, Any]:
    return {"saved_snippets": load_snippets(view.tx, view.user.user_id)}


def section_scheduled_messages(view: View) -> dict[str, Any]:
    return {"scheduled_messages": load_scheduled(view.tx, view.user.user_id)}


def section_reminders(view: View) -> dict[str, Any]:
    return {"reminders": load_reminders(view.tx, view.user.user_id)}


def section_onboarding_steps(view: View) -> dict[str, Any]:
    return {
        "onboarding_steps": onboarding_steps_left(view.tx, view.user.user_id),
        "navigation_tour_video_url": None,
    }


SECTIONS: dict[str, Callable[[View], dict[str, Any]]] = {
    "drafts": section_drafts,
    "saved_snippets": section_saved_snippets,
    "scheduled_messages": section_scheduled_messages,
    "reminders": section_reminders,
    "onboarding_steps": section_onboarding_steps,
}
