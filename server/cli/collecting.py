"""When Python looks for garbage: not while votes are taken.

Rule: a sweep visits each object that it looks after, and everything that these hold, and stops the
server meanwhile: for tenths of a second in a large hall, and for hundredths even where only what
is young is swept, for a view's lists name every Member. So nothing at all is swept while a ballot
takes votes. Otherwise what is young is swept as Python does it. Once many have come, what lives is
set aside (`gc.freeze`) without another look at it; everything is swept once half of them have left,
or after a while, which is the longer the longer it takes. Most of what a hall drops is freed
without any sweep.
"""

from __future__ import annotations

import asyncio
import gc
import time
from collections.abc import Callable
from typing import Final

YOUNG: Final = (5_000, 1_000_000, 1_000_000)
"""Python's thresholds: the others keep it from sweeping what is not young by itself."""

MOST_YOUNG: Final = 1_000_000
"""New objects after which what is young is swept even while votes are taken: memory has an end. Ten
thousand seats that come back in mid-vote make fewer."""

LOOK_SECONDS: Final = 0.25
MANY: Final = 100
"""Connections that came or went since the last sweep."""

WHILE_SECONDS: Final = 300.0
A_WHILE: Final = 3_000.0
"""After so long everything is swept although few came or went, or after so many times as long as
that took the last time."""


class Collecting:
    """Sweeps when it may. `busy` says whether votes are taken, `connections` how many there are;
    `timer` is in seconds."""

    def __init__(
        self,
        busy: Callable[[], bool],
        connections: Callable[[], int],
        timer: Callable[[], float] = time.perf_counter,
    ) -> None:
        self._busy = busy
        self._connections = connections
        self._timer = timer
        self._swept: int | None = None
        """How many connections there were at the last sweep."""
        self._all_swept = 0.0
        self._took = 0.0
        """When everything was swept, and how long that took, in seconds."""
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
        gc.enable()
        gc.unfreeze()
        gc.set_threshold(*self._before)

    def look(self, now: float) -> bool:
        """Sweep if it is time and nobody is disturbed; returns whether it did. `now` in seconds."""
        held, last = self._connections(), self._last
        self._last = held
        if self._busy():
            gc.disable()
            if gc.get_count()[0] > MOST_YOUNG:
                gc.collect(0)
            return False
        gc.enable()
        swept = self._swept
        if swept is None or now - self._all_swept >= max(WHILE_SECONDS, A_WHILE * self._took):
            self._sweep_all(now)
        elif held != last:
            return False
        elif held <= swept - max(MANY, swept // 2):
            self._sweep_all(now)
        elif held >= swept + MANY:
            gc.collect(0)
        else:
            return False
        gc.freeze()
        self._swept = held
        return True

    def _sweep_all(self, now: float) -> None:
        began = self._timer()
        gc.unfreeze()
        gc.collect()
        self._all_swept, self._took = now, self._timer() - began

    async def _run(self) -> None:
        clock = asyncio.get_running_loop().time
        while True:
            self.look(clock())
            await asyncio.sleep(LOOK_SECONDS)
