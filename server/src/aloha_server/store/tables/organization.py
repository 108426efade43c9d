"""Organizations and what belongs to them as a whole."""

from sqlalchemy import UniqueConstraint

from .columns import blob, integer, table, text

realm = table(
    "realm",
    integer("realm_id"),
    text("host"),  # '' answers any host
    text("name"),
    integer("created_at"),
    integer("is_active", default=1),
    text("settings"),  # JSON: only what differs from the defaults in aloha.contract.settings
    text("user_defaults"),  # JSON: personal settings of new users, only what differs
    UniqueConstraint("host"),
    key=("realm_id",),
    clustered=True,
)

user_group = table(
    "user_group",
    integer("realm_id"),
    integer("group_id"),
    text("name"),
    text("description"),
    integer("is_system"),
    UniqueConstraint("realm_id", "name"),
    key=("realm_id", "group_id"),
    clustered=True,
)

realm_emoji = table(
    "realm_emoji",
    integer("realm_id"),
    integer("emoji_id"),
    text("name"),
    text("file_name"),
    integer("author_id", null=True),
    integer("is_active", default=1),
    blob("image"),
    text("image_type"),
    key=("realm_id", "emoji_id"),
)
