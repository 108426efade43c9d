"""Streams as a reader may see them: lists, one by id, subscribers, topics, and the sections of the initial state."""

from typing import Any

from msgspec import structs

from aloha.contract.endpoints.streams import GetStreams, Topic
from aloha.contract.errors import ApiError
from aloha.contract.objects import ListedStream
from aloha.contract.objects import Stream as WireStream

from ..access.default_stream_groups import load_groups
from ..access.realm import system_groups
from ..access.sight import OwnEyes, OwnSight, access_known_stream
from ..access.streams import Stream, access_stream, load_all_streams, subscribed_stream_ids, subscriber_ids
from ..access.users import User, find_user
from ..access.visibility import visible_user_ids
from ..access.wire_streams import StreamShower
from ..events.adapt import EMPTY_TOPIC_NAME
from ..store import Tx
from .view import View

MESSAGE_ID_MAX = 2**63 - 1
TOPICS_MAX = 20_000  # the newest
# From one topic to the next by the index: what it costs grows with topics, not with messages.
_EACH_TOPIC = """
    with recursive each_topic(topic_key) as (
        select (select min(m.topic_key) from message m where m.realm_id = :realm_id and m.recipient_id = :recipient_id)
        union all
        select (
            select min(m.topic_key) from message m where m.realm_id = :realm_id
                and m.recipient_id = :recipient_id and m.topic_key > each_topic.topic_key
        ) from each_topic where each_topic.topic_key is not null
    )
    select m.topic, m.message_id from each_topic
    join message m on m.realm_id = :realm_id and m.message_id = ({newest})
    order by m.message_id desc limit :count
"""
TOPICS = _EACH_TOPIC.format(
    newest="""
        select max(n.message_id) from message n where n.realm_id = :realm_id and n.recipient_id = :recipient_id
            and n.topic_key = each_topic.topic_key
    """
)
TOPICS_IN_WINDOWS = _EACH_TOPIC.format(
    newest="""
        select max((
            select max(n.message_id) from message n where n.realm_id = :realm_id
                and n.recipient_id = :recipient_id and n.topic_key = each_topic.topic_key
                and n.message_id >= w.first_message_id and n.message_id <= coalesce(w.last_message_id, :beyond)
        )) from subscription_window w
        where w.realm_id = :realm_id and w.user_id = :user_id and w.stream_id = :stream_id
    """
)


def list_streams(tx: Tx, user: User, wanted: GetStreams) -> list[ListedStream]:
    """What the user knows of and the request includes, by id."""
    eyes = OwnEyes(tx, user)
    of_owner = _owned(tx, user) if wanted.include_owner_subscribed else set()
    shower = StreamShower(tx, system_groups(tx))
    listed = []
    for stream in load_all_streams(tx):
        sight = eyes.see(stream)
        if stream.is_archived and wanted.exclude_archived:
            continue
        if (sight is not None and _is_wanted(sight, wanted)) or stream.stream_id in of_owner:
            shown = ListedStream(**structs.asdict(shower.show(stream)))
            if wanted.include_default:
                shown.is_default = bool(stream.is_default)
            listed.append(shown)
    return listed


def _is_wanted(sight: OwnSight, wanted: GetStreams) -> bool:
    stream = sight.stream
    return (
        wanted.include_all
        or (wanted.include_all_active and not stream.is_archived)
        or (wanted.include_subscribed and sight.subscribed)
        or (wanted.include_web_public and bool(stream.is_web_public))
        or (wanted.include_public and not stream.invite_only and sight.may_join)
        or (wanted.include_can_access_content and (sight.subscribed or not stream.invite_only))
    )


def _owned(tx: Tx, bot: User) -> set[int]:
    """The streams of a bot's owner, who may show them to the bot."""
    return set() if bot.bot_owner_id is None else subscribed_stream_ids(tx, bot.bot_owner_id)


def read_stream(tx: Tx, user: User, stream_id: int) -> WireStream:
    stream = access_known_stream(tx, user, stream_id).stream
    return StreamShower(tx, system_groups(tx), [stream_id]).show(stream)


def read_stream_id(tx: Tx, user: User, name: str) -> int:
    try:
        return access_known_stream(tx, user, name).stream.stream_id
    except ApiError as error:
        raise ApiError(f"Invalid channel name '{name}'") from error


def read_subscribers(tx: Tx, user: User, stream_id: int) -> list[int]:
    sight = access_known_stream(tx, user, stream_id)
    if not sight.may_list:
        raise ApiError("Unable to retrieve subscribers for this channel")
    return subscriber_ids(tx, stream_id)


def _check_visible(tx: Tx, user: User, user_id: int) -> None:
    visible = visible_user_ids(tx, user)
    if find_user(tx, user_id) is None or (visible is not None and user_id not in visible):
        raise ApiError("No such user")


def read_subscription_status(tx: Tx, user: User, user_id: int, stream_id: int) -> bool:
    """Of a person and a stream that the user may know of."""
    _check_visible(tx, user, user_id)
    if user_id == user.user_id:
        return access_known_stream(tx, user, stream_id).subscribed
    return user_id in read_subscribers(tx, user, stream_id)


def read_channels_of(tx: Tx, user: User, user_id: int) -> list[int]:
    """Where a person is subscribed, of the streams whose subscribers the user may see."""
    _check_visible(tx, user, user_id)
    eyes, subscribed = OwnEyes(tx, user), subscribed_stream_ids(tx, user_id)
    sights = (eyes.see(stream) for stream in load_all_streams(tx) if stream.stream_id in subscribed)
    return [sight.stream.stream_id for sight in sights if sight is not None and sight.may_list]


def read_topics(tx: Tx, user: User, stream_id: int, *, allow_empty: bool) -> list[Topic]:
    """Newest first; with protected history, of the messages that the user got while subscribed."""
    stream = access_stream(tx, user, stream_id, read=True)
    asked = {"recipient_id": stream.recipient_id, "count": TOPICS_MAX}
    if stream.history_public:
        rows = tx.rows(TOPICS, **asked)
    else:
        rows = tx.rows(TOPICS_IN_WINDOWS, **asked, user_id=user.user_id, stream_id=stream_id, beyond=MESSAGE_ID_MAX)
    empty = "" if allow_empty else EMPTY_TOPIC_NAME
    return [Topic(name=topic or empty, max_id=max_id) for topic, max_id in rows]


def section_stream(view: View) -> dict[str, Any]:
    """The streams that the reader knows of, by id."""
    eyes = OwnEyes(view.tx, view.user)
    shower = StreamShower(view.tx, view.groups)
    return {"streams": [shower.show(stream) for stream in _current(view) if eyes.see(stream) is not None]}


def section_default_streams(view: View) -> dict[str, Any]:
    """Guests are not subscribed by default."""
    defaults = [] if view.user.is_guest else [s.stream_id for s in view.streams if s.is_default and not s.is_archived]
    return {"realm_default_streams": defaults}


def section_default_stream_groups(view: View) -> dict[str, Any]:
    return {"realm_default_stream_groups": [] if view.user.is_guest else load_groups(view.tx)}


def _current(view: View) -> list[Stream]:
    """Clients that know no archive do not see what is in it."""
    if view.request.capabilities.archived_channels:
        return view.streams
    return [stream for stream in view.streams if not stream.is_archived]


SECTIONS = {
    "stream": section_stream,
    "default_streams": section_default_streams,
    "default_stream_groups": section_default_stream_groups,
}
