"""Run by alembic: migrations go over the connection that opened the workspace."""

from __future__ import annotations

from alembic import context

from dashboard.store.schema import METADATA

context.configure(connection=context.config.attributes["connection"], target_metadata=METADATA, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
