"""Fresh identities and randomness.

Rule: everything here comes from the operating system's cryptographic generator; nothing is
derived from time, names or counters, so that nothing can be guessed from another one.
"""

from __future__ import annotations

import secrets


class RandomIds:
    """Identities that are unguessable and URL-safe (`server.ports.Ids`)."""

    def ballot_id(self) -> str:
        """`b-` and 16 URL-safe characters (96 random bits)."""
        return "b-" + secrets.token_urlsafe(12)

    def incarnation(self) -> str:
        """22 URL-safe characters (128 random bits)."""
        return secrets.token_urlsafe(16)

    def nonce(self) -> bytes:
        """32 random bytes."""
        return secrets.token_bytes(32)

    def token(self) -> str:
        """43 URL-safe characters (256 random bits)."""
        return secrets.token_urlsafe(32)
