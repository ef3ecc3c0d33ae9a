"""Runs the migrations over the connection that `bot/database.py` hands over."""

from __future__ import annotations

from alembic import context

from bot.database import all_tables

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=all_tables(),
    render_as_batch=True,
    transactional_ddl=True,
    transaction_per_migration=False,
)
with context.begin_transaction():
    context.run_migrations()
