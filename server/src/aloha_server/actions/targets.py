"""Where a message may go: a topic of a stream, or a direct conversation. Raises ApiError for what may not be."""

import msgspec

from aloha.contract.errors import ApiError
from aloha_server.markup import Rendered

from ..access.groups import is_in_group
from ..access.principals import find_named
from ..access.realm import Realm, realm_settings
from ..access.recipients import Recipient, find_conversation, load_recipient, make_conversation
from ..access.streams import Stream, find_stream, is_subscribed, may_know, may_read, may_send, no_such_stream
from ..access.topics import check_may_begin, check_topic
from ..access.users import User, find_user
from ..access.wildcards import check_wildcards
from ..store import Tx, WriteTx
from .guest_view import GuestView

CONVERSATION_USERS_MAX = 100

_TOO_MANY = f"A direct message goes to at most {CONVERSATION_USERS_MAX} people"


class Target(msgspec.Struct, frozen=True, kw_only=True):
    """Where a message goes, with all that was checked."""

    recipient: Recipient
    stream: Stream | None = None
    topic: str = ""
    people: list[User] = []


def stream_target(tx: WriteTx, actor: User, realm: Realm, where: int | str, topic: str, rendered: Rendered) -> Target:
    stream = access_sending_stream(tx, actor, where)
    recipient = load_recipient(tx, stream.recipient_id)
    settings = realm_settings(tx, realm)
    topic = check_topic(topic)
    if not topic and settings["mandatory_topics"]:
        raise ApiError("Topics are required in this organization.")
    check_may_begin(tx, actor, stream, topic)
    check_wildcards(tx, actor, recipient, topic, rendered, settings)
    return Target(recipient=recipient, stream=stream, topic=topic)


def access_sending_stream(tx: Tx, actor: User, where: int | str) -> Stream:
    """A stream in which the actor may post. A bot may where its owner may."""
    owner = None if actor.bot_owner_id is None else find_user(tx, actor.bot_owner_id)
    senders = [actor] if owner is None or not owner.is_active else [actor, owner]
    stream = find_stream(tx, where)
    if stream is None:
        raise no_such_stream(where)
    subscribed = {user.user_id: is_subscribed(tx, user.user_id, stream.stream_id) for user in senders}
    if not any(may_know(tx, user, stream, subscribed=subscribed[user.user_id]) for user in senders):
        raise no_such_stream(where)
    if not any(may_read(user, stream, subscribed=subscribed[user.user_id]) for user in senders):
        raise ApiError(f"Not authorized to send to channel '{stream.name}'")
    if not any(may_send(tx, user, stream, subscribed=subscribed[user.user_id]) for user in senders):
        raise ApiError("You do not have permission to post in this channel.")
    return stream


def people_target(tx: WriteTx, actor: User, realm: Realm, addressed: list[int] | list[str]) -> Target:
    """The people of a direct message, the sender among them."""
    if not addressed:
        raise ApiError("Message must have recipients")
    if len(addressed) > CONVERSATION_USERS_MAX:
        raise ApiError(_TOO_MANY)
    people = {actor.user_id: actor}
    found = find_named(tx, actor, addressed)
    for item in addressed:
        user = found.get(item)
        if user is None:
            raise ApiError(f"Invalid user ID {item}" if isinstance(item, int) else f"Invalid email '{item}'")
        if not user.is_active:
            raise ApiError(f"'{user.full_name}' is no longer using Aloha.")
        people[user.user_id] = user
    if len(people) > CONVERSATION_USERS_MAX:
        raise ApiError(_TOO_MANY)
    _check_direct(tx, actor, list(people.values()), realm)
    return conversation_target(tx, list(people.values()))


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


def conversation_target(tx: WriteTx, people: list[User]) -> Target:
    ids = [user.user_id for user in people]
    recipient = find_conversation(tx, ids)
    if recipient is None:
        view = GuestView(tx, ids)
        recipient = make_conversation(tx, ids)
        view.emit_changes(tx)
    return Target(recipient=recipient, people=sorted(people, key=lambda user: user.user_id))
