"""Messages: their rows, and who can read which.

A direct message is read by its participants. A stream's messages are read by whoever may read the stream
(`streams.may_read`); where its history is protected, a subscriber reads what was sent while they were subscribed.
`READABLE` is that rule in SQL, for a message `m`, the reader `:user_id` and `:is_guest`; every query of messages for
somebody contains it. A message that one may not read is answered like one that does not exist.
"""

from collections.abc import Iterable
from typing import Any

import msgspec

from aloha.contract.errors import ApiError

from ..store import Tx
from .users import User

COLUMNS = """m.message_id, m.sender_id, m.recipient_id, m.stream_id, m.topic, m.content, m.rendered, m.sent_at,
    m.client, m.is_me, m.traits, m.edited_at, m.moved_at, m.edit_history"""
_STREAMS = """
    select s.stream_id from stream s
    left join subscription own on own.realm_id = s.realm_id and own.stream_id = s.stream_id
        and own.user_id = :user_id and own.is_active = 1
    where s.realm_id = :realm_id and
"""
# Streams of which the reader reads everything.
OPEN_STREAMS = f"""{_STREAMS} (
        s.is_web_public = 1 or (s.invite_only = 0 and :is_guest = 0)
        or (own.user_id is not null and s.history_public = 1)
    )
"""
# Streams of which the reader reads what was sent while they were subscribed.
GUARDED_STREAMS = f"{_STREAMS} s.is_web_public = 0 and own.user_id is not null and s.history_public = 0"
# The message was sent while the reader was subscribed, now or before.
RECEIVED = """exists (
    select 1 from subscription_window w where w.realm_id = m.realm_id and w.user_id = :user_id
        and w.stream_id = m.stream_id and w.first_message_id <= m.message_id
        and (w.last_message_id is null or w.last_message_id >= m.message_id)
)"""
READABLE = f"""(
    m.stream_id in ({OPEN_STREAMS})
    or (m.stream_id in ({GUARDED_STREAMS}) and {RECEIVED})
    or (m.stream_id is null and exists (
        select 1 from direct_member d
        where d.realm_id = m.realm_id and d.user_id = :user_id and d.recipient_id = m.recipient_id
    ))
)"""
ONE = f"select {COLUMNS} from message m where m.realm_id = :realm_id and m.message_id = :message_id and {READABLE}"
SOME = f"""
    select {COLUMNS} from message m
    where m.realm_id = :realm_id and m.message_id = any(:message_ids) and {READABLE} order by m.message_id
"""
SOME_IDS = f"""
    select m.message_id from message m
    where m.realm_id = :realm_id and m.message_id = any(:message_ids) and {READABLE} order by m.message_id
"""
READABLE_STREAMS = f"""
    select t.stream_id from stream t where t.realm_id = :realm_id and t.stream_id = any(:stream_ids)
        and (t.stream_id in ({OPEN_STREAMS}) or t.stream_id in ({GUARDED_STREAMS}))
"""
PEOPLE = (
    "select recipient_id, user_ids from recipient where realm_id = :realm_id and recipient_id = any(:recipient_ids)"
)


class Message(msgspec.Struct, frozen=True):
    """A row of `message`. `edit_history_json` is a list of entries, newest first."""

    message_id: int
    sender_id: int
    recipient_id: int
    stream_id: int | None
    topic: str
    content: str
    rendered: str
    sent_at: int
    client: str
    is_me: int
    traits: int
    edited_at: int | None
    moved_at: int | None
    edit_history_json: str | None

    @property
    def edit_history(self) -> list[dict[str, Any]]:
        history: list[dict[str, Any]] = msgspec.json.decode(self.edit_history_json or "[]")
        return history

    @property
    def topic_key(self) -> str:
        return self.topic.casefold()


def reader(user: User) -> dict[str, Any]:
    """The parameters of `READABLE`."""
    return {"user_id": user.user_id, "is_guest": int(user.is_guest)}


def access_message(tx: Tx, user: User, message_id: int) -> Message:
    """Raises the same error for one that does not exist and one that the user may not read."""
    message = tx.one(Message, ONE, message_id=message_id, **reader(user))
    if message is None:
        raise ApiError("Invalid message(s)")
    return message


def access_messages(tx: Tx, user: User, message_ids: Iterable[int]) -> list[Message]:
    """Those that the user can read, oldest first."""
    ids = list(message_ids)
    return tx.all(Message, SOME, message_ids=ids, **reader(user)) if ids else []


def readable_among(tx: Tx, user: User, message_ids: Iterable[int]) -> list[int]:
    """The ids that the user can read, rising."""
    ids = list(message_ids)
    return tx.values(SOME_IDS, message_ids=ids, **reader(user)) if ids else []


def people_of(tx: Tx, recipient_ids: Iterable[int]) -> dict[int, list[int]]:
    """The people of direct conversations, rising, in one query."""
    ids = list(recipient_ids)
    rows = tx.rows(PEOPLE, recipient_ids=ids) if ids else []
    return {id_: [int(user_id) for user_id in user_ids.split(",")] for id_, user_ids in rows if user_ids is not None}


def readable_stream_ids(tx: Tx, user: User, stream_ids: Iterable[int]) -> set[int]:
    """The streams of which the user reads something."""
    ids = list(stream_ids)
    return set(tx.values(READABLE_STREAMS, stream_ids=ids, **reader(user))) if ids else set()
