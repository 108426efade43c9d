"""Topics that people follow, or unmute in muted streams, by themselves: as their settings say.

Four things may do it: to begin a topic, to send to it, to take any part in it (a reaction, a vote), to be mentioned
in it. A policy only ever makes a topic more visible, to follow goes before to unmute, and bots have no policies.
Whom these settings concern has them read once for all people of an action.
"""

from collections.abc import Iterable
from enum import IntEnum

from ..access.messages import READABLE, reader
from ..access.realm import Realm, load_realm
from ..access.streams import Stream
from ..access.user_topics import Visibility, policies_among
from ..access.users import User, load_users
from ..store import Tx, WriteTx
from .user_topics import change_policy

IS_MUTED = """
    select is_muted from subscription
    where realm_id = :realm_id and user_id = :user_id and stream_id = :stream_id and is_active = 1
"""
ANY_READABLE = f"""
    select 1 from message m
    where m.realm_id = :realm_id and m.recipient_id = :recipient_id and m.topic_key = :topic_key and {READABLE} limit 1
"""


class When(IntEnum):
    """Of `automatically_follow_topics_policy` and its like: the least that must be done."""

    PARTICIPATING = 1
    SENDING = 2
    BEGINNING = 3
    NEVER = 4


def follow_by_sending(tx: WriteTx, sender: User, realm: Realm, stream: Stream, topic: str) -> int | None:
    """Called before the message is stored. The sender's new policy, None if there is none."""
    if sender.is_bot:
        return None
    follow, unmute = _settings(sender, realm)
    if follow == unmute == When.NEVER:
        return None
    current = policies_among(tx, [sender.user_id], stream.stream_id, topic).get(sender.user_id, Visibility.INHERIT)
    if current == Visibility.FOLLOWED:
        return None
    done = When.SENDING
    if current == Visibility.INHERIT and When.BEGINNING in (follow, unmute) and _begins(tx, sender, stream, topic):
        done = When.BEGINNING
    policy = _policy(tx, sender, stream, follow, unmute, done)
    if policy is None or policy == current:
        return None
    return policy if change_policy(tx, [sender.user_id], stream.stream_id, topic, policy) else None


def follow_by_taking_part(tx: WriteTx, user: User, stream: Stream | None, topic: str) -> None:
    """By a reaction or a step of a widget; in a direct conversation there is nothing to follow."""
    if stream is None or user.is_bot:
        return
    follow, unmute = _settings(user, load_realm(tx))
    if When.PARTICIPATING not in (follow, unmute):
        return
    policy = _policy(tx, user, stream, follow, unmute, When.PARTICIPATING)
    current = policies_among(tx, [user.user_id], stream.stream_id, topic).get(user.user_id, Visibility.INHERIT)
    if policy is not None and current != Visibility.FOLLOWED:
        change_policy(tx, [user.user_id], stream.stream_id, topic, policy)


def follow_by_mention(tx: WriteTx, user_ids: Iterable[int], realm: Realm, stream: Stream, topic: str) -> None:
    """People who receive a message that mentions them. Who muted the topic stays deaf."""
    people = load_users(tx, user_ids).values()
    willing = [
        user.user_id
        for user in people
        if not user.is_bot and user.setting("automatically_follow_topics_where_mentioned", realm)
    ]
    deaf = policies_among(tx, willing, stream.stream_id, topic)
    willing = [id_ for id_ in willing if deaf.get(id_) not in (Visibility.MUTED, Visibility.FOLLOWED)]
    if willing:
        change_policy(tx, willing, stream.stream_id, topic, Visibility.FOLLOWED)


def _settings(user: User, realm: Realm) -> tuple[int, int]:
    follow = user.setting("automatically_follow_topics_policy", realm)
    unmute = user.setting("automatically_unmute_topics_in_muted_streams_policy", realm)
    return int(follow), int(unmute)


def _policy(tx: Tx, user: User, stream: Stream, follow: int, unmute: int, done: When) -> Visibility | None:
    """What to have done so much means."""
    if follow <= done:
        return Visibility.FOLLOWED
    if unmute <= done and tx.value(IS_MUTED, user_id=user.user_id, stream_id=stream.stream_id):
        return Visibility.UNMUTED
    return None


def _begins(tx: Tx, sender: User, stream: Stream, topic: str) -> bool:
    """Whether there is nothing in the topic that the sender can read."""
    place = {"recipient_id": stream.recipient_id, "topic_key": topic.casefold()}
    return tx.row(ANY_READABLE, **place, **reader(sender)) is None
