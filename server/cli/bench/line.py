"""One WebSocket connection of the load generator: handshake, frames, pings, nothing more."""

from __future__ import annotations

import asyncio
import base64
import os
import time
from typing import Final, cast

from server.cli.bench.frames import CLOSE, PING, PONG, TEXT, FrameReader, client_frame

_END_OF_HEAD: Final = b"\r\n\r\n"


class Line(asyncio.Protocol):
    """A connection to one of the server's sockets. What a frame means is for `hear` to say."""

    def __init__(self, host: str, path: str) -> None:
        self._host = host
        self._path = path
        self._transport: asyncio.Transport | None = None
        self._head: bytes | None = b""
        self._frames = FrameReader()
        self.ended: int | None = None
        """The close code once the connection has ended: 1006 if there was none."""
        self.fault: str | None = None
        """Why this connection could not be understood."""

    # --- for those who use a line

    def opened(self) -> None:
        """The handshake is done."""

    def hear(self, payload: bytes, at: float) -> None:
        """A text frame arrived; `at` is the monotonic clock in seconds."""

    def closed(self) -> None:
        """The connection has ended."""

    def say(self, payload: bytes) -> None:
        """Send a text frame; silently nothing once the connection has ended."""
        self.write(client_frame(TEXT, payload))

    def write(self, frame: bytes) -> None:
        """Send what is a whole frame already."""
        if self._transport is not None:
            self._transport.write(frame)

    def hang_up(self) -> None:
        """End the connection at once."""
        if self._transport is not None:
            self._transport.abort()

    # --- asyncio.Protocol

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Ask for the upgrade."""
        # uvloop's transports have asyncio's methods without being its classes.
        self._transport = tcp = cast("asyncio.Transport", transport)
        key = base64.b64encode(os.urandom(16)).decode()
        tcp.write(
            f"GET {self._path} HTTP/1.1\r\nHost: {self._host}\r\nUpgrade: websocket\r\n"
            f"Connection: Upgrade\r\nSec-WebSocket-Key: {key}\r\n"
            "Sec-WebSocket-Version: 13\r\n\r\n".encode()
        )

    def data_received(self, data: bytes) -> None:
        """Read the handshake's answer, then frames."""
        at = time.monotonic()
        if self._head is not None:
            self._head += data
            head, end, data = self._head.partition(_END_OF_HEAD)
            if not end:
                return
            if not head.startswith(b"HTTP/1.1 101 "):
                self._give_up(f"no upgrade: {head.splitlines()[0].decode(errors='replace')}")
                return
            self._head = None
            self.opened()
        try:
            frames = self._frames.feed(data)
        except ValueError as problem:
            self._give_up(str(problem))
            return
        for opcode, payload in frames:
            if opcode == TEXT:
                self.hear(payload, at)
            elif opcode == PING and self._transport is not None:
                self._transport.write(client_frame(PONG, payload))
            elif opcode == CLOSE:
                self.ended = int.from_bytes(payload[:2], "big") or 1005
                self.hang_up()

    def connection_lost(self, exc: Exception | None) -> None:
        """Note that it ended."""
        self._transport = None
        if self.ended is None:
            self.ended = 1006
        self.closed()

    def _give_up(self, fault: str) -> None:
        self.fault = fault
        self.hang_up()
