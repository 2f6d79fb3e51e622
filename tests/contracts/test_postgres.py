"""What only a PostgreSQL server can show: settings, several servers, and its death."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError

from server.adapters.database_url import DatabaseUnfit
from server.adapters.sql_credentials import SqlCredentials
from server.adapters.sql_database import open_database
from server.adapters.sql_journal import SqlJournal
from server.adapters.sql_tables import METADATA
from server.ports import Appended, StoreUnavailable
from server.record.entry import GENESIS
from tests.contracts.sql_stores import (
    postgres_server,
    postgres_url,
    server_folder,
    started,
    wait_until_ready,
)
from tests.contracts.test_journal import entry, head_of

__all__ = ["postgres_server", "postgres_url"]

pytestmark = pytest.mark.postgres


@pytest.fixture
def postgres_folder() -> Iterator[Path]:
    with server_folder() as folder:
        yield folder


async def test_two_servers_may_start_at_once_on_an_empty_database(postgres_url: str) -> None:
    first, second = await asyncio.gather(open_database(postgres_url), open_database(postgres_url))
    await SqlJournal(first).append([entry(GENESIS)])
    assert (await SqlJournal(second).head()).seq == 1
    await first.close()
    await second.close()


async def test_the_migrations_make_the_tables_that_the_queries_use(postgres_url: str) -> None:
    def differences(connection: Connection) -> list[object]:
        return list(compare_metadata(MigrationContext.configure(connection), METADATA))

    database = await open_database(postgres_url)
    async with database.reading() as connection:
        assert await connection.run_sync(differences) == []
    await database.close()


async def test_a_commit_waits_for_the_disk_even_where_the_server_would_not(
    postgres_url: str,
) -> None:
    name = postgres_url.partition("?")[0].rsplit("/", 1)[1]
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        connection.execute(f"ALTER DATABASE {name} SET synchronous_commit TO off".encode())
    database = await open_database(postgres_url)
    async with database.writing() as transaction:
        assert (await transaction.execute(text("SHOW synchronous_commit"))).scalar_one() == "on"
    await database.close()


async def test_a_server_without_a_standby_is_named(
    postgres_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    database = await open_database(postgres_url)
    await database.close()
    assert "synchronous_standby_names" in caplog.text


async def test_the_journal_refuses_to_be_changed_by_hand(postgres_url: str) -> None:
    database = await open_database(postgres_url)
    await SqlJournal(database).append([entry(GENESIS)])
    for statement in ("UPDATE entries SET hash = 'x'", "DELETE FROM entries"):
        with pytest.raises(DBAPIError, match="append-only"):
            async with database.writing() as connection:
                await connection.execute(text(statement))
    await database.close()


async def test_a_server_that_dies_is_an_outage_and_comes_back_with_its_data(
    postgres_folder: Path,
) -> None:
    directory = postgres_folder
    server = started(directory)
    database = await open_database(server.get_uri())
    journal = SqlJournal(database)
    first = entry(GENESIS)
    await journal.append([first])
    # An immediate shutdown is a crash: nothing is flushed, the next start recovers.
    os.kill(server.get_postmaster_info().pid, signal.SIGQUIT)
    _wait_until_gone(directory / "postmaster.pid")
    with pytest.raises(StoreUnavailable):
        await journal.append([entry(head_of(first))])
    with pytest.raises(StoreUnavailable):
        await SqlCredentials(database).bearer("t", 0)
    wait_until_ready(server)
    assert await journal.read() == (first,)
    await database.close()
    server.cleanup()


async def test_a_server_without_fsync_is_refused(postgres_folder: Path) -> None:
    with started(postgres_folder) as server:
        with psycopg.connect(server.get_uri(), autocommit=True) as connection:
            connection.execute("ALTER SYSTEM SET fsync TO off")
            connection.execute("SELECT pg_reload_conf()")
        _wait_for_setting(server.get_uri(), "fsync", "off")
        with pytest.raises(DatabaseUnfit, match="set fsync=on"):
            await open_database(server.get_uri())


def _wait_until_gone(path: Path) -> None:
    """The postmaster takes its file away as the last thing it does."""
    while path.exists():
        time.sleep(0.05)


def _wait_for_setting(url: str, name: str, value: str) -> None:
    """A reload takes effect when the postmaster comes to it; new connections then show it."""
    while True:
        with psycopg.connect(url) as connection:
            found = connection.execute(f"SHOW {name}".encode()).fetchone()
        if found == (value,):
            return
        time.sleep(0.05)


async def test_a_server_that_takes_no_writes_is_an_outage_and_is_left(postgres_url: str) -> None:
    """As a standby takes none, or a server whose disk is full and whose keeper has seen to it."""
    name = postgres_url.partition("?")[0].rsplit("/", 1)[1]
    database = await open_database(postgres_url)
    journal = SqlJournal(database)
    await journal.append([entry(GENESIS)])
    with psycopg.connect(postgres_url, autocommit=True) as keeper:
        keeper.execute(f"ALTER DATABASE {name} SET default_transaction_read_only TO on".encode())
        keeper.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = %s AND pid <> pg_backend_pid()",
            (name,),
        )
        head = await journal.head()
        for _ in range(2):
            with pytest.raises(StoreUnavailable, match="read-only"):
                await journal.append([entry(head)])
        keeper.execute(f"ALTER DATABASE {name} RESET default_transaction_read_only".encode())
    # Who has seen the refusal connects anew, to whatever server the address names by then.
    assert isinstance(await journal.append([entry(head)]), Appended)
    await database.close()
