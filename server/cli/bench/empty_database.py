"""A PostgreSQL database of the user's own, for halls that have to have one.

Rule: it is empty when a hall is founded in it and when that hall has ended. Nothing is ever taken
out of a database in which there was something before.
"""

from __future__ import annotations

from typing import Final, Self

from sqlalchemy import Connection, Engine, create_engine, inspect, text
from sqlalchemy.exc import DBAPIError

from server.adapters.database_url import DatabaseUnfit, database_url
from server.adapters.sql_database import WAIT_SECONDS
from server.cli.bench.failure import BenchFailed

WHATEVER_IS_THERE: Final = """
    SELECT DISTINCT name FROM (
        SELECT relname AS name, relnamespace AS place FROM pg_class WHERE relkind <> 'i'
        UNION SELECT proname, pronamespace FROM pg_proc
    ) AS everything JOIN pg_namespace ON pg_namespace.oid = place
    WHERE nspname <> 'information_schema' AND nspname NOT LIKE 'pg\\_%' ORDER BY name
"""
"""Tables, views, sequences and functions, in any schema but the system's own."""

FUNCTION: Final = "entries_are_append_only"
"""What the hall makes there besides tables (`migrations/versions`)."""


class EmptyDatabase:
    """While it is entered, halls may fill it; their servers have ended when it is left."""

    def __init__(self, url: str) -> None:
        self._engine = _engine(url)

    def __enter__(self) -> Self:
        try:
            with self._engine.connect() as connection:
                found = connection.scalars(text(WHATEVER_IS_THERE)).all()
        except DBAPIError as problem:
            raise BenchFailed(f"--database cannot be used: {problem.orig}") from problem
        finally:
            self._engine.dispose()
        if found:
            raise BenchFailed(
                f"--database has something in it ({', '.join(found)}): the bench fills a "
                "database that is empty, and empties it; make one (createdb bench) and give that"
            )
        return self

    def __exit__(self, *_: object) -> None:
        try:
            with self._engine.begin() as connection:
                _empty(connection)
        except DBAPIError as problem:
            raise BenchFailed(f"--database was not emptied: {problem.orig}") from problem
        finally:
            self._engine.dispose()


def _empty(connection: Connection) -> None:
    quoted = connection.dialect.identifier_preparer.quote
    for table in inspect(connection).get_table_names():
        connection.execute(text(f"DROP TABLE {quoted(table)} CASCADE"))
    connection.execute(text(f"DROP FUNCTION IF EXISTS {FUNCTION}"))


def _engine(url: str) -> Engine:
    try:
        found = database_url(url)
    except DatabaseUnfit as unfit:
        raise BenchFailed(f"--database: {unfit}") from unfit
    if found.get_backend_name() != "postgresql":
        raise BenchFailed(
            "--database: several servers share a PostgreSQL, not a file: make an empty database "
            "(createdb bench) and give postgresql://USER@HOST/bench"
        )
    return create_engine(found, connect_args={"connect_timeout": WAIT_SECONDS})
