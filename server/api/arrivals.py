"""How often a seat may come anew.

Rule: each arrival of a seat costs the hall two writes to disk and, where it replaces a device, an
entry in the journal for good. So a Member's seats may arrive twenty times at once and once a
second for long; beyond that they are told to come back later. A device that reconnects with
pauses never gets near it; two that fight over one token do.
"""

from __future__ import annotations

from typing import Final

from server.allowance import Allowance

BURST: Final = 20.0
"""Arrivals at once."""

RATE: Final = 1.0
"""Arrivals a second for long."""


class Arrivals:
    """An allowance for each Member that came, of whom there are not endlessly many."""

    def __init__(self) -> None:
        self._allowances: dict[str, Allowance] = {}

    def may_come(self, member: str, now: float) -> bool:
        """Whether this arrival is within the rate; `now` in seconds."""
        allowance = self._allowances.get(member)
        if allowance is None:
            allowance = self._allowances[member] = Allowance(BURST, RATE, now)
        return allowance.take(now)
