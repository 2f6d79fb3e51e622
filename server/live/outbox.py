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

TEXT: Final = 1
"""What `pass_on` is told first: that the frame is text, as RFC 6455 (section 5.2) numbers it. So it
can be the connection's own sender, with nothing between: thousands of screens feel each call."""


class Outbox:
    """Replies in order, the latest view, and at the end a close code.

    `wake` is called whenever there is something to take, from within the call that put it there.
    While nothing has to wait, `pass_on` sends a frame there and then, and `pass_on_both` two of
    them in one write; where it is None, frames wait.
    """

    __slots__ = (
        *("_beat", "_closing", "_lane", "_view"),
        *("beaten", "pass_on", "pass_on_both", "wake"),
    )

    def __init__(self) -> None:
        self._lane: list[bytes] = []
        self._view: bytes | None = None
        self._beat: bytes | None = None
        self._closing: CloseCode | None = None
        self.wake: Callable[[], None] = nobody
        self.pass_on: Callable[[int, bytes], object] | None = None
        self.pass_on_both: Callable[[bytes, bytes], object] = drop
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
        if self.pass_on is not None:
            if beat is None:
                self.pass_on(TEXT, frame)
            else:
                self.pass_on_both(frame, beat)
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
        if self.pass_on is not None and self._closing is None:
            self.pass_on(TEXT, frame)
            return
        self._view = frame
        self.wake()

    def beat(self, frame: bytes) -> None:
        """Replace the beat that waits."""
        if self.pass_on is not None and self._closing is None:
            self.pass_on(TEXT, frame)
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


def drop(*_: object) -> None:
    """The connection has ended: what is put into its outbox goes nowhere."""
