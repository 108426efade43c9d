"""The newest message that was sent to each place that somebody reads.

It follows what a client hears by `message` events alone, so it never falls: an id that was the newest of a stream or
conversation stays so when its message is deleted or moved away, and a message that is moved in from another stream
does not count. `remember_newest` keeps the ids that are gone: the newest of a place, and the newest before each end
of somebody's subscription for which no message that is still there answers.
"""

from bisect import bisect_right
from collections.abc import Iterable

from ..store import Tx, WriteTx

# A key of the JSON; inside a text its quotes would be escaped.
SENT_THERE = """(m.edit_history is null or m.edit_history not like '%,"prev_stream":%')"""
OF_CONVERSATIONS = """
    select d.recipient_id,
        (select max(m.message_id) from message m where m.realm_id = d.realm_id and m.recipient_id = d.recipient_id),
        (select c.last_id from id_counter c where c.realm_id = d.realm_id
            and c.kind = 'newest:' || cast(d.recipient_id as text))
    from direct_member d where d.realm_id = :realm_id and d.user_id = :user_id
"""
OF_STREAMS = f"""
    select w.first_message_id, w.last_message_id,
        (select max(m.message_id) from message m where m.realm_id = w.realm_id and m.recipient_id = s.recipient_id
            and (w.last_message_id is null or m.message_id <= w.last_message_id) and {SENT_THERE}),
        (select c.last_id from id_counter c where c.realm_id = w.realm_id
            and c.kind = 'newest:' || cast(s.recipient_id as text)),
        (select c.last_id from id_counter c where c.realm_id = w.realm_id
            and c.kind = 'newest:' || cast(s.recipient_id as text) || ':' || cast(w.last_message_id as text))
    from subscription_window w join stream s on s.realm_id = w.realm_id and s.stream_id = w.stream_id
    where w.realm_id = :realm_id and w.user_id = :user_id
"""
LEAVING = f"""
    select m.message_id from message m
    where m.realm_id = :realm_id and m.message_id = any(:message_ids) and {SENT_THERE}
"""
REMEMBERED = "select last_id from id_counter where realm_id = :realm_id and kind = :kind"
REMEMBER = """
    insert into id_counter (realm_id, kind, last_id) values (:realm_id, :kind, :message_id)
    on conflict (realm_id, kind) do update set last_id = :message_id where id_counter.last_id < :message_id
"""
# Where subscriptions ended, with the newest message before that is still there.
ENDS = f"""
    select w.ended,
        (select max(m.message_id) from message m where m.realm_id = :realm_id and m.recipient_id = :recipient_id
            and m.message_id <= w.ended and m.message_id <> all(:message_ids) and {SENT_THERE})
    from (
        select distinct w.last_message_id as ended from subscription_window w
        join stream s on s.realm_id = w.realm_id and s.stream_id = w.stream_id
        where s.realm_id = :realm_id and s.recipient_id = :recipient_id and w.last_message_id >= :oldest
    ) w
"""


def newest_of_conversations(tx: Tx, user_id: int) -> dict[int, int]:
    """By recipient, of the conversations in which somebody wrote."""
    found = {}
    for recipient_id, *candidates in tx.rows(OF_CONVERSATIONS, user_id=user_id):
        newest = max((id_ for id_ in candidates if id_ is not None), default=None)
        if newest is not None:
            found[recipient_id] = newest
    return found


def newest_of_streams(tx: Tx, user_id: int) -> list[int]:
    """Of each time in which the user was subscribed to a stream."""
    found = []
    for first, last, *candidates in tx.rows(OF_STREAMS, user_id=user_id):
        found += [id_ for id_ in candidates if id_ is not None and first <= id_ and (last is None or id_ <= last)]
    return found


def remember_newest(tx: WriteTx, recipient_id: int, message_ids: Iterable[int]) -> None:
    """Called before these leave the place that they are in."""
    kind = f"newest:{recipient_id}"
    ids = list(message_ids)
    gone = sorted(tx.values(LEAVING, message_ids=ids))
    if not gone:
        return
    remembered = tx.value(REMEMBERED, kind=kind)
    known = sorted([*gone, remembered] if remembered is not None else gone)
    for ended, remaining in tx.rows(ENDS, recipient_id=recipient_id, message_ids=ids, oldest=known[0]):
        newest = known[bisect_right(known, ended) - 1]
        if remaining is None or newest > remaining:
            tx.execute(REMEMBER, kind=f"{kind}:{ended}", message_id=newest)
    tx.execute(REMEMBER, kind=kind, message_id=gone[-1])
