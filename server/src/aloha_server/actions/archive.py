"""Archiving a stream, and bringing it back.

An archived stream is read as before and takes neither messages nor people. Clients that know no archive are told that
it is gone, and of all of it when it comes back. Subscriptions stay, but end to bring anything: their windows close, so
nothing in the archive is unread, and open anew when it comes back. The name is free for another stream.
"""

from collections import defaultdict

from msgspec import structs
from pyroaring import BitMap

from aloha.contract.errors import ApiError

from ..access.realm import system_groups
from ..access.sight import Sight
from ..access.streams import Stream, find_streams_named
from ..access.users import User
from ..access.wire_streams import SUBSCRIPTION_COLUMNS, StreamShower, SubscriptionRow, wire_subscription
from ..events.emit import emit_body, to_users
from ..store import WriteTx
from . import notices
from .default_stream_groups import leave_groups
from .stream_view import StreamView, delete_event
from .streams import UPDATE, access_administered_stream, emit_default_streams, free_name, stream_row, update_event

SUBSCRIBERS = """
    select user_id from subscription where realm_id = :realm_id and stream_id = :stream_id and is_active = 1
"""
CLOSE_WINDOWS = f"""
    update subscription_window set last_message_id = :last_message_id
    where realm_id = :realm_id and stream_id = :stream_id and last_message_id is null and user_id in ({SUBSCRIBERS})
"""
OPEN_WINDOWS = """
    insert into subscription_window (realm_id, user_id, stream_id, first_message_id)
    select realm_id, user_id, stream_id, :first_message_id from subscription
    where realm_id = :realm_id and stream_id = :stream_id and is_active = 1
"""
ROWS = f"""
    select {SUBSCRIPTION_COLUMNS} from subscription
    where realm_id = :realm_id and stream_id = :stream_id and user_id = any(:user_ids)
"""


def archive_stream(tx: WriteTx, actor: User, stream_id: int) -> None:
    """Also takes it from the default streams, and from the sets that people choose from."""
    old = access_administered_stream(tx, actor, stream_id).stream
    if old.is_archived:
        return
    notices.tell_of_archive(tx, actor, old, archived=True)
    view = StreamView(tx, [stream_id])
    tx.execute(UPDATE, **stream_row(structs.replace(old, is_archived=1, is_default=0)))
    tx.execute(CLOSE_WINDOWS, stream_id=stream_id, last_message_id=tx.last_message_id)
    body = {"archived": update_event(old, "is_archived", True), "legacy": delete_event([old])}
    emit_body(tx, "stream", body, to_users(tx, view.still_knowing(tx, stream_id)))
    view.emit_changes(tx)
    if old.is_default:
        emit_default_streams(tx)
    leave_groups(tx, stream_id)


def unarchive_stream(tx: WriteTx, actor: User, stream_id: int) -> None:
    """Raises ApiError where another stream took its name meanwhile."""
    old = access_administered_stream(tx, actor, stream_id).stream
    if not old.is_archived:
        return
    namesake = find_streams_named(tx, [old.name]).get(old.name.casefold())
    if namesake is not None and not namesake.is_archived:
        raise ApiError(f"Channel '{old.name}' already exists")
    free_name(tx, old.name)
    view = StreamView(tx, [stream_id])
    new = structs.replace(old, is_archived=0)
    tx.execute(UPDATE, **stream_row(new))
    tx.execute(OPEN_WINDOWS, stream_id=stream_id, first_message_id=tx.last_message_id + 1)
    shower = StreamShower(tx, system_groups(tx), [stream_id])
    create = {"type": "stream", "op": "create", "streams": [shower.show(new)]}
    body = {"archived": update_event(old, "is_archived", False), "legacy": create}
    emit_body(tx, "stream", body, to_users(tx, view.still_knowing(tx, stream_id)))
    view.emit_changes(tx)
    _tell_older_clients(tx, shower, view.after(tx)[stream_id])
    notices.tell_of_archive(tx, actor, new, archived=False)


def _tell_older_clients(tx: WriteTx, shower: StreamShower, sight: Sight) -> None:
    """To them the stream is a new one: of its subscribers, and of the reader's own subscription or that it ended."""
    stream, subscribers = sight.stream, list(sight.subscribers)
    peers = {"type": "subscription", "op": "peer_add", "stream_ids": [stream.stream_id], "user_ids": subscribers}
    if subscribers:
        emit_body(tx, "subscription", {"legacy": [peers]}, to_users(tx, sight.listers))
    rows = tx.all(SubscriptionRow, ROWS, stream_id=stream.stream_id, user_ids=list(sight.knowers))
    shown = shower.show(stream)
    alike: dict[SubscriptionRow, BitMap] = defaultdict(BitMap)
    for row in rows:
        alike[structs.replace(row, user_id=0)].add(row.user_id)
    for row, readers in alike.items():
        for listed in (readers & sight.listers, readers - sight.listers):
            people = subscribers if listed <= sight.listers else []
            add = {"type": "subscription", "op": "add", "subscriptions": [wire_subscription(shown, row, people)]}
            events = [add] if row.is_active else [add, _remove_event(stream)]
            emit_body(tx, "subscription", {"legacy": events}, to_users(tx, listed))


def _remove_event(stream: Stream) -> dict[str, object]:
    named = [{"stream_id": stream.stream_id, "name": stream.name}]
    return {"type": "subscription", "op": "remove", "subscriptions": named}
