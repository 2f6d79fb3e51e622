"""Connections that open and say nothing, or too little, are not held for ever. Real sockets."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from websockets.exceptions import InvalidStatus

from server.api.doorkeeper import doorkeeper
from server.api.patient_protocol import Patience
from server.api.room import LEAST_SILENT, Room
from tests.api.door import standing
from tests.halls import Client, HallProcess, Operator

SECONDS = 0.4
"""How long a head may take here."""

BODY_SECONDS = 6 * SECONDS
"""How long a body may."""

REQUEST = b"GET / HTTP/1.1\r\nHost: hall\r\n\r\n"


async def slow(request: Request) -> Response:
    """What takes longer than a head may."""
    body = await request.body()
    await asyncio.sleep(2 * SECONDS)
    return PlainTextResponse(body or b"here")


@pytest.fixture
async def port() -> AsyncIterator[int]:
    """A server of the protocol alone."""
    app = Starlette(routes=[Route("/", slow, methods=["GET", "POST"])])
    http = doorkeeper(Patience(Room(10), SECONDS, BODY_SECONDS))
    async with standing(app, http) as port:
        yield port


class Peer:
    """A connection by hand."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer

    @classmethod
    async def come(cls, port: int) -> Peer:
        return cls(*await asyncio.open_connection("127.0.0.1", port))

    def say(self, what: bytes) -> None:
        self._writer.write(what)

    async def hears(self, what: bytes) -> None:
        """Waits until this has come."""
        async with asyncio.timeout(10):
            await self._reader.readuntil(what)

    async def is_cut_off_after(self) -> float:
        """Seconds."""
        began = time.monotonic()
        async with asyncio.timeout(10):
            with suppress(ConnectionError):
                assert await self._reader.read() == b""
        self.leave()
        return time.monotonic() - began

    async def is_over(self) -> None:
        """Reads to the end."""
        async with asyncio.timeout(10):
            with suppress(ConnectionError):
                await self._reader.read()

    def leave(self) -> None:
        self._writer.transport.abort()


@pytest.mark.parametrize("said", [b"", b"\r\n", b"G", REQUEST[:-2]])
async def test_who_ends_no_head_is_cut_off(port: int, said: bytes) -> None:
    peer = await Peer.come(port)
    peer.say(said)
    assert 0.5 * SECONDS < await peer.is_cut_off_after() < 10 * SECONDS


async def test_drops_win_no_time(port: int) -> None:
    peer = await Peer.come(port)

    async def drip() -> None:
        for each in REQUEST[:-2] * 100:
            peer.say(bytes([each]))
            await asyncio.sleep(SECONDS / 10)

    dripping = asyncio.create_task(drip())
    assert await peer.is_cut_off_after() < 10 * SECONDS
    dripping.cancel()


async def test_a_request_may_take_its_time_and_the_next_head_may_not(port: int) -> None:
    peer = await Peer.come(port)
    for _ in range(2):
        peer.say(REQUEST)
        await peer.hears(b"here")
    peer.say(REQUEST[:20])
    assert 0.5 * SECONDS < await peer.is_cut_off_after() < 10 * SECONDS


async def test_a_body_is_no_head(port: int) -> None:
    peer = await Peer.come(port)
    peer.say(b"POST / HTTP/1.1\r\nHost: hall\r\nContent-Length: 4\r\n\r\n")
    for each in b"slow":
        await asyncio.sleep(SECONDS / 2)
        peer.say(bytes([each]))
    await peer.hears(b"slow")
    peer.leave()


async def test_a_body_may_not_drip_for_ever(port: int) -> None:
    peer = await Peer.come(port)
    peer.say(b"POST / HTTP/1.1\r\nHost: hall\r\nContent-Length: 400\r\n\r\n")

    async def drip() -> None:
        for _ in range(300):
            peer.say(b".")
            await asyncio.sleep(SECONDS / 2)

    dripping = asyncio.create_task(drip())
    assert 0.5 * BODY_SECONDS < await peer.is_cut_off_after() < 5 * BODY_SECONDS
    dripping.cancel()


async def test_in_a_full_hall_the_oldest_silent_connection_is_told_so_and_goes(
    tmp_path: Path,
) -> None:
    hall = HallProcess(tmp_path / "data", "--max-connections", "1").start()
    operator = Operator(hall)
    seat = await Client.open(f"{hall.ws}/kiosk", operator.tokens(["AF"])["AF"])
    await seat.view()
    silent = [await Peer.come(hall.port) for _ in range(LEAST_SILENT + 1)]
    await silent[0].hears(b"HTTP/1.1 503 ")
    await silent[0].hears(b'"code":"full"')
    await silent[0].is_over()
    # Those who speak are not in its way, nor it in theirs.
    ballot = operator.open(disclosure="counts")
    assert (await seat.press(ballot, "yes"))["type"] == "receipt"
    silent[-1].say(b"GET /healthz HTTP/1.1\r\nHost: hall\r\n\r\n")
    await silent[-1].hears(b"\r\n\r\n")
    for each in silent:
        each.leave()
    await seat.close()
    operator.close()
    assert hall.stop() == 0


async def test_who_is_turned_away_and_does_not_read_is_not_waited_for() -> None:
    over = asyncio.Event()

    class Crowded(asyncio.Protocol):
        def connection_made(self, transport: asyncio.BaseTransport) -> None:
            assert isinstance(transport, asyncio.Transport)
            transport.write(b"x" * 50_000_000)
            Room(1).turn_away(transport)

        def connection_lost(self, exc: Exception | None) -> None:
            over.set()

    server = await asyncio.get_running_loop().create_server(Crowded, "127.0.0.1", 0)
    peer = await Peer.come(server.sockets[0].getsockname()[1])
    async with asyncio.timeout(10):
        await over.wait()
    peer.leave()
    server.close()


async def test_in_a_full_hall_everybody_in_a_burst_is_told_so(tmp_path: Path) -> None:
    hall = HallProcess(tmp_path / "data", "--max-connections", "1").start()
    operator = Operator(hall)
    token = operator.tokens(["AF"])["AF"]
    seat = await Client.open(f"{hall.ws}/kiosk", token)
    await seat.view()

    async def come() -> int:
        with pytest.raises(InvalidStatus) as refused:
            await Client.open(f"{hall.ws}/kiosk", token)
        return refused.value.response.status_code

    assert await asyncio.gather(*(come() for _ in range(4 * LEAST_SILENT))) == [503] * (
        4 * LEAST_SILENT
    )
    ballot = operator.open(disclosure="counts")
    assert (await seat.press(ballot, "yes"))["type"] == "receipt"
    await seat.close()
    operator.close()
    assert hall.stop() == 0


async def test_a_peer_whose_requests_are_refused_does_not_fill_the_log(tmp_path: Path) -> None:
    hall = HallProcess(tmp_path / "data").start()
    before = hall.log()
    for key in ("short", "dGhlIHNhbXBsZSBub25jZQ=="):
        peer = await Peer.come(hall.port)
        peer.say(
            b"GET /nowhere HTTP/1.1\r\nHost: hall\r\nConnection: Upgrade\r\n"
            b"Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
            b"Sec-WebSocket-Key: %b\r\n\r\n" % key.encode()
        )
        await peer.hears(b"HTTP/1.1 40")
        peer.leave()
    assert hall.log() == before
    assert hall.stop() == 0
