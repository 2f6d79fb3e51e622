"""What waits to be sent to one connection.

Rule (the house's decision 5): replies go through an ordered lane and none is lost; views go
through a slot that keeps only the latest. A connection whose lane is full is too slow and is
closed with a code that says "come back". Frames are UTF-8 already, so that one that goes to many
is encoded once.
"""

from __future__ import annotations

from collections.abc import Callable
from math import inf
from typing import Final

from server.wire.close_codes import CloseCode

LANE_CAP: Final = 256
"""The most replies that may wait for one connection."""


class Outbox:
    """Replies in order, the latest view, and at the end a close code.

    `wake` is called whenever there is something to take, from within the call that put it there.
    Before anything has to wait, `pass_on` is asked to send frames there and then; it answers
    whether it did, and does not while anything waits.
    """

    __slots__ = ("_beat", "_closing", "_lane", "_view", "beaten", "pass_on", "wake")

    def __init__(self) -> None:
        self._lane: list[bytes] = []
        self._view: bytes | None = None
        self._beat: bytes | None = None
        self._closing: CloseCode | None = None
        self.wake: Callable[[], None] = nobody
        self.pass_on: Callable[[*tuple[bytes, ...]], bool] = not_now
        self.beaten = -inf
        """When it was last given a beat, in seconds; whoever gives beats keeps it."""

    @property
    def closing(self) -> CloseCode | None:
        """The code that the connection is to be closed with, if it is."""
        return self._closing

    def reply(self, frame: bytes, beat: bytes | None = None) -> None:
        """Queue a frame that must arrive, behind earlier ones. A beat may go along."""
        if self._closing is not None:
            return
        if self.pass_on(frame) if beat is None else self.pass_on(frame, beat):
            return
        if len(self._lane) >= LANE_CAP:
            self.close(CloseCode.SLOW)
            return
        self._lane.append(frame)
        if beat is not None:
            self._beat = beat
        self.wake()

    def show(self, frame: bytes) -> None:
        """Replace the view that waits; an older one that was not sent is dropped."""
        if self._closing is None and self.pass_on(frame):
            return
        self._view = frame
        self.wake()

    def beat(self, frame: bytes) -> None:
        """Replace the beat that waits."""
        if self._closing is None and self.pass_on(frame):
            return
        self._beat = frame
        self.wake()

    def close(self, code: CloseCode) -> None:
        """Send what waits in the lane, then close. The first code given stands."""
        if self._closing is None:
            self._closing = code
        self.wake()

    def take(self) -> list[bytes]:
        """The frames to send now: replies first, then the view. Once closing: replies only."""
        frames, view, beat = self._lane, self._view, self._beat
        self._lane = []
        self._view = self._beat = None
        if self._closing is None:
            if view is not None:
                frames.append(view)
            if beat is not None:
                frames.append(beat)
        return frames


def nobody() -> None:
    """Who takes the frames has not come yet, or has gone."""


def not_now(*_: bytes) -> bool:
    """Nobody sends a frame there and then: it waits."""
    return False
