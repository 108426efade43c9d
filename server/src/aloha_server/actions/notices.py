"""What the Notification Bot says of changes to streams: in the stream itself, or to people it concerns."""

from collections.abc import Mapping

from aloha_server.markup import quote_text

from ..access.realm import realm_settings
from ..access.streams import Stream, find_stream
from ..access.users import User
from ..store import WriteTx
from .messages import send_internal

EVENTS_TOPIC = "channel events"
NEW_STREAMS_TOPIC = "new channels"
TOLD_PEOPLE_MAX = 100  # when more are subscribed at once, they are not written to one by one


def tell_of_creation(tx: WriteTx, actor: User, stream: Stream) -> None:
    content = f"{_name(actor)} created this channel. It is **{privacy_name(stream)}**."
    if stream.description:
        content += f" What it is for:\n{quote_text(stream.description)}"
    send_internal(tx, to_stream=stream, topic=EVENTS_TOPIC, content=content, read_by=[actor.user_id])


def announce(tx: WriteTx, actor: User, streams: list[Stream]) -> None:
    """In the channel that the organization keeps for this, if it has one. Private channels are nobody's business."""
    place = find_stream(tx, int(realm_settings(tx)["new_stream_announcements_stream_id"]))
    public = [f"#**{stream.name}**" for stream in streams if not stream.invite_only]
    if place is None or place.is_archived or not public:
        return
    noun = "a new channel" if len(public) == 1 else "new channels"
    content = f"{_name(actor)} created {noun}: {', '.join(public)}."
    send_internal(tx, to_stream=place, topic=NEW_STREAMS_TOPIC, content=content)


def tell_of_name(tx: WriteTx, actor: User, old: Stream, new: Stream) -> None:
    _tell(tx, new, f"{_name(actor)} renamed this channel from **{old.name}** to **{new.name}**.")


def tell_of_description(tx: WriteTx, actor: User, old: Stream, new: Stream) -> None:
    before = quote_text(old.description or "*No description*")
    after = quote_text(new.description or "*No description*")
    content = f"{_name(actor)} described this channel anew.\n\n* **It was:**\n{before}\n* **It is now:**\n{after}"
    _tell(tx, new, content)


def tell_of_privacy(tx: WriteTx, actor: User, old: Stream, new: Stream) -> None:
    content = f"{_name(actor)} made this channel **{privacy_name(new)}**; it was **{privacy_name(old)}**."
    _tell(tx, new, content)


def tell_subscribed(tx: WriteTx, actor: User, subscribed: Mapping[int, list[Stream]]) -> None:
    """By person whom somebody else subscribed: to what."""
    if len(subscribed) > TOLD_PEOPLE_MAX:
        return
    for user_id, streams in subscribed.items():
        links = ", ".join(f"#**{stream.name}**" for stream in streams)
        noun = "the channel" if len(streams) == 1 else "these channels:"
        content = f"@**{actor.full_name}|{actor.user_id}** subscribed you to {noun} {links}."
        send_internal(tx, to_user_ids=[user_id], content=content)


def privacy_name(stream: Stream) -> str:
    if stream.is_web_public:
        return "web-public"
    if not stream.invite_only:
        return "public"
    return "private, with shared history" if stream.history_public else "private, with protected history"


def _tell(tx: WriteTx, stream: Stream, content: str) -> None:
    send_internal(tx, to_stream=stream, topic=EVENTS_TOPIC, content=content)


def _name(actor: User) -> str:
    return f"@_**{actor.full_name}|{actor.user_id}**"
