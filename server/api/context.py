"""What the routes and sockets work with, wired once by the command line."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from argon2 import PasswordHasher
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from server.api.login_limit import LoginLimit
from server.api.room import Room
from server.api.seat_requests import SeatRequests
from server.hall.arriving import Doorway
from server.hall.desk import Desk
from server.hall.press import PressDesk
from server.hall.proving import SealedDesk
from server.hall.refused_commands import RefusedCommands
from server.live.hub import Hub
from server.live.neighbourhood import Neighbourhood
from server.live.tending import Tending
from server.live.wording import Wording
from server.ports import Credentials, Photos


@dataclass(frozen=True, slots=True)
class Context:
    """One hall's parts. `metrics` renders the metrics page."""

    desk: Desk
    credentials: Credentials
    photos: Photos
    hub: Hub
    tending: Tending
    neighbourhood: Neighbourhood
    doorway: Doorway
    press_desk: PressDesk
    sealed_desk: SealedDesk
    seat_requests: SeatRequests
    wording: Wording
    hasher: PasswordHasher
    logins: LoginLimit
    refused_commands: RefusedCommands
    signing_key: Ed25519PrivateKey
    receipt_key: bytes
    screens: Path
    public_url: str | None
    room: Room
    version: str
    metrics: Callable[[], bytes]
