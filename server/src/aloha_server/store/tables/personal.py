"""What people keep for themselves: drafts, snippets, messages for later, reminders, dismissed hints."""

from sqlalchemy import Index

from .columns import integer, table, text

draft = table(
    "draft",
    integer("realm_id"),
    integer("user_id"),
    integer("draft_id"),
    text("type"),
    text("recipients"),  # JSON: a stream's id as the only element, or user ids
    text("topic"),
    text("content"),
    integer("edited_at"),
    key=("realm_id", "user_id", "draft_id"),
)

saved_snippet = table(
    "saved_snippet",
    integer("realm_id"),
    integer("user_id"),
    integer("snippet_id"),
    text("title"),
    text("content"),
    integer("created_at"),
    key=("realm_id", "user_id", "snippet_id"),
)

# Deleted in the transaction that sends the message: a row is a message that was not sent.
scheduled_message = table(
    "scheduled_message",
    integer("realm_id"),
    integer("scheduled_id"),
    integer("user_id"),
    integer("stream_id", null=True),
    text("people"),  # JSON: user ids; empty for a stream
    text("topic"),
    text("content"),
    text("rendered"),  # as it was when scheduled, for show; it is rendered anew when sent
    text("client"),
    integer("read_by_sender"),
    integer("due_at"),
    integer("failed", default=0),
    Index("scheduled_message_due", "failed", "due_at", "realm_id", "scheduled_id"),
    Index("scheduled_message_user", "realm_id", "user_id"),
    key=("realm_id", "scheduled_id"),
)

# Deleted in the transaction that reminds.
reminder = table(
    "reminder",
    integer("realm_id"),
    integer("reminder_id"),
    integer("user_id"),
    integer("message_id"),
    text("note"),
    text("content"),  # as it was when set, for show
    text("rendered"),
    integer("due_at"),
    Index("reminder_due", "due_at", "realm_id", "reminder_id"),
    Index("reminder_user", "realm_id", "user_id"),
    key=("realm_id", "reminder_id"),
)

onboarding_step = table(
    "onboarding_step",
    integer("realm_id"),
    integer("user_id"),
    text("name"),
    key=("realm_id", "user_id", "name"),
    clustered=True,
)
