"""How many connections the hall takes.

Rule: beyond its room a hall says so before the handshake (503, with when to come back), so that
those who are in keep their places. A socket counts from its request to its last byte, also before
its `hello`. Connections that have not sent a whole request yet have what room is left, and always a
little, so that the operator's requests come through: beyond it the oldest of them is told the same,
unasked: in a burst its request may be on its way.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Final

from starlette.responses import Response

from server.api.problems import problem

RETRY_SECONDS: Final = 2

PARTING_SECONDS: Final = 1.0
"""How long who has not asked may take to hear that there is no room."""

LEAST_SILENT: Final = 64
"""How many connections may be silent where the hall is full; they are among the spare files."""


class Room:
    """Counts who is in, up to `most`, and who has said nothing yet."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._refusal = _as_written(full(most))
        self._in = 0
        self._silent: dict[object, Callable[[], None]] = {}
        """How to turn each away, the oldest first."""

    def wait(self, who: object, turn_away: Callable[[], None]) -> None:
        """A connection is silent. `turn_away` ends it where there is no room, and it has to
        `go_on`."""
        self._silent[who] = turn_away
        if len(self._silent) > max(LEAST_SILENT, self.most - self._in):
            next(iter(self._silent.values()))()

    def go_on(self, who: object) -> None:
        """A connection is silent no longer."""
        self._silent.pop(who, None)

    def turn_away(self, transport: asyncio.Transport) -> None:
        """Tell who has not asked yet that there is no room, and end the connection."""
        transport.write(self._refusal)
        transport.close()
        # Whoever does not read is not waited for.
        asyncio.get_running_loop().call_later(PARTING_SECONDS, transport.abort)

    def enter(self) -> bool:
        """Take a place, if there is one; who took one has to leave."""
        if self._in >= self.most:
            return False
        self._in += 1
        return True

    def leave(self) -> None:
        """Give the place back."""
        self._in -= 1


def full(most: int) -> Response:
    """The refusal of one connection too many."""
    return problem(
        503,
        "full",
        "No room",
        f"This server takes {most} connections (--max-connections). Come back in a moment.",
        headers={"Retry-After": str(RETRY_SECONDS)},
    )


def _as_written(response: Response) -> bytes:
    lines = [b"%b: %b" % header for header in response.raw_headers]
    head = (b"HTTP/1.1 503 Service Unavailable", b"connection: close", *lines)
    return b"\r\n".join((*head, b"", bytes(response.body)))
