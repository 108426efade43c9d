"""What people chose for topics: setting it, and telling their clients, nobody else.

Each change is told twice: older clients get the whole list of what they mute (`muted_topics`), later ones the topic
(`user_topic`). One entry of each serves all whom a change concerns.
"""

from collections.abc import Collection, Iterable

from aloha.contract.errors import ApiError

from ..access.streams import access_stream, find_stream
from ..access.user_topics import (
    TOPICS_MAX,
    Visibility,
    have_enough,
    load_muted_topics,
    policies_among,
)
from ..access.users import User
from ..events.bodies import MutedTopicsBody
from ..events.emit import emit, emit_body, to_users
from ..store import WriteTx

SET = """
    insert into user_topic (realm_id, user_id, stream_id, topic_key, topic, visibility_policy, updated_at)
    values (:realm_id, :user_id, :stream_id, :topic_key, :topic, :policy, :now)
    on conflict (realm_id, user_id, stream_id, topic_key) do update
        set topic = :topic, visibility_policy = :policy, updated_at = :now
"""
FORGET = """
    delete from user_topic where realm_id = :realm_id and stream_id = :stream_id and topic_key = :topic_key
        and user_id = any(:user_ids)
"""
IN_STREAMS = """
    select user_id, stream_id, topic from user_topic
    where realm_id = :realm_id and stream_id = any(:stream_ids) and user_id = any(:user_ids)
    order by stream_id, topic_key, user_id
"""
FORGET_STREAMS = """
    delete from user_topic
    where realm_id = :realm_id and stream_id = any(:stream_ids) and user_id = any(:user_ids)
"""


def set_user_topic(tx: WriteTx, actor: User, where: int | str, topic: str, policy: int) -> None:
    """What is so already changes nothing. To take a choice back one needs no access to the stream any more."""
    stream = find_stream(tx, where)
    chosen = stream is not None and policies_among(tx, [actor.user_id], stream.stream_id, topic)
    if stream is None or policy != Visibility.INHERIT or not chosen:
        stream = access_stream(tx, actor, where)
    if policy != Visibility.INHERIT and not chosen and have_enough(tx, [actor.user_id]):
        raise ApiError(f"At most {TOPICS_MAX} topics can be muted, unmuted or followed.")
    change_policy(tx, [actor.user_id], stream.stream_id, topic, policy)


def change_policy(tx: WriteTx, user_ids: Iterable[int], stream_id: int, topic: str, policy: int) -> list[int]:
    """One policy for several people; those for whom it is new. Who has chosen for too many topics is passed over."""
    changed = write_policy(tx, user_ids, stream_id, topic, policy)
    tell_muted(tx, changed)
    tell_policy(tx, changed, stream_id, topic, policy)
    return changed


def write_policy(tx: WriteTx, user_ids: Iterable[int], stream_id: int, topic: str, policy: int) -> list[int]:
    """Tells nobody yet."""
    ids = list(user_ids)
    were = policies_among(tx, ids, stream_id, topic)
    changed = [user_id for user_id in ids if were.get(user_id, Visibility.INHERIT) != policy]
    key = {"stream_id": stream_id, "topic_key": topic.casefold()}
    if policy == Visibility.INHERIT:
        if changed:
            tx.execute(FORGET, user_ids=changed, **key)
        return changed
    fresh = [user_id for user_id in changed if user_id not in were]
    if fresh:
        full = have_enough(tx, fresh)
        changed = [user_id for user_id in changed if user_id not in full or user_id in were]
    row = {**key, "topic": topic, "policy": int(policy), "now": int(tx.now)}
    if changed:
        tx.execute_many(SET, [{**row, "user_id": user_id} for user_id in changed])
    return changed


def tell_muted(tx: WriteTx, user_ids: Collection[int]) -> None:
    """Each their own list."""
    if user_ids:
        muted = load_muted_topics(tx, user_ids)
        lists = {id_: [(it.stream_name, it.topic, it.updated_at) for it in topics] for id_, topics in muted.items()}
        emit_body(tx, "muted_topics", MutedTopicsBody(muted=lists), to_users(tx, user_ids))


def tell_policy(tx: WriteTx, user_ids: Collection[int], stream_id: int, topic: str, policy: int) -> None:
    if user_ids:
        event = {"type": "user_topic", "stream_id": stream_id, "topic_name": topic, "last_updated": int(tx.now)}
        emit(tx, {**event, "visibility_policy": int(policy)}, to_users(tx, user_ids))


def forget_in_streams(tx: WriteTx, user_ids: Iterable[int], stream_ids: Iterable[int]) -> None:
    """For people who may not know of these streams any more: a row would show them later names."""
    where = {"user_ids": list(user_ids), "stream_ids": list(stream_ids)}
    topics: dict[tuple[int, str], list[int]] = {}
    for user_id, stream_id, topic in tx.rows(IN_STREAMS, **where):
        topics.setdefault((stream_id, topic), []).append(user_id)
    if not topics:
        return
    tx.execute(FORGET_STREAMS, **where)
    tell_muted(tx, sorted({user_id for users in topics.values() for user_id in users}))
    for (stream_id, topic), users in topics.items():
        tell_policy(tx, users, stream_id, topic, Visibility.INHERIT)
