"""Subscribing and unsubscribing, oneself and others.

One request may name many streams and many people; it costs the same number of statements for one and for 10,000.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any

import msgspec

from aloha.contract.errors import ApiError, PermissionDeniedError

from ..access.colors import pick_color
from ..access.principals import find_principals
from ..access.sight import OwnEyes, OwnSight
from ..access.stream_rules import check_name
from ..access.streams import COLUMNS, Stream, find_streams_named
from ..access.subscribers import refresh_audiences
from ..access.users import User
from ..store import Tx, WriteTx
from . import notices
from .stream_view import StreamView
from .streams import NewStream, StreamOptions, emit_default_streams, make_streams

PAIRS_MAX = 100_000  # people times streams of one request
Pair = tuple[int, int]  # user id, stream id

ACTIVE_PAIRS = """
    select user_id, stream_id from subscription
    where realm_id = :realm_id and is_active = 1 and stream_id = any(:stream_ids) and user_id = any(:user_ids)
"""
COLORS_USED = """
    select user_id, color, count(*) from subscription
    where realm_id = :realm_id and is_active = 1 and user_id = any(:user_ids) group by user_id, color
"""
ADD = """
    insert into subscription (realm_id, user_id, stream_id, is_active, color)
    values (:realm_id, :user_id, :stream_id, 1, :color)
    on conflict (realm_id, user_id, stream_id) do update set is_active = 1,
        color = case when :is_chosen = 1 then :color else subscription.color end
"""
OPEN_WINDOW = """
    insert into subscription_window (realm_id, user_id, stream_id, first_message_id)
    values (:realm_id, :user_id, :stream_id, :first_message_id)
"""
REMOVE = """
    update subscription set is_active = 0
    where realm_id = :realm_id and user_id = :user_id and stream_id = :stream_id
"""
# A window in which nothing was sent would keep its key from the next one.
DROP_EMPTY_WINDOW = """
    delete from subscription_window where realm_id = :realm_id and user_id = :user_id and stream_id = :stream_id
        and last_message_id is null and first_message_id > :last_message_id
"""
CLOSE_WINDOW = """
    update subscription_window set last_message_id = :last_message_id
    where realm_id = :realm_id and user_id = :user_id and stream_id = :stream_id and last_message_id is null
"""
DEFAULTS = f"select {COLUMNS} from stream where realm_id = :realm_id and is_default = 1 and is_archived = 0"


class SubscribeRequest(msgspec.Struct, frozen=True, kw_only=True):
    """Streams by name, with what is needed to make those that do not exist. `principals` None means oneself."""

    streams: list[NewStream]
    principals: list[int | str] | None = None
    options: StreamOptions = StreamOptions()
    colors: dict[str, str] = {}  # by the name's key, where the request chooses them
    refuse_all: bool = True  # one stream that may not be joined refuses the request
    announce: bool = False
    tell_people: bool = True  # whom somebody else subscribes
    only_new: bool = False  # a stream that exists already refuses the request


class Subscribed(msgspec.Struct, frozen=True):
    """By user id, the names of streams; and the names that the actor may not use."""

    subscribed: dict[int, list[str]]
    already_subscribed: dict[int, list[str]]
    unauthorized: list[str]
    stream_ids: list[int] = []
    people_told: bool = False


class Unsubscribed(msgspec.Struct, frozen=True):
    removed: list[str]
    not_removed: list[str]


def subscribe(tx: WriteTx, actor: User, request: SubscribeRequest) -> Subscribed:
    """Subscribes, and makes the streams that do not exist."""
    people = _find_people(tx, actor, request.principals)
    others = people.keys() - {actor.user_id}
    wanted = list({_key(check_name(stream.name)): stream for stream in request.streams}.values())
    named = find_streams_named(tx, [stream.name for stream in wanted])
    existing = {key: stream for key, stream in named.items() if not stream.is_archived}
    if existing and request.only_new:
        raise ApiError(f"Channel '{next(iter(existing.values())).name}' already exists")
    _check_count(people, wanted)
    eyes = OwnEyes(tx, actor)
    allowed, refused = _sort_by_permission(eyes, list(existing.values()))
    if refused and request.refuse_all:
        raise ApiError(f"Unable to access channel ({', '.join(refused)}).")
    view = StreamView(tx, [stream.stream_id for stream in allowed], joining=people)
    missing = [stream for stream in wanted if _key(stream.name) not in existing]
    made = make_streams(tx, actor, missing, request.options)
    eyes.include(stream.stream_id for stream in made)
    if others and not all((sight := eyes.see(stream)) and sight.may_add for stream in [*allowed, *made]):
        raise ApiError("Insufficient permission")
    view.include(stream.stream_id for stream in made)
    streams = [*allowed, *made]
    added = _add(tx, people, streams, request.colors)
    if added or made:
        view.emit_changes(tx)
    if made and request.options.is_default:
        emit_default_streams(tx)
    _tell_of_made(tx, actor, made, announce=request.announce)
    told = request.tell_people and _tell_subscribed(tx, actor, people, allowed, added)
    return _outcome(people, streams, added, refused, told=told)


def subscribe_to_defaults(tx: WriteTx, user: User) -> None:
    """A new member's first streams. Guests and bots begin with none."""
    if user.is_guest or user.is_bot:
        return
    streams = tx.all(Stream, DEFAULTS)
    view = StreamView(tx, [stream.stream_id for stream in streams], joining=[user.user_id])
    if _add(tx, [user.user_id], streams, {}):
        view.emit_changes(tx)


