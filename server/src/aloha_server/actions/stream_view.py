"""Who knows of streams, and who is subscribed to them, kept told: the events of any change of either.

    view = StreamView(tx, stream_ids)        # or user_ids=[...], for a change of those people's roles
    ... the change: rows of stream, subscription, account ...
    view.emit_changes(tx)

What was is compared with what is, so each event goes to exactly those for whom it is news:

- `stream/create` to whom a stream became known, `stream/delete` to whom it no longer is;
- `subscription/add` and `remove` to those whose own subscription began or ended;
- `peer_add` and `peer_remove` to those who see the list of subscribers, and the whole list to those who begin or
  cease to see it while they know of the stream;
- `realm_user/add` and `remove` to guests who see only some people, around all of these (`guest_view`).

They come in an order in which no event names a stream or person that its reader does not know. Equal events are one
entry: new subscribers who get the same colour share it, so 10,000 of them make a few entries and not 10,000.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import groupby
from typing import Any

from msgspec import structs
from pyroaring import BitMap

from aloha.contract.objects import Subscription

from ..access.realm import system_groups
from ..access.roster import load_roster
from ..access.sight import Sight, load_subscribers, see_streams
from ..access.streams import COLUMNS, EVERY, Stream
from ..access.wire_streams import SUBSCRIPTION_COLUMNS, StreamShower, SubscriptionRow, wire_subscription
from ..events.emit import emit, emit_body
from ..store import Tx, WriteTx
from .audiences import AudienceCache
from .guest_view import GuestView
from .user_topics import forget_in_streams

SOME = f"select {COLUMNS} from stream where realm_id = :realm_id and stream_id = any(:stream_ids) order by stream_id"
ROWS = f"""
    select {SUBSCRIPTION_COLUMNS} from subscription
    where realm_id = :realm_id and stream_id = any(:stream_ids) and user_id = any(:user_ids) and is_active = 1
    order by user_id, stream_id
"""
# A stream that comes back into sight is one that its reader never subscribed to, as for a client that hears of it.
FORGET = """
    delete from subscription
    where realm_id = :realm_id and stream_id = any(:stream_ids) and user_id = any(:user_ids) and is_active = 0
