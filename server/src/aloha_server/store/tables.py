"""The schema: one value per table, for both backends.

Conventions. `realm_id` leads every key. Truth values are integers 0 and 1, so that one SQL text serves SQLite
and PostgreSQL. Times are seconds since the epoch: integers where the wire shows them, floats for our own
bookkeeping. JSON is text, written and read by msgspec. Tables without big columns are clustered by their key
on SQLite (WITHOUT ROWID).
"""

from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    Float,
    Index,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
)

metadata = MetaData()


def _int(name: str, *, null: bool = False, default: int | None = None) -> Column[Any]:
    server_default = None if default is None else str(default)
    return Column(name, BigInteger, nullable=null, server_default=server_default)


def _text(name: str, *, null: bool = False, default: str | None = None) -> Column[Any]:
    return Column(name, Text, nullable=null, server_default=default)


def _blob(name: str, *, null: bool = False) -> Column[Any]:
    return Column(name, LargeBinary, nullable=null)


def _float(name: str) -> Column[Any]:
    return Column(name, Float(53), nullable=False)


def _table(name: str, *items: Any, key: tuple[str, ...], clustered: bool = False) -> Table:
    return Table(
        name,
        metadata,
        *items,
        PrimaryKeyConstraint(*key),
        sqlite_with_rowid=not clustered,
        implicit_returning=False,
    )


# What the server knows of itself: version, feature level, epoch, when it was last alive.
server_meta = _table("server_meta", _text("name"), _text("value"), key=("name",), clustered=True)

realm = _table(
    "realm",
    _int("realm_id"),
    _text("host"),  # '' answers any host
    _text("name"),
    _int("created_at"),
    _int("is_active", default=1),
    _text("settings"),  # JSON: only what differs from the defaults in aloha.contract.settings
    _text("user_defaults"),  # JSON: personal settings of new users, only what differs
    UniqueConstraint("host"),
    key=("realm_id",),
    clustered=True,
)

# The lock of a realm's writes and the head of its log: narrow, and nothing references it.
log_head = _table(
    "log_head",
    _int("realm_id"),
    _int("position"),
    _int("last_message_id"),
    _int("pruned"),  # entries at or below are gone
    _text("epoch"),  # changes when a backup is restored
    key=("realm_id",),
    clustered=True,
)

id_counter = _table(
    "id_counter", _int("realm_id"), _text("kind"), _int("last_id"), key=("realm_id", "kind"), clustered=True
)

log_entry = _table(
    "log_entry",
    _int("realm_id"),
    _int("position"),
    _text("kind"),  # the event's type; a leading underscore marks entries for processes, not people
    _int("audience_id", null=True),  # null: everybody in the realm
    _int("public"),  # aloha_server.events.entry: who beyond the audience may read it
    _float("created_at"),
    _int("format"),
    _blob("body"),
    # A catch-up learns from this index alone which entries concern a queue.
    Index("log_entry_scan", "realm_id", "position", "audience_id", "kind", "public"),
    key=("realm_id", "position"),
)

audience = _table(
    "audience",
    _int("realm_id"),
    _int("audience_id"),
    _blob("digest"),
    _blob("bitmap"),
    UniqueConstraint("realm_id", "digest"),
    key=("realm_id", "audience_id"),
)

event_queue = _table(
    "event_queue",
    _int("realm_id"),
    _text("queue_id"),
    _int("user_id"),
    _text("client"),
    _text("spec"),  # JSON: aloha_server.events.queues.QueueSpec
    _int("start"),
    _int("acknowledged"),
    _float("polled_at"),
    _float("lifespan_s"),
    Index("event_queue_user", "realm_id", "user_id"),
    key=("realm_id", "queue_id"),
    clustered=True,
)

account = _table(
    "account",
    _int("realm_id"),
    _int("user_id"),
    _text("email"),  # where mail is delivered; others may see only an address made of the id
    _text("email_key"),
    _text("full_name"),
    _text("name_key", default=""),  # the name's casefold, by which mentions find it
    _int("role"),
    _int("is_active", default=1),
    _int("bot_type", null=True),
    _int("bot_owner_id", null=True),
    _int("is_system", default=0),
    _text("timezone", default=""),
    _text("avatar_source", default="G"),
    _int("avatar_version", default=1),
    _int("joined_at"),
    _text("password_hash", null=True),
    _blob("api_key_digest", null=True),  # SHA-256
    _blob("api_key_sealed", null=True),
    _text("settings"),  # JSON: only what differs from the realm's defaults
    _text("alert_words", default="[]"),
    _int("read_floor", default=0),  # every message up to this id is read
    UniqueConstraint("realm_id", "email_key"),
    Index("account_api_key", "api_key_digest", unique=True),
    Index("account_name", "realm_id", "name_key"),
    key=("realm_id", "user_id"),
)

user_group = _table(
    "user_group",
    _int("realm_id"),
    _int("group_id"),
    _text("name"),
    _text("description"),
    _int("is_system"),
    UniqueConstraint("realm_id", "name"),
    key=("realm_id", "group_id"),
    clustered=True,
)

