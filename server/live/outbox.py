"""What waits to be sent to one connection.

Rule (the house's decision 5): replies go through an ordered lane and none is lost; views go
through a slot that keeps only the latest. A connection whose lane is full is too slow and is
closed with a code that says "come back".
"""

from __future__ import annotations

import asyncio
from collections import deque
from typing import Final

from server.wire.close_codes import CloseCode

LANE_CAP: Final = 256
"""The most replies that may wait for one connection."""


class Outbox:
    """Replies in order, the latest view, and at the end a close code."""

    def __init__(self) -> None:
        self._lane: deque[str] = deque()
        self._view: str | None = None
        self._beat: str | None = None
        self._closing: CloseCode | None = None
        self._ready = asyncio.Event()

    @property
    def closing(self) -> CloseCode | None:
        """The code that the connection is to be closed with, if it is."""
        return self._closing

    def reply(self, frame: str) -> None:
        """Queue a frame that must arrive, behind earlier ones."""
        if self._closing is not None:
            return
        if len(self._lane) >= LANE_CAP:
            self.close(CloseCode.SLOW)
            return
        self._lane.append(frame)
        self._ready.set()

    def show(self, frame: str) -> None:
        """Replace the view that waits; an older one that was not sent is dropped."""
        self._view = frame
        self._ready.set()

    def beat(self, frame: str) -> None:
        """Replace the beat that waits."""
        self._beat = frame
        self._ready.set()

    def close(self, code: CloseCode) -> None:
        """Send what waits in the lane, then close. The first code given stands."""
        if self._closing is None:
            self._closing = code
        self._ready.set()

    async def next(self) -> tuple[str, ...]:
        """The frames to send now: replies first, then the view. Empty: close with `closing`."""
        while True:
            frames = self._take()
            if frames or self._closing is not None:
                return frames
            self._ready.clear()
            await self._ready.wait()

    def _take(self) -> tuple[str, ...]:
        frames = list(self._lane)
        self._lane.clear()
        if self._closing is None:
            frames.extend(frame for frame in (self._view, self._beat) if frame is not None)
        self._view = self._beat = None
        return tuple(frames)