"""


class StreamView:
    """Taken under the lock, before the change. `stream_ids` None means all; so does `user_ids`.

    `joining` are people whom the change may subscribe.
    """

    def __init__(
        self,
        tx: WriteTx,
        stream_ids: Iterable[int] | None = None,
        *,
        user_ids: Iterable[int] | None = None,
        joining: Iterable[int] = (),
    ) -> None:
        self._stream_ids = None if stream_ids is None else list(stream_ids)
        self._user_ids = None if user_ids is None else list(user_ids)
        self.before = self._look(tx)
        self._after: dict[int, Sight] | None = None
        touched = BitMap(joining)
        if self._user_ids is not None:
            touched |= BitMap(self._user_ids)
        else:
            touched = BitMap.union(touched, *(sight.subscribers for sight in self.before.values()))
        self._guests = GuestView(tx, touched)

    def include(self, stream_ids: Iterable[int]) -> None:
        """Streams that the change made: nobody knew of them."""
        assert self._stream_ids is not None
        self._stream_ids.extend(stream_ids)

    def after(self, tx: Tx) -> dict[int, Sight]:
        """How things are once the change is made; looked at once."""
        if self._after is None:
            self._after = self._look(tx)
        return self._after

    def still_knowing(self, tx: Tx, stream_id: int) -> BitMap:
        """Those who knew of a stream and still do: whom an update of it concerns."""
        return self.before[stream_id].knowers & self.after(tx)[stream_id].knowers

    def emit_changes(self, tx: WriteTx) -> None:
        self._guests.emit_gains(tx)
        _Changes(tx, self.before, self.after(tx)).emit()
        self._guests.emit_losses(tx)

    def _look(self, tx: Tx) -> dict[int, Sight]:
        if self._stream_ids is None:
            streams = tx.all(Stream, EVERY)
        else:
            streams = tx.all(Stream, SOME, stream_ids=self._stream_ids)
        return see_streams(streams, load_roster(tx, self._user_ids), load_subscribers(tx, self._stream_ids))


class _Changes:
    """The difference of two looks at the same streams, told."""

    def __init__(self, tx: WriteTx, before: dict[int, Sight], after: dict[int, Sight]) -> None:
        nobody = BitMap()
        self._tx = tx
        self._audiences = AudienceCache(tx)
        self._is_new = after.keys() - before.keys()
        self._both = [
            (before.get(stream_id) or Sight(now.stream, nobody, nobody, nobody, nobody), now)
            for stream_id, now in after.items()
        ]

    def emit(self) -> None:
        self._emit_creates()
        self._emit_lists_gained()
        self._emit_subscribed()
        self._emit_peers_added()
        self._emit_unsubscribed()
        self._emit_peers_removed()
        self._emit_lists_lost()
        self._emit_deletes()

    @cached_property
    def _shower(self) -> StreamShower:
        return StreamShower(self._tx, system_groups(self._tx), [now.stream.stream_id for _, now in self._both])

    def _emit_creates(self) -> None:
        for gained, streams in _by_audience((now.knowers - was.knowers, now.stream) for was, now in self._both):
            known_before = [stream.stream_id for stream in streams if stream.stream_id not in self._is_new]
            if known_before:
                self._tx.execute(FORGET, stream_ids=known_before, user_ids=list(gained))
            self._emit_create(gained, [stream for stream in streams if not stream.is_archived])
            self._emit_create(gained, [stream for stream in streams if stream.is_archived])

    def _emit_create(self, gained: BitMap, streams: list[Stream]) -> None:
        """Clients that know no archive are not told of what is in it."""
        if not streams:
            return
        audience = self._audiences.of(gained)
        event = {"type": "stream", "op": "create", "streams": [self._shower.show(stream) for stream in streams]}
        if streams[0].is_archived:
            emit_body(self._tx, "stream", {"archived": event, "legacy": delete_event(streams)}, audience)
        else:
            emit(self._tx, event, audience)

    def _emit_deletes(self) -> None:
        for lost, streams in _by_audience((was.knowers - now.knowers, now.stream) for was, now in self._both):
            forget_in_streams(self._tx, lost, [stream.stream_id for stream in streams])
            emit(self._tx, delete_event(streams), self._audiences.of(lost))

    def _emit_subscribed(self) -> None:
        added = {now.stream.stream_id: now.subscribers - was.subscribers for was, now in self._both}
        users = BitMap.union(BitMap(), *added.values())
        if not users:
            return
        rows = self._tx.all(SubscriptionRow, ROWS, stream_ids=[*added], user_ids=list(users))
        alike: dict[tuple[SubscriptionRow, ...], BitMap] = defaultdict(BitMap)
        for user_id, own in groupby(rows, key=lambda row: row.user_id):
            new = (row for row in own if user_id in added[row.stream_id])
            alike[tuple(structs.replace(row, user_id=0) for row in new)].add(user_id)
        sights = {now.stream.stream_id: now for _, now in self._both}
        for settings, user_ids in alike.items():
            subscriptions = [self._show_subscription(sights[row.stream_id], row) for row in settings]
            event = {"type": "subscription", "op": "add", "subscriptions": subscriptions}
            emit(self._tx, event, self._audiences.of(user_ids))

    def _show_subscription(self, sight: Sight, row: SubscriptionRow) -> Subscription:
        return wire_subscription(self._shower.show(sight.stream), row, list(sight.subscribers))

    def _emit_unsubscribed(self) -> None:
        left: dict[int, list[Stream]] = defaultdict(list)
        for was, now in self._both:
            for user_id in was.subscribers - now.subscribers:
                left[user_id].append(now.stream)
        alike: dict[tuple[int, ...], BitMap] = defaultdict(BitMap)
        for user_id, streams in left.items():
            alike[tuple(stream.stream_id for stream in streams)].add(user_id)
        for user_ids in alike.values():
            named = [{"stream_id": stream.stream_id, "name": stream.name} for stream in left[user_ids.min()]]
            event = {"type": "subscription", "op": "remove", "subscriptions": named}
            emit(self._tx, event, self._audiences.of(user_ids))

    def _emit_peers_added(self) -> None:
        self._emit_peers(
            "peer_add",
            ((added, (was.listers & now.listers) - added, now.stream) for was, now, added in self._added()),
        )

    def _emit_lists_gained(self) -> None:
        self._emit_peers(
            "peer_add",
            ((now.subscribers, now.listers - was.listers - added, now.stream) for was, now, added in self._added()),
        )

    def _added(self) -> Iterator[tuple[Sight, Sight, BitMap]]:
        return ((was, now, now.subscribers - was.subscribers) for was, now in self._both)

    def _emit_peers_removed(self) -> None:
        """One who left alone knows it already; of several each is told of the others."""
        changes = []
        for was, now in self._both:
            removed = was.subscribers - now.subscribers
            told = was.listers & now.listers
            changes.append((removed, told - removed if len(removed) == 1 else told, now.stream))
        self._emit_peers("peer_remove", changes)

    def _emit_lists_lost(self) -> None:
        lost = ((was.subscribers, (was.listers - now.listers) & now.knowers, now.stream) for was, now in self._both)
        self._emit_peers("peer_remove", lost)

    def _emit_peers(self, op: str, changes: Iterable[tuple[BitMap, BitMap, Stream]]) -> None:
        """Each change: who, who is told, where. Streams of which the same is told share an event."""
        alike: dict[tuple[bytes, int], tuple[BitMap, list[int]]] = {}
        for user_ids, audience, stream in changes:
            if user_ids and audience:
                key = (user_ids.serialize(), self._audiences.of(audience))
                alike.setdefault(key, (user_ids, []))[1].append(stream.stream_id)
        for (_, audience_id), (user_ids, stream_ids) in alike.items():
            event = {"type": "subscription", "op": op, "stream_ids": stream_ids, "user_ids": list(user_ids)}
            emit(self._tx, event, audience_id)


def delete_event(streams: Iterable[Stream]) -> dict[str, Any]:
    ids = [stream.stream_id for stream in streams]
    return {"type": "stream", "op": "delete", "stream_ids": ids, "streams": [{"stream_id": id_} for id_ in ids]}


def _by_audience(changes: Iterable[tuple[BitMap, Stream]]) -> list[tuple[BitMap, list[Stream]]]:
    """Streams that change for the same people, together; what changes for nobody is left out."""
    alike: dict[bytes, tuple[BitMap, list[Stream]]] = {}
    for user_ids, stream in changes:
        if user_ids:
            alike.setdefault(user_ids.serialize(), (user_ids, []))[1].append(stream)
    return list(alike.values())
