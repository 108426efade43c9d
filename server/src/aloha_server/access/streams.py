"""Streams: their rows, and who may know of, read, write to and administer each.

A public stream is open to members; guests know of it only while subscribed, unless it is web-public. A private
one is known to its subscribers, to administrators and to those whom its permissions let administer it, join it or add
others; only subscribers read it. With protected history a subscriber
reads what was sent while subscribed.
"""

from collections.abc import Iterable
from typing import Any

import msgspec

from aloha.contract.errors import ApiError

from ..store import Tx
from .groups import admits, groups_of
from .users import User

COLUMNS = """stream_id, recipient_id, name, description, rendered_description, created_at, creator_id, invite_only,
    is_web_public, history_public, is_archived, is_default, message_retention_days, first_message_id, permissions"""
ONE = f"select {COLUMNS} from stream where realm_id = :realm_id and stream_id = :stream_id"
NAMED = f"select {COLUMNS} from stream where realm_id = :realm_id and name_key = :name_key"
SOME_NAMED = f"select {COLUMNS} from stream where realm_id = :realm_id and name_key = any(:name_keys)"
EVERY = f"select {COLUMNS} from stream where realm_id = :realm_id order by stream_id"
IS_SUBSCRIBED = """
    select 1 from subscription
    where realm_id = :realm_id and user_id = :user_id and stream_id = :stream_id and is_active = 1
"""
SUBSCRIBED_IDS = (
    "select stream_id from subscription where realm_id = :realm_id and user_id = :user_id and is_active = 1"
)
SUBSCRIBER_IDS = """
    select s.user_id from subscription s
    join account a on a.realm_id = s.realm_id and a.user_id = s.user_id and a.is_active = 1
    where s.realm_id = :realm_id and s.stream_id = :stream_id and s.is_active = 1 order by s.user_id
"""
JOINING_PERMISSIONS = ("can_add_subscribers_group", "can_subscribe_group")
MANAGING_PERMISSIONS = ("can_administer_channel_group",)
# Who holds one of these knows of a private stream; guests excepted.
KNOWING_PERMISSIONS = (*JOINING_PERMISSIONS, *MANAGING_PERMISSIONS)


class Stream(msgspec.Struct, frozen=True):
    """A row of `stream`."""

    stream_id: int
    recipient_id: int
    name: str
    description: str
    rendered_description: str
    created_at: int
    creator_id: int | None
    invite_only: int
    is_web_public: int
    history_public: int
    is_archived: int
    is_default: int
    message_retention_days: int | None
    first_message_id: int | None
    permissions_json: str

    @property
    def permissions(self) -> dict[str, Any]:
        """Group settings by name, such as `can_send_message_group`."""
        permissions: dict[str, Any] = msgspec.json.decode(self.permissions_json)
        return permissions


def no_such_stream(name: str | int) -> ApiError:
    """The same whether it does not exist or may not be known."""
    if isinstance(name, int):
        return ApiError("Invalid channel ID")
    return ApiError(f"Channel '{name}' does not exist", code="STREAM_DOES_NOT_EXIST", stream=name)


def find_stream(tx: Tx, stream: int | str) -> Stream | None:
    """By id or, whatever the case of its letters, by name."""
    if isinstance(stream, int):
        return tx.one(Stream, ONE, stream_id=stream)
    return tx.one(Stream, NAMED, name_key=stream.strip().casefold())


def find_streams_named(tx: Tx, names: Iterable[str]) -> dict[str, Stream]:
    """By casefolded name, in one query."""
    keys = [name.strip().casefold() for name in names]
    return {stream.name.casefold(): stream for stream in tx.all(Stream, SOME_NAMED, name_keys=keys)} if keys else {}


def load_all_streams(tx: Tx) -> list[Stream]:
    return tx.all(Stream, EVERY)


def is_subscribed(tx: Tx, user_id: int, stream_id: int) -> bool:
    return tx.value(IS_SUBSCRIBED, user_id=user_id, stream_id=stream_id) is not None


def subscribed_stream_ids(tx: Tx, user_id: int) -> set[int]:
    return set(tx.values(SUBSCRIBED_IDS, user_id=user_id))


def subscriber_ids(tx: Tx, stream_id: int) -> list[int]:
    """Active accounts only."""
    return tx.values(SUBSCRIBER_IDS, stream_id=stream_id)


def may_know(tx: Tx, user: User, stream: Stream, *, subscribed: bool) -> bool:
    """Whether the user may know that the stream exists, and its name and description."""
    if stream.is_web_public or subscribed:
        return True
    if user.is_guest or not stream.invite_only or user.is_admin:
        return not user.is_guest
    own, permissions = groups_of(tx, user), stream.permissions
    return any(admits(permissions[name], user.user_id, own) for name in KNOWING_PERMISSIONS)


def may_read(user: User, stream: Stream, *, subscribed: bool) -> bool:
    """Whether the user may read the stream's messages (with protected history: those of their windows)."""
    return bool(subscribed or stream.is_web_public or (not stream.invite_only and not user.is_guest))


def access_stream(tx: Tx, user: User, stream: int | str, *, read: bool = False) -> Stream:
    """The stream if the user may know of it (`read`: read its messages); else the error of one that is not there."""
    found = find_stream(tx, stream)
    if found is None:
        raise no_such_stream(stream)
    subscribed = is_subscribed(tx, user.user_id, found.stream_id)
    allowed = may_read(user, found, subscribed=subscribed) if read else may_know(tx, user, found, subscribed=subscribed)
    if not allowed:
        raise no_such_stream(stream)
    return found
