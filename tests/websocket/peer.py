"""A peer of WebSockets that does right or wrong as it is told, and the applications it meets.

A real uvicorn stands on a real socket; the peer is written here, byte by byte, so that it can do
what no decent client does.
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
import ssl
import struct
from collections.abc import AsyncIterator, Callable, Generator, MutableMapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import pytest
import uvicorn

from server.api.direct import DIRECT
from server.api.doorkeeper import doorkeeper
from server.api.patient_protocol import Patience
from server.api.picows_protocol import PicowsProtocol
from server.api.room import Room
from server.api.tls import Certificate, tls_doorkeeper

Message = MutableMapping[str, Any]
Stack = type[PicowsProtocol] | Literal["websockets-sansio"]

TEXT, BINARY, CLOSE, PING, PONG, CONTINUATION = 1, 2, 8, 9, 10, 0
LIMIT = 4096

both = pytest.mark.parametrize(
    "stack", [PicowsProtocol, "websockets-sansio"], ids=["picows", "stock"]
)


class Echo:
    """Sends back what it hears; `quit`, `fail`, `/refuse` and `/busy` do what they say."""

    def __init__(self) -> None:
        self.ends: list[int] = []

    async def __call__(self, scope: Message, receive: Any, send: Any) -> None:
        assert (await receive())["type"] == "websocket.connect"
        if scope["path"] == "/refuse":
            await send({"type": "websocket.close"})
            return
        if scope["path"] == "/busy":
            headers = [(b"retry-after", b"1")]
            start = {"type": "websocket.http.response.start", "status": 503, "headers": headers}
            await send(start)
            await send({"type": "websocket.http.response.body", "body": b"come back"})
            return
        if scope["path"] == "/silent":
            return
        await send(
            {"type": "websocket.accept", "subprotocol": (scope["subprotocols"] or [None])[0]}
        )
        while (message := await receive())["type"] == "websocket.receive":
            text = message.get("text")
            if text == "quit":
                await send({"type": "websocket.close", "code": 4001, "reason": "as you wish"})
            elif text == "fail":
                raise RuntimeError("as you wish")
            elif text is None:
                await send({"type": "websocket.send", "bytes": message["bytes"]})
            else:
                await send({"type": "websocket.send", "text": text})
        self.ends.append(message["code"])


class Flood:
    """Accepts, attends directly, and keeps what it was told."""

    def __init__(self) -> None:
        self.heard: list[str | None] = []
        self.direct: Any = None
        self.pressures = 0
        self.over = asyncio.Event()

    async def __call__(self, scope: Message, receive: Any, send: Any) -> None:
        await receive()
        await send({"type": "websocket.accept"})
        assert (await receive())["text"] == "first"
        await asyncio.sleep(0.05)  # more comes in the meantime
        self.direct = scope["extensions"][DIRECT]
        self.direct.when_pressure_changes(self._count)
        self.direct.attend(self._hear, self.over.set)
        await self.over.wait()

    def _hear(self, text: str | None) -> None:
        if text == "fail":
            raise RuntimeError("as you wish")
        self.heard.append(text)

    def _count(self) -> None:
        self.pressures += 1


class _Server(uvicorn.Server):
    @contextlib.contextmanager
    def capture_signals(self) -> Generator[None, None, None]:
        yield


@dataclass
class Peer:
    """A client that sends what it is told to, right or wrong."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    def frame(
        self,
        opcode: int,
        payload: bytes = b"",
        *,
        fin: bool = True,
        bits: int = 0,
        mask: bool = True,
    ) -> bytes:
        head = bytes([(fin << 7) | (bits << 4) | opcode])
        size, flag = len(payload), 128 if mask else 0
        if size < 126:
            head += bytes([flag | size])
        elif size < 65536:
            head += bytes([flag | 126]) + struct.pack("!H", size)
        else:
            head += bytes([flag | 127]) + struct.pack("!Q", size)
        if not mask:
            return head + payload
        key = b"\x01\x82\x43\xc4"
        return head + key + bytes(byte ^ key[i % 4] for i, byte in enumerate(payload))

    def send(self, *args: Any, **named: Any) -> None:
        self.writer.write(self.frame(*args, **named))

    async def hear(self) -> tuple[int, bytes]:
        async with asyncio.timeout(5):
            first, second = await self.reader.readexactly(2)
            assert first & 0x70 == 0
            assert second < 128, "a server does not mask"
            size = second
            if size == 126:
                (size,) = struct.unpack("!H", await self.reader.readexactly(2))
            elif size == 127:
                (size,) = struct.unpack("!Q", await self.reader.readexactly(8))
            return first & 15, await self.reader.readexactly(size)

    async def closing_code(self) -> int:
        """The code of the close frame that comes next, after which the connection ends."""
        opcode, payload = await self.hear()
        assert opcode == CLOSE
        async with asyncio.timeout(5):
            with contextlib.suppress(ConnectionResetError):
                assert await self.reader.read() == b""
        return int.from_bytes(payload[:2])


