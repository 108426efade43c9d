"""People and bots."""

from sqlalchemy import Index, UniqueConstraint

from .columns import blob, integer, real, table, text

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
    integer("read_floor", default=0),  # every message up to this id is read
    UniqueConstraint("realm_id", "email_key"),
    Index("account_api_key", "api_key_digest", unique=True),
    Index("account_name", "realm_id", "name_key"),
    key=("realm_id", "user_id"),
)

alert_word = table(
    "alert_word",
    integer("realm_id"),
    integer("user_id"),
    integer("place"),  # the order of adding
    text("word"),
    text("word_key"),  # casefolded
    text("token"),  # the first of the word's tokens: aloha_server.access.alert_words
    Index("alert_word_user", "realm_id", "user_id", "place"),
    key=("realm_id", "token", "user_id", "place"),
    clustered=True,
)

muted_user = table(
    "muted_user",
    integer("realm_id"),
    integer("user_id"),
    integer("muted_id"),
    integer("muted_at"),
    Index("muted_user_muted", "realm_id", "muted_id", "user_id"),
    key=("realm_id", "user_id", "muted_id"),
    clustered=True,
)

user_status = table(
    "user_status",
    integer("realm_id"),
    integer("user_id"),
    integer("away"),  # as an older client set it
    text("status_text"),
    text("emoji_name"),
    text("emoji_code"),
    text("reaction_type"),
    key=("realm_id", "user_id"),
    clustered=True,
)

# Written in batches from what processes hold in memory: aloha_server.access.presence.
presence = table(
    "presence",
    integer("realm_id"),
    integer("user_id"),
    integer("update_id"),
    integer("active_at", null=True),
    integer("connected_at"),
    real("written_at"),
    Index("presence_written", "realm_id", "written_at"),
    key=("realm_id", "user_id"),
    clustered=True,
)

profile_field = table(
    "profile_field",
    integer("realm_id"),
    integer("field_id"),
    integer("place"),
    integer("type"),
    text("name"),
    text("hint"),
    text("field_data"),  # JSON, or empty
    integer("in_summary"),
    integer("required"),
    integer("editable_by_user"),
    key=("realm_id", "field_id"),
    clustered=True,
)

profile_value = table(
    "profile_value",
    integer("realm_id"),
    integer("user_id"),
    integer("field_id"),
    text("value"),
    text("rendered", null=True),  # HTML, of fields of text
    key=("realm_id", "user_id", "field_id"),
    clustered=True,
)
