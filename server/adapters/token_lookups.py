"""Whose token is this: asked by a whole hall at once, answered by a few queries.

Rule: one query is under way at a time, and who asks meanwhile is answered by the next, however many
they are. So a hall that comes back in one second waits for its turn, instead of timing out at a
pool of connections that the journal needs too. An answer is never older than its question.
"""

from __future__ import annotations

import asyncio
from typing import Any, Final

from sqlalchemy import Row, select

from server.adapters.sql_database import SqlDatabase
from server.adapters.sql_tables import TOKENS

QUERY_CAP: Final = 500
"""The most tokens in one query; SQLite takes 999 parameters in older builds."""

Found = Row[Any] | None
"""A row of the table of tokens, or None where there is no such token."""


class TokenLookups:
    """Lookups of tokens by their hash, gathered."""

    def __init__(self, database: SqlDatabase) -> None:
        self._database = database
        self._waiting: dict[str, asyncio.Future[Found]] = {}
        self._running: asyncio.Task[None] | None = None

    async def find(self, token_hash: str) -> Found:
        """The token's row as it is now or later. May raise StoreUnavailable."""
        answer = self._waiting.get(token_hash)
        if answer is None:
            answer = asyncio.get_running_loop().create_future()
            self._waiting[token_hash] = answer
        if self._running is None:
            self._running = asyncio.create_task(self._run())
        # Others may wait for the same answer: who gives up must not cancel it.
        return await asyncio.shield(answer)

    async def _run(self) -> None:
        try:
            while self._waiting:
                asked = {each: self._waiting.pop(each) for each in list(self._waiting)[:QUERY_CAP]}
                try:
                    rows = await self._rows(list(asked))
                except Exception as failure:
                    for answer in asked.values():
                        answer.set_exception(failure)
                        answer.exception()  # nobody may be waiting any more
                else:
                    for token_hash, answer in asked.items():
                        answer.set_result(rows.get(token_hash))
        finally:
            self._running = None

    async def _rows(self, hashes: list[str]) -> dict[str, Row[Any]]:
        query = select(TOKENS).where(TOKENS.c.token_hash.in_(hashes))
        async with self._database.reading() as connection:
            return {row.token_hash: row for row in await connection.execute(query)}
