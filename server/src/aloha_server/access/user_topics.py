"""What people chose for topics: muted, unmuted in a muted stream, followed; or nothing, which has no row.

A topic is known by its stream and the casefold of its name. A choice is its owner's business alone.
"""

from collections import defaultdict
from collections.abc import Iterable
from enum import IntEnum

import msgspec

from aloha.contract.objects import UserTopic

from ..store import Tx

TOPICS_MAX = 10_000  # for which one person may have chosen

OF_USER = """
    select stream_id, topic, updated_at, visibility_policy from user_topic
    where realm_id = :realm_id and user_id = :user_id
"""
OF_TOPIC = """
    select user_id, visibility_policy from user_topic
    where realm_id = :realm_id and stream_id = :stream_id and topic_key = :topic_key
"""
AMONG = f"{OF_TOPIC} and user_id = any(:user_ids)"
MUTED = """
    select t.user_id, t.stream_id, t.topic, s.name, t.updated_at from user_topic t
    join stream s on s.realm_id = t.realm_id and s.stream_id = t.stream_id
    where t.realm_id = :realm_id and t.user_id = any(:user_ids) and t.visibility_policy = 1
"""
FULL = """
    select user_id from user_topic where realm_id = :realm_id and user_id = any(:user_ids)
    group by user_id having count(*) >= :count
"""


class Visibility(IntEnum):
    """The wire's numbers."""

    INHERIT = 0
    MUTED = 1
    UNMUTED = 2
    FOLLOWED = 3


class MutedTopic(msgspec.Struct, frozen=True, array_like=True):
    """As older clients are told."""

    stream_name: str
    topic: str
    updated_at: int


def load_user_topics(tx: Tx, user_id: int, *, empty_topic: str = "") -> list[UserTopic]:
    """All that somebody chose, by stream and name; `empty_topic` is the name that the empty topic goes by."""
    topics = [
        UserTopic(stream_id=stream_id, topic_name=topic or empty_topic, last_updated=at, visibility_policy=policy)
        for stream_id, topic, at, policy in tx.rows(OF_USER, user_id=user_id)
    ]
    return sorted(topics, key=lambda topic: (topic.stream_id, topic.topic_name.casefold()))


def load_muted_topics(tx: Tx, user_ids: Iterable[int]) -> dict[int, list[MutedTopic]]:
    """By person, of those who muted any, by stream and name."""
    found: dict[int, list[MutedTopic]] = defaultdict(list)
    for user_id, _, topic, stream_name, at in sorted(tx.rows(MUTED, user_ids=list(user_ids)), key=_muted_order):
        found[user_id].append(MutedTopic(stream_name, topic, at))
    return found


def policies_of_topic(tx: Tx, stream_id: int, topic: str) -> dict[int, int]:
    """By person, of all who chose for the topic."""
    return dict(tx.rows(OF_TOPIC, stream_id=stream_id, topic_key=topic.casefold()))


def policies_among(tx: Tx, user_ids: Iterable[int], stream_id: int, topic: str) -> dict[int, int]:
    """The same of these people."""
    ids = list(user_ids)
    return dict(tx.rows(AMONG, stream_id=stream_id, topic_key=topic.casefold(), user_ids=ids)) if ids else {}


def have_enough(tx: Tx, user_ids: Iterable[int]) -> set[int]:
    """Who of these may choose for no more topics."""
    return set(tx.values(FULL, user_ids=list(user_ids), count=TOPICS_MAX))


def _muted_order(row: tuple[int, int, str, str, int]) -> tuple[int, int, str]:
    user_id, stream_id, topic, _, _ = row
    return user_id, stream_id, topic.casefold()
