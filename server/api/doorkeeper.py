"""What stands at the door: a connection's first bytes say whom it is for.

Rule: nearly all connections of a hall are WebSockets, whose whole request comes at once. Such a
request goes to the protocol that judges it, and nobody else reads it: a tenth of what a seat costs
that comes back. Whatever else comes goes to HTTP as it came. Until something comes, a connection is
silent (see `room`), and may be that for as long as a request's head may take.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from typing import Any, Final, cast

from uvicorn.config import Config
from uvicorn.server import ServerState

from server.api.patient_protocol import Patience, PatientProtocol

_LONGEST: Final = 8192
"""Bytes of a request that is looked at as a whole."""

_WEBSOCKET: Final = re.compile(
    rb"GET [!-~]+ HTTP/1\.1\r\n"
    rb"(?=(?:[^\r\n]*\r\n)*?upgrade:[ \t]*websocket[ \t]*\r\n)"
    rb"(?=(?:[^\r\n]*\r\n)*?connection:(?:[^\r\n]*[,\t ])?upgrade[\t ]*(?:,[^\r\n]*)?\r\n)"
    rb"(?:[!-9;-~]+:[ \t!-~\x80-\xff]*\r\n)+\r\n",
    re.IGNORECASE,
)
"""A whole request for a WebSocket: what nearly all connections of a hall begin with. It is read
once then, by the protocol that judges it."""


class Doorkeeper(asyncio.Protocol):
    """One connection, until its first bytes have come."""

    __slots__ = ("_app_state", "_config", "_loop", "_state", "_timer", "_transport")

    patience: Patience

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        self._config = config
        self._state = server_state
        self._app_state = app_state
        self._loop = _loop or asyncio.get_running_loop()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Somebody is there."""
        self._transport = cast("asyncio.Transport", transport)  # uvloop's is none by inheritance
        self._state.connections.add(self)  # type: ignore[arg-type]  # a closed union of its own
        self._timer = self._loop.call_later(self.patience.head_seconds, self._end)
        self.patience.room.wait(self, self._turn_away)

    def data_received(self, data: bytes) -> None:
        """The first bytes."""
        self._go_on()
        config, state, app_state = self._config, self._state, self._app_state
        protocol: Any
        if len(data) <= _LONGEST and _WEBSOCKET.fullmatch(data):
            judge = cast("Callable[..., Any]", config.ws_protocol_class)
            protocol = judge(config=config, server_state=state, app_state=app_state)
        else:
            protocol = PatientProtocol(config, state, app_state, self.patience)
        protocol.connection_made(self._transport)
        self._transport.set_protocol(protocol)
        protocol.data_received(data)

    def connection_lost(self, exc: Exception | None) -> None:
        """The connection ended without a word."""
        self._go_on()

    def shutdown(self) -> None:
        """The server stops (called by uvicorn)."""
        self._end()

    def _go_on(self) -> None:
        self._timer.cancel()
        self.patience.room.go_on(self)
        self._state.connections.discard(self)

    def _turn_away(self) -> None:
        self._go_on()
        self.patience.room.turn_away(self._transport)

    def _end(self) -> None:
        self._go_on()
        self._transport.abort()


def doorkeeper(patience: Patience) -> type[Doorkeeper]:
    """The protocol of a server whose connections have this patience."""
    return type("Doorkeeper", (Doorkeeper,), {"patience": patience})
