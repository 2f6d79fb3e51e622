"""What a WebSocket server must do (RFC 6455), asked of picows and of uvicorn's own alike.

A small application that echoes stands behind a real uvicorn on a real socket; the peer is written
here, byte by byte, so that it can do what no decent client does.
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
import struct
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Generator, MutableMapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Literal

import pytest
import uvicorn
from websockets.asyncio.client import connect

from server.api.direct import DIRECT
from server.api.picows_protocol import LOOSE_BURST, PicowsProtocol

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
        self.unclogged = 0
        self.over = asyncio.Event()

    async def __call__(self, scope: Message, receive: Any, send: Any) -> None:
        await receive()
        await send({"type": "websocket.accept"})
        assert (await receive())["text"] == "first"
        await asyncio.sleep(0.05)  # more comes in the meantime
        self.direct = scope["extensions"][DIRECT]
        self.direct.when_unclogged(self._count)
        self.direct.attend(self._hear, self.over.set)
        await self.over.wait()

    def _hear(self, text: str | None) -> None:
        if text == "fail":
            raise RuntimeError("as you wish")
        self.heard.append(text)

    def _count(self) -> None:
        self.unclogged += 1


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

    async def ask(self, path: str = "/", **headers: str) -> tuple[Peer, bytes]:
        """Ask for an upgrade; the peer and the answer's head."""
        peer = Peer(*await asyncio.open_connection("127.0.0.1", self.port))
        self.came.append(peer)
        fields = {
            "Host": "hall", "Upgrade": "websocket", "Connection": "keep-alive, Upgrade",
            "Sec-WebSocket-Version": "13", "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
        } | {name.replace("_", "-"): value for name, value in headers.items()}  # fmt: skip
        lines = "".join(f"{name}: {value}\r\n" for name, value in fields.items() if value)
        peer.writer.write(f"GET {path} HTTP/1.1\r\n{lines}\r\n".encode())
        async with asyncio.timeout(5):
            return peer, await peer.reader.readuntil(b"\r\n\r\n")


@asynccontextmanager
async def serving(stack: Stack, app: Any, **more: Any) -> AsyncIterator[Place]:
    listening = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(
        app, ws=stack, http="httptools", loop="none", lifespan="off", log_config=None,
        ws_max_size=LIMIT, ws_per_message_deflate=False, timeout_graceful_shutdown=1, **more,
    )  # fmt: skip
    server = _Server(config)
    task = asyncio.create_task(server.serve(sockets=[listening]))

    def stop() -> None:
        server.should_exit = True

    place = Place(listening.getsockname()[1], stop, [])
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


async def until(condition: Callable[[], bool]) -> None:
    """Wait for something that the server does in its own time."""
    deadline = time.monotonic() + 5
    while not condition():
        assert time.monotonic() < deadline, "it did not happen"
        await asyncio.sleep(0.01)


# --- the handshake


@both
async def test_a_bad_handshake_is_refused(stack: Stack) -> None:
    async with serving(stack, Echo()) as place:
        for bad in ({"Sec_WebSocket_Version": "12"}, {"Sec_WebSocket_Key": "short"},
                    {"Sec_WebSocket_Key": ""}):  # fmt: skip
            _, head = await place.ask(**bad)
            assert head.startswith(b"HTTP/1.1 400 "), bad


@both
async def test_the_application_may_refuse(stack: Stack) -> None:
    async with serving(stack, Echo()) as place:
        for path, status in (("/refuse", b"403"), ("/silent", b"500")):
            _, head = await place.ask(path)
            assert head.split(b" ")[1] == status, path
        peer, head = await place.ask("/busy")
        assert head.startswith(b"HTTP/1.1 503 ")
        assert b"retry-after: 1" in head.lower()
        assert await peer.reader.read() == b"come back"


@both
async def test_a_subprotocol_is_named_and_a_usual_client_is_served(stack: Stack) -> None:
    async with serving(stack, Echo()) as place:
        url = f"ws://127.0.0.1:{place.port}/a%20b?c=d"
        async with connect(url, subprotocols=["hall", "other"], proxy=None) as client:  # type: ignore[list-item]  # a NewType
            assert client.subprotocol == "hall"
            for text in ("", "é", "x" * 125, "x" * 126, "x" * LIMIT):
                await client.send(text)
                assert await client.recv() == text
            await client.ping()
        assert client.close_code == 1000


# --- messages


@both
async def test_a_message_in_fragments_with_a_ping_between_is_one_message(stack: Stack) -> None:
    async with meeting(stack) as peer:
        peer.send(TEXT, "é".encode()[:1], fin=False)
        peer.send(PING, b"are you there")
        peer.send(CONTINUATION, b"", fin=False)
        assert await peer.hear() == (PONG, b"are you there")
        peer.send(CONTINUATION, "é".encode()[1:])
        assert await peer.hear() == (TEXT, "é".encode())
        peer.send(BINARY, b"\xff", fin=False)
        peer.send(CONTINUATION, b"\x00")
        assert await peer.hear() == (BINARY, b"\xff\x00")


