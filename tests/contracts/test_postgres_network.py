"""A bad network between the hall and PostgreSQL: nothing waits for ever, nothing stays locked."""

from __future__ import annotations

import asyncio
import os
import socket
from collections.abc import AsyncIterator
from contextlib import suppress
from functools import partial

import psycopg
import pytest

from server.adapters.sql_database import SqlDatabase, open_database
from server.adapters.sql_journal import SqlJournal
from server.ports import AlreadyRecorded, Appended, HeadMoved, StoreUnavailable
from server.record.entry import GENESIS, Entry
from tests.contracts.sql_stores import (
    at_port,
    postgres_server,
    postgres_socket,
    postgres_url,
)
from tests.contracts.test_journal import entry, head_of
from tests.faults.wire import Wire

__all__ = ["postgres_server", "postgres_url"]

pytestmark = [pytest.mark.postgres, pytest.mark.timeout(120)]

WAIT = 1
"""Seconds for a lock or a connection. A call that gets no answer is given up after three."""
SOON = 15


@pytest.fixture
async def network(postgres_url: str) -> AsyncIterator[Wire]:
    async with Wire(lambda: postgres_socket(postgres_url)) as wire:
        yield wire


@pytest.fixture
async def far(network: Wire, postgres_url: str) -> AsyncIterator[SqlDatabase]:
    """The database at the other end of the network, with a connection that is in use."""
    database = await open_database(at_port(postgres_url, network.port), wait_seconds=WAIT)
    assert await SqlJournal(database).head() == GENESIS
    yield database
    network.join()
    await database.close()


@pytest.fixture
async def near(postgres_url: str) -> AsyncIterator[SqlJournal]:
    """The same journal, without the network."""
    database = await open_database(postgres_url, wait_seconds=WAIT)
    yield SqlJournal(database)
    await database.close()


async def test_a_database_that_nothing_comes_from_is_unavailable(
    network: Wire, far: SqlDatabase
) -> None:
    journal = SqlJournal(far)
    network.part()
    async with asyncio.timeout(SOON):
        for _ in range(2):
            with pytest.raises(StoreUnavailable):
                await journal.append([entry(GENESIS)])
    network.join()
    async with asyncio.timeout(SOON):
        assert isinstance(await journal.append([entry(GENESIS)]), Appended)


async def test_of_a_database_that_is_silent_one_asks_and_the_others_are_told(
    network: Wire, far: SqlDatabase
) -> None:
    """A hall that comes in must not wait for half a minute to hear that nobody gets in now."""
    journal = SqlJournal(far)
    network.part()
    async with asyncio.timeout(SOON):
        with pytest.raises(StoreUnavailable):
            await journal.head()
    asking = asyncio.create_task(journal.head())
    await asyncio.sleep(0)
    for _ in range(20):
        with pytest.raises(StoreUnavailable, match="being asked again"):
            await journal.head()
    assert not asking.done()
    network.join()
    with suppress(StoreUnavailable):  # what was under way may be lost
        await asking
    async with asyncio.timeout(SOON):
        assert isinstance(await insist(journal, entry(GENESIS), "first"), Appended)
    assert await asyncio.gather(*(journal.head() for _ in range(4))) == [await journal.head()] * 4


async def test_half_open_connections_are_left_for_new_ones(network: Wire, far: SqlDatabase) -> None:
    assert network.hold()
    async with asyncio.timeout(SOON):
        assert isinstance(await insist(SqlJournal(far), entry(GENESIS), "first"), Appended)


async def test_the_system_watches_the_network_too(far: SqlDatabase) -> None:
    """Of a cable that is pulled it tells sooner: nobody has to wait for a statement to find out."""
    async with far.engine.connect() as connection:
        driver = (await connection.get_raw_connection()).driver_connection
        assert driver is not None
        with socket.socket(fileno=os.dup(driver.fileno())) as line:
            tcp = partial(line.getsockopt, socket.IPPROTO_TCP)
            assert line.getsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE) == 1
            assert tcp(socket.TCP_USER_TIMEOUT) == 1000 * WAIT
            noticed = tcp(socket.TCP_KEEPIDLE) + tcp(socket.TCP_KEEPCNT) * tcp(socket.TCP_KEEPINTVL)
    assert noticed <= WAIT + 3


