"""Credentials in SQL.

Rule: a token is known by its SHA-256 only, and each change of who may speak is one transaction.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager

from sqlalchemy import delete, exists, insert, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from server.adapters.sql_database import SqlDatabase
from server.adapters.sql_tables import TOKENS, USERS
from server.adapters.token_lookups import Found, TokenLookups
from server.ports import Bearer, SeatCredential
from server.vocabulary import Role


class SqlCredentials:
    """The `Credentials` of `server.ports` on an open database."""

    def __init__(self, database: SqlDatabase) -> None:
        self.database = database
        self._lookups = TokenLookups(database)

    async def password_hash(self, user: str) -> tuple[str, Role] | None:
        """The Argon2 hash and role of a user, or None."""
        query = select(USERS.c.password_hash, USERS.c.role).where(USERS.c.name == user)
        async with self.database.asking() as connection:
            row = (await connection.execute(query)).one_or_none()
        return None if row is None else (row.password_hash, Role(row.role))

    async def put_user(self, user: str, password_hash: str, role: Role) -> None:
        """Add or replace a user; a replaced user's tokens stop working."""
        changed = {"password_hash": password_hash, "role": role.value}
        values = {"name": user, **changed}
        upsert = self.database.upsert(USERS, values, "name", changed)
        async with self._changing() as connection:
            await connection.execute(upsert)
            await connection.execute(delete(TOKENS).where(TOKENS.c.user_name == user))

    async def has_users(self, role: Role) -> bool:
        """Whether anybody has this role."""
        query = select(exists().where(USERS.c.role == role.value))
        async with self.database.asking() as connection:
            return bool(await connection.scalar(query))

    async def put_token(self, token_hash: str, bearer: Bearer, expires_at: int | None) -> None:
        """Store a token. Idempotent."""
        async with self._changing() as connection:
            await _put(connection, [_row(token_hash, bearer, expires_at)])

    async def put_seat_tokens(self, tokens: Sequence[SeatCredential]) -> None:
        """Store seats' tokens in one transaction; earlier ones of the same seats stop working."""
        if not tokens:
            return
        rows = [
            _row(
                token.token_hash,
                Bearer(Role.SEAT, seat=token.seat, member=token.member),
                expires_at=None,
            )
            for token in tokens
        ]
        async with self._changing() as connection:
            seats = sorted({token.seat for token in tokens})
            await connection.execute(delete(TOKENS).where(TOKENS.c.seat.in_(seats)))
            await _put(connection, rows)

    async def bearer(self, token_hash: str, now: int) -> Bearer | None:
        """Whom a live token speaks for. At `expires_at` itself it is dead."""
        return (await self.bearers((token_hash,), now))[0]

    async def bearers(self, token_hashes: Sequence[str], now: int) -> list[Bearer | None]:
        """The same of many."""
        return [_bearer(row, now) for row in await self._lookups.find(token_hashes)]

    async def revoke_token(self, token_hash: str) -> None:
        """End a token. Idempotent."""
        async with self._changing() as connection:
            await connection.execute(delete(TOKENS).where(TOKENS.c.token_hash == token_hash))

    @asynccontextmanager
    async def _changing(self) -> AsyncGenerator[AsyncConnection]:
        """A transaction that changes who may speak, one at a time.

        SQLite's writers queue anyway. In PostgreSQL two that replace the same seat's token would
        not see each other's, and both tokens would live.
        """
        async with self.database.writing() as connection:
            if not self.database.is_sqlite:
                await connection.execute(text("LOCK TABLE tokens IN SHARE ROW EXCLUSIVE MODE"))
            yield connection


def _bearer(row: Found, now: int) -> Bearer | None:
    if row is None or (row.expires_at is not None and row.expires_at <= now):
        return None
    return Bearer(Role(row.role), user=row.user_name, seat=row.seat, member=row.member)


def _row(token_hash: str, bearer: Bearer, expires_at: int | None) -> dict[str, object]:
    return {
        "token_hash": token_hash,
        "role": bearer.role.value,
        "user_name": bearer.user,
        "seat": bearer.seat,
        "member": bearer.member,
        "expires_at": expires_at,
    }


async def _put(connection: AsyncConnection, rows: Sequence[dict[str, object]]) -> None:
    """Write tokens, replacing those with the same hash: that makes a repeat harmless."""
    hashes = [row["token_hash"] for row in rows]
    await connection.execute(delete(TOKENS).where(TOKENS.c.token_hash.in_(hashes)))
    await connection.execute(insert(TOKENS), list(rows))
