"""Candidates' photos in SQL, where every server of the hall finds them.

Rule: a photo is known by the SHA-256 of its bytes, so that it is kept once and never changes. When
an election appears, every screen asks for every photo at one moment: each is then read once, and
stays in memory as long as there is room.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Sequence
from typing import Final

from sqlalchemy import exc, func, insert, select

from server.adapters.sql_database import SqlDatabase
from server.adapters.sql_tables import PHOTOS
from server.assembly.photo import MOST_PHOTOS, MediaType, Photo
from server.gathering import Gathering

MEMORY_BYTES: Final = 67_108_864
"""How much of the photos a server holds in memory: 128 of the largest."""

QUERY_CAP: Final = 50
"""The most photos in one query."""


class SqlPhotos:
    """The `Photos` of `server.ports` on an open database."""

    def __init__(
        self, database: SqlDatabase, *, most: int = MOST_PHOTOS, memory: int = MEMORY_BYTES
    ) -> None:
        self.database = database
        self._most = most
        self._room = memory
        self._held: OrderedDict[str, Photo] = OrderedDict()
        self._gathering = Gathering(self._read, QUERY_CAP)

    async def keep(self, photo: Photo) -> str | None:
        """Keep a photo; returns its hash, or None where there are too many. Idempotent.

        Several servers that keep one at the same moment may go over the limit by as many.
        """
        digest = hashlib.sha256(photo.content).hexdigest()
        if await self.has(digest):
            return digest
        values = {
            "hash": digest,
            "media_type": photo.media_type.value,
            "content": photo.content,
            "width": photo.width,
            "height": photo.height,
        }
        try:
            async with self.database.writing() as connection:
                count = select(func.count()).select_from(PHOTOS)
                if (await connection.execute(count)).scalar_one() >= self._most:
                    return None
                await connection.execute(insert(PHOTOS).values(values))
        except exc.IntegrityError:
            pass  # another server has just kept the same one
        return digest

    async def has(self, digest: str) -> bool:
        """Whether there is a photo with this hash; its bytes are not read."""
        if digest in self._held:
            return True
        query = select(PHOTOS.c.hash).where(PHOTOS.c.hash == digest)
        async with self.database.asking() as connection:
            return (await connection.execute(query)).one_or_none() is not None

    async def photo(self, digest: str) -> Photo | None:
        """The photo with this hash, or None."""
        return self._remembered(digest) or await self._gathering.ask(digest)

    def _remembered(self, digest: str) -> Photo | None:
        if digest in self._held:
            self._held.move_to_end(digest)
        return self._held.get(digest)

    def _remember(self, digest: str, photo: Photo) -> None:
        self._held[digest] = photo
        self._room -= len(photo.content)
        while self._room < 0:
            _, oldest = self._held.popitem(last=False)
            self._room += len(oldest.content)

    async def _read(self, digests: Sequence[str]) -> list[Photo | None]:
        found = {each: self._held.get(each) for each in digests}
        missing = [each for each, photo in found.items() if photo is None]
        if missing:
            query = select(PHOTOS).where(PHOTOS.c.hash.in_(missing))
            async with self.database.asking() as connection:
                rows = (await connection.execute(query)).all()
            for row in rows:
                photo = Photo(MediaType(row.media_type), row.content, row.width, row.height)
                found[row.hash] = photo
                self._remember(row.hash, photo)
        return [found[each] for each in digests]
