"""Who may mention everybody in a channel or topic: in large ones it takes a permission."""

from typing import Any

from pyroaring import BitMap

from aloha.contract.errors import ApiError
from aloha_server.markup import Rendered

from ..events.audience import load_audience
from ..store import Tx
from .groups import is_in_group
from .participants import participants_of
from .recipients import Recipient
from .users import User

PEOPLE_MAX = 15  # up to so many subscribers, or people who take part in the topic, anybody may


def check_wildcards(
    tx: Tx, actor: User, recipient: Recipient, topic: str, rendered: Rendered, settings: dict[str, Any]
) -> None:
    """Raises ApiError with the code of the wildcard that is not allowed."""
    if not (rendered.stream_wildcard or rendered.topic_wildcard):
        return
    subscribers = load_audience(tx, recipient.audience_id)
    if len(subscribers) <= PEOPLE_MAX or is_in_group(tx, actor, settings["can_mention_many_users_group"]):
        return
    if rendered.stream_wildcard:
        raise _not_allowed("channel", "STREAM_WILDCARD_MENTION_NOT_ALLOWED")
    if len(subscribers & BitMap(participants_of(tx, recipient.recipient_id, topic))) > PEOPLE_MAX:
        raise _not_allowed("topic", "TOPIC_WILDCARD_MENTION_NOT_ALLOWED")


def _not_allowed(where: str, code: str) -> ApiError:
    return ApiError(f"You do not have permission to use {where} wildcard mentions in this {where}.", code=code)
