"""Whose token is this: asked by a whole hall at once, answered by a few queries."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import Row, select

from server.adapters.sql_database import SqlDatabase
from server.adapters.sql_tables import TOKENS
from server.gathering import Gathering

QUERY_CAP: Final = 500
"""The most tokens in one query; SQLite takes 999 parameters in older builds."""

Found = Row[Any] | None
"""A row of the table of tokens, or None where there is no such token."""


class TokenLookups:
    """Lookups of tokens by their hash, gathered."""

    def __init__(self, database: SqlDatabase) -> None:
        self._database = database
        self._gathering = Gathering(self._rows, QUERY_CAP)

    async def find(self, token_hash: str) -> Found:
        """The token's row as it is now or later. May raise StoreUnavailable."""
        return await self._gathering.ask(token_hash)

    async def _rows(self, hashes: Sequence[str]) -> list[Found]:
        query = select(TOKENS).where(TOKENS.c.token_hash.in_(hashes))
        async with self._database.asking() as connection:
            rows = {row.token_hash: row for row in await connection.execute(query)}
        return [rows.get(each) for each in hashes]
