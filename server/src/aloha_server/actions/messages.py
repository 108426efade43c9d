"""Sending messages. A send writes the same few rows for 10 and for 10,000 readers."""

from typing import Any

import msgspec

from aloha.contract.errors import ApiError
from aloha_server.markup import Rendered

from ..access.avatars import avatar_url, is_gravatar
from ..access.directory import render_content
from ..access.groups import is_in_group
from ..access.read_state import flag_names, mark_read
from ..access.realm import Realm, load_realm, realm_settings
from ..access.receipts import ReceiptKey, find_receipt, keep_receipt
from ..access.recipients import Recipient, find_conversation, load_recipient, make_conversation
from ..access.streams import Stream, access_stream, is_subscribed, may_read, may_send
from ..access.users import User, find_user_by_email, load_users, shown_email
from ..access.visibility import visible_user_ids
from ..access.wildcards import check_wildcards
from ..events.adapt import EMPTY_TOPIC_NAME
from ..events.bodies import MessageBody
from ..events.emit import emit_body
from ..store import Tx, WriteTx, bits
from .first_message import update_first_message
from .guest_view import GuestView
from .uploads import carry, find_carried

TOPIC_CHARS_MAX = 60
CONVERSATION_USERS_MAX = 100
TOPIC_PARTICIPANTS_MAX = 1000
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
TOPIC_PARTICIPANTS = """
    select distinct sender_id from message
    where realm_id = :realm_id and recipient_id = :recipient_id and topic_key = :topic_key limit :count
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


class Target(msgspec.Struct, frozen=True, kw_only=True):
    """Where a message goes, with all that was checked."""

    recipient: Recipient
    stream: Stream | None = None
    topic: str = ""
    people: list[User] = []


def send_message(tx: WriteTx, actor: User, message: Outgoing) -> int:
    """Sends, or finds that this request was sent before; the message's id."""
    if message.receipt is not None:
        sent = find_receipt(tx, actor.user_id, message.receipt)
        if sent is not None:
            return sent
    realm = load_realm(tx)
    if message.stream is not None:
        target = _stream_target(tx, actor, realm, message)
    else:
        target = _people_target(tx, actor, realm, message.people or [])
    message_id = _store_and_tell(tx, actor, realm, target, message)
    if message.receipt is not None:
        keep_receipt(tx, actor.user_id, message.receipt, message_id)
    return message_id


def send_internal(
    tx: WriteTx,
    *,
    content: str,
    to_stream: Stream | None = None,
    topic: str = "",
    to_user_ids: list[int] | None = None,
    read_by: list[int] | None = None,
) -> int:
    """A notice by the Notification Bot, rendered inside the transaction: keep it short. Not subject to permissions."""
    sender = notification_bot(tx)
    realm = load_realm(tx)
    if to_stream is not None:
        target = Target(recipient=load_recipient(tx, to_stream.recipient_id), stream=to_stream, topic=topic)
    else:
        people = list(load_users(tx, {sender.user_id, *(to_user_ids or [])}).values())
        target = _conversation(tx, people)
    rendered = render_content(tx, content, sender)
    message = Outgoing(content=content, rendered=rendered, client=INTERNAL_CLIENT)
    return _store_and_tell(tx, sender, realm, target, message, read_by=read_by or [])


def notification_bot(tx: Tx) -> User:
    """The built-in bot that speaks for the server."""
    user_id = tx.value(SYSTEM_BOT, name="notification-bot@%")
    return load_users(tx, [user_id])[user_id]


def _stream_target(tx: WriteTx, actor: User, realm: Realm, message: Outgoing) -> Target:
    assert message.stream is not None
    stream = access_stream(tx, actor, message.stream)
    subscribed = is_subscribed(tx, actor.user_id, stream.stream_id)
    if not may_read(actor, stream, subscribed=subscribed):
        raise ApiError(f"Not authorized to send to channel '{stream.name}'")
    if not may_send(tx, actor, stream, subscribed=subscribed):
        raise ApiError("You do not have permission to post in this channel.")
    recipient = load_recipient(tx, stream.recipient_id)
    settings = realm_settings(tx, realm)
    topic = check_topic(message.topic)
    if not topic and settings["mandatory_topics"]:
        raise ApiError("Topics are required in this organization.")
    check_wildcards(tx, actor, recipient, message.rendered, settings)
    return Target(recipient=recipient, stream=stream, topic=topic)


def check_topic(topic: str) -> str:
    """The topic as it is kept: the names of the empty one become empty, long ones are cut."""
    topic = topic.strip()
    if any(not character.isprintable() for character in topic):
        raise ApiError("Invalid character in topic!")
    if topic in ("(no topic)", EMPTY_TOPIC_NAME):
        return ""
    return topic if len(topic) <= TOPIC_CHARS_MAX else topic[: TOPIC_CHARS_MAX - 3] + "..."


