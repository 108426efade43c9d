"""The stored sets of streams' subscribers, which every message to a stream is addressed to."""

from collections.abc import Iterable

from pyroaring import BitMap

from ..events.audience import store_audience
from ..store import WriteTx

SUBSCRIBERS = """
    select s.stream_id, s.user_id from subscription s
    join account a on a.realm_id = s.realm_id and a.user_id = s.user_id and a.is_active = 1
    where s.realm_id = :realm_id and s.stream_id = any(:stream_ids) and s.is_active = 1
"""
SET_AUDIENCE = """
    update recipient set audience_id = :audience_id where realm_id = :realm_id and stream_id = :stream_id
"""


def refresh_audiences(tx: WriteTx, stream_ids: Iterable[int]) -> None:
    """Makes the streams' sets anew from their active subscribers: after any change of subscriptions or of whether
    an account is active."""
    sets = {stream_id: BitMap() for stream_id in stream_ids}
    if not sets:
        return
    for stream_id, user_id in tx.rows(SUBSCRIBERS, stream_ids=list(sets)):
        sets[stream_id].add(user_id)
    stored: dict[bytes, int] = {}
    rows = []
    for stream_id, subscribers in sets.items():
        content = subscribers.serialize()
        if content not in stored:
            stored[content] = store_audience(tx, subscribers)
        rows.append({"stream_id": stream_id, "audience_id": stored[content]})
    tx.execute_many(SET_AUDIENCE, rows)
