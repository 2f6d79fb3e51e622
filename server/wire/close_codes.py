"""WebSocket close codes of the hall.

Rule: a code says whether to come back. Codes from 4000 to 4099 (and the standard 1001, 1006,
1011, 1012, 1013) are transient: reconnect after a pause. Codes from 4400 to 4499 mean stop:
the same call would be refused again.
"""

from __future__ import annotations

from enum import IntEnum


class CloseCode(IntEnum):
    """Why the hall closed a connection."""

    GOING_AWAY = 1001
    """The server is stopping; another, or the same, will be back."""

    SLOW = 4000
    """The connection did not keep up; come back for a fresh view."""

    UNAVAILABLE = 4001
    """The hall cannot serve now (its store does not answer); come back."""

    PROTOCOL = 4400
    """Repeated malformed frames, or no valid `hello`."""

    UNAUTHORISED = 4401
    """The token is unknown, expired or revoked."""

    FORBIDDEN = 4403
    """The token's role may not open this socket."""

    NO_HELLO = 4408
    """No `hello` within five seconds."""

    REPLACED = 4409
    """Another device took over this seat."""

    REVOKED = 4410
    """The seat's token was reissued or withdrawn."""

    UNSUPPORTED = 4426
    """The protocol version is not spoken here."""


def is_transient(code: int) -> bool:
    """Whether a client that was closed with this code should reconnect."""
    return not 4400 <= code <= 4499
