"""Who may speak."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from server.vocabulary import Role


@dataclass(frozen=True, slots=True)
class Bearer:
    """Whom a token speaks for. A seat's has `seat` and `member`, a person's `user`."""

    role: Role
    user: str | None = None
    seat: str | None = None
    member: str | None = None


@dataclass(frozen=True, slots=True)
class SeatCredential:
    """A seat's new token, known in clear only to the caller."""

    seat: str
    member: str
    token_hash: str


class Credentials(Protocol):
    """Who may speak: password hashes, and tokens by their SHA-256. Never a token in clear."""

    async def password_hash(self, user: str) -> tuple[str, Role] | None:
        """The Argon2 hash and role of a user, or None."""
        ...

    async def put_user(self, user: str, password_hash: str, role: Role) -> None:
        """Add or replace a user; a replaced user's tokens stop working."""
        ...

    async def has_users(self, role: Role) -> bool:
        """Whether anybody has this role."""
        ...

    async def put_token(self, token_hash: str, bearer: Bearer, expires_at: int | None) -> None:
        """Store a token (`expires_at` in milliseconds since 1970; None never expires)."""
        ...

    async def put_seat_tokens(self, tokens: Sequence[SeatCredential]) -> None:
        """Store seats' tokens in one transaction; earlier tokens of the same seats stop working."""
        ...

    async def bearer(self, token_hash: str, now: int) -> Bearer | None:
        """Whom a live token speaks for; None if unknown, expired or revoked."""
        ...

    async def bearers(self, token_hashes: Sequence[str], now: int) -> list[Bearer | None]:
        """The same of many."""
        ...

    async def revoke_token(self, token_hash: str) -> None:
        """End a token. Idempotent."""
        ...
