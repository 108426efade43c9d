"""Sending messages. A send writes the same few rows for 10 and for 10,000 readers."""

from typing import Any

import msgspec

from aloha_server.markup import Rendered

from ..access.alert_words import alerted_subscribers, alerted_users
from ..access.avatars import avatar_url, is_gravatar
from ..access.directory import render_content
from ..access.group_mentions import check_group_mentions, mentioned_people
from ..access.linkifiers import TopicLinks
from ..access.muting import muters_of
from ..access.participants import participants_of
from ..access.read_state import flag_names, mark_read_each
from ..access.realm import Realm, load_realm
from ..access.receipts import ReceiptKey, Sent, find_receipt, keep_receipt
from ..access.recipients import load_recipient
from ..access.search_index import index_message
from ..access.streams import Stream
from ..access.traffic import count_message
from ..access.users import User, load_users, shown_email
from ..access.widgets import widget_of
from ..events.audience import load_audience
from ..events.bodies import MessageBody
from ..events.emit import emit_body
from ..store import Tx, WriteTx, bits
from .first_message import update_first_message
from .submessages import insert_submessage
from .targets import Target, access_people, conversation_target, people_target, stream_target
from .topic_policies import follow_by_mention, follow_by_sending
from .uploads import carry, find_carried

INTERNAL_CLIENT = "Internal"

INSERT = """
    insert into message (realm_id, message_id, sender_id, recipient_id, stream_id, topic, topic_key, content, rendered,
        sent_at, client, is_me, traits)
    values (:realm_id, :message_id, :sender_id, :recipient_id, :stream_id, :topic, :topic_key, :content, :rendered,
        :sent_at, :client, :is_me, :traits)
"""
SUBSCRIBED_AMONG = """
    select user_id from subscription
    where realm_id = :realm_id and stream_id = :stream_id and is_active = 1 and user_id = any(:user_ids)
"""
SET_FLAGS = """
    insert into message_flag (realm_id, user_id, message_id, flags) values (:realm_id, :user_id, :message_id, :flags)
"""
SYSTEM_BOT = "select user_id from account where realm_id = :realm_id and is_system = 1 and email_key like :name"


class Outgoing(msgspec.Struct, frozen=True, kw_only=True):
    """A message to send, rendered. Either `stream` or `people` is given."""

    stream: int | str | None = None
    topic: str = ""
    people: list[int] | list[str] | None = None
    content: str
    rendered: Rendered
    client: str
    read_by_sender: bool = False
    queue_id: str = ""
    local_id: str = ""
    receipt: ReceiptKey | None = None


def send_message(tx: WriteTx, actor: User, message: Outgoing) -> Sent:
    """Sends, or finds that this request was sent before."""
    if message.receipt is not None:
        sent = find_receipt(tx, actor.user_id, message.receipt)
        if sent is not None:
            return sent
    realm = load_realm(tx)
    check_group_mentions(tx, actor, message.rendered)
    policy = None
    if message.stream is not None:
        target = stream_target(tx, actor, realm, message.stream, message.topic, message.rendered)
        policy = _follow_topic(tx, actor, realm, target, message.rendered)
    else:
        target = people_target(tx, actor, realm, message.people or [])
    sent = Sent(_store_and_tell(tx, actor, realm, target, message), policy)
    if message.receipt is not None:
        keep_receipt(tx, actor.user_id, message.receipt, sent)
    return sent


def check_send(tx: WriteTx, actor: User, message: Outgoing) -> tuple[str, list[User]]:
    """Raises what `send_message` would raise now, and changes nothing; the topic as it is kept, and the people."""
    realm = load_realm(tx)
    if message.stream is not None:
        return stream_target(tx, actor, realm, message.stream, message.topic, message.rendered).topic, []
    return "", access_people(tx, actor, realm, message.people or [])


