"""A whole hall asks at once: everybody is answered, and by what holds when they ask."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from server.adapters.sql_credentials import SqlCredentials
from server.adapters.sql_database import SqlDatabase, open_database
from server.adapters.token_lookups import QUERY_CAP
from server.ports import Bearer, SeatCredential, StoreUnavailable
from server.vocabulary import Role

SEATS = 4 * QUERY_CAP + 1


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[SqlDatabase]:
    database = await open_database(f"sqlite:///{tmp_path / 'hall.sqlite'}", wait_seconds=1)
    yield database
    await database.close()


async def test_a_hall_that_comes_at_once_is_answered_whole(database: SqlDatabase) -> None:
    """One query each would wait longer for the pool's connections than the pool lets them."""
    credentials = SqlCredentials(database)
    seats = [f"{number}" for number in range(SEATS)]
    await credentials.put_seat_tokens([SeatCredential(s, f"M{s}", f"hash {s}") for s in seats])
    found = await asyncio.gather(*(credentials.bearer(f"hash {seat}", 0) for seat in seats))
    assert found == [Bearer(Role.SEAT, seat=seat, member=f"M{seat}") for seat in seats]


async def test_no_answer_is_older_than_its_question(database: SqlDatabase) -> None:
    credentials = SqlCredentials(database)
    await credentials.put_token("hash", Bearer(Role.DISPLAY), None)
    before = [asyncio.create_task(credentials.bearer("hash", 0)) for _ in range(3)]
    await asyncio.sleep(0)
    await credentials.revoke_token("hash")
    assert await credentials.bearer("hash", 0) is None
    assert set(await asyncio.gather(*before)) <= {Bearer(Role.DISPLAY), None}


async def test_who_gives_up_takes_nobodys_answer_away(database: SqlDatabase) -> None:
    credentials = SqlCredentials(database)
    await credentials.put_token("hash", Bearer(Role.DISPLAY), None)
    first, second = (asyncio.create_task(credentials.bearer("hash", 0)) for _ in range(2))
    await asyncio.sleep(0)
    first.cancel()
    assert await second == Bearer(Role.DISPLAY)


async def test_an_outage_is_told_to_everybody_and_passes(database: SqlDatabase) -> None:
    credentials = SqlCredentials(database)
    async with database.writing() as connection:
        await connection.exec_driver_sql("ALTER TABLE tokens RENAME TO hidden")
    told = await asyncio.gather(
        *(credentials.bearer(f"hash {each}", 0) for each in range(3)), return_exceptions=True
    )
    assert [type(each) for each in told] == [StoreUnavailable] * 3
    async with database.writing() as connection:
        await connection.exec_driver_sql("ALTER TABLE hidden RENAME TO tokens")
    assert await credentials.bearer("hash 1", 0) is None
