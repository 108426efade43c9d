"""The oldest message of a stream, which clients show as the stream's beginning."""

from pyroaring import BitMap

from ..access.roster import load_roster
from ..access.sight import load_subscribers, see_stream
from ..access.streams import Stream, find_stream
from ..events.emit import emit, to_users
from ..store import WriteTx

OLDEST = "select min(message_id) from message where realm_id = :realm_id and recipient_id = :recipient_id"
SET = """
    update stream set first_message_id = :message_id where realm_id = :realm_id and stream_id = :stream_id
"""


def update_first_message(tx: WriteTx, stream: Stream) -> None:
    """After messages came to a stream or left it; tells those who know of the stream."""
    oldest = tx.value(OLDEST, recipient_id=stream.recipient_id)
    now = find_stream(tx, stream.stream_id)
    assert now is not None
    if oldest == now.first_message_id:
        return
    tx.execute(SET, message_id=oldest, stream_id=stream.stream_id)
    subscribers = load_subscribers(tx, [stream.stream_id]).get(stream.stream_id, BitMap())
    knowers = see_stream(stream, load_roster(tx), subscribers).knowers
    event = {"type": "stream", "op": "update", "stream_id": stream.stream_id, "name": stream.name}
    emit(tx, {**event, "property": "first_message_id", "value": oldest}, to_users(tx, knowers))