@both
async def test_bytes_that_come_one_by_one_are_the_same_message(stack: Stack) -> None:
    async with meeting(stack) as peer:
        for byte in peer.frame(TEXT, b"x" * 130):
            peer.writer.write(bytes([byte]))
            await asyncio.sleep(0)
        assert await peer.hear() == (TEXT, b"x" * 130)


FAULTS: list[tuple[list[tuple[int, bytes, dict[str, Any]]], int]] = [
    ([(CONTINUATION, b"x", {})], 1002),
    ([(TEXT, b"x", {"fin": False}), (TEXT, b"y", {})], 1002),
    ([(TEXT, b"x", {"mask": False})], 1002),
    ([(TEXT, b"x", {"bits": 4})], 1002),
    ([(PING, b"x", {"bits": 1})], 1002),
    ([(3, b"x", {})], 1002),
    ([(PING, b"x", {"fin": False})], 1002),
    ([(PING, b"x" * 126, {})], 1002),
    ([(CLOSE, b"x", {})], 1002),
    ([(CLOSE, struct.pack("!H", 999), {})], 1002),
    ([(CLOSE, struct.pack("!H", 1000) + b"\xff", {})], 1007),
    ([(TEXT, b"\xc3", {})], 1007),
    ([(TEXT, b"x", {"fin": False}), (CONTINUATION, b"\xff", {})], 1007),
    ([(TEXT, b"x" * (LIMIT + 1), {})], 1009),
    ([(TEXT, b"x" * LIMIT, {"fin": False}), (CONTINUATION, b"x", {})], 1009),
]


@both
async def test_a_fault_ends_its_own_connection_with_its_code(stack: Stack) -> None:
    app = Echo()
    async with serving(stack, app) as place:
        other, _ = await place.ask()
        for frames, code in FAULTS:
            peer, _ = await place.ask()
            for opcode, payload, named in frames:
                peer.send(opcode, payload, **named)
            assert await peer.closing_code() == code, frames
        other.send(TEXT, b"still here")
        assert await other.hear() == (TEXT, b"still here")
    assert len(app.ends) == len(FAULTS) + 1


# --- the end


@both
async def test_a_close_is_answered_and_told_to_the_application(stack: Stack) -> None:
    app = Echo()
    async with meeting(stack, app) as peer:
        peer.send(CLOSE, struct.pack("!H", 4009) + b"bye")
        assert await peer.closing_code() == 4009
    assert app.ends == [4009]


@both
async def test_an_empty_close_is_answered(stack: Stack) -> None:
    app = Echo()
    async with meeting(stack, app) as peer:
        peer.send(CLOSE)
        assert await peer.closing_code() in (0, 1000)
    assert app.ends in ([1000], [1005])


@both
async def test_the_application_closes_and_the_peer_agrees(stack: Stack) -> None:
    app = Echo()
    async with meeting(stack, app) as peer:
        peer.send(TEXT, b"quit")
        opcode, payload = await peer.hear()
        assert (opcode, payload) == (CLOSE, struct.pack("!H", 4001) + b"as you wish")
        peer.send(CLOSE, payload[:2])
        assert await asyncio.wait_for(peer.reader.read(), 5) == b""
    assert app.ends[0] == 4001


@both
async def test_a_peer_that_vanishes_is_told_to_the_application(stack: Stack) -> None:
    app = Echo()
    async with meeting(stack, app) as peer:
        peer.writer.transport.abort()
        await until(lambda: bool(app.ends))
    assert app.ends[0] in (1005, 1006)


@both
async def test_a_fault_of_the_application_ends_its_connection(stack: Stack) -> None:
    async with meeting(stack) as peer:
        peer.send(TEXT, b"fail")
        assert await asyncio.wait_for(peer.reader.read(), 5) in (
            b"",
            peer.frame(CLOSE, b"\x03\xf3", mask=False),
        )


@both
async def test_a_server_that_stops_says_so(stack: Stack) -> None:
    async with serving(stack, Echo()) as place:
        peer, _ = await place.ask()
        peer.send(TEXT, b"x")
        await peer.hear()
        place.stop()
        assert await peer.closing_code() == 1012


@both
async def test_a_peer_that_answers_pings_stays_and_one_that_does_not_goes(stack: Stack) -> None:
    async with serving(stack, Echo(), ws_ping_interval=0.1, ws_ping_timeout=0.2) as place:
        living, _ = await place.ask()
        dead, _ = await place.ask()
        for _ in range(5):
            opcode, payload = await living.hear()
            assert opcode == PING
            living.send(PONG, payload)
        assert (await dead.hear())[0] == PING
        assert await dead.closing_code() == 1011


