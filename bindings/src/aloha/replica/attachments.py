"""The user's uploads in a replica: no section of the initial state has them, so they are followed where the client put
the answer of `GET /attachments` into the state, as `attachments`.
"""

from collections.abc import Callable
from typing import Any

State = dict[str, Any]
Event = dict[str, Any]


def apply_attachment(state: State, event: Event) -> None:
    if "attachments" not in state:
        return
    attachment = event["attachment"]
    kept = [other for other in state["attachments"] if other["id"] != attachment["id"]]
    state["attachments"] = kept if event["op"] == "remove" else [*kept, attachment]
    if "upload_space_used" in state:
        state["upload_space_used"] = event["upload_space_used"]


APPLY: dict[str, Callable[[State, Event], None]] = {"attachment": apply_attachment}
