"""The bodies of entries that differ from what any client is sent; the rest are the event itself, ready to send.

These are stored, so fields are only ever added, with defaults: the next release reads this one's entries.
"""

from typing import Any

import msgspec


class MessageBody(msgspec.Struct, kw_only=True, omit_defaults=True):
    """A new message, with both contents and, sparsely, what differs per user."""

    message_id: int
    sender_id: int
    sender_email: str  # the address that others see
    sender_full_name: str
    sender_realm: str
    avatar_url: str
    avatar_is_gravatar: bool = False  # clients that make the URL from the address get null
    recipient_id: int
    timestamp: int
    client: str
    stream_id: int | None = None
    stream_name: str = ""
    topic: str = ""
    people: list[dict[str, Any]] = []  # of a direct message, as display_recipient shows them
    content: str
    rendered: str
    topic_links: list[dict[str, str]] = []
    is_me_message: bool = False
    submessages: list[dict[str, Any]] = []
    flags: dict[int, list[str]] = {}  # those whose flags are not `flags_of_others`
    flags_of_others: list[str] = []
    queue_id: str = ""  # the sender's, which is told `local_id`
    local_id: str = ""

    @property
    def stream_key(self) -> str:
        return self.stream_name.casefold()


class UpdateMessageBody(msgspec.Struct, kw_only=True, omit_defaults=True):
    """An edit or move: the event without what differs per user."""

    event: dict[str, Any]
    flags: dict[int, list[str]] = {}
    flags_of_others: list[str] = []


class PresenceBody(msgspec.Struct, kw_only=True, omit_defaults=True):
    """People who came online, or one who turned presence off.

    `simplified_only`, which then stands first, is for clients that are told of several at once; else the rest is the
    one person in the older form.
    """

    simplified_only: bool = False
    presences: dict[int, dict[str, int]]
    user_id: int = 0
    email: str = ""
    server_timestamp: float = 0.0
    presence: dict[str, Any] = {}


SIMPLIFIED_ONLY = b'{"simplified_only":true'


class DeleteMessageBody(msgspec.Struct, kw_only=True, omit_defaults=True):
    message_ids: list[int]
    message_type: str
    stream_id: int | None = None
    topic: str = ""


class GuestViewBody(msgspec.Struct, kw_only=True):
    """People who came into, or went out of, the view of guests who see only some people: `realm_user/add` or `remove`
    for each pair, without an entry or a copy for each. A guest is told of the people in their set but themselves."""

    views: list[bytes]  # serialized bitmaps of user ids
    view_of: dict[int, int]  # guest: index in `views`
    op: str
    people: list[dict[str, Any]]


class MutedTopicsBody(msgspec.Struct, kw_only=True, omit_defaults=True):
    """All that each of some people mutes: stream name, topic, time. Who is missing mutes nothing."""

    muted: dict[int, list[tuple[str, str, int]]] = {}
