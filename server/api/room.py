"""How many connections the hall takes.

Rule: beyond its room a hall says so before the handshake (503, with when to come back), so that
those who are in keep their places. Each connection counts from its first byte to its last, also
before its `hello`.
"""

from __future__ import annotations

from typing import Final

from starlette.responses import Response

from server.api.problems import problem

RETRY_SECONDS: Final = 2


class Room:
    """Counts who is in, up to `most`."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._in = 0

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
