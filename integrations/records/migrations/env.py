"""Run by Alembic: migrate over the connection that :mod:`integrations.records.migrations.upgrade` hands in."""

from __future__ import annotations

from alembic import context

from integrations.records.tables import METADATA

connection = context.config.attributes.get("connection")
context.configure(
    connection=connection,
    url=None if connection is not None else "sqlite://",
    target_metadata=METADATA,
    render_as_batch=True,  # SQLite alters a table by copying it
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
