"""When Python looks for garbage: not while votes are taken.

Rule: a sweep of everything visits each object of each connection and stops the server meanwhile,
for tenths of a second in a large hall. So nothing old is swept while a ballot takes votes or while
seats come in or leave. Once many have come, what is new is swept; once many have left, or after a
while, everything. What lives on is set aside (`gc.freeze`), so that the sweeps of what is young
stay short. Most of what a hall drops is freed without any sweep.
"""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Callable
from typing import Final

YOUNG: Final = (5_000, 50, 1_000_000)
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
        self._swept: int | None = None
        """How many connections there were at the last sweep."""
        self._all_swept = 0.0
        self._last = 0
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
        held, last = self._connections(), self._last
        self._last = held
        if self._busy():
            return False
        if self._swept is None or now - self._all_swept >= WHILE_SECONDS:
            is_whole = True
        elif held != last or abs(held - self._swept) < MANY:
            return False
        else:
            is_whole = held < self._swept
        if is_whole:
            gc.unfreeze()
            self._all_swept = now
        gc.collect()
        gc.freeze()
        self._swept = held
        return True

    async def _run(self) -> None:
        clock = asyncio.get_running_loop().time
        while True:
            self.look(clock())
            await asyncio.sleep(LOOK_SECONDS)
