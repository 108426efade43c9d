"""Who may mention everybody in a channel or topic: in large ones it takes a permission."""

from typing import Any

from aloha.contract.errors import ApiError
from aloha_server.markup import Rendered

from ..events.audience import load_audience
from ..store import Tx
from .groups import is_in_group
from .recipients import Recipient
from .users import User

SUBSCRIBERS_MAX = 15  # up to so many anybody may


def check_wildcards(tx: Tx, actor: User, recipient: Recipient, rendered: Rendered, settings: dict[str, Any]) -> None:
    """Raises ApiError with the code of the wildcard that is not allowed."""
    if not (rendered.stream_wildcard or rendered.topic_wildcard):
        return
    if len(load_audience(tx, recipient.audience_id)) <= SUBSCRIBERS_MAX:
        return
    if is_in_group(tx, actor, settings["can_mention_many_users_group"]):
        return
    where = "channel" if rendered.stream_wildcard else "topic"
    code = "STREAM_WILDCARD_MENTION_NOT_ALLOWED" if rendered.stream_wildcard else "TOPIC_WILDCARD_MENTION_NOT_ALLOWED"
    raise ApiError(f"You do not have permission to use {where} wildcard mentions in this {where}.", code=code)
