"""A hall with real sockets and a script, and a watch on what a seat becomes."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from ssl import SSLContext

from websockets.asyncio.server import ServerConnection, serve
from websockets.exceptions import ConnectionClosed

from kiosk_client.robots import RobotCount
from kiosk_client.seat_state import ClientFrame, Seat, ServerFrame
from server.wire.messages import SEAT_FRAME, Hello, Press
from server.wire.views import KioskBallot
from tests.kiosk.floor import view, welcome


class Line:
    """One accepted socket, as the script sees it."""

    def __init__(self, socket: ServerConnection, number: int) -> None:
        self.socket = socket
        self.number = number

    async def read(self) -> ClientFrame:
        return SEAT_FRAME.validate_json(await self.socket.recv())

    async def read_press(self) -> Press:
        frame = await self.read()
        assert isinstance(frame, Press)
        return frame

    async def send(self, frame: ServerFrame) -> None:
        await self.socket.send(frame.model_dump_json())

    async def greet(self, floor: KioskBallot | None, seq: int = 1) -> Hello:
        hello = await self.read()
        assert isinstance(hello, Hello)
        await self.send(welcome())
        await self.send(view(seq, floor))
        return hello

    async def until_closed(self) -> int | None:
        await self.socket.wait_closed()
        return self.socket.close_code

    def drop(self) -> None:
        """As a pulled cable or a killed server: no closing handshake."""
        self.socket.transport.abort()


Script = Callable[[Line], Awaitable[None]]


class ScriptedHall:
    """Where the scripted hall listens, and what its sockets came to."""

    def __init__(self, port: int) -> None:
        self.url = f"ws://127.0.0.1:{port}"
        self.accepted = 0
        self.faults: list[BaseException] = []


@asynccontextmanager
async def scripted_hall(
    script: Script, port: int = 0, tls: SSLContext | None = None
) -> AsyncIterator[ScriptedHall]:
    """Run `script` for every socket; a script that fails fails the test."""
    hall = ScriptedHall(port)

    async def serve_one(socket: ServerConnection) -> None:
        hall.accepted += 1
        try:
            with suppress(ConnectionClosed):
                await script(Line(socket, hall.accepted))
        except (AssertionError, ValueError) as fault:
            hall.faults.append(fault)

    async with serve(
        serve_one, "127.0.0.1", port, compression=None, close_timeout=1, ssl=tls
    ) as server:
        (listening,) = server.sockets
        hall.url = f"ws{'s' if tls else ''}://127.0.0.1:{listening.getsockname()[1]}"
        yield hall
    assert hall.faults == []


class Watch:
    """Collects the states of a seat and waits for one."""

    def __init__(self) -> None:
        self.states: list[Seat] = []
        self._changed = asyncio.Event()

    def __call__(self, seat: Seat) -> None:
        self.states.append(seat)
        self._changed.set()

    async def until(self, reached: Callable[[Seat], bool]) -> Seat:
        """The first state from now on, the present one included, that is as asked."""
        checked = max(0, len(self.states) - 1)
        while True:
            for seat in self.states[checked:]:
                if reached(seat):
                    return seat
            checked = len(self.states)
            self._changed.clear()
            await self._changed.wait()


class Counts:
    """The counts that a run reported, and a wait for one."""

    def __init__(self) -> None:
        self.all: list[RobotCount] = []
        self._changed = asyncio.Event()

    def __call__(self, count: RobotCount) -> None:
        self.all.append(count)
        self._changed.set()

    async def until(self, reached: Callable[[RobotCount], bool]) -> None:
        while not self.all or not reached(self.all[-1]):
            self._changed.clear()
            await self._changed.wait()