def _follow_topic(tx: WriteTx, actor: User, realm: Realm, target: Target, rendered: Rendered) -> int | None:
    """What sending and being mentioned do to people's choice for the topic; the sender's new policy."""
    assert target.stream is not None
    mentioned = _mentioned(tx, target, rendered)
    if mentioned:
        follow_by_mention(tx, mentioned, realm, target.stream, target.topic)
    return follow_by_sending(tx, actor, realm, target.stream, target.topic)


def send_internal(
    tx: WriteTx,
    *,
    content: str,
    to_stream: Stream | None = None,
    topic: str = "",
    to_user_ids: list[int] | None = None,
    read_by: list[int] | None = None,
    rendered: Rendered | None = None,
) -> int:
    """A notice by the Notification Bot, not subject to permissions. It is rendered inside the transaction unless it
    already is: keep it short then."""
    sender = notification_bot(tx)
    realm = load_realm(tx)
    if to_stream is not None:
        target = Target(recipient=load_recipient(tx, to_stream.recipient_id), stream=to_stream, topic=topic)
    else:
        people = list(load_users(tx, {sender.user_id, *(to_user_ids or [])}).values())
        target = conversation_target(tx, people)
    message = Outgoing(
        content=content, rendered=rendered or render_content(tx, content, sender), client=INTERNAL_CLIENT
    )
    return _store_and_tell(tx, sender, realm, target, message, read_by=read_by or [])


def notification_bot(tx: Tx) -> User:
    """The built-in bot that speaks for the server."""
    user_id = tx.value(SYSTEM_BOT, name="notification-bot@%")
    return load_users(tx, [user_id])[user_id]


def _store_and_tell(
    tx: WriteTx, sender: User, realm: Realm, target: Target, message: Outgoing, read_by: list[int] | None = None
) -> int:
    message_id = tx.next_message_id()
    rendered, recipient = message.rendered, target.recipient
    uploads = find_carried(tx, sender, rendered.attachment_paths)
    _insert(tx, message_id, sender, target, message, carries=bool(uploads))
    index_message(tx, message_id, recipient.recipient_id, target.topic, rendered.words)
    carry(tx, message_id, uploads)
    readers = {*(read_by or []), *([sender.user_id] if message.read_by_sender else [])}
    mark_read_each(tx, {user_id: [message_id] for user_id in readers})
    muters = muters_of(tx, sender.user_id)
    if muters:
        muters &= set(load_audience(tx, recipient.audience_id))
    body = _body(tx, message_id, sender, realm, target, message)
    body.flags, body.flags_of_others = _flags(tx, target, message, message_id, readers | muters)
    widget = widget_of(message.content)
    if widget is not None:
        body.submessages = [insert_submessage(tx, message_id, sender.user_id, "widget", widget)]
    emit_body(tx, "message", body, recipient.audience_id, _public(target.stream))
    if target.stream is not None:
        count_message(tx, target.stream.stream_id)
        if target.stream.first_message_id is None:
            update_first_message(tx, target.stream)
    return message_id


def _insert(tx: WriteTx, message_id: int, sender: User, target: Target, message: Outgoing, *, carries: bool) -> None:
    rendered = message.rendered
    tx.execute(
        INSERT,
        message_id=message_id,
        sender_id=sender.user_id,
        recipient_id=target.recipient.recipient_id,
        stream_id=target.stream.stream_id if target.stream else None,
        topic=target.topic,
        topic_key=target.topic.casefold(),
        content=message.content,
        rendered=rendered.html,
        sent_at=int(tx.now),
        client=message.client,
        is_me=int(rendered.is_me_message),
        traits=message_traits(rendered, in_stream=target.stream is not None, carries=carries),
    )


