"""Who may post in a stream, and begin topics there.

A bot may do what its owner may: it posts on the owner's behalf.
"""

from aloha.contract.errors import ApiError

from ..store import Tx
from .groups import is_in_group
from .streams import Stream, find_stream, is_subscribed, may_know, may_read, no_such_stream
from .topics import is_empty_topic
from .users import User, find_user


def access_stream_to_post(tx: Tx, user: User, stream: int | str) -> Stream:
    """A stream in which the user may post; raises ApiError."""
    found = find_stream(tx, stream)
    if found is None:
        raise no_such_stream(stream)
    people = [(one, is_subscribed(tx, one.user_id, found.stream_id)) for one in _behind(tx, user)]
    if not any(may_know(tx, one, found, subscribed=subscribed) for one, subscribed in people):
        raise no_such_stream(stream)
    if not any(may_read(one, found, subscribed=subscribed) for one, subscribed in people):
        raise ApiError(f"Not authorized to send to channel '{found.name}'")
    check_may_post(tx, user, found)
    return found


def check_may_post(tx: Tx, user: User, stream: Stream) -> None:
    """Of somebody who reads the stream. Archived streams take nothing."""
    setting = stream.permissions["can_send_message_group"]
    if stream.is_archived or not any(is_in_group(tx, one, setting) for one in _behind(tx, user)):
        raise ApiError("You do not have permission to post in this channel.")


def check_may_begin_topic(tx: Tx, user: User, stream: Stream, topic: str) -> None:
    """Raises ApiError where the topic is new and the user may begin none."""
    setting = stream.permissions["can_create_topics_group"]
    if any(is_in_group(tx, one, setting) for one in _behind(tx, user)):
        return
    if is_empty_topic(tx, stream, topic):
        raise ApiError("You do not have permission to create new topics in this channel.")


def _behind(tx: Tx, user: User) -> list[User]:
    """The user and, of a bot, its owner."""
    owner = None if user.bot_owner_id is None else find_user(tx, user.bot_owner_id)
    return [user] if owner is None or not owner.is_active else [user, owner]
