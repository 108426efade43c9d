"""The versions of a message: as it was sent, and after each edit and move."""

from typing import Any

import msgspec

from aloha.contract.endpoints.messages import MessageVersion
from aloha.contract.errors import ApiError

from ..access.messages import Message, readable_stream_ids
from ..access.realm import realm_settings
from ..access.users import User
from ..store import Tx
from .edit_diff import html_diff
from .wire_messages import ShowAs, visible_history


def read_versions(tx: Tx, viewer: User, message: Message, show_as: ShowAs) -> list[MessageVersion]:
    """Oldest first, beginning with the message as it was sent, or as it came to where the viewer can read it."""
    policy = str(realm_settings(tx)["message_edit_history_visibility_policy"])
    if policy == "none":
        raise ApiError("Message edit history is disabled in this organization")
    history = message.edit_history
    moved_from = {entry["prev_stream"] for entry in history if "prev_stream" in entry}
    shown = visible_history(history, policy, readable_stream_ids(tx, viewer, moved_from), show_as)
    state = {"topic": show_as.topic(message.topic), "content": message.content, "rendered_content": message.rendered}
    versions = []
    for entry in shown:  # backwards in time: each entry says what was before it
        versions.append(_version(entry, state))
        state = {
            "topic": entry.get("prev_topic", state["topic"]),
            "content": entry.get("prev_content", state["content"]),
            "rendered_content": entry.get("prev_rendered_content", state["rendered_content"]),
        }
    first = {"timestamp": message.sent_at, "user_id": message.sender_id, **state}
    return msgspec.convert([first, *reversed(versions)], list[MessageVersion])


def _version(entry: dict[str, Any], state: dict[str, str]) -> dict[str, Any]:
    version = {**entry, **state}
    if "prev_rendered_content" in entry:
        version["content_html_diff"] = html_diff(entry["prev_rendered_content"], state["rendered_content"])
    return version
