"""What `POST /register` tells of messages: unread ones, starred ones, direct conversations, the newest."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from aloha.contract.objects import RecentConversation, UnreadDirect, UnreadGroup, UnreadMsgs, UnreadStream

from ..access.messages import people_of
from ..access.newest import newest_of_conversations, newest_of_streams
from ..access.read_state import unread_ids
from ..events.adapt import EMPTY_TOPIC_NAME
from ..store import Tx
from ..store.bits import FLAG_BITS, STREAM_WILDCARD
from .view import View

CONVERSATIONS_MAX = 1000
PLACES = """
    select message_id, recipient_id, stream_id, topic, traits from message
    where realm_id = :realm_id and message_id = any(:message_ids) order by message_id
"""
FLAGGED = """
    select message_id from message_flag
    where realm_id = :realm_id and user_id = :user_id and (flags & :bits) <> 0 order by message_id
"""
MENTIONS = sum(bit for name, bit in FLAG_BITS.items() if name.endswith("mentioned"))


def section_message(view: View) -> dict[str, Any]:
    user_id = view.user.user_id
    newest = [*newest_of_streams(view.tx, user_id), *newest_of_conversations(view.tx, user_id).values()]
    state: dict[str, Any] = {"max_message_id": max(newest, default=-1)}
    if view.request.unread:
        empty_topic = "" if view.request.capabilities.empty_topic_name else EMPTY_TOPIC_NAME
        state["unread_msgs"] = read_unread(view.tx, user_id, empty_topic=empty_topic)
    return state


def section_starred_messages(view: View) -> dict[str, Any]:
    return {"starred_messages": view.tx.values(FLAGGED, user_id=view.user.user_id, bits=FLAG_BITS["starred"])}


def section_recent_private_conversations(view: View) -> dict[str, Any]:
    """Newest first; the bound leaves older ones out."""
    newest = newest_of_conversations(view.tx, view.user.user_id)
    recent = sorted(newest.items(), key=lambda item: -item[1])[:CONVERSATIONS_MAX]
    people = people_of(view.tx, [recipient_id for recipient_id, _ in recent])
    conversations = [
        RecentConversation(
            user_ids=[user_id for user_id in people[recipient_id] if user_id != view.user.user_id],
            max_message_id=message_id,
        )
        for recipient_id, message_id in recent
    ]
    return {"recent_private_conversations": conversations}


SECTIONS = {
    "message": section_message,
    "recent_private_conversations": section_recent_private_conversations,
    "starred_messages": section_starred_messages,
}


def read_unread(tx: Tx, user_id: int, *, empty_topic: str = "") -> UnreadMsgs:
    """All that is unread, by conversation; `empty_topic` is the name that the empty topic goes by."""
    ids, missing = unread_ids(tx, user_id)
    flagged = set(tx.values(FLAGGED, user_id=user_id, bits=MENTIONS)) if ids else set()
    streams: dict[tuple[int, str], list[int]] = defaultdict(list)
    conversations: dict[int, list[int]] = defaultdict(list)
    mentions = []
    for message_id, recipient_id, stream_id, topic, traits in tx.rows(PLACES, message_ids=ids) if ids else ():
        if stream_id is None:
            conversations[recipient_id].append(message_id)
        else:
            streams[stream_id, topic or empty_topic].append(message_id)
        if message_id in flagged or (stream_id is not None and traits & STREAM_WILDCARD):
            mentions.append(message_id)
    people = people_of(tx, conversations)
    return UnreadMsgs(
        count=len(ids),
        pms=_directs(user_id, ((people[recipient_id], unread) for recipient_id, unread in conversations.items())),
        streams=[
            UnreadStream(stream_id=stream_id, topic=topic, unread_message_ids=unread)
            for (stream_id, topic), unread in sorted(streams.items())
        ],
        huddles=_groups((people[recipient_id], unread) for recipient_id, unread in conversations.items()),
        mentions=mentions,
        old_unreads_missing=missing,
    )


def _directs(user_id: int, conversations: Iterable[tuple[list[int], list[int]]]) -> list[UnreadDirect]:
    found = [(_other(user_id, people), unread) for people, unread in conversations if len(people) <= 2]
    return [
        UnreadDirect(other_user_id=other, sender_id=other, unread_message_ids=unread) for other, unread in sorted(found)
    ]


def _groups(conversations: Iterable[tuple[list[int], list[int]]]) -> list[UnreadGroup]:
    found = [(",".join(map(str, people)), unread) for people, unread in conversations if len(people) > 2]
    return [UnreadGroup(user_ids_string=key, unread_message_ids=unread) for key, unread in sorted(found)]


def _other(user_id: int, people: list[int]) -> int:
    return next((id_ for id_ in people if id_ != user_id), user_id)
