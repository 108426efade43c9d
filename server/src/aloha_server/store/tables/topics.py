"""Topics, which exist by their messages: what people chose for them."""

from sqlalchemy import Index

from .columns import integer, table, text

# Rows exist only where somebody muted, unmuted or followed a topic.
user_topic = table(
    "user_topic",
    integer("realm_id"),
    integer("user_id"),
    integer("stream_id"),
    text("topic_key"),
    text("topic"),
    integer("visibility_policy"),  # aloha_server.access.user_topics.Visibility
    integer("updated_at"),
    Index("user_topic_of_topic", "realm_id", "stream_id", "topic_key", "user_id"),
    key=("realm_id", "user_id", "stream_id", "topic_key"),
    clustered=True,
)
