"""Invitations that wait to be taken up."""

from sqlalchemy import Index

from .columns import blob, integer, table, text

# Links for many and invitations by mail have ids of their own.
invite = table(
    "invite",
    integer("realm_id"),
    integer("is_multiuse"),
    integer("invite_id"),
    text("email", null=True),  # of an invitation by mail
    text("email_key", null=True),
    integer("referrer_id"),
    integer("invited_at"),
    integer("expires_at", null=True),
    integer("invite_as"),
    text("stream_ids"),  # JSON
    text("group_ids"),  # JSON
    integer("include_defaults"),
    integer("notify_referrer"),
    blob("token_digest"),  # SHA-256
    blob("token_sealed"),
    Index("invite_token", "realm_id", "token_digest"),
    Index("invite_email", "realm_id", "email_key"),
    key=("realm_id", "is_multiuse", "invite_id"),
    clustered=True,
)
