"""One database, SQLite by default or PostgreSQL by URL: opened, brought up to date, made durable.

Rule: a transaction that returns is on disk (SQLite `synchronous=FULL`, PostgreSQL
`synchronous_commit` on or stricter, `fsync` on), and whatever the driver says when it cannot
promise that, in time, becomes `StoreUnavailable`. SQLite writers begin with `BEGIN IMMEDIATE`, so
that a writer waits its turn instead of failing half-way.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final, Protocol

from sqlalchemy import Connection, Insert, Table, event, exc, inspect, text
from sqlalchemy.engine import URL, ExceptionContext
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry

from server.adapters.database_connections import Connections
from server.adapters.database_url import DatabaseUnfit, database_url
from server.adapters.silence import Silence
from server.ports import StoreUnavailable

log = logging.getLogger("hemicycle.database")

WAIT_SECONDS: Final = 5
"""How long a statement waits for a lock, a connection or the server before it is an outage."""

NEWEST: Final = "0002"
"""The last of the steps in `migrations/versions`; a test compares."""

_MIGRATION_LOCK: Final = 0x48454D49
"""The PostgreSQL advisory lock that lets one server migrate at a time."""

_WRITES: Final = "hemicycle_writes"
_ALONE: Final = "hemicycle_alone"
_GENERATION: Final = "hemicycle_generation"


class _Cursor(Protocol):
    def execute(self, operation: Any, parameters: Any = ..., /) -> Any: ...
    def fetchone(self) -> Any: ...
    def close(self) -> None: ...


class _DriverConnection(Protocol):
    """What the set-up of a new connection needs of either driver."""

    isolation_level: str | None

    def cursor(self) -> _Cursor: ...
    def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class SqlDatabase:
    """An open database. Use `open_database`; `close` it before the event loop ends."""

    engine: AsyncEngine
    connections: Connections
    silence: Silence
    """Nothing is known to be silent but PostgreSQL; a SQLite file always says something."""

    @property
    def is_sqlite(self) -> bool:
        """Whether this is SQLite rather than PostgreSQL."""
        return self.engine.dialect.name == "sqlite"

    @asynccontextmanager
    async def reading(self) -> AsyncGenerator[AsyncConnection]:
        """A transaction that only reads."""
        async with self._connected() as connection, connection.begin():
            yield connection

    @asynccontextmanager
    async def asking(self) -> AsyncGenerator[AsyncConnection]:
        """For one statement that only reads: it is a transaction by itself."""
        async with self._connected() as connection:
            await connection.execution_options(**{_ALONE: True})
            yield connection

    @asynccontextmanager
    async def writing(self) -> AsyncGenerator[AsyncConnection]:
        """A transaction that writes: all of it is on disk when this ends, or nothing."""
        async with self._connected() as connection:
            await connection.execution_options(**{_WRITES: True})
            async with connection.begin():
                yield connection

    @asynccontextmanager
    async def _connected(self) -> AsyncGenerator[AsyncConnection]:
        with self.silence.respected():
            async with _outages(), self.engine.connect() as connection:
                yield connection

    def upsert(
        self, table: Table, values: Mapping[str, Any], key: str, changed: Mapping[str, Any]
    ) -> Insert:
        """Insert a row with these values; where its key is there, change that row so."""
        # The two dialects share the clause, not the class, and PostgreSQL's takes long to load.
        if self.is_sqlite:
            from sqlalchemy.dialects import sqlite

            row = sqlite.insert(table).values(values)
            return row.on_conflict_do_update(index_elements=[key], set_=changed)
        from sqlalchemy.dialects import postgresql

        return (
            postgresql.insert(table)
            .values(values)
            .on_conflict_do_update(index_elements=[key], set_=changed)
        )

    async def close(self) -> None:
        """Close every connection."""
        await self.engine.dispose()


@asynccontextmanager
async def _outages() -> AsyncGenerator[None]:
    """Turn what means "no promise" into `StoreUnavailable`; bugs pass through as they are."""
    try:
        yield
    except (exc.OperationalError, exc.TimeoutError) as error:
        raise StoreUnavailable(f"the database did not answer: {_cause(error)}") from error
    except exc.DBAPIError as error:
        # A plain DatabaseError is how sqlite3 reports a damaged file or a full disk's remains.
        if error.connection_invalidated or type(error) is exc.DatabaseError:
            raise StoreUnavailable(f"the database failed: {_cause(error)}") from error
        raise
    except OSError as error:
        raise StoreUnavailable(f"the database could not be reached: {error}") from error


def _cause(error: exc.SQLAlchemyError) -> str:
    """The driver's own words, without the statement and its values."""
    return str(error.orig if isinstance(error, exc.DBAPIError) else error).strip()


async def open_database(given: str, *, wait_seconds: int = WAIT_SECONDS) -> SqlDatabase:
    """Open the database of a URL and bring its tables up to date.

    `wait_seconds` is how long to wait for a lock, a connection or the server. Raises
    `DatabaseUnfit` where something has to be set right first, `StoreUnavailable` where
    the server does not answer.
    """
    url = database_url(given)
    await asyncio.to_thread(_see_folder, url)
    silence = Silence()
    connections = Connections()
    engine = _engine(url, wait_seconds, silence, connections)
    _leave_where_told(engine, connections)
    database = SqlDatabase(engine, connections, silence)
    try:
        if not database.is_sqlite:
            await _refuse_unsafe_server(database)
        async with database.writing() as connection:
            await connection.run_sync(_migrate)
    except BaseException:
        await database.close()
        raise
    return database


def _see_folder(url: URL) -> None:
    """Look before the driver does: where it cannot open a file, its thread outlives the call."""
    if url.get_backend_name() == "sqlite" and url.database is not None:
        folder = Path(url.database).parent
        if not folder.is_dir():
            raise StoreUnavailable(f"unable to open the database: there is no folder {folder}")


