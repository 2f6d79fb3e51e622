"""Refused presses, counted.

Rule (invariant 14): aggregated by ballot, seat and reason, never with the choice, and bounded, so
that a hostile seat cannot slow the hall. The digest of a ballot's rows is journaled at its close:
those of this server, and of the others as far as they were heard.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass
from typing import Final

import rfc8785

from server.neighbours import SeatRefusals
from server.vocabulary import RefusalReason

BOUND: Final = 65_536
"""The most rows that are kept; what does not fit is counted under the seat "*"."""

SERVERS: Final = 32
"""Of how many other servers the last rows are kept."""


@dataclass(frozen=True, slots=True)
class RefusalRow:
    """How often one seat was refused for one reason in one ballot."""

    ballot: str
    seat: str
    reason: RefusalReason
    count: int


class RefusalLog:
    """The counts since the server started. The ballot is as the seat named it."""

    def __init__(self) -> None:
        self._counts: dict[str, Counter[tuple[str, RefusalReason]]] = {}
        self._kept = 0
        self._elsewhere: dict[str, tuple[SeatRefusals, ...]] = {}
        self._rows: dict[str, tuple[RefusalRow, ...]] = {}
        """By ballot, as they were last asked for; forgotten when one changes."""

    def note(self, ballot: str, seat: str, reason: RefusalReason) -> None:
        """Count one refused press."""
        counts = self._counts.setdefault(ballot, Counter())
        if (seat, reason) not in counts:
            if self._kept >= BOUND:
                counts, seat = self._counts.setdefault("*", Counter()), "*"
            else:
                self._kept += 1
        counts[seat, reason] += 1
        self._rows.clear()

    def own(self, ballot: str) -> tuple[SeatRefusals, ...]:
        """This server's rows of a ballot, for the others; ordered by seat and reason."""
        counts = self._counts.get(ballot, Counter())
        return tuple(SeatRefusals(ballot, *key, count) for key, count in sorted(counts.items()))

    def hear(self, server: str, rows: tuple[SeatRefusals, ...]) -> bool:
        """Another server's rows of the ballot in focus; whether they are others than before.

        Those of a server that died stay.
        """
        if self._elsewhere.pop(server, ()) == rows:
            self._elsewhere[server] = rows
            return False
        if len(self._elsewhere) >= SERVERS:
            del self._elsewhere[next(iter(self._elsewhere))]
        self._elsewhere[server] = rows
        self._rows.clear()
        return True

    def rows(self, ballot: str) -> tuple[RefusalRow, ...]:
        """A ballot's rows at all servers, ordered by seat and reason.

        The same tuple as long as nobody is refused.
        """
        rows = self._rows.get(ballot)
        if rows is None:
            rows = self._rows[ballot] = self._counted(ballot)
        return rows

    def _counted(self, ballot: str) -> tuple[RefusalRow, ...]:
        counts = Counter(self._counts.get(ballot, Counter()))
        for rows in self._elsewhere.values():
            for row in rows:
                if row.ballot == ballot:
                    counts[row.seat, row.reason] += row.count
        return tuple(RefusalRow(ballot, *key, count) for key, count in sorted(counts.items()))

    def by_seat(self, ballot: str) -> dict[str, int]:
        """How often each seat was refused in a ballot."""
        totals: Counter[str] = Counter()
        for row in self.rows(ballot):
            totals[row.seat] += row.count
        return dict(totals)

    def digest(self, ballot: str) -> str:
        """SHA-256 (hex) of the canonical JSON of a ballot's rows."""
        rows = [[row.seat, row.reason.value, row.count] for row in self.rows(ballot)]
        return hashlib.sha256(rfc8785.dumps(rows)).hexdigest()
