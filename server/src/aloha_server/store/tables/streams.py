"""Where messages go: streams with their subscriptions, and direct conversations."""

from sqlalchemy import Index, UniqueConstraint

from .columns import blob, integer, table, text

# Where messages go: a stream's subscribers or the people of a direct conversation.
recipient = table(
    "recipient",
    integer("realm_id"),
    integer("recipient_id"),
    integer("stream_id", null=True),
    text("user_ids", null=True),  # direct: the sorted ids joined by commas
    integer("audience_id"),
    UniqueConstraint("realm_id", "user_ids"),
    key=("realm_id", "recipient_id"),
    clustered=True,
)

direct_member = table(
    "direct_member",
    integer("realm_id"),
    integer("user_id"),
    integer("recipient_id"),
    key=("realm_id", "user_id", "recipient_id"),
    clustered=True,
)

stream = table(
    "stream",
    integer("realm_id"),
    integer("stream_id"),
    integer("recipient_id"),
    text("name"),
    text("name_key"),
    text("description"),
    text("rendered_description"),
    integer("created_at"),
    integer("creator_id", null=True),
    integer("invite_only"),
    integer("is_web_public"),
    integer("history_public"),
    integer("is_archived", default=0),
    integer("is_default", default=0),
    integer("message_retention_days", null=True),
    integer("first_message_id", null=True),
    text("permissions"),  # JSON: group settings by name
    UniqueConstraint("realm_id", "name_key"),
    key=("realm_id", "stream_id"),
)

subscription = table(
    "subscription",
    integer("realm_id"),
    integer("user_id"),
    integer("stream_id"),
    integer("is_active"),
    text("color"),
    integer("is_muted", default=0),
    integer("pin_to_top", default=0),
    integer("desktop_notifications", null=True),
    integer("audible_notifications", null=True),
    integer("push_notifications", null=True),
    integer("email_notifications", null=True),
    integer("wildcard_mentions_notify", null=True),
    Index("subscription_stream", "realm_id", "stream_id", "is_active", "user_id"),
    key=("realm_id", "user_id", "stream_id"),
    clustered=True,
)

# Sets of streams that people who join may choose.
default_stream_group = table(
    "default_stream_group",
    integer("realm_id"),
    integer("group_id"),
    text("name"),
    text("name_key"),
    text("description"),
    UniqueConstraint("realm_id", "name_key"),
    key=("realm_id", "group_id"),
    clustered=True,
)

default_stream_group_stream = table(
    "default_stream_group_stream",
    integer("realm_id"),
    integer("group_id"),
    integer("stream_id"),
    key=("realm_id", "group_id", "stream_id"),
    clustered=True,
)

# How many messages were sent to a stream on a day (UTC, days since the epoch), for the last weeks.
stream_traffic = table(
    "stream_traffic",
    integer("realm_id"),
    integer("stream_id"),
    integer("day"),
    integer("messages"),
    key=("realm_id", "stream_id", "day"),
    clustered=True,
)

# Addresses by which mail becomes messages of a stream; like API keys, a digest to find and the sealed secret to show.
stream_email = table(
    "stream_email",
    integer("realm_id"),
    integer("stream_id"),
    integer("user_id"),
    integer("sender_id"),
    blob("token_digest"),
    blob("token_sealed"),
    Index("stream_email_token", "realm_id", "token_digest", unique=True),
    key=("realm_id", "stream_id", "user_id", "sender_id"),
)

# The spans of message ids in which somebody was subscribed; the open one has no last id.
subscription_window = table(
    "subscription_window",
    integer("realm_id"),
    integer("user_id"),
    integer("stream_id"),
    integer("first_message_id"),
    integer("last_message_id", null=True),
    key=("realm_id", "user_id", "stream_id", "first_message_id"),
    clustered=True,
)
