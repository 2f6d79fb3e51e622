"""HTTP for uvicorn, but not for ever: who has begun a request has to end it soon.

Rule: a connection that has sent no whole request head is *silent*. It may be that for a few seconds
before its first byte (see `doorkeeper`) and for a few after it, however often it sends a drop, and
it counts: where there is no room for one more, the one silent longest goes. A body has
its time, too. Between two requests uvicorn's keep-alive decides.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any, Final

from uvicorn.config import Config
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.server import ServerState

from server.api.room import Room

HEAD_SECONDS: Final = 10.0
"""How long the head of a request may take."""

BODY_SECONDS: Final = 60.0
"""How long the body may take then: the largest at 20 kilobytes a second."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How long who speaks plain HTTP may take, and the room that they wait in."""

    room: Room
    head_seconds: float = HEAD_SECONDS
    body_seconds: float = BODY_SECONDS


class PatientProtocol(HttpToolsProtocol):
    """One connection, as long as it speaks plain HTTP."""

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        patience: Patience,
    ) -> None:
        super().__init__(config, server_state, app_state)
        self._room = patience.room
        self._head_seconds = patience.head_seconds
        self._body_seconds = patience.body_seconds
        self._timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn has it
        """Somebody is there."""
        super().connection_made(transport)
        self._wait_for_head()

    def data_received(self, data: bytes) -> None:
        """A piece of a request."""
        super().data_received(data)
        if self.transport.get_protocol() is not self:
            self._wait_no_longer()  # it is a WebSocket now
        elif self.cycle is None or self.cycle.response_complete:
            self._wait_for_head()

    def on_headers_complete(self) -> None:
        """A whole head has come."""
        self._wait_no_longer()
        self._timer = self.loop.call_later(self._body_seconds, self._end)
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """A whole request has come."""
        self._wait_no_longer()
        super().on_message_complete()

    def connection_lost(self, exc: Exception | None) -> None:
        """The connection ended."""
        self._wait_no_longer()
        super().connection_lost(exc)

    def _wait_for_head(self) -> None:
        if self._timer is None and not self.transport.is_closing():
            self._timer = self.loop.call_later(self._head_seconds, self._end)
            self._room.wait(self, self._turn_away)

    def _wait_no_longer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
            self._room.go_on(self)

    def _turn_away(self) -> None:
        self._wait_no_longer()
        self._room.turn_away(self.transport)

    def _end(self) -> None:
        self._wait_no_longer()
        self.transport.abort()
