"""The contract of the photos, on a SQLite file and a real PostgreSQL."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from server.adapters.sql_database import SqlDatabase, open_database
from server.adapters.sql_photos import SqlPhotos
from server.assembly.photo import MediaType, Photo
from tests.contracts.sql_stores import postgres_server, postgres_url

__all__ = ["postgres_server", "postgres_url"]

pytestmark = pytest.mark.parametrize(
    "database",
    ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)],
    indirect=True,
)


@pytest.fixture
async def database(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[SqlDatabase]:
    url = (
        request.getfixturevalue("postgres_url")
        if request.param == "postgres"
        else f"sqlite:///{tmp_path / 'hall.sqlite'}"
    )
    database = await open_database(url)
    yield database
    await database.close()


def picture(n: int, size: int = 1_000) -> Photo:
    return Photo(MediaType.JPEG, n.to_bytes(4) * (size // 4), 30, 40)


def read_from(database: SqlDatabase) -> list[str]:
    """Every query that is sent from now on."""
    sent: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        sent.append(statement)

    event.listen(database.engine.sync_engine, "before_cursor_execute", note)
    return sent


async def test_a_photo_is_kept_once_by_its_hash(database: SqlDatabase) -> None:
    photos = SqlPhotos(database)
    digest = await photos.keep(picture(1))
    assert digest == hashlib.sha256(picture(1).content).hexdigest()
    assert await photos.keep(picture(1)) == digest
    assert await photos.photo(digest) == picture(1)
    assert await SqlPhotos(database).photo(digest) == picture(1)
    assert await photos.photo("0" * 64) is None
    assert (await photos.has(digest), await photos.has("0" * 64)) == (True, False)


async def test_a_hall_keeps_no_more_photos_than_it_may(database: SqlDatabase) -> None:
    photos = SqlPhotos(database, most=2)
    first, second = [await photos.keep(picture(n)) for n in (1, 2)]
    assert await photos.keep(picture(3)) is None
    assert await photos.keep(picture(1)) == first
    assert second is not None
    assert await photos.has(second)


async def test_a_whole_hall_reads_each_photo_once(database: SqlDatabase) -> None:
    digests = [str(await SqlPhotos(database).keep(picture(n))) for n in range(10)]
    photos = SqlPhotos(database)
    sent = read_from(database)
    asked = [digest for digest in digests for _ in range(196)]
    found = await asyncio.gather(*map(photos.photo, asked))
    assert [photo and photo.content[:4] for photo in found] == [
        picture(digests.index(digest)).content[:4] for digest in asked
    ]
    read = sum("content" in statement for statement in sent)
    assert 0 < read <= len(digests), read
    assert await photos.photo(digests[0]) == picture(0)
    assert sum("content" in statement for statement in sent) == read


async def test_whether_a_photo_is_there_is_asked_without_its_bytes(database: SqlDatabase) -> None:
    digest = await SqlPhotos(database).keep(picture(1))
    assert digest is not None
    sent = read_from(database)
    assert await SqlPhotos(database).has(digest)
    assert sent
    assert not any("content" in statement for statement in sent)


async def test_the_memory_for_photos_is_bounded(database: SqlDatabase) -> None:
    digests = [str(await SqlPhotos(database).keep(picture(n))) for n in range(4)]
    photos = SqlPhotos(database, memory=2_500)

    async def reads(n: int) -> bool:
        sent = read_from(database)
        assert await photos.photo(digests[n]) == picture(n)
        return any("content" in statement for statement in sent)

    assert [await reads(n) for n in (0, 1, 0, 2)] == [True, True, False, True]
    # Two have room: the one that nobody asked for the longest had to go.
    assert [await reads(n) for n in (0, 2, 1)] == [False, False, True]
    large = SqlPhotos(database, memory=10)
    assert [await large.photo(digest) for digest in digests] == [picture(n) for n in range(4)]


async def test_an_outage_is_told_and_passes(database: SqlDatabase) -> None:
    digest = await SqlPhotos(database).keep(picture(1))
    assert digest is not None
    photos = SqlPhotos(database)
    async with database.writing() as connection:
        await connection.exec_driver_sql("ALTER TABLE photos RENAME TO hidden")
    told = await asyncio.gather(*(photos.photo(digest) for _ in range(3)), return_exceptions=True)
    assert all(isinstance(each, Exception) for each in told)
    async with database.writing() as connection:
        await connection.exec_driver_sql("ALTER TABLE hidden RENAME TO photos")
    assert await photos.photo(digest) == picture(1)
