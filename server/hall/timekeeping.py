"""What this server knows of time that the box's clock does not.

Rule (invariant 9): a ballot with a timer ends by the box's clock. That one may be set while it
runs, so once a second this server tells the box how much time has really passed; a closing time
moves with a clock that jumped. Whoever operates the hall is told.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Final

from server.ports import CLOCK_JUMP_MS, BallotBox, BoxState, Clock, NoBox

log = logging.getLogger("hemicycle.time")

TOLD_SECONDS: Final = 600.0
"""How long a jump is told to the operators."""


@dataclass(frozen=True, slots=True)
class _Reading:
    """What the box's clock said, in milliseconds, between two moments of ours, in seconds."""

    at: int
    asked: float
    answered: float


class Timekeeper:
    """This server's own clock beside the box's. It does not outlive the process."""

    def __init__(self) -> None:
        self._looked: dict[str, float] = {}
        """When each box's timer was looked at last."""
        self._read: _Reading | None = None
        self._jumped: float | None = None

    async def look(
        self, box: BallotBox, clock: Clock, ballot: str
    ) -> tuple[BoxState | NoBox, bool]:
        """A box now, and whether its closing time has moved. May raise StoreUnavailable."""
        before = await box.state(ballot)
        if isinstance(before, NoBox) or before.closes_at is None:
            self._looked.pop(ballot, None)
            return before, False
        asked, last = clock.monotonic(), self._looked.get(ballot)
        elapsed = None if last is None else round((asked - last) * 1000)
        after = await box.keep_time(ballot, elapsed)
        self._looked[ballot] = asked
        if isinstance(after, NoBox) or after.fence != before.fence:
            return after, False
        return after, after.closes_at not in (None, before.closes_at)

    async def compare(self, box: BallotBox, clock: Clock) -> bool:
        """Whether the box's clock has jumped since the last time. May raise StoreUnavailable."""
        asked = clock.monotonic()
        now = _Reading(await box.now(), asked, clock.monotonic())
        last, self._read = self._read, now
        if last is None:
            return False
        passed = now.at - last.at
        at_least = (now.asked - last.answered) * 1000
        at_most = (now.answered - last.asked) * 1000
        if at_least - CLOCK_JUMP_MS <= passed <= at_most + CLOCK_JUMP_MS:
            return False
        log.warning("the clock of the votes' store jumped by %d s", (passed - at_least) / 1000)
        self._jumped = now.answered
        return True

    def has_jumped(self, clock: Clock) -> bool:
        """Whether the box's clock jumped a short while ago."""
        return self._jumped is not None and clock.monotonic() - self._jumped < TOLD_SECONDS
