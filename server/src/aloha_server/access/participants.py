"""Who takes part in a topic: those who wrote in it or reacted to something in it."""

from ..store import Tx

PARTICIPANTS_MAX = 1000  # of each kind

SENDERS = """
    select distinct sender_id from message
    where realm_id = :realm_id and recipient_id = :recipient_id and topic_key = :topic_key limit :count
"""
REACTED = """
    select distinct r.user_id from reaction r
    join message m on m.realm_id = r.realm_id and m.message_id = r.message_id
    where m.realm_id = :realm_id and m.recipient_id = :recipient_id and m.topic_key = :topic_key limit :count
"""


def participants_of(tx: Tx, recipient_id: int, topic: str) -> set[int]:
    """Also people who cannot read it any more."""
    place = {"recipient_id": recipient_id, "topic_key": topic.casefold(), "count": PARTICIPANTS_MAX}
    return {*tx.values(SENDERS, **place), *tx.values(REACTED, **place)}