def _body(tx: Tx, message_id: int, sender: User, realm: Realm, target: Target, message: Outgoing) -> MessageBody:
    """The entry of a new message, but for what differs per user."""
    return MessageBody(
        message_id=message_id,
        sender_id=sender.user_id,
        sender_email=shown_email(sender, realm),
        sender_full_name=sender.full_name,
        sender_realm=realm.host,
        avatar_url=avatar_url(sender, realm),
        avatar_is_gravatar=is_gravatar(sender, realm),
        recipient_id=target.recipient.recipient_id,
        timestamp=int(tx.now),
        client=message.client,
        stream_id=target.stream.stream_id if target.stream else None,
        stream_name=target.stream.name if target.stream else "",
        topic=target.topic,
        people=[direct_person(user, realm) for user in target.people],
        content=message.content,
        rendered=message.rendered.html,
        topic_links=TopicLinks(tx).plain(target.topic) if target.topic else [],
        is_me_message=message.rendered.is_me_message,
        queue_id=message.queue_id,
        local_id=message.local_id,
    )


def message_traits(rendered: Rendered, *, in_stream: bool, carries: bool) -> int:
    """The bits of `message.traits`; `carries` says that there are uploads behind its links."""
    return (
        bits.STREAM_WILDCARD * (rendered.stream_wildcard and in_stream)
        | bits.TOPIC_WILDCARD * (rendered.topic_wildcard and in_stream)
        | bits.HAS_LINK * rendered.has_link
        | bits.HAS_IMAGE * rendered.has_image
        | bits.HAS_ATTACHMENT * carries
    )


def direct_person(user: User, realm: Realm) -> dict[str, Any]:
    """Somebody of a direct message, as `display_recipient` shows them."""
    return {
        "id": user.user_id,
        "email": shown_email(user, realm),
        "full_name": user.full_name,
        "is_mirror_dummy": False,
    }


def _public(stream: Stream | None) -> int:
    if stream is None or stream.invite_only:
        return bits.AUDIENCE_ONLY
    return bits.WEB_PUBLIC if stream.is_web_public else bits.PUBLIC


def _flags(
    tx: WriteTx, target: Target, message: Outgoing, message_id: int, readers: set[int]
) -> tuple[dict[int, list[str]], list[str]]:
    """What differs per user, sparsely, and the flags of all others; writes the rows of the rare ones."""
    rendered = message.rendered
    own: dict[int, int] = dict.fromkeys(_mentioned(tx, target, rendered), bits.FLAG_BITS["mentioned"])
    for user_id in _alerted(tx, target, message.content):
        own[user_id] = own.get(user_id, 0) | bits.FLAG_BITS["has_alert_word"]
    if target.stream is not None and rendered.topic_wildcard:
        participants = participants_of(tx, target.recipient.recipient_id, target.topic)
        for user_id in _subscribed(tx, target.stream, participants):
            own[user_id] = own.get(user_id, 0) | bits.FLAG_BITS["topic_wildcard_mentioned"]
    if own:
        rows = [{"user_id": user_id, "message_id": message_id, "flags": flags} for user_id, flags in own.items()]
        tx.execute_many(SET_FLAGS, rows)
    everybody = bits.FLAG_BITS["stream_wildcard_mentioned"] if target.stream and rendered.stream_wildcard else 0
    flags = {
        user_id: flag_names(own.get(user_id, 0) | everybody, read=user_id in readers)
        for user_id in sorted({*own, *readers})
    }
    return flags, flag_names(everybody, read=False)


def _mentioned(tx: Tx, target: Target, rendered: Rendered) -> list[int]:
    """Of those mentioned, who receives the message."""
    mentioned = mentioned_people(tx, rendered)
    if target.stream is None:
        return [user.user_id for user in target.people if user.user_id in mentioned]
    return _subscribed(tx, target.stream, mentioned)


def _alerted(tx: Tx, target: Target, content: str) -> set[int]:
    """Of those who receive the message, whom one of their words alerts."""
    if target.stream is None:
        return alerted_users(tx, content, [user.user_id for user in target.people])
    return alerted_subscribers(tx, content, target.stream.stream_id)


def _subscribed(tx: Tx, stream: Stream, user_ids: Any) -> list[int]:
    ids = list(user_ids)
    return tx.values(SUBSCRIBED_AMONG, stream_id=stream.stream_id, user_ids=ids) if ids else []
