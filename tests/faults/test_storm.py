"""Everybody comes back at once: after a kill, and nobody is turned away for good.

The short storm has a few hundred screens beside the seats, the long one ten thousand.
"""

from __future__ import annotations

import asyncio
import random
import resource
from collections.abc import Iterator

import pytest

from tests.faults.kinds import hello, text_frame, upgrade
from tests.faults.tally import Tally
from tests.halls import HallProcess
from tests.history import History, check
from tests.history.clients import PAUSE, Operator, Seat, voting

pytestmark = [pytest.mark.faults, pytest.mark.timeout(900)]

SEATS = 40

PATIENCE = 300
"""Seconds: ten thousand clients in Python and their hall share a few cores."""


class Screen:
    """A display that needs next to nothing, so that ten thousand fit in a process."""

    def __init__(self, hall: HallProcess, token: str) -> None:
        self.shown: list[str] = []
        """The ballot that each connection was first shown."""
        self._hall = hall
        self._hello = text_frame(hello(token))

    async def run(self) -> None:
        while True:
            try:
                await self._connected()
            except OSError:
                await asyncio.sleep(PAUSE)

    async def _connected(self) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", self._hall.port)
        try:
            writer.write(upgrade("display"))
            answer = await reader.readuntil(b"\r\n\r\n")
            assert answer.startswith(b"HTTP/1.1 101"), answer
            writer.write(self._hello)
            seen = b""
            while (found := seen.find(b'"ballot":{"id":"')) < 0:
                seen += await reader.read(4096) or _gone()
            self.shown.append(seen[found + 16 :].split(b'"', 1)[0].decode())
            while await reader.read(65536):
                pass
        except asyncio.IncompleteReadError as cut:
            raise ConnectionResetError from cut
        finally:
            writer.transport.abort()


def _gone() -> bytes:
    raise ConnectionResetError


@pytest.fixture
def many_files() -> Iterator[None]:
    """As many connections as this process may have."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    yield
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


async def test_all_come_back_at_once(
    many_files: None, hall: HallProcess, rounds: int, tally: Tally
) -> None:
    screens_wanted = 150 if rounds == 1 else 10_000 - SEATS
    history, chance = History(), random.Random(0)
    async with Operator(history, lambda: hall.url) as operator:
        tokens = dict(sorted((await operator.tokens()).items())[:SEATS])
        seats = [
            # This process reads for all the screens, so a beat may wait in it for long.
            Seat(history, lambda: hall.ws, *each, chance, pause=(1.0, 3.0), beatless=PATIENCE)
            for each in tokens.items()
        ]
        display = await operator.display()
        ballot = await operator.open(disclosure="none")
        screens = [Screen(hall, display) for _ in range(screens_wanted)]
        running = [asyncio.create_task(screen.run()) for screen in screens]
        try:
            async with voting(seats, ballot, seconds=PATIENCE):
                await _all_see(screens, ballot, 1)
                hall.kill()
                await asyncio.to_thread(hall.start)
                await _all_see(screens, ballot, 2)
                tally.hit("client back at once after a kill", len(screens))
                async with asyncio.timeout(PATIENCE):
                    await asyncio.gather(*(seat.more(1) for seat in seats))
                assert all(seat.connections >= 2 for seat in seats)
        finally:
            for task in running:
                task.cancel()
            await asyncio.gather(*running, return_exceptions=True)
        await operator.command(ballot, "close")
        await operator.command(ballot, "declare")
        report = check(history, {ballot: await operator.record(ballot)}, all_answered=True)
    tally.add(report)
    assert not report.violations, str(report)


async def _all_see(screens: list[Screen], ballot: str, connections: int) -> None:
    async with asyncio.timeout(PATIENCE):
        while not all(len(screen.shown) >= connections for screen in screens):  # noqa: ASYNC110  # ten thousand events would be the load
            await asyncio.sleep(0.1)
    assert {screen.shown[-1] for screen in screens} == {ballot}
