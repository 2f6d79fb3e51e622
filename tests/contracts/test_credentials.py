"""The contract of the credentials, on memory, a SQLite file and a real PostgreSQL."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from server.adapters.memory_credentials import MemoryCredentials
from server.adapters.sql_credentials import SqlCredentials
from server.adapters.sql_database import open_database
from server.ports import Bearer, Credentials, SeatCredential
from server.vocabulary import Role
from tests.contracts.sql_stores import postgres_server, postgres_url

__all__ = ["postgres_server", "postgres_url"]

pytestmark = pytest.mark.parametrize(
    "store",
    ["memory", "sqlite", pytest.param("postgres", marks=pytest.mark.postgres)],
    indirect=True,
)

NOW = 1_800_000_000_000


@pytest.fixture
async def store(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Credentials]:
    if request.param == "memory":
        yield MemoryCredentials()
        return
    url = (
        request.getfixturevalue("postgres_url")
        if request.param == "postgres"
        else f"sqlite:///{tmp_path / 'hall.sqlite'}"
    )
    database = await open_database(url)
    yield SqlCredentials(database)
    await database.close()


async def test_a_user_has_a_hash_and_a_role(store: Credentials) -> None:
    assert await store.password_hash("Zoë") is None
    assert not await store.has_users(Role.OPERATOR)
    await store.put_user("Zoë", "$argon2id$1", Role.OPERATOR)
    assert await store.password_hash("Zoë") == ("$argon2id$1", Role.OPERATOR)
    assert await store.has_users(Role.OPERATOR)
    assert not await store.has_users(Role.CHAIR)


async def test_a_replaced_user_has_to_sign_in_again(store: Credentials) -> None:
    await store.put_user("op", "h1", Role.OPERATOR)
    await store.put_user("other", "h1", Role.OPERATOR)
    await store.put_token("t1", Bearer(Role.OPERATOR, user="op"), NOW + 1)
    await store.put_token("t2", Bearer(Role.OPERATOR, user="other"), NOW + 1)
    await store.put_user("op", "h2", Role.CHAIR)
    assert await store.password_hash("op") == ("h2", Role.CHAIR)
    assert await store.bearer("t1", NOW) is None
    assert await store.bearer("t2", NOW) == Bearer(Role.OPERATOR, user="other")


async def test_a_token_lives_until_it_expires(store: Credentials) -> None:
    await store.put_token("t1", Bearer(Role.CHAIR, user="ch"), NOW)
    assert await store.bearer("t1", NOW - 1) == Bearer(Role.CHAIR, user="ch")
    assert await store.bearer("t1", NOW) is None
    assert await store.bearer("t2", NOW) is None


async def test_a_token_without_an_end_lives_on(store: Credentials) -> None:
    await store.put_token("t1", Bearer(Role.DISPLAY), None)
    assert await store.bearer("t1", 2**62) == Bearer(Role.DISPLAY)


async def test_putting_a_token_again_replaces_it(store: Credentials) -> None:
    await store.put_token("t1", Bearer(Role.DISPLAY), NOW)
    await store.put_token("t1", Bearer(Role.DISPLAY), NOW + 5)
    assert await store.bearer("t1", NOW) == Bearer(Role.DISPLAY)


async def test_a_revoked_token_is_dead_and_stays_dead(store: Credentials) -> None:
    await store.put_token("t1", Bearer(Role.DISPLAY), None)
    await store.revoke_token("t1")
    await store.revoke_token("t1")
    assert await store.bearer("t1", NOW) is None


async def test_reissued_seat_tokens_end_the_earlier_ones(store: Credentials) -> None:
    await store.put_seat_tokens(
        [SeatCredential("s1", "AF", "t1"), SeatCredential("s2", "AF", "t2")]
    )
    await store.put_seat_tokens([SeatCredential("s1", "AF", "t3")])
    await store.put_seat_tokens([])
    assert await store.bearer("t1", NOW) is None
    assert await store.bearer("t2", NOW) == Bearer(Role.SEAT, seat="s2", member="AF")
    assert await store.bearer("t3", NOW) == Bearer(Role.SEAT, seat="s1", member="AF")


async def test_seat_tokens_issued_at_once_leave_one_alive(store: Credentials) -> None:
    names = [f"t{n}" for n in range(5)]
    await asyncio.gather(
        *(store.put_seat_tokens([SeatCredential("s1", "AF", name)]) for name in names)
    )
    alive = [name for name in names if await store.bearer(name, NOW) is not None]
    assert len(alive) == 1


async def test_a_whole_hall_gets_its_tokens_at_once(store: Credentials) -> None:
    hall = [SeatCredential(f"s{n}", f"M{n}", f"t{n}") for n in range(10_000)]
    await store.put_seat_tokens(hall)
    assert await store.bearer("t9999", NOW) == Bearer(Role.SEAT, seat="s9999", member="M9999")
