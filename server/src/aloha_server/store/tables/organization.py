"""Organizations and what belongs to them as a whole."""

from sqlalchemy import Index, UniqueConstraint

from .columns import blob, integer, table, text

realm = table(
    "realm",
    integer("realm_id"),
    text("host"),  # '' answers any host
    text("name"),
    integer("created_at"),
    integer("is_active", default=1),
    text("settings"),  # JSON: only what differs from the defaults in aloha.contract.settings
    integer("promoted_at", default=0),  # when it was last looked who is past the waiting period
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
    text("name_key"),  # casefolded; one active group has it
    text("description"),
    integer("is_system"),
    integer("creator_id", null=True),
    integer("created_at", null=True),
    integer("deactivated", default=0),
    text("settings", default="{}"),  # JSON: who holds each permission over the group; built-in ones have none
    Index("user_group_name", "realm_id", "name_key"),
    key=("realm_id", "group_id"),
    clustered=True,
)

# The members of built-in groups follow from roles and have no rows.
user_group_member = table(
    "user_group_member",
    integer("realm_id"),
    integer("group_id"),
    integer("user_id"),
    Index("user_group_member_user", "realm_id", "user_id"),
    key=("realm_id", "group_id", "user_id"),
    clustered=True,
)

user_group_subgroup = table(
    "user_group_subgroup",
    integer("realm_id"),
    integer("group_id"),
    integer("subgroup_id"),
    Index("user_group_subgroup_subgroup", "realm_id", "subgroup_id"),
    key=("realm_id", "group_id", "subgroup_id"),
    clustered=True,
)

realm_domain = table(
    "realm_domain",
    integer("realm_id"),
    integer("domain_id"),
    text("domain"),  # lower case
    integer("allow_subdomains", default=0),
    UniqueConstraint("realm_id", "domain"),
    key=("realm_id", "domain_id"),
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
