"""What a WebSocket server may offer beyond ASGI: a connection without tasks and queues between.

Rule: it is an extension (`scope["extensions"][DIRECT]`). Where it is missing, the sockets work by
plain ASGI; where it is there, frames are written at once and heard in the call that read them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, Protocol

DIRECT: Final = "hemicycle.direct"
"""The extension's name in an ASGI scope."""


class Direct(Protocol):
    """One accepted connection. Its methods never wait and never raise because of the peer."""

    is_clogged: bool
    """Whether the peer has not taken all that was sent; what is sent now waits in memory. To read
    only."""

    write: Callable[[int, bytes], object]
    """Sends one frame, of the kind that RFC 6455 (section 5.2) gives this number, as `send` does.
    It is the sender beneath itself: what goes to thousands goes through as few calls as can be."""

    def when_pressure_changes(self, act: Callable[[], None]) -> None:
        """What to do whenever the peer does not take all that is sent, from within the call that
        sends it, and whenever it has taken everything again."""
        ...

    def when_gone(self, act: Callable[[], None]) -> None:
        """What to do, once, when the connection is over at both ends. One thing, told once."""
        ...

    def attend(self, hear: Callable[[str | None], None], ended: Callable[[], None]) -> None:
        """From now on `hear` each frame as it is read (None for a binary one), instead of by ASGI.

        Frames that came before are heard at once. `ended` is called once, when the connection is
        over, whoever ended it. The application's call may return: the connection goes on, and
        costs no task.
        """
        ...

    def pause(self) -> None:
        """Hear nothing more, and read no more than was read, until `attend` is called again."""
        ...

    def send(self, *frames: bytes) -> None:
        """Send text frames, UTF-8, in one write. After the end or `close` nothing happens."""
        ...

    def close(self, code: int) -> None:
        """Send what waits and the close code; give the peer a while to say the same."""
        ...

    def abort(self) -> None:
        """End it now. What was not taken is lost."""
        ...
