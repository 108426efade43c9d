"""Where a message may go: a topic of a stream, or a direct conversation. Raises ApiError for what may not be."""

import msgspec

from aloha.contract.errors import ApiError
from aloha_server.markup import Rendered

from ..access.groups import is_in_group
from ..access.posting import access_stream_to_post, check_may_begin_topic
from ..access.principals import find_named
from ..access.realm import Realm, realm_settings
from ..access.recipients import Recipient, find_conversation, load_recipient, make_conversation
from ..access.roster import load_roster
from ..access.streams import Stream
from ..access.topics import check_topic
from ..access.users import User
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
    stream = access_stream_to_post(tx, actor, where)
    recipient = load_recipient(tx, stream.recipient_id)
    settings = realm_settings(tx, realm)
    topic = check_topic(topic)
    if not topic and settings["mandatory_topics"]:
        raise ApiError("Topics are required in this organization.")
    check_may_begin_topic(tx, actor, stream, topic)
    check_wildcards(tx, actor, recipient, topic, rendered, settings)
    return Target(recipient=recipient, stream=stream, topic=topic)


def people_target(tx: WriteTx, actor: User, realm: Realm, addressed: list[int] | list[str]) -> Target:
    return conversation_target(tx, access_people(tx, actor, realm, addressed))


def access_people(tx: Tx, actor: User, realm: Realm, addressed: list[int] | list[str]) -> list[User]:
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
    return list(people.values())


def _check_direct(tx: Tx, actor: User, people: list[User], realm: Realm) -> None:
    """Who may be part of direct messages, and who may begin a conversation; oneself and bots are always fine."""
    others = [user for user in people if user.user_id != actor.user_id and not user.is_bot]
    if not others:
        return
    settings = realm_settings(tx, realm)
    roster = load_roster(tx, [actor.user_id, *(user.user_id for user in others)])
    if not roster.holders(settings["direct_message_permission_group"]):
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
