"""The first schema: as `tables` has it until the first release, and frozen from then on."""

from alembic import op

from aloha_server.store.tables import metadata

revision = "0001"
down_revision = None


def upgrade() -> None:
    metadata.create_all(op.get_bind())


def downgrade() -> None:
    metadata.drop_all(op.get_bind())
