"""People and bots."""

from sqlalchemy import Index, UniqueConstraint

from .columns import blob, integer, table, text

account = table(
    "account",
    integer("realm_id"),
    integer("user_id"),
    text("email"),  # where mail is delivered; others may see only an address made of the id
    text("email_key"),
    text("full_name"),
    text("name_key", default=""),  # the name's casefold, by which mentions find it
    integer("role"),
    integer("is_active", default=1),
    integer("bot_type", null=True),
    integer("bot_owner_id", null=True),
    integer("is_system", default=0),
    text("timezone", default=""),
    text("avatar_source", default="G"),
    integer("avatar_version", default=1),
    text("avatar_file", default=""),  # the random name of an uploaded picture, new with each
    integer("joined_at"),
    text("password_hash", null=True),
    blob("api_key_digest", null=True),  # SHA-256
    blob("api_key_sealed", null=True),
    text("settings"),  # JSON: only what differs from the realm's defaults
    text("alert_words", default="[]"),
    integer("read_floor", default=0),  # every message up to this id is read
    UniqueConstraint("realm_id", "email_key"),
    Index("account_api_key", "api_key_digest", unique=True),
    Index("account_name", "realm_id", "name_key"),
    key=("realm_id", "user_id"),
)
