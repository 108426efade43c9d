"""The server, the log and its queues."""

from sqlalchemy import Index, UniqueConstraint

from .columns import blob, integer, real, table, text

# What the server knows of itself: version, feature level, epoch, when it was last alive.
server_meta = table("server_meta", text("name"), text("value"), key=("name",), clustered=True)

# The lock of a realm's writes and the head of its log: narrow, and nothing references it.
log_head = table(
    "log_head",
    integer("realm_id"),
    integer("position"),
    integer("last_message_id"),
    integer("pruned"),  # entries at or below are gone
    text("epoch"),  # changes when a backup is restored
    key=("realm_id",),
    clustered=True,
)

id_counter = table(
    "id_counter", integer("realm_id"), text("kind"), integer("last_id"), key=("realm_id", "kind"), clustered=True
)

log_entry = table(
    "log_entry",
    integer("realm_id"),
    integer("position"),
    text("kind"),  # the event's type; a leading underscore marks entries for processes, not people
    integer("audience_id", null=True),  # null: everybody in the realm
    integer("public"),  # aloha_server.events.entry: who beyond the audience may read it
    real("created_at"),
    integer("format"),
    blob("body"),
    # A catch-up learns from this index alone which entries concern a queue.
    Index("log_entry_scan", "realm_id", "position", "audience_id", "kind", "public"),
    key=("realm_id", "position"),
)

audience = table(
    "audience",
    integer("realm_id"),
    integer("audience_id"),
    blob("digest"),
    blob("bitmap"),
    UniqueConstraint("realm_id", "digest"),
    key=("realm_id", "audience_id"),
)

event_queue = table(
    "event_queue",
    integer("realm_id"),
    text("queue_id"),
    integer("user_id"),
    text("client"),
    text("spec"),  # JSON: aloha_server.events.queues.QueueSpec
    integer("start"),
    integer("acknowledged"),
    real("polled_at"),
    real("lifespan_s"),
    Index("event_queue_user", "realm_id", "user_id"),
    key=("realm_id", "queue_id"),
    clustered=True,
)