# Where messages go: a stream's subscribers or the people of a direct conversation.
recipient = _table(
    "recipient",
    _int("realm_id"),
    _int("recipient_id"),
    _int("stream_id", null=True),
    _text("user_ids", null=True),  # direct: the sorted ids joined by commas
    _int("audience_id"),
    UniqueConstraint("realm_id", "user_ids"),
    key=("realm_id", "recipient_id"),
    clustered=True,
)

direct_member = _table(
    "direct_member",
    _int("realm_id"),
    _int("user_id"),
    _int("recipient_id"),
    key=("realm_id", "user_id", "recipient_id"),
    clustered=True,
)

stream = _table(
    "stream",
    _int("realm_id"),
    _int("stream_id"),
    _int("recipient_id"),
    _text("name"),
    _text("name_key"),
    _text("description"),
    _text("rendered_description"),
    _int("created_at"),
    _int("creator_id", null=True),
    _int("invite_only"),
    _int("is_web_public"),
    _int("history_public"),
    _int("is_archived", default=0),
    _int("is_default", default=0),
    _int("message_retention_days", null=True),
    _int("first_message_id", null=True),
    _text("permissions"),  # JSON: group settings by name
    UniqueConstraint("realm_id", "name_key"),
    key=("realm_id", "stream_id"),
)

subscription = _table(
    "subscription",
    _int("realm_id"),
    _int("user_id"),
    _int("stream_id"),
    _int("is_active"),
    _text("color"),
    _int("is_muted", default=0),
    _int("pin_to_top", default=0),
    _int("desktop_notifications", null=True),
    _int("audible_notifications", null=True),
    _int("push_notifications", null=True),
    _int("email_notifications", null=True),
    _int("wildcard_mentions_notify", null=True),
    Index("subscription_stream", "realm_id", "stream_id", "is_active", "user_id"),
    key=("realm_id", "user_id", "stream_id"),
    clustered=True,
)

# The spans of message ids in which somebody was subscribed; the open one has no last id.
subscription_window = _table(
    "subscription_window",
    _int("realm_id"),
    _int("user_id"),
    _int("stream_id"),
    _int("first_message_id"),
    _int("last_message_id", null=True),
    key=("realm_id", "user_id", "stream_id", "first_message_id"),
    clustered=True,
)

message = _table(
    "message",
    _int("realm_id"),
    _int("message_id"),
    _int("sender_id"),
    _int("recipient_id"),
    _int("stream_id", null=True),
    _text("topic"),
    _text("topic_key"),
    _text("content"),
    _text("rendered"),
    _int("sent_at"),
    _text("client"),
    _int("is_me"),
    _int("traits"),  # bits of aloha_server.store.bits
    _int("edited_at", null=True),
    _int("moved_at", null=True),
    _text("edit_history", null=True),  # JSON, newest first
    Index("message_recipient", "realm_id", "recipient_id", "message_id"),
    Index("message_topic", "realm_id", "recipient_id", "topic_key", "message_id"),
    Index("message_sender", "realm_id", "sender_id", "message_id"),
    key=("realm_id", "message_id"),
)

reaction = _table(
    "reaction",
    _int("realm_id"),
    _int("message_id"),
    _int("reaction_id"),  # the order of adding
    _int("user_id"),
    _text("reaction_type"),
    _text("emoji_code"),
    _text("emoji_name"),
    UniqueConstraint("realm_id", "message_id", "user_id", "reaction_type", "emoji_code"),
    key=("realm_id", "message_id", "reaction_id"),
    clustered=True,
)

# The rare flags of a message for one person; being read is in `read_block`.
message_flag = _table(
    "message_flag",
    _int("realm_id"),
    _int("user_id"),
    _int("message_id"),
    _int("flags"),
    Index("message_flag_message", "realm_id", "message_id", "user_id"),
    key=("realm_id", "user_id", "message_id"),
    clustered=True,
)

# What somebody has read: a Roaring bitmap for each block of 65,536 message ids.
read_block = _table(
    "read_block",
    _int("realm_id"),
    _int("user_id"),
    _int("block"),
    _blob("bitmap"),
    key=("realm_id", "user_id", "block"),
)

# Answers of sends, kept for repetition.
send_receipt = _table(
    "send_receipt",
    _int("realm_id"),
    _int("user_id"),
    _text("key"),
    _blob("request_digest"),
    _int("message_id"),
    _float("sent_at"),
    Index("send_receipt_age", "realm_id", "sent_at"),
    key=("realm_id", "user_id", "key"),
    clustered=True,
)

realm_emoji = _table(
    "realm_emoji",
    _int("realm_id"),
    _int("emoji_id"),
    _text("name"),
    _text("file_name"),
    _int("author_id", null=True),
    _int("is_active", default=1),
    _blob("image"),
    _text("image_type"),
    key=("realm_id", "emoji_id"),
)
