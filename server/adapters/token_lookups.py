"""Whose token is this: asked by a whole hall at once, answered by a few queries.

Rule: SQLite answers in one row. Its driver lets go of the interpreter for each row that it reads
and then waits to have it back, which under load takes five milliseconds a row.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, NamedTuple, TypeAlias

import orjson
from sqlalchemy import Text, cast, func, select

from server.adapters.sql_database import SqlDatabase
from server.adapters.sql_tables import TOKENS
from server.gathering import Gathering

QUERY_CAP: Final = 500
"""The most tokens in one query; SQLite takes 999 parameters in older builds."""


class TokenRow(NamedTuple):
    """A row of the table of tokens."""

    token_hash: str
    role: str
    user_name: str | None
    seat: str | None
    member: str | None
    expires_at: int | None


Found: TypeAlias = TokenRow | None
"""None where there is no such token."""


class TokenLookups:
    """Lookups of tokens by their hash, gathered."""

    def __init__(self, database: SqlDatabase) -> None:
        self._database = database
        self._gathering = Gathering(self._rows, QUERY_CAP)

    async def find(self, hashes: Sequence[str]) -> list[Found]:
        """The tokens' rows as they are now or later. May raise StoreUnavailable."""
        return await self._gathering.ask_all(hashes)

    async def _rows(self, hashes: Sequence[str]) -> list[Found]:
        columns = [TOKENS.c[name] for name in TokenRow._fields]
        sought = TOKENS.c.token_hash.in_(hashes)
        async with self._database.asking() as connection:
            if self._database.is_sqlite:
                together = func.json_group_array(func.json_array(*columns))
                told = await connection.scalar(select(cast(together, Text)).where(sought))
                found: Sequence[Any] = orjson.loads(told or "[]")
            else:
                found = (await connection.execute(select(*columns).where(sought))).all()
        rows = {row.token_hash: row for row in (TokenRow(*each) for each in found)}
        return [rows.get(each) for each in hashes]
