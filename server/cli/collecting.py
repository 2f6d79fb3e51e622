"""When Python looks for garbage: not while votes are taken.

Rule: a sweep of everything visits each object of each connection and stops the server meanwhile,
for tenths of a second in a large hall. So everything is swept only while no ballot takes votes,
when many came or went or after a while; what lives on is then set aside (`gc.freeze`), so that the
sweeps of what is young stay short. Most of what a hall drops is freed without any sweep.
"""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Callable
from typing import Final

YOUNG: Final = (20_000, 20, 1_000_000)
"""Python's thresholds: the last keeps it from sweeping everything by itself."""

LOOK_SECONDS: Final = 1.0
MANY: Final = 100
"""Connections that came or went since the last sweep."""

WHILE_SECONDS: Final = 300.0
"""After so long everything is swept although few came or went."""


class Collecting:
    """Sweeps when it may. `busy` says whether votes are taken, `connections` how many there are."""

    def __init__(self, busy: Callable[[], bool], connections: Callable[[], int]) -> None:
        self._busy = busy
        self._connections = connections
        self._swept: tuple[float, int] | None = None
        self._before = gc.get_threshold()
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Take over from Python."""
        gc.set_threshold(*YOUNG)
        self._task = asyncio.create_task(self._run(), name="collect")

    async def stop(self) -> None:
        """Leave it to Python again."""
        if self._task is not None:
            self._task.cancel()
        gc.unfreeze()
        gc.set_threshold(*self._before)

    def look(self, now: float) -> bool:
        """Sweep if it is time and nobody is disturbed; returns whether it did. `now` in seconds."""
        held = self._connections()
        if self._busy():
            return False
        if self._swept is not None:
            at, then = self._swept
            if abs(held - then) < MANY and now - at < WHILE_SECONDS:
                return False
        gc.unfreeze()
        gc.collect()
        gc.freeze()
        self._swept = (now, held)
        return True

    async def _run(self) -> None:
        clock = asyncio.get_running_loop().time
        while True:
            self.look(clock())
            await asyncio.sleep(LOOK_SECONDS)
