"""Alembic's entry: always online, on the connection that `migrate` hands over."""

from alembic import context

from aloha_server.store.tables import metadata

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=metadata, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
