"""Which messages somebody may move where.

To mark a topic as resolved is to move it to the same name with a check mark before it; it has a permission of its
own and no time limit.
"""

from typing import Any, Literal

import msgspec

from aloha.contract.errors import ApiError

from ..access.groups import is_in_group, may
from ..access.linkifiers import TopicLinks
from ..access.messages import READABLE, Message, reader
from ..access.posting import check_may_begin_topic, check_may_post
from ..access.streams import Stream, access_stream
from ..access.topics import check_topic
from ..access.users import Role, User
from ..store import Tx

RESOLVED = "\N{HEAVY CHECK MARK} "
MOVED_MAX = 50_000  # messages in one move
EDIT_GRACE_S = 20  # for requests that set out in time
IN_TOPIC = f"""
    select m.message_id, m.sent_at from message m
    where m.realm_id = :realm_id and m.recipient_id = :recipient_id and m.topic_key = :topic_key
        and m.message_id >= :first and {READABLE}
    order by m.message_id limit :count
"""


class Edit(msgspec.Struct, frozen=True, kw_only=True):
    """What was asked for beside a new text; None where it was not."""

    topic: str | None = None
    stream_id: int | None = None
    propagate_mode: Literal["change_one", "change_later", "change_all"] = "change_one"
    notify_old_thread: bool = False
    notify_new_thread: bool = True


class Move(msgspec.Struct, frozen=True, kw_only=True):
    """A move that is allowed. `target` is another stream; `resolves` whether the topic becomes resolved, or no more."""

    message_ids: list[int]  # rising
    topic: str  # of the message from which the move began; the others keep theirs unless the move `renames`
    propagate_mode: str
    renames: bool
    target: Stream | None = None
    resolves: bool | None = None
    whole_topic: bool = False  # nothing stays behind that the actor can read
    topic_links: list[dict[str, str]] = []

    @property
    def only_resolves(self) -> bool:
        return self.resolves is not None and self.target is None

    def fields(self, message: Message) -> dict[str, Any]:
        """Of the event."""
        fields: dict[str, Any] = {"propagate_mode": self.propagate_mode, "orig_subject": message.topic}
        if self.renames:
            fields |= {"subject": self.topic, "topic_links": self.topic_links}
        if self.target is not None:
            fields |= {"new_stream_id": self.target.stream_id}
        return fields


def plan_move(
    tx: Tx, actor: User, message: Message, stream: Stream | None, edit: Edit, settings: dict[str, Any]
) -> Move | None:
    """The move that is asked for, None if the messages are there already. Raises ApiError."""
    if edit.topic is None and edit.stream_id is None:
        if edit.propagate_mode != "change_one":
            raise ApiError("Invalid propagate_mode without topic edit")
        return None
    if stream is None:
        raise ApiError("Direct messages cannot be moved to channels." if edit.stream_id else _NO_TOPICS)
    topic = message.topic if edit.topic is None else check_topic(edit.topic)
    target = None
    if edit.stream_id is not None and edit.stream_id != stream.stream_id:
        target = access_stream(tx, actor, edit.stream_id, read=True)
    if topic == message.topic and target is None:
        return None
    if not topic and settings["mandatory_topics"]:
        raise ApiError("Topics are required in this organization.")
    move = Move(
        message_ids=[message.message_id],
        topic=topic,
        propagate_mode=edit.propagate_mode,
        renames=topic != message.topic,
        target=target,
        resolves=_resolves(message.topic, topic),
        topic_links=TopicLinks(tx).plain(topic),
    )
    _check_permissions(tx, actor, stream, move, settings)
    return _with_messages(tx, actor, message, move, _limit_s(actor, move, settings))


_NO_TOPICS = "Direct messages cannot have topics."


def _resolves(before: str, after: str) -> bool | None:
    """Whether only the mark of a resolved topic is put or taken away; a long name is cut to make room for it."""
    if not before.startswith(RESOLVED) and after == check_topic(RESOLVED + before):
        return True
    if before.startswith(RESOLVED) and after == before.lstrip(RESOLVED):
        return False
    return None


def _check_permissions(tx: Tx, actor: User, stream: Stream, move: Move, settings: dict[str, Any]) -> None:
    if move.resolves is not None:
        if not is_in_group(tx, actor, settings["can_resolve_topics_group"]):
            raise ApiError("You don't have permission to resolve topics.")
    elif move.renames and not is_in_group(tx, actor, settings["can_move_messages_between_topics_group"]):
        raise ApiError("You don't have permission to edit this message")
    if move.target is not None:
        if not may(tx, actor, "can_move_messages_between_channels_group"):
            raise ApiError("You don't have permission to move this message")
        check_may_post(tx, actor, move.target)
    check_may_begin_topic(tx, actor, move.target or stream, move.topic)


def _limit_s(actor: User, move: Move, settings: dict[str, Any]) -> float | None:
    """How old a message may be to be moved so; None without end."""
    if actor.role <= Role.MODERATOR:
        return None
    limits = []
    if move.renames and move.resolves is None:
        limits.append(settings["move_messages_within_stream_limit_seconds"])
    if move.target is not None:
        limits.append(settings["move_messages_between_streams_limit_seconds"])
    return min((limit for limit in limits if limit is not None), default=None)


def _with_messages(tx: Tx, actor: User, message: Message, move: Move, limit_s: float | None) -> Move:
    """The messages that move: those that the actor can read."""
    oldest = None if limit_s is None else tx.now - limit_s - EDIT_GRACE_S
    if oldest is not None and message.sent_at < oldest:
        what = "topic" if move.target is None else "channel"
        raise ApiError(f"The time limit for editing this message's {what} has passed.")
    topic = {"recipient_id": message.recipient_id, "topic_key": message.topic_key}
    first = message.message_id if move.propagate_mode == "change_later" else 0
    count = 2 if move.propagate_mode == "change_one" else MOVED_MAX + 1
    found = tx.rows(IN_TOPIC, **topic, first=first, count=count, **reader(actor))
    if move.propagate_mode == "change_one":
        return msgspec.structs.replace(move, whole_topic=[id_ for id_, _ in found] == [message.message_id])
    if len(found) > MOVED_MAX:
        raise ApiError(f"At most {MOVED_MAX} messages can be moved at once.")
    allowed = [message_id for message_id, sent_at in found if oldest is None or sent_at >= oldest]
    if len(allowed) < len(found):
        raise ApiError(
            "You only have permission to move some of the messages in this topic.",
            code="MOVE_MESSAGES_TIME_LIMIT_EXCEEDED",
            first_message_id_allowed_to_move=allowed[0],
            total_messages_in_topic=len(found),
            total_messages_allowed_to_move=len(allowed),
        )
    before = tx.rows(IN_TOPIC, **topic, first=0, count=1, **reader(actor))
    return msgspec.structs.replace(move, message_ids=allowed, whole_topic=before[0][0] == allowed[0])
