"""What the Notification Bot says of changes to streams: in the stream itself, or to people it concerns."""

from collections.abc import Mapping
from typing import Any

from aloha_server.markup import quote_text

from ..access.groups import SYSTEM_GROUPS
from ..access.realm import realm_settings
from ..access.streams import Stream, find_stream
from ..access.users import User
from ..store import WriteTx
from .messages import send_internal

EVENTS_TOPIC = "channel events"
NEW_STREAMS_TOPIC = "new channels"
FOR_EVER = -1
GROUP_NAMES = """
    select name from user_group where realm_id = :realm_id and group_id = any(:group_ids) order by group_id
"""
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


def tell_of_posting(tx: WriteTx, actor: User, stream: Stream, before: Any, after: Any) -> None:
    was, now = (_describe(tx, setting) for setting in (before, after))
    content = f"{_name(actor)} changed who may post in this channel.\n\n* **It was:** {was}\n* **It is now:** {now}"
    _tell(tx, stream, content)


def tell_of_retention(tx: WriteTx, actor: User, old: Stream, new: Stream) -> None:
    was, now = (_retention(tx, stream.message_retention_days) for stream in (old, new))
    content = f"{_name(actor)} changed how long messages in this channel are kept: now {now}, before {was}."
    _tell(tx, new, content)


def tell_of_archive(tx: WriteTx, actor: User, stream: Stream, *, archived: bool) -> None:
    change = "archived this channel" if archived else "brought this channel back from the archive"
    _tell(tx, stream, f"{_name(actor)} {change}.")


def tell_subscribed(tx: WriteTx, actor: User, subscribed: Mapping[int, list[Stream]]) -> bool:
    """By person whom somebody else subscribed: to what. Whether they were told: many are not."""
    if not subscribed or len(subscribed) > TOLD_PEOPLE_MAX:
        return False
    for user_id, streams in subscribed.items():
        links = ", ".join(f"#**{stream.name}**" for stream in streams)
        noun = "the channel" if len(streams) == 1 else "these channels:"
        content = f"@**{actor.full_name}|{actor.user_id}** subscribed you to {noun} {links}."
        send_internal(tx, to_user_ids=[user_id], content=content)
    return True


def privacy_name(stream: Stream) -> str:
    if stream.is_web_public:
        return "web-public"
    if not stream.invite_only:
        return "public"
    return "private, with shared history" if stream.history_public else "private, with protected history"


def _tell(tx: WriteTx, stream: Stream, content: str) -> None:
    send_internal(tx, to_stream=stream, topic=EVENTS_TOPIC, content=content)


def _describe(tx: WriteTx, setting: Any) -> str:
    """A group setting in words. People are counted, not named: not every reader may know of them."""
    if isinstance(setting, int):
        return _describe_groups(tx, [setting])
    people = len(setting["direct_members"])
    parts = [f"{people} {'person' if people == 1 else 'people'}"] if people else []
    if setting["direct_subgroups"]:
        parts.append(_describe_groups(tx, setting["direct_subgroups"]))
    return " and ".join(parts) or "nobody"


def _describe_groups(tx: WriteTx, group_ids: list[int]) -> str:
    names = tx.values(GROUP_NAMES, group_ids=group_ids)
    return ", ".join(SYSTEM_GROUPS[name][1] if name in SYSTEM_GROUPS else f"the group **{name}**" for name in names)


def _retention(tx: WriteTx, days: int | None) -> str:
    if days is None:
        return f"as long as the organization says ({_retention(tx, realm_settings(tx)['message_retention_days'])})"
    return "for ever" if days == FOR_EVER else f"{days} {'day' if days == 1 else 'days'}"


def _name(actor: User) -> str:
    return f"@_**{actor.full_name}|{actor.user_id}**"