def unsubscribe(tx: WriteTx, actor: User, names: list[str], principals: list[int | str] | None) -> Unsubscribed:
    """Ends subscriptions. A stream that the actor does not know of is one that does not exist."""
    people = _find_people(tx, actor, principals)
    _check_count(people, names)
    found = find_streams_named(tx, names)
    eyes = OwnEyes(tx, actor)
    sights = list({_key(name): _known(eyes, found.get(_key(name)), name) for name in names}.values())
    streams = [sight.stream for sight in sights]
    others = [user for user in people.values() if user.user_id != actor.user_id and user.bot_owner_id != actor.user_id]
    if others and not all(sight.may_remove for sight in sights):
        raise PermissionDeniedError("Insufficient permission")
    removed = _remove(tx, people, streams)
    stream_ids = {stream_id for _, stream_id in removed}
    return Unsubscribed(
        removed=[stream.name for stream in streams if stream.stream_id in stream_ids],
        not_removed=[stream.name for stream in streams if stream.stream_id not in stream_ids],
    )


def _find_people(tx: Tx, actor: User, principals: list[int | str] | None) -> dict[int, User]:
    return {actor.user_id: actor} if principals is None else find_principals(tx, actor, principals)


def _check_count(people: Collection[int], streams: Collection[Any]) -> None:
    if len(people) * len(streams) > PAIRS_MAX:
        raise ApiError(f"At most {PAIRS_MAX} subscriptions can be changed at once.")


def _key(name: str) -> str:
    return name.strip().casefold()


def _known(eyes: OwnEyes, stream: Stream | None, name: str) -> OwnSight:
    sight = None if stream is None else eyes.see(stream)
    if sight is None:
        raise ApiError(f"Channel '{name}' does not exist")
    return sight


def _sort_by_permission(eyes: OwnEyes, streams: list[Stream]) -> tuple[list[Stream], list[str]]:
    """The streams that may be joined, and the names of the rest."""
    allowed, refused = [], []
    for stream in streams:
        sight = eyes.see(stream)
        if sight is None or not sight.may_join:
            refused.append(stream.name)
        else:
            allowed.append(stream)
    return allowed, refused


def _add(tx: WriteTx, user_ids: Iterable[int], streams: list[Stream], colors: Mapping[str, str]) -> set[Pair]:
    """Writes the new subscriptions; which they are. A former subscriber keeps their settings of the stream."""
    users, stream_ids = list(user_ids), [stream.stream_id for stream in streams]
    if not users or not streams:
        return set()
    active = {(row[0], row[1]) for row in tx.rows(ACTIVE_PAIRS, stream_ids=stream_ids, user_ids=users)}
    new = [(user_id, stream) for user_id in users for stream in streams if (user_id, stream.stream_id) not in active]
    if not new:
        return set()
    used: dict[int, Counter[str]] = defaultdict(Counter)
    for user_id, color, count in tx.rows(COLORS_USED, user_ids=users):
        used[user_id][color] = count
    rows = [
        {
            "user_id": user_id,
            "stream_id": stream.stream_id,
            "color": colors.get(_key(stream.name)) or pick_color(used[user_id]),
            "is_chosen": int(_key(stream.name) in colors),
        }
        for user_id, stream in new
    ]
    tx.execute_many(ADD, rows)
    first = tx.last_message_id + 1
    windows = [{"user_id": row["user_id"], "stream_id": row["stream_id"], "first_message_id": first} for row in rows]
    tx.execute_many(OPEN_WINDOW, windows)
    refresh_audiences(tx, stream_ids)
    return {(user_id, stream.stream_id) for user_id, stream in new}


def _remove(tx: WriteTx, user_ids: Iterable[int], streams: list[Stream]) -> set[Pair]:
    """Ends the subscriptions that there are, and tells; which they were."""
    stream_ids = [stream.stream_id for stream in streams]
    active = {(row[0], row[1]) for row in tx.rows(ACTIVE_PAIRS, stream_ids=stream_ids, user_ids=list(user_ids))}
    if not active:
        return active
    view = StreamView(tx, stream_ids)
    rows = [{"user_id": user_id, "stream_id": stream_id} for user_id, stream_id in sorted(active)]
    tx.execute_many(REMOVE, rows)
    windows = [{**row, "last_message_id": tx.last_message_id} for row in rows]
    tx.execute_many(DROP_EMPTY_WINDOW, windows)
    tx.execute_many(CLOSE_WINDOW, windows)
    refresh_audiences(tx, stream_ids)
    view.emit_changes(tx)
    return active


def _outcome(
    people: Iterable[int], streams: list[Stream], added: set[Pair], refused: list[str], *, told: bool
) -> Subscribed:
    subscribed: dict[int, list[str]] = defaultdict(list)
    already: dict[int, list[str]] = defaultdict(list)
    for user_id in people:
        for stream in streams:
            (subscribed if (user_id, stream.stream_id) in added else already)[user_id].append(stream.name)
    return Subscribed(subscribed, already, refused, [stream.stream_id for stream in streams], told)


def _tell_of_made(tx: WriteTx, actor: User, made: list[Stream], *, announce: bool) -> None:
    for stream in made:
        notices.tell_of_creation(tx, actor, stream)
    if announce and made:
        notices.announce(tx, actor, made)


def _tell_subscribed(
    tx: WriteTx, actor: User, people: Mapping[int, User], joined: list[Stream], added: set[Pair]
) -> bool:
    """Streams that were made tell of themselves; of others, people learn who subscribed them."""
    subscribed = {
        user.user_id: [stream for stream in joined if (user.user_id, stream.stream_id) in added]
        for user in people.values()
        if user.user_id != actor.user_id and not user.is_bot
    }
    return notices.tell_subscribed(tx, actor, {user_id: streams for user_id, streams in subscribed.items() if streams})
