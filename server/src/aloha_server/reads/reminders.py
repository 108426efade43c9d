"""What a reminder says: where the message is, the user's note, and the message's text as it is now."""

import msgspec

from aloha_server.markup import Rendered, quote_text, truncate_content
from aloha_server.markup.links import narrow_url

from ..access.directory import render_content
from ..access.messages import Message, access_messages, people_of
from ..access.streams import find_stream
from ..access.users import User, find_user
from ..store import Tx

QUOTED_CHARS_MAX = 8_000


class Prepared(msgspec.Struct, frozen=True):
    """`quoted` is the message as the user can read it; None where they no longer can."""

    quoted: Message | None
    content: str
    rendered: Rendered


def prepare_reminder(tx: Tx, user: User, message_id: int, note: str) -> Prepared:
    """Slow: for reads, before the lock."""
    quoted = next(iter(access_messages(tx, user, [message_id])), None)
    parts = [_opening(tx, quoted)]
    if note:
        parts.append(f"Your note:\n{quote_text(note)}")
    if quoted is not None:
        parts.append(f"{_writer(tx, quoted)} wrote:\n{quote_text(truncate_content(quoted.content, QUOTED_CHARS_MAX))}")
    content = "\n\n".join(parts)
    return Prepared(quoted, content, render_content(tx, content, user))


def _opening(tx: Tx, message: Message | None) -> str:
    if message is None:
        return "You asked to be reminded of a message that you can no longer read."
    return f"You asked to be reminded of [this message]({_address(tx, message)})."


def _address(tx: Tx, message: Message) -> str:
    if message.stream_id is None:
        people = people_of(tx, [message.recipient_id])[message.recipient_id]
        return f"/#narrow/dm/{','.join(map(str, people))}-dm/near/{message.message_id}"
    stream = find_stream(tx, message.stream_id)
    assert stream is not None
    return f"{narrow_url(stream.stream_id, stream.name, message.topic)}/near/{message.message_id}"


def _writer(tx: Tx, message: Message) -> str:
    sender = find_user(tx, message.sender_id)
    assert sender is not None
    return f"@_**{sender.full_name}|{sender.user_id}**"