async def _gone(peer: Peer) -> None:
    """Read until the connection is cut."""
    async with asyncio.timeout(5):
        with contextlib.suppress(ConnectionError):
            while await peer.reader.read(65536):
                pass


@pytest.mark.parametrize(
    "loose",
    [(PING, b"p"), (PONG, b"p"), (CONTINUATION, b"c")],
    ids=["pings", "pongs", "fragments"],
)
async def test_frames_without_a_message_are_limited(loose: tuple[int, bytes]) -> None:
    """Stock uvicorn has no such limit; `docs/reliability.md` says so."""
    async with serving(PicowsProtocol, Echo()) as place:
        peer, _ = await place.ask()
        if loose[0] == CONTINUATION:
            peer.send(TEXT, b"begun", fin=False)
        for _ in range(20):
            peer.send(*loose, fin=loose[0] != CONTINUATION)
        if loose[0] == CONTINUATION:
            peer.send(CONTINUATION, b"", fin=True)
        peer.send(TEXT, b"still here")
        while (await peer.hear())[1] != b"still here":
            pass
        for _ in range(int(LOOSE_BURST)):
            peer.send(*loose, fin=loose[0] != CONTINUATION)
        await _gone(peer)


async def test_who_takes_no_answers_gets_none() -> None:
    """Pongs must not pile up for a peer that pings and reads nothing."""
    flood = Flood()
    async with serving(PicowsProtocol, flood) as place:
        peer, _ = await place.ask()
        peer.send(TEXT, b"first")
        async with asyncio.timeout(5):
            while flood.direct is None or not flood.direct.is_clogged:
                await asyncio.sleep(0.01)
                if flood.direct is not None:
                    flood.direct.send(b"x" * 100_000)
        before = flood.direct._transport.get_write_buffer_size()  # no other way to see
        for _ in range(50):
            peer.send(PING, b"p" * 100)
        await asyncio.sleep(0.2)
        assert flood.direct._transport.get_write_buffer_size() == before  # as above
        peer.writer.close()


# --- back-pressure


@both
async def test_who_does_not_read_holds_the_application_up(stack: Stack) -> None:
    sent = 0

    async def app(_: Message, receive: Any, send: Any) -> None:
        nonlocal sent
        await receive()
        await send({"type": "websocket.accept"})
        while sent < 20_000:
            await send({"type": "websocket.send", "text": "x" * LIMIT})
            sent += 1

    async with meeting(stack, app) as peer:
        before = -1
        while before != sent:  # until the kernel's buffers are full
            before = sent
            await asyncio.sleep(0.1)
        assert 0 < sent < 20_000
        peer.writer.transport.abort()


# --- direct


async def direct(act: Callable[[Flood, Peer], Awaitable[None]]) -> Flood:
    app = Flood()
    async with meeting(PicowsProtocol, app) as peer:
        peer.send(TEXT, b"first")
        peer.send(TEXT, b"second")
        await until(lambda: app.direct is not None)
        await act(app, peer)
        async with asyncio.timeout(5):
            await app.over.wait()
    return app


async def test_frames_are_heard_in_order_and_sent_at_once() -> None:
    async def act(app: Flood, peer: Peer) -> None:
        peer.send(BINARY, b"\x00")
        peer.send(TEXT, b"third")
        peer.send(PING, b"")
        assert (await peer.hear())[0] == PONG
        app.direct.send("à toi".encode())
        assert await peer.hear() == (TEXT, "à toi".encode())
        app.direct.close(4000)
        app.direct.send(b"too late")
        assert (await peer.hear()) == (CLOSE, struct.pack("!H", 4000))
        peer.send(TEXT, b"too late")
        peer.send(CLOSE, struct.pack("!H", 4000))

    app = await direct(act)
    assert app.heard == ["second", None, "third"]


async def test_a_fault_while_hearing_ends_the_connection() -> None:
    async def act(_: Flood, peer: Peer) -> None:
        peer.send(TEXT, b"fail")
        assert await peer.closing_code() == 1011

    await direct(act)


async def test_a_clogged_peer_is_told_of_and_again_when_it_has_taken_everything() -> None:
    async def act(app: Flood, peer: Peer) -> None:
        sent = 0
        while not app.direct.is_clogged:
            app.direct.send(b"x" * LIMIT)
            sent += 1
        assert app.unclogged == 0
        for _ in range(sent):
            assert await peer.hear() == (TEXT, b"x" * LIMIT)
        await until(lambda: not app.direct.is_clogged)
        assert app.unclogged == 1
        app.direct.abort()

    await direct(act)
