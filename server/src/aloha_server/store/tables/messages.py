"""Messages, and what each reader has of them."""

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy import text as sql

from .columns import blob, integer, real, table, text

# Messages that are looked for among all, by conditions that stand so in queries; the bits are those of
# `aloha_server.store.bits`.
SOME_MESSAGES = {
    "wildcard": "(traits & 1) <> 0",
    "link": "(traits & 4) <> 0",
    "image": "(traits & 8) <> 0",
    "attachment": "(traits & 16) <> 0",
    "resolved": "substr(topic, 1, 2) = '\N{HEAVY CHECK MARK} '",
}

message = table(
    "message",
    integer("realm_id"),
    integer("message_id"),
    integer("sender_id"),
    integer("recipient_id"),
    integer("stream_id", null=True),
    text("topic"),
    text("topic_key"),
    text("content"),
    text("rendered"),
    integer("sent_at"),
    text("client"),
    integer("is_me"),
    integer("traits"),  # bits of aloha_server.store.bits
    integer("edited_at", null=True),
    integer("moved_at", null=True),
    text("edit_history", null=True),  # JSON, newest first
    # With the sender, so that what is unread, which muting decides too, is found from the indexes alone.
    Index("message_recipient", "realm_id", "recipient_id", "message_id", "sender_id"),
    Index("message_topic", "realm_id", "recipient_id", "topic_key", "message_id", "sender_id"),
    Index("message_sender", "realm_id", "sender_id", "message_id"),
    Index("message_sent", "realm_id", "sent_at", "message_id"),
    *(
        Index(f"message_{name}", "realm_id", "message_id", sqlite_where=sql(some), postgresql_where=sql(some))
        for name, some in SOME_MESSAGES.items()
    ),
    key=("realm_id", "message_id"),
)

reaction = table(
    "reaction",
    integer("realm_id"),
    integer("message_id"),
    integer("reaction_id"),  # the order of adding
    integer("user_id"),
    text("reaction_type"),
    text("emoji_code"),
    text("emoji_name"),
    UniqueConstraint("realm_id", "message_id", "user_id", "reaction_type", "emoji_code"),
    key=("realm_id", "message_id", "reaction_id"),
    clustered=True,
)

# The steps of a message's widget; a message that has any is one.
submessage = table(
    "submessage",
    integer("realm_id"),
    integer("message_id"),
    integer("submessage_id"),  # the order of adding
    integer("sender_id"),
    text("msg_type"),
    text("content"),  # JSON, as the client wrote it
    key=("realm_id", "message_id", "submessage_id"),
    clustered=True,
)

# The rare flags of a message for one person; being read is in `read_block`.
message_flag = table(
    "message_flag",
    integer("realm_id"),
    integer("user_id"),
    integer("message_id"),
    integer("flags"),
    Index("message_flag_message", "realm_id", "message_id", "user_id"),
    key=("realm_id", "user_id", "message_id"),
    clustered=True,
)

# What somebody has read: a Roaring bitmap for each block of 65,536 message ids.
read_block = table(
    "read_block",
    integer("realm_id"),
    integer("user_id"),
    integer("block"),
    blob("bitmap"),
    key=("realm_id", "user_id", "block"),
)

# Answers of sends, kept for repetition.
send_receipt = table(
    "send_receipt",
    integer("realm_id"),
    integer("user_id"),
    text("key"),
    blob("request_digest"),
    integer("message_id"),
    integer("visibility_policy", null=True),  # the sender's new one for the topic, where sending changed it
    real("sent_at"),
    Index("send_receipt_age", "realm_id", "sent_at"),
    key=("realm_id", "user_id", "key"),
    clustered=True,
)