@dataclass
class Place:
    """A server on a port, and who came to it."""

    port: int
    stop: Callable[[], None]
    came: list[Peer]
    piece: int = LIMIT
    """Bytes of a request that are written at a time."""
    tls: ssl.SSLContext | None = None
    """What its peers trust, if it speaks TLS."""

    async def ask(self, path: str = "/", **headers: str) -> tuple[Peer, bytes]:
        """Ask for an upgrade; the peer and the answer's head."""
        peer = Peer(*await asyncio.open_connection("127.0.0.1", self.port, ssl=self.tls))
        self.came.append(peer)
        fields = {
            "Host": "hall", "Upgrade": "websocket", "Connection": "keep-alive, Upgrade",
            "Sec-WebSocket-Version": "13", "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
        } | {name.replace("_", "-"): value for name, value in headers.items()}  # fmt: skip
        lines = "".join(f"{name}: {value}\r\n" for name, value in fields.items() if value)
        request = f"GET {path} HTTP/1.1\r\n{lines}\r\n".encode()
        for at in range(0, len(request), self.piece):
            if at:
                await asyncio.sleep(0.01)
            peer.writer.write(request[at : at + self.piece])
        async with asyncio.timeout(5):
            return peer, await peer.reader.readuntil(b"\r\n\r\n")


@asynccontextmanager
async def serving(
    stack: Stack, app: Any, certificate: Path | None = None, **more: Any
) -> AsyncIterator[Place]:
    # The first ping may come at any moment: only a test that asks for pings hears one.
    more = {"ws_ping_interval": None, **more}
    listening = socket.create_server(("127.0.0.1", 0))
    patience = Patience(Room(1_000))
    http: type[asyncio.Protocol] = doorkeeper(patience)
    if certificate is not None:
        http = tls_doorkeeper(patience, Certificate(certificate, None))
    config = uvicorn.Config(
        app, ws=stack, http=http,
        loop="none", lifespan="off", log_config=None,
        ws_max_size=LIMIT, ws_per_message_deflate=False, timeout_graceful_shutdown=1, **more,
    )  # fmt: skip
    server = _Server(config)
    task = asyncio.create_task(server.serve(sockets=[listening]))

    def stop() -> None:
        server.should_exit = True

    place = Place(listening.getsockname()[1], stop, [])
    if certificate is not None:
        place.tls = ssl.create_default_context(cafile=certificate)
    try:
        yield place
    finally:
        for peer in place.came:
            peer.writer.close()
        stop()
        await task


@asynccontextmanager
async def meeting(stack: Stack, app: Any = None, **more: Any) -> AsyncIterator[Peer]:
    async with serving(stack, app or Echo(), **more) as place:
        peer, head = await place.ask()
        assert head.startswith(b"HTTP/1.1 101 ")
        assert b"s3pplmbitxaq9kygzzhzrbk+xoo=" in head.lower()
        yield peer
