"""Who knows of a stream and who sees its subscribers, for many people at once.

To know of a stream is to know that it exists, its name, description and settings. A public one is known to all
but guests, a web-public one to everybody; a private one to subscribers, administrators, and to those (guests
excepted) whom its permissions let administer it, join it or add others. Subscribers are listed to subscribers and
to all others who know of the stream, but not to guests who see only some people, unless they share the stream.

`streams.may_know` is the same question for one user; here the answer is a set, for audiences.
"""

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec
from pyroaring import BitMap

from ..store import Tx
from .realm import realm_settings
from .roster import Roster, roster_of
from .streams import (
    JOINING_PERMISSIONS,
    MANAGING_PERMISSIONS,
    Stream,
    find_stream,
    no_such_stream,
    subscribed_stream_ids,
)
from .users import User

OF_STREAMS = """
    select s.stream_id, a.bitmap from stream s
    join recipient r on r.realm_id = s.realm_id and r.recipient_id = s.recipient_id
    join audience a on a.realm_id = r.realm_id and a.audience_id = r.audience_id
    where s.realm_id = :realm_id
"""
OF_SOME_STREAMS = OF_STREAMS + " and s.stream_id = any(:stream_ids)"


class Sight(msgspec.Struct, frozen=True):
    """A stream, and which of the roster's people are what to it."""

    stream: Stream
    subscribers: BitMap  # of all active people, in the roster or not
    joiners: BitMap  # may subscribe themselves, or are subscribed
    knowers: BitMap
    listers: BitMap  # see the list of subscribers


def load_subscribers(tx: Tx, stream_ids: Iterable[int] | None = None) -> dict[int, BitMap]:
    """The active subscribers of each stream that has any, in one query."""
    if stream_ids is None:
        rows = tx.rows(OF_STREAMS)
    else:
        rows = tx.rows(OF_SOME_STREAMS, stream_ids=list(stream_ids))
    return {stream_id: BitMap.deserialize(content) for stream_id, content in rows}


def see_streams(streams: Iterable[Stream], roster: Roster, subscribers: Mapping[int, BitMap]) -> dict[int, Sight]:
    """What the roster's people are to each stream."""
    return {
        stream.stream_id: see_stream(stream, roster, subscribers.get(stream.stream_id, BitMap())) for stream in streams
    }


def see_stream(stream: Stream, roster: Roster, subscribers: BitMap) -> Sight:
    subscribed = subscribers & roster.everyone
    if stream.is_web_public:
        joiners = knowers = roster.everyone
    elif stream.invite_only:
        permissions = stream.permissions
        joiners = subscribed | (_holders(roster, permissions, JOINING_PERMISSIONS) & roster.members)
        managers = _holders(roster, permissions, MANAGING_PERMISSIONS) & roster.members
        knowers = joiners | managers | roster.admins
    else:
        joiners = knowers = roster.members | subscribed
    blind = roster.limited if stream.is_archived else roster.limited - subscribed
    return Sight(stream, subscribers, joiners, knowers, knowers - blind)


def readers_unsubscribed(stream: Stream, roster: Roster) -> BitMap:
    """Who may read the stream without being subscribed."""
    if stream.is_web_public:
        return roster.everyone
    return BitMap() if stream.invite_only else roster.members


def _holders(roster: Roster, permissions: dict[str, Any], names: Iterable[str]) -> BitMap:
    return BitMap.union(BitMap(), *(roster.holders(permissions[name]) for name in names))


class OwnSight(msgspec.Struct, frozen=True):
    """What one user is to a stream that they know of."""

    stream: Stream
    subscribed: bool
    may_join: bool  # or is subscribed
    may_list: bool
    may_administer: bool
    may_add: bool  # others; to a stream that they may join themselves
    may_remove: bool


class OwnEyes:
    """One user's sight of any number of streams, from a constant number of queries."""

    def __init__(self, tx: Tx, user: User) -> None:
        self._roster = roster_of(tx, user)
        self._adds_anywhere = bool(self._roster.holders(realm_settings(tx)["can_add_subscribers_group"]))
        self._subscribed = subscribed_stream_ids(tx, user.user_id)

    def include(self, stream_ids: Iterable[int]) -> None:
        """Streams that the user makes: whoever makes one may add people to it as its subscribers may."""
        self._subscribed.update(stream_ids)

    def see(self, stream: Stream) -> OwnSight | None:
        """None where the user does not know of the stream."""
        roster = self._roster
        subscribed = stream.stream_id in self._subscribed
        sight = see_stream(stream, roster, roster.everyone if subscribed else BitMap())
        if not sight.knowers:
            return None
        permissions = stream.permissions
        managers = _holders(roster, permissions, MANAGING_PERMISSIONS) & roster.members
        administers = bool(roster.admins | managers)
        adds = administers or self._adds_anywhere or bool(roster.holders(permissions["can_add_subscribers_group"]))
        return OwnSight(
            stream=stream,
            subscribed=subscribed,
            may_join=bool(sight.joiners),
            may_list=bool(sight.listers),
            may_administer=administers,
            may_add=adds and bool(sight.joiners & roster.members),
            may_remove=administers or bool(roster.holders(permissions["can_remove_subscribers_group"])),
        )


def access_known_stream(tx: Tx, user: User, stream: int | str) -> OwnSight:
    """A stream by id or name; one that the user does not know of answers like one that does not exist."""
    found = find_stream(tx, stream)
    sight = None if found is None else OwnEyes(tx, user).see(found)
    if sight is None:
        raise no_such_stream(stream)
    return sight
