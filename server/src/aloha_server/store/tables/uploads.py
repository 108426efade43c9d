"""Files that people uploaded; their content is in `aloha_server.files`."""

from sqlalchemy import Index, UniqueConstraint

from .columns import integer, table, text

attachment = table(
    "attachment",
    integer("realm_id"),
    integer("attachment_id"),
    integer("owner_id"),
    text("name"),  # as its owner called it
    text("path_id"),  # its place on the wire, below /user_uploads/
    text("content_type"),
    integer("size"),
    integer("created_at"),
    integer("width", null=True),  # of a picture that has a thumbnail
    integer("height", null=True),
    UniqueConstraint("realm_id", "path_id"),
    Index("attachment_owner", "realm_id", "owner_id"),
    key=("realm_id", "attachment_id"),
)

# Which messages carry which files.
attachment_message = table(
    "attachment_message",
    integer("realm_id"),
    integer("message_id"),
    integer("attachment_id"),
    Index("attachment_message_of", "realm_id", "attachment_id", "message_id"),
    key=("realm_id", "message_id", "attachment_id"),
    clustered=True,
)

# How many bytes all of an organization's attachments take.
upload_usage = table("upload_usage", integer("realm_id"), integer("bytes"), key=("realm_id",), clustered=True)

# Files to delete when their time has come: those that nothing refers to any more, and, until they are referred to,
# those that are being written. So a crash leaves no file behind that nobody knows of.
discarded_file = table(
    "discarded_file",
    integer("realm_id"),
    text("file_key"),
    integer("due_at"),
    Index("discarded_file_due", "realm_id", "due_at"),
    key=("realm_id", "file_key"),
    clustered=True,
)
