"""Refused presses, counted.

Rule (invariant 14): aggregated by ballot, seat and reason, never with the choice, and bounded, so
that a hostile seat cannot slow the hall. The digest of a ballot's rows is journaled at its close.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass
from typing import Final

import rfc8785

from server.vocabulary import RefusalReason

BOUND: Final = 65_536
"""The most rows that are kept; what does not fit is counted under the seat "*"."""


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
        self._counts: Counter[tuple[str, str, RefusalReason]] = Counter()

    def note(self, ballot: str, seat: str, reason: RefusalReason) -> None:
        """Count one refused press."""
        key = (ballot, seat, reason)
        if key not in self._counts and len(self._counts) >= BOUND:
            key = ("*", "*", reason)
        self._counts[key] += 1

    def rows(self, ballot: str) -> tuple[RefusalRow, ...]:
        """A ballot's rows, ordered by seat and reason."""
        return tuple(
            RefusalRow(*key, count)
            for key, count in sorted(self._counts.items())
            if key[0] == ballot
        )

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
