"""What else the hall needs: proofs that are checked, photos that are kept, time, identities."""

from __future__ import annotations

from typing import Protocol

from server.assembly.photo import Photo


class Proofs(Protocol):
    """Whether sealed ballots prove that they are ballots: arithmetic, done beside the loop."""

    async def hold(self, election: str, text: str) -> bool:
        """Whether every proof of a sealed ballot holds. Pure: asked again, it says the same.

        May raise `ProofsUnavailable`: then nothing is known.
        """
        ...


class Photos(Protocol):
    """Candidates' photos, by the SHA-256 of their bytes. Every call may raise
    `StoreUnavailable`."""

    async def keep(self, photo: Photo) -> str | None:
        """Keep a photo; returns its hash (64 hex digits), or None where the hall keeps as many as
        it may. Idempotent."""
        ...

    async def has(self, digest: str) -> bool:
        """Whether there is a photo with this hash."""
        ...

    async def photo(self, digest: str) -> Photo | None:
        """The photo with this hash, or None."""
        ...


class Clock(Protocol):
    """Wall time and monotonic time of this process."""

    def now_ms(self) -> int:
        """Milliseconds since 1970."""
        ...

    def monotonic(self) -> float:
        """Seconds that never go backwards."""
        ...


class Ids(Protocol):
    """Fresh identities and randomness."""

    def ballot_id(self) -> str:
        """A new ballot's id: URL-safe, never used before."""
        ...

    def incarnation(self) -> str:
        """A new incarnation of a store."""
        ...

    def nonce(self) -> bytes:
        """32 random bytes, for one commitment."""
        ...

    def token(self) -> str:
        """A bearer token of 256 bits, URL-safe."""
        ...
