"""Seat units in Python at a real hall, beside browsers.

Rule: they are the product's own seat units. They live in a thread with an event loop of its own,
for Playwright's synchronous interface keeps the one of the test's thread.
"""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager

from kiosk_client.asking import Answer
from kiosk_client.connection import SeatConnection
from kiosk_client.seat_state import Ended, Seat
from tests.halls import HallProcess


class PythonSeat:
    """One seat unit, as the test's thread sees it."""

    def __init__(self, loop: asyncio.AbstractEventLoop, hall: HallProcess, token: str) -> None:
        self._loop = loop
        self._unit = SeatConnection(hall.url, Seat(token), lambda _: None)
        self.running: Future[Ended] = asyncio.run_coroutine_threadsafe(self._unit.run(), loop)

    def until(self, reached: Callable[[Seat], bool], seconds: float = 20) -> Seat:
        """The seat's state, once it is as asked."""
        deadline = time.monotonic() + seconds
        while not reached(seat := self._unit.seat):
            assert time.monotonic() < deadline, seat
            assert not self.running.done(), self.running.result()
            time.sleep(0.02)
        return seat

    def accredited(self) -> None:
        """Waits until the hall knows the seat's key."""
        self.until(lambda seat: seat.view is not None and seat.view.credential is not None)

    def votes(self, answer: Answer) -> Seat:
        """Casts a secret vote, and waits until it is recorded."""
        self.until(lambda seat: seat.ballot is not None and seat.ballot.phase == "open")
        self._loop.call_soon_threadsafe(self._unit.touch, answer)
        return self.until(lambda seat: seat.is_sealed and seat.press is None)


@contextmanager
def python_seats(hall: HallProcess, tokens: dict[str, str]) -> Iterator[dict[str, PythonSeat]]:
    """A seat unit for each token; they leave at the end."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    seats = {member: PythonSeat(loop, hall, token) for member, token in tokens.items()}
    try:
        yield seats
    finally:
        for seat in seats.values():
            seat.running.cancel()
        asyncio.run_coroutine_threadsafe(_all_gone(), loop).result(timeout=20)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(timeout=20)
        loop.close()


async def _all_gone() -> None:
    others = asyncio.all_tasks() - {asyncio.current_task()}
    await asyncio.gather(*others, return_exceptions=True)
