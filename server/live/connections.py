"""A connection as the hub keeps it: where its frames go, and what decides which they are."""

from __future__ import annotations

from dataclasses import dataclass

from server.live.outbox import Outbox
from server.vocabulary import Language, Role


@dataclass(slots=True, eq=False)
class SeatConnection:
    """A seat's connection. `generation` is what its `hello` took."""

    outbox: Outbox
    seat: str
    member: str
    generation: int
    lang: Language


@dataclass(slots=True, eq=False)
class ScreenConnection:
    """A display's, chair's or console's connection."""

    outbox: Outbox
    role: Role
    console: bool
    token: str | None = None
    """The hash of the token that opened it; None where anybody may look."""
    shown: bytes = b""
    """The last view's frame."""