def _people_target(tx: WriteTx, actor: User, realm: Realm, addressed: list[int] | list[str]) -> Target:
    """The people of a direct message, the sender among them."""
    if not addressed:
        raise ApiError("Message must have recipients")
    visible = visible_user_ids(tx, actor)
    people = {actor.user_id: actor}
    if all(isinstance(item, int) for item in addressed):
        found: dict[Any, User | None] = dict(load_users(tx, [int(item) for item in addressed]))
    else:
        found = {item: find_user_by_email(tx, str(item), realm) for item in addressed[: CONVERSATION_USERS_MAX + 1]}
    for item in addressed:
        user = found.get(item)
        if user is None or (visible is not None and user.user_id not in visible):
            raise ApiError(f"Invalid user ID {item}" if isinstance(item, int) else f"Invalid email '{item}'")
        if not user.is_active:
            raise ApiError(f"'{user.full_name}' is no longer using Aloha.")
        people[user.user_id] = user
    if len(people) > CONVERSATION_USERS_MAX:
        raise ApiError(f"A direct message goes to at most {CONVERSATION_USERS_MAX} people")
    _check_direct(tx, actor, list(people.values()), realm)
    return _conversation(tx, list(people.values()))


def _check_direct(tx: Tx, actor: User, people: list[User], realm: Realm) -> None:
    """Who may be part of direct messages, and who may begin a conversation; oneself and bots are always fine."""
    others = [user for user in people if user.user_id != actor.user_id and not user.is_bot]
    if not others:
        return
    settings = realm_settings(tx, realm)
    if not any(is_in_group(tx, user, settings["direct_message_permission_group"]) for user in (actor, *others)):
        raise ApiError("This conversation does not include any users who can authorize it.")
    is_new = find_conversation(tx, [user.user_id for user in people]) is None
    if is_new and not is_in_group(tx, actor, settings["direct_message_initiator_group"]):
        raise ApiError("You do not have permission to initiate direct message conversations.")


def _conversation(tx: WriteTx, people: list[User]) -> Target:
    ids = [user.user_id for user in people]
    recipient = find_conversation(tx, ids)
    if recipient is None:
        view = GuestView(tx, ids)
        recipient = make_conversation(tx, ids)
        view.emit_changes(tx)
    return Target(recipient=recipient, people=sorted(people, key=lambda user: user.user_id))


def _store_and_tell(
    tx: WriteTx, sender: User, realm: Realm, target: Target, message: Outgoing, read_by: list[int] | None = None
) -> int:
    message_id = tx.next_message_id()
    rendered = message.rendered
    uploads = find_carried(tx, sender, rendered.attachment_paths)
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
        traits=message_traits(rendered, in_stream=target.stream is not None, carries=bool(uploads)),
    )
    carry(tx, message_id, uploads)
    readers = [*(read_by or []), *([sender.user_id] if message.read_by_sender else [])]
    for user_id in readers:
        mark_read(tx, user_id, [message_id])
    flags, others = _flags(tx, target, rendered, message_id, readers)
    body = MessageBody(
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
        rendered=rendered.html,
        is_me_message=rendered.is_me_message,
        flags=flags,
        flags_of_others=others,
        queue_id=message.queue_id,
        local_id=message.local_id,
    )
    emit_body(tx, "message", body, target.recipient.audience_id, _public(target.stream))
    if target.stream is not None and target.stream.first_message_id is None:
        update_first_message(tx, target.stream)
    return message_id


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
    tx: WriteTx, target: Target, rendered: Rendered, message_id: int, readers: list[int]
) -> tuple[dict[int, list[str]], list[str]]:
    """What differs per user, sparsely, and the flags of all others; writes the rows of the rare ones."""
    own: dict[int, int] = dict.fromkeys(_mentioned(tx, target, rendered), bits.FLAG_BITS["mentioned"])
    if target.stream is not None and rendered.topic_wildcard:
        for user_id in _participants(tx, target):
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
    if target.stream is None:
        return [user.user_id for user in target.people if user.user_id in rendered.mentioned_user_ids]
    return _subscribed(tx, target.stream, rendered.mentioned_user_ids)


def _participants(tx: Tx, target: Target) -> list[int]:
    """Subscribers who wrote in the topic before."""
    assert target.stream is not None
    senders = tx.values(
        TOPIC_PARTICIPANTS,
        recipient_id=target.recipient.recipient_id,
        topic_key=target.topic.casefold(),
        count=TOPIC_PARTICIPANTS_MAX,
    )
    return _subscribed(tx, target.stream, senders)


def _subscribed(tx: Tx, stream: Stream, user_ids: Any) -> list[int]:
    ids = list(user_ids)
    return tx.values(SUBSCRIBED_AMONG, stream_id=stream.stream_id, user_ids=ids) if ids else []
