"""How Alembic runs the steps: on the connection that the hall hands over.

Rule: the hall needs no `alembic.ini`. It passes its own connection, already inside a
transaction; all steps succeed or none. Without a connection Alembic writes the SQL instead of
running it (`upgrade --sql`), for an operator who applies it by hand.
"""

from __future__ import annotations

from alembic import context
from sqlalchemy.engine import Connection

from server.adapters.sql_tables import METADATA


def run() -> None:
    """Run the steps on the given connection, or write them as SQL."""
    connection = context.config.attributes.get("connection")
    if isinstance(connection, Connection):
        context.configure(connection=connection, target_metadata=METADATA)
    else:
        context.configure(
            url=context.config.get_main_option("sqlalchemy.url"),
            target_metadata=METADATA,
            literal_binds=True,
        )
    with context.begin_transaction():
        context.run_migrations()


run()
