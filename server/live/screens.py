"""The displays, chairs and consoles that are connected, and what each was shown last.

Rule: all screens of a kind are shown the same moment, and none is shown the same twice: a view with
nothing new would tell that something happened that is withheld. Nothing here awaits.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from typing import Final

from server.live.connections import ScreenConnection
from server.live.frames import Frames
from server.live.outbox import Outbox
from server.live.snapshot import Snapshot
from server.wire.close_codes import CloseCode

A_TURN: Final = 32
"""How many connections are sent something before presses get their turn."""


class Screens:
    """The screens. `snapshot` is asked for the hall now, with who was refused for consoles."""

    def __init__(self, frames: Frames, snapshot: Callable[[bool], Snapshot]) -> None:
        self._frames = frames
        self._snapshot = snapshot
        self._screens: dict[ScreenConnection, None] = {}
        """In the order in which they came, which is mostly that of their memory: a set would go
        through thousands of them at random."""
        self._stale_displays = self._stale_consoles = False

    def __len__(self) -> int:
        return len(self._screens)

    def join(self, connection: ScreenConnection) -> None:
        """Take a screen's connection and show it the hall."""
        self._screens[connection] = None
        for _ in self._send([connection]):
            pass

    def leave(self, connection: ScreenConnection) -> None:
        """Forget a screen."""
        self._screens.pop(connection, None)

    def tokens(self) -> frozenset[str]:
        """The hashes of the tokens that the screens were opened with."""
        return frozenset(each.token for each in self._screens if each.token is not None)

    def close(self, tokens: Collection[str], code: CloseCode) -> None:
        """Close the screens that were opened with these tokens."""
        for screen in self._screens:
            if screen.token in tokens:
                screen.outbox.close(code)

    def outboxes(self) -> list[Outbox]:
        """Where what they are sent goes."""
        return [screen.outbox for screen in self._screens]

    def console_bytes(self) -> int:
        """The size of what consoles were shown last; 0 where there is none."""
        return max((len(each.shown) for each in self._screens if each.console), default=0)

    def are_stale(self) -> None:
        """There is something new for all of them."""
        self._stale_displays = self._stale_consoles = True

    def consoles_are_stale(self) -> None:
        """There is something new for consoles."""
        self._stale_consoles = True

    def publish_displays(self) -> Iterator[None]:
        """Show the displays and the chair the hall, if it has changed; it yields after some.

        All of them are shown the same moment.
        """
        stale, self._stale_displays = self._stale_displays, False
        return self._send([each for each in self._screens if stale and not each.console])

    def publish_consoles(self) -> Iterator[None]:
        """Show the consoles the hall, if it has changed; it yields after some."""
        stale, self._stale_consoles = self._stale_consoles, False
        return self._send([each for each in self._screens if stale and each.console])

    def _send(self, screens: list[ScreenConnection]) -> Iterator[None]:
        if not screens:
            return
        snapshot = self._snapshot(any(each.console for each in screens))
        # Votes change in place, so every frame is written before anybody else gets a turn.
        frames = {
            kind: self._frames.of_screen(snapshot, *kind)
            for kind in {(each.console, each.role) for each in screens}
        }
        for shown, screen in enumerate(screens, 1):
            frame = frames[screen.console, screen.role]
            if frame != screen.shown:
                screen.outbox.show(frame)
                screen.shown = frame
            if shown % A_TURN == 0:
                yield
