"""The database on SQLite: durability, outages, migrations, and URLs that are refused."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text
from sqlalchemy.engine import Connection
from sqlalchemy.exc import IntegrityError

from server.adapters.database_url import DatabaseUnfit, database_url
from server.adapters.sql_database import NEWEST, open_database
from server.adapters.sql_journal import SqlJournal
from server.adapters.sql_migrations import settings
from server.adapters.sql_tables import METADATA
from server.ports import StoreUnavailable
from server.record.entry import GENESIS
from tests.contracts.test_journal import entry, head_of


def url(directory: Path) -> str:
    return f"sqlite:///{directory / 'hall.sqlite'}"


async def test_every_connection_is_durable_and_keeps_references(tmp_path: Path) -> None:
    database = await open_database(url(tmp_path))
    async with database.writing() as one, database.reading() as other:
        for connection in (one, other):
            found = [
                (await connection.execute(text(f"PRAGMA {name}"))).scalar_one()
                for name in ("journal_mode", "synchronous", "foreign_keys")
            ]
            assert found == ["wal", 2, 1]
    await database.close()


async def test_the_migrations_make_the_tables_that_the_queries_use(tmp_path: Path) -> None:
    def differences(connection: Connection) -> list[object]:
        return list(compare_metadata(MigrationContext.configure(connection), METADATA))

    database = await open_database(url(tmp_path))
    async with database.reading() as connection:
        assert await connection.run_sync(differences) == []
    await database.close()


def test_the_newest_step_is_known_without_loading_the_steps() -> None:
    assert ScriptDirectory.from_config(settings()).get_current_head() == NEWEST


async def test_a_restart_finds_what_was_written(tmp_path: Path) -> None:
    first = entry(GENESIS)
    database = await open_database(url(tmp_path))
    await SqlJournal(database).append([first])
    await database.close()
    database = await open_database(url(tmp_path))
    assert await SqlJournal(database).read() == (first,)
    await database.close()


async def test_a_database_of_a_newer_version_is_refused(tmp_path: Path) -> None:
    await (await open_database(url(tmp_path))).close()
    with sqlite3.connect(tmp_path / "hall.sqlite") as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    with pytest.raises(DatabaseUnfit, match="another version of this program"):
        await open_database(url(tmp_path))


async def test_a_locked_database_is_an_outage_and_nothing_is_written(tmp_path: Path) -> None:
    database = await open_database(url(tmp_path), wait_seconds=0)
    journal = SqlJournal(database)
    rival = sqlite3.connect(tmp_path / "hall.sqlite", isolation_level=None)
    rival.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreUnavailable, match="locked"):
        await journal.append([entry(GENESIS)])
    assert await journal.read() == ()
    rival.execute("ROLLBACK")
    rival.close()
    await journal.append([entry(GENESIS)])
    assert (await journal.head()).seq == 1
    await database.close()


async def test_a_full_disk_is_an_outage_and_nothing_is_written(tmp_path: Path) -> None:
    database = await open_database(url(tmp_path))
    journal = SqlJournal(database)
    first = entry(GENESIS)
    await journal.append([first])
    async with database.writing() as connection:
        pages = (await connection.execute(text("PRAGMA page_count"))).scalar_one()
        await connection.execute(text(f"PRAGMA max_page_count={pages}"))
    head = head_of(first)

    async def append_until_full() -> None:
        nonlocal head
        while head.seq < 1000:
            sealed = entry(head, head.seq % 256)
            await journal.append([sealed])
            head = head_of(sealed)

    with pytest.raises(StoreUnavailable, match="full"):
        await append_until_full()
    assert await journal.head() == head
    await database.close()


async def test_a_file_that_is_no_database_is_an_outage_with_the_cause(tmp_path: Path) -> None:
    (tmp_path / "hall.sqlite").write_bytes(b"these are the minutes of the last meeting" * 200)
    with pytest.raises(StoreUnavailable, match="not a database"):
        await open_database(url(tmp_path))


async def test_a_missing_directory_is_an_outage_with_the_cause(tmp_path: Path) -> None:
    with pytest.raises(StoreUnavailable, match="unable to open"):
        await open_database(url(tmp_path / "nowhere"))


async def test_the_journal_refuses_to_be_changed_by_hand(tmp_path: Path) -> None:
    database = await open_database(url(tmp_path))
    first = entry(GENESIS)
    await SqlJournal(database).append([first])
    for statement in ("UPDATE entries SET hash = 'x'", "DELETE FROM entries"):
        with pytest.raises(IntegrityError, match="append-only"):
            async with database.writing() as connection:
                await connection.execute(text(statement))
    assert await SqlJournal(database).read() == (first,)
    await database.close()


@pytest.mark.parametrize(
    ("given", "driver"),
    [
        ("sqlite:////var/lib/hall.sqlite", "sqlite+aiosqlite"),
        ("sqlite+aiosqlite:///hall.sqlite", "sqlite+aiosqlite"),
        ("postgresql://hall@db/hall", "postgresql+psycopg"),
        ("postgresql+psycopg://hall@db/hall", "postgresql+psycopg"),
    ],
)
def test_a_url_gets_the_driver_that_we_use(given: str, driver: str) -> None:
    assert database_url(given).drivername == driver


@pytest.mark.parametrize(
    ("given", "hosts", "ports", "also"),
    [
        ("postgresql://u:p%2C@one:5433,two/hall", "one,two", "5433,5432", {"password": "p,"}),
        ("postgresql://[::1]:7,[::2]/hall", "::1,::2", "7,5432", {}),
        ("postgres://a,b,c/hall?target_session_attrs=any", "a,b,c", "5432,5432,5432", {}),
        ("postgresql://a,b?sslmode=verify-full&sslrootcert=/e/a", "a,b", "5432,5432", {}),
        ("postgresql://%2Fsrv%2FDb,b:7/hall", "/srv/Db,b", "5432,7", {}),
    ],
)
def test_several_hosts_are_named_as_libpq_does(
    given: str, hosts: str, ports: str, also: dict[str, str]
) -> None:
    url = database_url(given)
    (_, told) = url.get_dialect()().create_connect_args(url)
    assert (told["host"], told["port"]) == (hosts, ports)
    named = dict(parse_qsl(urlsplit(given).query))
    expected = {"target_session_attrs": "read-write", **named, **also}
    assert {name: told[name] for name in expected} == expected
    assert told.get("dbname", "") in ("hall", "")


@pytest.mark.parametrize(
    ("given", "remedy"),
    [
        ("mysql://hall@db/hall", "use sqlite:///FILE or postgresql://"),
        ("hall.sqlite", "use sqlite:///FILE"),
        ("", "use sqlite:///FILE"),
        ("sqlite://", "needs a file"),
        ("sqlite:///:memory:", "needs a file"),
        ("postgresql://u:secret@host:port/x", "use sqlite:///FILE"),
        ("postgresql://u:secret@one,two:port/x", "use sqlite:///FILE"),
    ],
)
def test_another_url_is_refused_with_the_remedy(given: str, remedy: str) -> None:
    with pytest.raises(DatabaseUnfit) as refused:
        database_url(given)
    assert remedy in str(refused.value)
    assert "secret" not in str(refused.value)
