"""Beats: what tells a connection that the hall lives, at least once a second.

Rule: a connection is given its next beat `PERIOD_SECONDS` after its last. Where a receipt goes out
anyway, the beat goes along: in the second in which everybody votes, beats would cost the server
half as much as the receipts. What falls due at one moment is spread, so that nobody's press waits
behind the beats of thousands.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable, Collection
from math import ceil
from typing import Final

from server.live.hub import A_TURN
from server.live.outbox import Outbox
from server.ports import Clock
from server.wire.messages import Beat

PERIOD_SECONDS: Final = 0.88
STEP_SECONDS: Final = 0.04
"""From one beat to the next, and how often it is looked whose is due."""

OLD_SECONDS: Final = 0.3
"""With a receipt goes a beat if the last one is so old."""

LATE_TURNS: Final = 4
"""How many turns are taken at once where the round is late: a busy loop comes round seldom."""

SPREAD: Final = 1 / 3
"""What comes in a clump is given its next beat earlier, by up to this part of the period."""


class Beating:
    """Gives beats to the outboxes that `everybody` names."""

    def __init__(self, everybody: Callable[[], Collection[Outbox]], clock: Clock) -> None:
        self._everybody = everybody
        self._clock = clock

    def begin(self, outbox: Outbox) -> None:
        """A connection was welcomed, which tells it as much as a beat."""
        outbox.beaten = self._clock.monotonic()

    def along(self, outbox: Outbox) -> bytes | None:
        """The beat that goes along with what is sent now; None if the last one is young."""
        now = self._clock.monotonic()
        if now - outbox.beaten < OLD_SECONDS:
            return None
        outbox.beaten = now
        return self._frame()

    async def round(self) -> None:
        """Give a beat to all whose last one is old enough, some at a time."""
        monotonic = self._clock.monotonic
        began = monotonic()
        oldest = began - PERIOD_SECONDS
        everybody = self._everybody()
        due = [each for each in everybody if each.beaten <= oldest]
        usual = ceil(len(everybody) * STEP_SECONDS / PERIOD_SECONDS)
        spread = SPREAD * PERIOD_SECONDS if len(due) > 2 * usual + A_TURN else 0.0
        for turn, first in enumerate(range(0, len(due), A_TURN), 1):
            now, frame = monotonic(), self._frame()
            for outbox in due[first : first + A_TURN]:
                if outbox.beaten <= oldest:  # none went along meanwhile
                    outbox.beaten = now - spread * random.random()  # noqa: S311  # it is no secret
                    outbox.beat(frame)
            if turn % LATE_TURNS == 0 or monotonic() < began + STEP_SECONDS:
                await asyncio.sleep(0)

    def _frame(self) -> bytes:
        return Beat(server_time=self._clock.now_ms()).model_dump_json().encode()
