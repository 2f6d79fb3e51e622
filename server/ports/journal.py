"""The journal: what lasts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from server.record.entry import Entry, Head


@dataclass(frozen=True, slots=True)
class CommandKey:
    """An Idempotency-Key as sent: who sent it, and the SHA-256 of what was asked (hex)."""

    key: str
    actor: str
    body_hash: str


@dataclass(frozen=True, slots=True)
class SeenCommand:
    """A command that was journaled under this key: `seq` is its last entry."""

    seq: int
    subject: str | None


@dataclass(frozen=True, slots=True)
class KeyReused:
    """The key was used by this actor with another body."""


@dataclass(frozen=True, slots=True)
class Appended:
    """The entries are on disk; `head` is the last of them."""

    head: Head


@dataclass(frozen=True, slots=True)
class HeadMoved:
    """Somebody else appended first: nothing was written. Read on from your head and retry."""

    head: Head


@dataclass(frozen=True, slots=True)
class AlreadyRecorded:
    """An entry with this unique key exists (a second `closed` of one ballot): nothing written."""

    seq: int


@dataclass(frozen=True, slots=True)
class HighWater:
    """The furthest that a box is known to have been: (incarnation, n, chain) and the revision."""

    ballot: str
    incarnation: str
    n: int
    chain: str
    revision: int


class Journal(Protocol):
    """The append-only sequence of what lasts. Every call may raise `StoreUnavailable`."""

    async def reconnect(self) -> None:
        """From now on, ask whichever database has the journal now: another one may have taken the
        place of the one that was asked until now."""
        ...

    async def head(self) -> Head:
        """The last entry's seq and hash; `GENESIS` (seq 0) when empty."""
        ...

    async def read(self, after: int = 0) -> Sequence[Entry]:
        """The entries with seq > `after`, in order, exactly as they were stored."""
        ...

    async def append(
        self,
        entries: Sequence[Entry],
        *,
        command: CommandKey | None = None,
        unique: str | None = None,
    ) -> Appended | HeadMoved | AlreadyRecorded:
        """Write entries that follow each other and the head: a compare-and-swap, all or none.

        `command` is stored in the same transaction; `unique` names a thing that may be recorded
        once. After `StoreUnavailable`, `read` tells whether it was written: seq and hash match.
        """
        ...

    async def seen(self, command: CommandKey) -> SeenCommand | KeyReused | None:
        """What was journaled under this key, or None."""
        ...

    async def note_high_water(self, mark: HighWater) -> None:
        """Keep the furthest mark of a ballot; a lower n of the same incarnation is ignored."""
        ...

    async def high_water(self, ballot: str) -> HighWater | None:
        """The furthest mark noted for a ballot."""
        ...

    async def highest_revision(self) -> int:
        """The highest hall revision ever noted, 0 if none."""
        ...
