"""What the Notification Bot writes where messages were moved from and to, and where a topic was resolved.

A notice names another stream only where everybody who is subscribed here may know of that one.
"""

from pyroaring import BitMap

from ..access.messages import COLUMNS, Message
from ..access.roster import load_roster
from ..access.sight import load_subscribers
from ..access.streams import Stream
from ..access.users import User
from ..store import Tx, WriteTx
from .delete_messages import remove_messages
from .messages import notification_bot, send_internal
from .move_rules import RESOLVED, Edit, Move

UNDO_S = 60  # a mark that is taken back so soon leaves no trace
BYSTANDERS_MAX = 1000  # in larger streams nobody's mark is set: it costs a row for each
INVOLVED = """
    select sender_id from message where realm_id = :realm_id and message_id = any(:message_ids)
    union select user_id from reaction where realm_id = :realm_id and message_id = any(:message_ids)
"""
LAST_IN_TOPIC = f"""
    select {COLUMNS} from message m
    where m.realm_id = :realm_id and m.recipient_id = :recipient_id and m.topic_key = :topic_key
    order by m.message_id desc limit 1
"""


def tell_of_move(tx: WriteTx, actor: User, message: Message, source: Stream, move: Move, edit: Edit) -> None:
    """Of a resolved topic always, of other moves as asked for."""
    if move.resolves is not None:
        _tell_of_resolving(tx, actor, move.target or source, move)
    if move.only_resolves:
        return
    target = move.target or source
    if edit.notify_new_thread:
        place = _place(tx, source, message.topic, here=target)
        content = f"{_who(actor)} moved {_what(move)} here from {place}."
        send_internal(tx, to_stream=target, topic=move.topic, content=content)
    if edit.notify_old_thread:
        place = _place(tx, target, move.topic, here=source)
        content = f"{_who(actor)} moved {_what(move)} to {place}."
        send_internal(tx, to_stream=source, topic=message.topic, content=content)


def _tell_of_resolving(tx: WriteTx, actor: User, stream: Stream, move: Move) -> None:
    last = tx.one(Message, LAST_IN_TOPIC, recipient_id=stream.recipient_id, topic_key=move.topic.casefold())
    if last is not None and _is_fresh_notice(tx, last):
        remove_messages(tx, [last], stream)
        return
    state = "resolved" if move.resolves else "not resolved any more"
    content = f"{_who(actor)} marked this topic as {state}."
    bystanders = _bystanders(tx, stream, move)
    send_internal(tx, to_stream=stream, topic=move.topic, content=content, read_by=bystanders)


def _bystanders(tx: Tx, stream: Stream, move: Move) -> list[int]:
    """Subscribers who neither wrote nor reacted in the topic: its end is no news to them."""
    subscribers = load_subscribers(tx, [stream.stream_id]).get(stream.stream_id, BitMap())
    if len(subscribers) > BYSTANDERS_MAX:
        return []
    return list(subscribers.difference(BitMap(tx.values(INVOLVED, message_ids=move.message_ids))))


def _is_fresh_notice(tx: Tx, message: Message) -> bool:
    """Whether a topic was resolved, or its mark taken back, just now."""
    by_bot = message.sender_id == notification_bot(tx).user_id and "marked this topic as" in message.content
    return by_bot and tx.now - message.sent_at <= UNDO_S


def _who(actor: User) -> str:
    return f"@_**{actor.full_name}|{actor.user_id}**"


def _what(move: Move) -> str:
    if move.whole_topic:
        return "this topic"
    return "a message" if len(move.message_ids) == 1 else f"{len(move.message_ids)} messages"


def _place(tx: Tx, stream: Stream, topic: str, *, here: Stream) -> str:
    if stream.stream_id != here.stream_id and not _is_known_to_all(tx, stream, here):
        return "another channel"
    name = topic.removeprefix(RESOLVED)
    return f"#**{stream.name}>{topic}**" if name else f"#**{stream.name}**"


def _is_known_to_all(tx: Tx, stream: Stream, here: Stream) -> bool:
    """Whether all who are subscribed here know of the other stream."""
    if stream.is_web_public:
        return True
    subscribers = load_subscribers(tx, [stream.stream_id, here.stream_id])
    strangers = subscribers.get(here.stream_id, BitMap()) - subscribers.get(stream.stream_id, BitMap())
    if stream.invite_only:
        return not strangers
    return not (strangers & load_roster(tx, strangers).guests)
