"""What people say of themselves, and whom the user mutes: as `POST /register` tells."""

from collections.abc import Callable
from typing import Any

from ..access.muting import load_muted_users
from ..access.user_status import load_statuses, wire_status
from .view import View


def section_user_status(view: View) -> dict[str, Any]:
    """By the ids of those who have one and whom the user sees."""
    visible = view.visible_user_ids
    statuses = load_statuses(view.tx)
    return {
        "user_status": {
            str(user_id): wire_status(status)
            for user_id, status in statuses.items()
            if visible is None or user_id in visible
        }
    }


def section_muted_users(view: View) -> dict[str, Any]:
    return {"muted_users": load_muted_users(view.tx, view.user.user_id)}


SECTIONS: dict[str, Callable[[View], dict[str, Any]]] = {
    "user_status": section_user_status,
    "muted_users": section_muted_users,
}
