"""HTTP for uvicorn, but not for ever: who has begun a request has to end it soon.

Rule: a connection that has sent no whole request head is *silent*. It may be that for a few
seconds in all, however often it sends a drop, and it counts: where there is no room for one more,
the one that has been silent longest goes. A body has its time, too. Between two requests uvicorn's
keep-alive decides.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from typing import Any, Final

from uvicorn.config import Config
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.server import ServerState

from server.api.room import Room

HEAD_SECONDS: Final = 10.0
"""How long the head of a request may take."""

BODY_SECONDS: Final = 60.0
"""How long the body may take then: the largest at 20 kilobytes a second."""

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


class PatientProtocol(HttpToolsProtocol):
    """One connection, as long as it speaks plain HTTP."""

    room: Room
    head_seconds: float
    body_seconds: float

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        super().__init__(config, server_state, app_state, _loop)
        self._patience: asyncio.TimerHandle | None = None
        self._is_new = True
        """Whether nothing was received yet."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn has it
        """Somebody is there."""
        super().connection_made(transport)
        self._wait_for_head()

    def data_received(self, data: bytes) -> None:
        """A piece of a request."""
        if self._is_new and len(data) <= _LONGEST and _WEBSOCKET.fullmatch(data):
            self._hand_over(data)
            return
        self._is_new = False
        super().data_received(data)
        if self.transport.get_protocol() is not self:
            self._wait_no_longer()  # it is a WebSocket now
        elif self.cycle is None or self.cycle.response_complete:
            self._wait_for_head()

    def on_headers_complete(self) -> None:
        """A whole head has come."""
        self._wait_no_longer()
        self._patience = self.loop.call_later(self.body_seconds, self._end)
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """A whole request has come."""
        self._wait_no_longer()
        super().on_message_complete()

    def connection_lost(self, exc: Exception | None) -> None:
        """The connection ended."""
        self._wait_no_longer()
        super().connection_lost(exc)

    def _hand_over(self, request: bytes) -> None:
        """To the WebSocket protocol, which reads the request itself, as uvicorn would."""
        self._wait_no_longer()
        self.connections.discard(self)
        make: Callable[..., Any] = self.ws_protocol_class  # type: ignore[assignment]  # `serve` sets one
        protocol = make(self.config, self.server_state, self.app_state)
        protocol.connection_made(self.transport)
        protocol.data_received(request)
        self.transport.set_protocol(protocol)

    def _wait_for_head(self) -> None:
        if self._patience is None and not self.transport.is_closing():
            self._patience = self.loop.call_later(self.head_seconds, self._end)
            self.room.wait(self, self._end)

    def _wait_no_longer(self) -> None:
        if self._patience is not None:
            self._patience.cancel()
            self._patience = None
            self.room.go_on(self)

    def _end(self) -> None:
        self._wait_no_longer()
        self.transport.abort()


def patient(
    room: Room, head_seconds: float = HEAD_SECONDS, body_seconds: float = BODY_SECONDS
) -> type[PatientProtocol]:
    """The protocol of a server whose connections count in this room."""
    settings = {"room": room, "head_seconds": head_seconds, "body_seconds": body_seconds}
    return type("PatientProtocol", (PatientProtocol,), settings)
