"""How often a seat may come anew.

Rule: each arrival of a seat costs the hall two writes to disk and, where it replaces a device, an
entry in the journal for good. So a Member's seats may arrive twenty times at once and once a
second for long; beyond that they are told to come back later. A device that reconnects with
pauses never gets near it; two that fight over one token do.
"""

from __future__ import annotations

from typing import Final

BURST: Final = 20.0
"""Arrivals at once."""

RATE: Final = 1.0
"""Arrivals a second for long."""


class Arrivals:
    """A bucket for each Member that came; who has a seat's token is a Member, so it is bounded."""

    def __init__(self) -> None:
        self._buckets: dict[str, tuple[float, float]] = {}

    def may_come(self, member: str, now: float) -> bool:
        """Whether this arrival is within the rate; `now` in seconds."""
        left, last = self._buckets.get(member, (BURST, now))
        left = min(BURST, left + (now - last) * RATE)
        may = left >= 1.0
        self._buckets[member] = (left - 1.0 if may else left, now)
        return may
