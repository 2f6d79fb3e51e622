"""Beats: what tells a connection that the hall lives, at least once a second.

Rule: a connection is given its next beat `PERIOD_SECONDS` after its last. Where a receipt goes out
anyway, the beat goes along: in the second in which everybody votes, beats would cost the server
half as much as the receipts. What falls due at one moment is spread, so that nobody's press waits
behind the beats of thousands.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Sequence
from math import ceil, inf
from typing import Final

from server.live.outbox import Outbox
from server.live.screens import A_TURN
from server.ports import Clock

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
    """Whose beat is due when: a wheel with a place for each step, so that nobody is looked at
    before it is time."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._places: dict[int, list[Outbox]] = {}
        self._next = _step(clock.monotonic())
        """The step that the next round begins with."""
        self._count = 0
        self._told, self._written = 0, b""
        """The last frame and its time: in one millisecond many are sent the same."""

    def begin(self, outbox: Outbox) -> None:
        """A connection was welcomed, which tells it as much as a beat."""
        outbox.beaten = self._clock.monotonic()
        self._count += 1
        self._place(outbox)

    def end(self, outbox: Outbox) -> None:
        """A connection that began has ended."""
        outbox.beaten = inf
        self._count -= 1

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
        due = self._due(began)
        usual = ceil(self._count * STEP_SECONDS / PERIOD_SECONDS)
        spread = SPREAD * PERIOD_SECONDS if len(due) > 2 * usual + A_TURN else 0.0
        turns = 0
        try:
            while due:
                self._give(due[-A_TURN:], monotonic(), spread)
                del due[-A_TURN:]
                turns += 1
                if turns % LATE_TURNS == 0 or monotonic() < began + STEP_SECONDS:
                    await asyncio.sleep(0)
        finally:
            # Whoever was not reached must not be forgotten.
            self._places.setdefault(self._next, []).extend(due)

    def _due(self, now: float) -> list[Outbox]:
        due: list[Outbox] = []
        while self._next <= _step(now):
            due += self._places.pop(self._next, ())
            self._next += 1
        return due

    def _give(self, turn: Sequence[Outbox], now: float, spread: float) -> None:
        frame = self._frame()
        for outbox in turn:
            if outbox.beaten == inf:
                continue  # it has ended
            if outbox.beaten <= now - PERIOD_SECONDS + STEP_SECONDS:  # none went along meanwhile
                outbox.beaten = now - spread * random.random()  # noqa: S311  # it is no secret
                outbox.beat(frame)
            self._place(outbox)

    def _place(self, outbox: Outbox) -> None:
        step = max(_step(outbox.beaten + PERIOD_SECONDS), self._next)
        self._places.setdefault(step, []).append(outbox)

    def _frame(self) -> bytes:
        now = self._clock.now_ms()
        if now != self._told:
            # What `Beat` would write (a test compares them): a full hall needs one a millisecond.
            self._told, self._written = now, b'{"type":"beat","server_time":%d}' % now
        return self._written


def _step(at: float) -> int:
    return int(at / STEP_SECONDS)
