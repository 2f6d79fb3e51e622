"""Refused operator commands are journaled.

Rule (invariant 14): each is an entry, but not more than twenty a minute, so that a stuck key
cannot fill the journal; how many were left out stands in the next entry.
"""

from __future__ import annotations

from typing import Final

from server.allowance import Allowance
from server.hall.desk import Desk
from server.hall.state import COMMAND_REFUSED

PER_MINUTE: Final = 20.0


class RefusedCommands:
    """Twenty entries at once, and as many in a minute for long."""

    def __init__(self) -> None:
        self._allowance: Allowance | None = None
        self._omitted = 0

    async def note(self, desk: Desk, actor: str, ballot: str, command: str, code: str) -> None:
        """Journal a refused command. May raise StoreUnavailable."""
        now = desk.clock.monotonic()
        if self._allowance is None:
            self._allowance = Allowance(PER_MINUTE, PER_MINUTE / 60, now)
        if not self._allowance.take(now):
            self._omitted += 1
            return
        omitted = self._omitted
        subject = ballot if ballot in desk.ledger.state.ballots else None
        payload: dict[str, object] = {"command": command, "code": code, "omitted": omitted}
        self._omitted += 1  # until it is on disk
        await desk.journal(desk.event(COMMAND_REFUSED, subject, actor, payload))
        self._omitted -= omitted + 1
