"""How much is written in a stream: counted by day as it is sent, so that telling costs the same for much and little."""

from collections.abc import Iterable

from ..store import Tx, WriteTx

DAY_S = 24 * 3600
DAYS = 28  # of which the average is made
YOUNG_DAYS = 7  # a younger stream has no average yet
WEEK = 7

COUNT = """
    insert into stream_traffic (realm_id, stream_id, day, messages) values (:realm_id, :stream_id, :day, 1)
    on conflict (realm_id, stream_id, day) do update set messages = stream_traffic.messages + 1 returning messages
"""
FORGET = "delete from stream_traffic where realm_id = :realm_id and stream_id = :stream_id and day <= :day"
SUMS = """
    select stream_id, sum(messages) from stream_traffic where realm_id = :realm_id and day > :day group by stream_id
"""
SOME_SUMS = """
    select stream_id, sum(messages) from stream_traffic
    where realm_id = :realm_id and stream_id = any(:stream_ids) and day > :day group by stream_id
"""


def count_message(tx: WriteTx, stream_id: int) -> None:
    """The first of a day forgets the days that count no more."""
    today = int(tx.now // DAY_S)
    if tx.value(COUNT, stream_id=stream_id, day=today) == 1:
        tx.execute(FORGET, stream_id=stream_id, day=today - DAYS)


def load_traffic(tx: Tx, stream_ids: Iterable[int] | None = None) -> dict[int, int]:
    """How many messages were sent in the last weeks to all streams, or to those given; none is left out."""
    day = int(tx.now // DAY_S) - DAYS
    rows = tx.rows(SUMS, day=day) if stream_ids is None else tx.rows(SOME_SUMS, day=day, stream_ids=list(stream_ids))
    return {stream_id: int(count) for stream_id, count in rows}


def weekly_average(count: int, age_s: float) -> int | None:
    """As the wire shows it: to two digits, at least 1 if there was anything, None for a young stream."""
    days = int(age_s // DAY_S)
    if days < YOUNG_DAYS:
        return None
    average = count * WEEK // min(days, DAYS)
    if not average:
        return min(count, 1)
    return round(average, 2 - len(str(average)))
