"""Credentials in memory: the executable specification of those in SQL.

Rule: nothing here waits, so every call is atomic among the tasks of one event loop.
"""

from __future__ import annotations

from collections.abc import Sequence

from server.ports import Bearer, SeatCredential
from server.vocabulary import Role


class MemoryCredentials:
    """The `Credentials` of `server.ports`, gone with the process."""

    def __init__(self) -> None:
        self._users: dict[str, tuple[str, Role]] = {}
        self._tokens: dict[str, tuple[Bearer, int | None]] = {}

    async def password_hash(self, user: str) -> tuple[str, Role] | None:
        """The Argon2 hash and role of a user, or None."""
        return self._users.get(user)

    async def put_user(self, user: str, password_hash: str, role: Role) -> None:
        """Add or replace a user; a replaced user's tokens stop working."""
        self._users[user] = (password_hash, role)
        for token_hash, (bearer, _) in list(self._tokens.items()):
            if bearer.user == user:
                del self._tokens[token_hash]

    async def has_users(self, role: Role) -> bool:
        """Whether anybody has this role."""
        return any(held is role for _, held in self._users.values())

    async def put_token(self, token_hash: str, bearer: Bearer, expires_at: int | None) -> None:
        """Store a token. Idempotent."""
        self._tokens[token_hash] = (bearer, expires_at)

    async def put_seat_tokens(self, tokens: Sequence[SeatCredential]) -> None:
        """Store seats' tokens; earlier tokens of the same seats stop working."""
        seats = {token.seat for token in tokens}
        for token_hash, (bearer, _) in list(self._tokens.items()):
            if bearer.seat in seats:
                del self._tokens[token_hash]
        for token in tokens:
            bearer = Bearer(Role.SEAT, seat=token.seat, member=token.member)
            self._tokens[token.token_hash] = (bearer, None)

    async def bearer(self, token_hash: str, now: int) -> Bearer | None:
        """Whom a live token speaks for. At `expires_at` itself it is dead."""
        bearer, expires_at = self._tokens.get(token_hash, (None, None))
        return None if expires_at is not None and expires_at <= now else bearer

    async def bearers(self, token_hashes: Sequence[str], now: int) -> list[Bearer | None]:
        """The same of many."""
        return [await self.bearer(each, now) for each in token_hashes]

    async def revoke_token(self, token_hash: str) -> None:
        """End a token. Idempotent."""
        self._tokens.pop(token_hash, None)
