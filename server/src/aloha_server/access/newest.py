"""The newest message that was sent to each place that somebody reads.

It follows what a client hears by `message` events alone, so it never falls: an id that was the newest of a stream or
conversation stays so when its message is deleted or moved away (`remember_newest` keeps such ids), and a message that
is moved in from another stream does not count.
"""

from collections.abc import Iterable

from ..store import Tx, WriteTx

OF_CONVERSATIONS = """
    select d.recipient_id,
        (select max(m.message_id) from message m where m.realm_id = d.realm_id and m.recipient_id = d.recipient_id),
        (select c.last_id from id_counter c where c.realm_id = d.realm_id
            and c.kind = 'newest:' || cast(d.recipient_id as text))
    from direct_member d where d.realm_id = :realm_id and d.user_id = :user_id
"""
# A key of the JSON; inside a text its quotes would be escaped.
SENT_THERE = """(m.edit_history is null or m.edit_history not like '%,"prev_stream":%')"""
# Of a closed window's stream, what came before it closed.
OF_STREAMS = f"""
    select w.first_message_id, w.last_message_id,
        (select max(m.message_id) from message m where m.realm_id = w.realm_id and m.recipient_id = s.recipient_id
            and m.message_id >= w.first_message_id and {SENT_THERE}
            and (w.last_message_id is null or m.message_id <= w.last_message_id)),
        (select c.last_id from id_counter c where c.realm_id = w.realm_id
            and c.kind = 'newest:' || cast(s.recipient_id as text))
    from subscription_window w join stream s on s.realm_id = w.realm_id and s.stream_id = w.stream_id
    where w.realm_id = :realm_id and w.user_id = :user_id
"""
NEWEST_AMONG = f"""
    select max(m.message_id) from message m
    where m.realm_id = :realm_id and m.message_id = any(:message_ids) and {SENT_THERE}
"""
REMEMBER = """
    insert into id_counter (realm_id, kind, last_id) values (:realm_id, :kind, :message_id)
    on conflict (realm_id, kind) do update set last_id = :message_id where id_counter.last_id < :message_id
"""


def newest_of_conversations(tx: Tx, user_id: int) -> dict[int, int]:
    """By recipient, of the conversations in which somebody wrote."""
    found = {}
    for recipient_id, newest, remembered in tx.rows(OF_CONVERSATIONS, user_id=user_id):
        if newest is not None or remembered is not None:
            found[recipient_id] = max(newest or 0, remembered or 0)
    return found


def newest_of_streams(tx: Tx, user_id: int) -> list[int]:
    """Of each time in which the user was subscribed to a stream."""
    found = []
    for first, last, newest, remembered in tx.rows(OF_STREAMS, user_id=user_id):
        if newest is not None:
            found.append(newest)
        if remembered is not None and first <= remembered and (last is None or remembered <= last):
            found.append(remembered)
    return found


def remember_newest(tx: WriteTx, recipient_id: int, message_ids: Iterable[int]) -> None:
    """Called before these leave the place that they are in."""
    newest = tx.value(NEWEST_AMONG, message_ids=list(message_ids))
    if newest is not None:
        tx.execute(REMEMBER, kind=f"newest:{recipient_id}", message_id=newest)
