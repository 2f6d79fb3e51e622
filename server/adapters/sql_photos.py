"""Candidates' photos in SQL, where every server of the hall finds them.

Rule: a photo is known by the SHA-256 of its bytes, so that it is kept once and never changes.
"""

from __future__ import annotations

import hashlib

from sqlalchemy import exc, insert, select

from server.adapters.sql_database import SqlDatabase
from server.adapters.sql_tables import PHOTOS
from server.assembly.photo import MediaType, Photo


class SqlPhotos:
    """The `Photos` of `server.ports` on an open database."""

    def __init__(self, database: SqlDatabase) -> None:
        self.database = database

    async def keep(self, photo: Photo) -> str:
        """Keep a photo; returns its hash. Idempotent."""
        digest = hashlib.sha256(photo.content).hexdigest()
        if await self.photo(digest) is not None:
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
                await connection.execute(insert(PHOTOS).values(values))
        except exc.IntegrityError:
            pass  # another server has just kept the same one
        return digest

    async def photo(self, digest: str) -> Photo | None:
        """The photo with this hash, or None."""
        query = select(PHOTOS).where(PHOTOS.c.hash == digest)
        async with self.database.reading() as connection:
            row = (await connection.execute(query)).one_or_none()
        if row is None:
            return None
        return Photo(MediaType(row.media_type), row.content, row.width, row.height)
