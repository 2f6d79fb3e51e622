"""Acting at given times, to a fraction of a millisecond.

Rule: uvloop's own timers count whole milliseconds, which is as much as a receipt takes. The
process's interval timer (setitimer(2)) wakes the loop through a signal instead, so the generator
neither rounds nor spins. How late each act was is returned: it is part of every figure.
"""

from __future__ import annotations

import asyncio
import signal
import time
from collections.abc import Callable, Sequence
from typing import Final

GRAIN: Final = 0.000_2
"""Seconds: acts that are closer together share one awakening."""

STRETCH: Final = 32
"""How many overdue acts are done before what has arrived is read."""


class Alarm:
    """The process's one interval timer, for one loop."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._rung = asyncio.Event()
        loop.add_signal_handler(signal.SIGALRM, self._rung.set)

    async def until(self, at: float) -> None:
        """Wait until the monotonic clock shows `at`."""
        while (left := at - time.monotonic()) > 0:
            self._rung.clear()
            signal.setitimer(signal.ITIMER_REAL, left)
            await self._rung.wait()

    async def act_at(self, times: Sequence[float], act: Callable[[int], None]) -> list[float]:
        """Call `act(i)` at `times[i]`, which ascend; returns how late each was, in seconds."""
        late: list[float] = []
        woke = 0.0
        for i, at in enumerate(times):
            if at > time.monotonic():
                await self.until(max(at, woke + GRAIN))
                woke = time.monotonic()
            elif i % STRETCH == 0:
                await asyncio.sleep(0)
            act(i)
            late.append(time.monotonic() - at)
        return late
