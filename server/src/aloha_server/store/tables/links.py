"""The organization's rules that make links, and the sites where code can be run."""

from sqlalchemy import UniqueConstraint

from .columns import integer, table, text

linkifier = table(
    "linkifier",
    integer("realm_id"),
    integer("linkifier_id"),
    integer("place"),  # of two that match, the one with the lower place wins
    text("pattern"),
    text("url_template"),
    UniqueConstraint("realm_id", "pattern"),
    key=("realm_id", "linkifier_id"),
    clustered=True,
)

playground = table(
    "playground",
    integer("realm_id"),
    integer("playground_id"),
    text("name"),
    text("pygments_language"),
    text("url_template"),
    UniqueConstraint("realm_id", "pygments_language", "name"),
    key=("realm_id", "playground_id"),
    clustered=True,
)