async def test_closing_does_not_wait_for_a_database_that_is_silent(
    network: Wire, far: SqlDatabase
) -> None:
    network.part()
    async with asyncio.timeout(SOON):
        with pytest.raises(StoreUnavailable):
            await SqlJournal(far).head()
        await far.close()


async def test_what_a_lost_connection_had_begun_locks_nobody_out(
    network: Wire, far: SqlDatabase, near: SqlJournal
) -> None:
    begun = asyncio.Event()

    async def begin_and_be_lost() -> None:
        async with far.writing() as transaction:
            await transaction.exec_driver_sql("LOCK TABLE entries IN EXCLUSIVE MODE")
            network.part()
            begun.set()

    being_lost = asyncio.create_task(begin_and_be_lost())
    await begun.wait()
    with pytest.raises(StoreUnavailable, match="lock"):
        await near.append([entry(GENESIS)])
    async with asyncio.timeout(SOON):
        assert isinstance(await insist(near, entry(GENESIS), "first"), Appended)
    with pytest.raises(StoreUnavailable, match="said nothing"):
        await being_lost


async def test_an_append_that_is_cut_off_anywhere_is_there_once(
    network: Wire, far: SqlDatabase, near: SqlJournal
) -> None:
    """What was sent last arrives when the hall has given the connection up, or has asked again."""
    head, kept = GENESIS, 0
    for after in range(12):
        for asks_first in (False, True):
            new = entry(head)
            key = f"{after} {asks_first}"
            await SqlJournal(far).head()  # a connection is there
            held = network.keep(after)
            with suppress(StoreUnavailable):
                await SqlJournal(far).append([new], unique=key)
            kept += any(link.kept for link in held)
            asking = asyncio.create_task(insist(near, new, key))
            if asks_first:
                await asyncio.sleep(0.05)
            network.deliver(held)
            async with asyncio.timeout(SOON):
                assert isinstance(await asking, Appended | AlreadyRecorded)
            for link in held:
                link.abort()
            head = head_of(new)
            assert await near.head() == head
    assert kept >= 12, "the append took fewer steps than were cut"
    assert len(await near.read()) == 24


async def test_an_entry_that_waits_for_a_standby_is_there_when_the_standby_is(
    near: SqlJournal, postgres_url: str
) -> None:
    """A commit that the standby has not confirmed is no promise: nobody is told that it is there,
    not even who asks again."""
    new = entry(GENESIS)
    await near.head()
    try:
        await reconfigured(postgres_url, "synchronous_standby_names = 'away'")
        async with asyncio.timeout(SOON):
            for _ in range(2):
                with pytest.raises(StoreUnavailable):
                    await near.append([new], unique="once")
            assert await near.head() == GENESIS
    finally:
        await reconfigured(postgres_url, "synchronous_standby_names = ''")
    async with asyncio.timeout(SOON):
        assert await insist(near, new, "once") == AlreadyRecorded(1)


async def reconfigured(postgres_url: str, setting: str) -> None:
    """Set what the whole server obeys, and wait until it does."""
    name, _, value = setting.partition(" = ")
    async with await psycopg.AsyncConnection.connect(postgres_url, autocommit=True) as connection:
        await connection.execute(f"ALTER SYSTEM SET {setting}".encode())
        await connection.execute("SELECT pg_reload_conf()")
        async with asyncio.timeout(SOON):
            while True:
                row = await (await connection.execute(f"SHOW {name}".encode())).fetchone()
                if row == (value.strip("'"),):
                    return
                await asyncio.sleep(0.02)


async def insist(
    journal: SqlJournal, new: Entry, key: str
) -> Appended | HeadMoved | AlreadyRecorded:
    """Append until the journal answers."""
    while True:
        with suppress(StoreUnavailable):
            return await journal.append([new], unique=key)