def _engine(url: URL, wait_seconds: int, silence: Silence, connections: Connections) -> AsyncEngine:
    if url.get_backend_name() == "sqlite":
        return _sqlite_engine(url, wait_seconds)
    return _postgres_engine(url, wait_seconds, silence, connections)


def _sqlite_engine(url: URL, wait_seconds: int) -> AsyncEngine:
    engine = create_async_engine(
        url,
        pool_size=4,
        max_overflow=0,
        pool_timeout=wait_seconds,
        connect_args={"timeout": wait_seconds},
    )

    def set_up(connection: _DriverConnection) -> None:
        # The driver must not open transactions by itself: `begin` below says which kind.
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in (
            f"busy_timeout={wait_seconds * 1000}",
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    def begin(connection: Connection) -> None:
        options = connection.get_execution_options()
        if options.get(_ALONE, False):
            return
        writes = options.get(_WRITES, False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    _set_up_with(engine, set_up)
    event.listen(engine.sync_engine, "begin", begin)
    return engine


def _postgres_engine(
    url: URL, wait_seconds: int, silence: Silence, connections: Connections
) -> AsyncEngine:
    # A hall on SQLite has neither.
    from psycopg.errors import ReadOnlySqlTransaction

    from server.adapters.postgres_connection import ImpatientConnection

    milliseconds = wait_seconds * 1000
    limits = {
        "lock_timeout": milliseconds,
        "statement_timeout": 2 * milliseconds,
        # What a lost connection had begun must not lock others out until TCP notices.
        "idle_in_transaction_session_timeout": 2 * milliseconds,
    }
    engine = create_async_engine(
        url,
        pool_size=8,
        max_overflow=0,  # of several hosts one may be silent, and that costs each new connection
        pool_timeout=wait_seconds,
        pool_pre_ping=True,
        connect_args={
            "connect_timeout": wait_seconds,
            # Of a network that is gone the system tells sooner than our own clock below.
            "tcp_user_timeout": milliseconds,
            "keepalives_idle": wait_seconds,
            "keepalives_interval": 1,
            "keepalives_count": 3,
            "options": " ".join(f"-c {name}={value}" for name, value in limits.items()),
            # Later than the server's own limits, which say what it was.
            "async_creator_fn": partial(
                ImpatientConnection.connect_for, 2 * wait_seconds + 1, silence, connections
            ),
        },
    )

    def set_up(connection: _DriverConnection) -> None:
        cursor = connection.cursor()
        cursor.execute("SHOW synchronous_commit")
        if cursor.fetchone()[0] in ("off", "local"):
            # Both promise less than "on disk, here and on the standby".
            cursor.execute("SET SESSION synchronous_commit TO on")
            cursor.execute("COMMIT")
        else:
            cursor.execute("ROLLBACK")
        cursor.close()

    def leave(failed: ExceptionContext) -> None:
        """A server that takes no writes is not the one to ask: the next connection may lead to the
        one that does, or find that this one does again."""
        if isinstance(failed.original_exception, ReadOnlySqlTransaction):
            failed.is_disconnect = True

    event.listen(engine.sync_engine, "handle_error", leave)
    _set_up_with(engine, set_up)
    return engine


def _leave_where_told(engine: AsyncEngine, connections: Connections) -> None:
    """Who takes a connection of an earlier generation out of the pool gets a new one."""

    def note(_: object, made: ConnectionPoolEntry) -> None:
        made.info[_GENERATION] = connections.generation

    def look(_: object, held: ConnectionPoolEntry, __: object) -> None:
        if held.info[_GENERATION] != connections.generation:
            raise exc.DisconnectionError("this connection was to be left")

    # First of all who prepare it: what they ask it takes time, in which it may have to be left.
    event.listen(engine.sync_engine, "connect", note, insert=True)
    event.listen(engine.sync_engine, "checkout", look)


def _set_up_with(engine: AsyncEngine, set_up: Callable[[_DriverConnection], None]) -> None:
    """Prepare each new connection; one that cannot be prepared is closed, not left behind."""

    def prepare(connection: _DriverConnection, _record: object) -> None:
        try:
            set_up(connection)
        except BaseException:
            # The pool does not know the connection yet, so nobody else would close it.
            connection.close()
            raise

    event.listen(engine.sync_engine, "connect", prepare)


async def _refuse_unsafe_server(database: SqlDatabase) -> None:
    async with database.reading() as connection:
        for setting in ("fsync", "full_page_writes"):
            value = (await connection.execute(text(f"SHOW {setting}"))).scalar_one()
            if value != "on":
                raise DatabaseUnfit(
                    f"PostgreSQL runs with {setting}={value}: a crash could lose votes that were "
                    f"confirmed; set {setting}=on and restart it"
                )
        query = text("SHOW synchronous_standby_names")
        if not (await connection.execute(query)).scalar_one():
            log.warning(
                "PostgreSQL has no synchronous standby: if its machine is lost, so are the last "
                "entries of the journal, and commands stop. Name one in synchronous_standby_names"
            )


def _migrate(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"SELECT pg_advisory_xact_lock({_MIGRATION_LOCK})"))
    if inspect(connection).has_table("alembic_version"):
        stands_at = connection.execute(text("SELECT version_num FROM alembic_version"))
        if stands_at.scalars().all() == [NEWEST]:
            return
    # Alembic takes a third of a second to load, and a hall that comes back needs none of it.
    from server.adapters.sql_migrations import CannotMigrate, migrate  # see above

    try:
        migrate(connection)
    except CannotMigrate as error:
        raise DatabaseUnfit(
            f"the database was made by another version of this program ({error}): "
            "run that version, or a newer one"
        ) from error
