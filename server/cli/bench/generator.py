"""The load generator: a process of its own that sits in seats, watches screens, and keeps time.

Rule: it obeys orders that come as JSON lines on standard input and answers each with one line on
standard output; it ends when its input does. Latency counts from when a press was *scheduled*,
so a generator that is late makes the figures worse, never better; how late it was, how much CPU it
took and how long its loop stood still come with every answer.
"""

from __future__ import annotations

import asyncio
import itertools
import ssl
import sys
import time
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from random import Random
from typing import Any, Final

import orjson
import uvloop

from server.cli.bench.alarm import Alarm
from server.cli.bench.places import Bare, Place, PreparedPress, Screen, Seat, Voter

LONGEST_ORDER: Final = 64 * 1024 * 1024
"""Bytes: ten thousand tokens are less than one megabyte."""

TRIES: Final = 40
PAUSE: Final = 0.05
"""Seconds between two tries to connect."""

CONNECT_SECONDS: Final = 120.0
"""How long one seat or screen may take to be shown its first view."""

LOOK: Final = 0.01
"""Seconds between two looks at whether the loop stands still."""


KINDS: Final[Mapping[str, Callable[[str, int, str, str], Place]]] = {
    "seat": Seat,
    "screen": Screen,
    "bare": Bare,
}
"""What may sit at a connection."""


class Generator:
    """The seats and screens of one generator process."""

    def __init__(self, alarm: Alarm) -> None:
        self._alarm = alarm
        self._places: list[Place] = []
        self._loop = asyncio.get_running_loop()
        self._stall = 0.0
        self._watch = asyncio.create_task(self._watch_loop())
        self._orders: dict[str, Callable[..., Awaitable[dict[str, Any]]]] = {
            "connect": self.connect,
            "press": self.press,
            "flood": self.flood,
            "seen": self.seen,
            "forget": self.forget,
            "cut_off": self.cut_off,
            "come_back": self.come_back,
            "hang_up": self.hang_up,
        }

    async def obey(self, order: dict[str, Any]) -> dict[str, Any]:
        """Carry out one order. Returns its answer, with what it cost this process."""
        name = order.pop("order")
        cpu, wall, self._stall = time.process_time(), time.monotonic(), 0.0
        answer = await self._orders[name](**order)
        spent = time.process_time() - cpu
        took = time.monotonic() - wall
        return {**answer, "cpu": spent / took if took > 0 else 0.0, "stall": self._stall}

    # --- coming and going

    async def connect(
        self,
        kind: str,
        host: str,
        ports: Sequence[int],
        certificate: str | None,
        path: str,
        tokens: Sequence[str],
        in_flight: int,
    ) -> dict[str, Any]:
        """Take places, so many at a time; done when each has been shown its first view.

        The places are at these ports in turn. With the file of a certificate they speak TLS, and
        trust nobody else.
        """
        made = KINDS[kind]
        dealt = zip(tokens, itertools.cycle(ports), strict=False)
        places: list[Place] = [made(host, port, path, token) for token, port in dealt]
        tls = None if certificate is None else ssl.create_default_context(cafile=certificate)
        for place in places:
            place.tls = tls
        self._places.extend(places)
        began = time.monotonic()
        arrived = await self._bring(places, in_flight)
        return {"began": began, "arrived": arrived, "bytes": [each.first_size for each in places]}

    async def hang_up(self) -> dict[str, Any]:
        """Leave all places."""
        for place in self._places:
            place.leave()
        await _until(lambda: not self._connected(), CONNECT_SECONDS)
        self._places.clear()
        return {}

    async def cut_off(self, patience: float) -> dict[str, Any]:
        """Wait until every connection has ended: the server is gone."""
        await _until(lambda: not self._connected(), patience)
        return {"connected": sum(place.is_connected for place in self._places)}

    def _connected(self) -> bool:
        return any(place.is_connected for place in self._places)

    async def come_back(self, port: int, in_flight: int) -> dict[str, Any]:
        """Take all places again, each seat with its last receipt in its `hello`.

        `lost` counts the seats whose view does not hold what their receipt promised.
        """
        for place in self._places:
            place.port = port
        began = time.monotonic()
        arrived = await self._bring(self._places, in_flight)
        lost = sum(isinstance(place, Seat) and not place.holds_receipt() for place in self._places)
        return {"began": began, "arrived": arrived, "lost": lost}

    async def _bring(self, places: Sequence[Place], in_flight: int) -> list[float]:
        turn = asyncio.Semaphore(in_flight)

        async def bring(place: Place) -> float:
            async with turn, asyncio.timeout(CONNECT_SECONDS):
                for _ in range(TRIES):
                    if await self._try(place):
                        return time.monotonic()
                    await asyncio.sleep(PAUSE)
            raise ConnectionError(f"a place could not be taken: {place.why_not()}")

        return list(await asyncio.gather(*(bring(place) for place in places)))

    async def _try(self, place: Place) -> bool:
        line = place.new_line()
        try:
            await self._loop.create_connection(lambda: line, place.host, place.port, ssl=place.tls)
        except OSError as problem:
            line.fault = str(problem)
            return False
        await place.settled.wait()
        return place.is_connected

    # --- presses

    async def press(
        self,
        ballot: str,
        times: Sequence[float],
        choices: Sequence[str],
        patience: float,
        seed: int,
    ) -> dict[str, Any]:
        """Seat i presses `choices[i]` at `times[i]`, in no order of seats; then wait for answers.

        `n` is 0 for a press that was not accepted, `answered` is 0 for one without an answer.
        """
        seats = self._voters()[: len(times)]
        Random(seed).shuffle(seats)  # noqa: S311  # an order, not a secret
        presses = [PreparedPress.of(ballot, choice) for choice in choices]
        late = await self._alarm.act_at(times, lambda i: seats[i].press(presses[i]))
        await _until(lambda: all(seat.answered for seat in seats), patience)
        return {
            "scheduled": list(times),
            "late": late,
            "answered": [seat.answered for seat in seats],
            "n": [seat.n for seat in seats],
            "refused": _counted(seat.reason for seat in seats),
            "choices": _counted(seat.held_choice for seat in seats),
        }

    async def flood(self, ballot: str, rounds: int, at: float, patience: float) -> dict[str, Any]:
        """Every seat presses again as soon as it has an answer, so many times."""
        seats = self._voters()
        offered = ("yes", "no", "abstain")
        left = len(seats) * rounds
        reasons: dict[str, int] = {}
        accepted = 0
        last = at
        done = asyncio.Event()

        def go_on(seat: Voter, presses: Iterator[PreparedPress]) -> None:
            def answered() -> None:
                nonlocal left, accepted, last
                left -= 1
                last = seat.answered
                accepted += seat.reason is None
                if seat.reason is not None:
                    reasons[seat.reason] = reasons.get(seat.reason, 0) + 1
                if (press := next(presses, None)) is not None:
                    seat.press(press)
                elif left == 0:
                    done.set()

            seat.on_answer = answered
            seat.press(next(presses))

        choices = [offered[turn % len(offered)] for turn in range(rounds)]
        waiting = [[PreparedPress.of(ballot, choice) for choice in choices] for _ in seats]
        await self._alarm.until(at)
        cpu = time.process_time()
        for seat, presses in zip(seats, waiting, strict=True):
            go_on(seat, iter(presses))
        with suppress(TimeoutError):  # `unanswered` says so
            await asyncio.wait_for(done.wait(), patience)
        cpu = time.process_time() - cpu
        for seat in seats:
            seat.on_answer = None
        return {
            "began": at,
            "ended": last,
            "cpu_seconds": cpu,
            "accepted": accepted,
            "refused": reasons,
            "unanswered": left,
        }

    def _voters(self) -> list[Voter]:
        return [place for place in self._places if isinstance(place, Voter)]

    # --- screens

    async def forget(self) -> dict[str, Any]:
        """Screens forget what they have been shown so far."""
        for screen in self._screens():
            screen.forget()
        return {}

    async def seen(self, voted: int, patience: float) -> dict[str, Any]:
        """Wait until every screen has shown so many votes; returns what each showed when.

        `shown` has, for each screen, (votes shown, when) in order.
        """
        screens = self._screens()
        await _until(lambda: all(each.voted >= voted for each in screens), patience)
        return {
            "shown": [each.shown for each in screens],
            "views": sum(each.views for each in screens),
            "bytes": max((each.last_size for each in screens), default=0),
        }

    def _screens(self) -> list[Screen]:
        return [place for place in self._places if isinstance(place, Screen)]

    async def _watch_loop(self) -> None:
        while True:
            before = time.monotonic()
            await asyncio.sleep(LOOK)
            self._stall = max(self._stall, time.monotonic() - before - LOOK)


async def _until(done: Callable[[], bool], patience: float) -> None:
    """Look again and again: an event for each of ten thousand places would cost more."""
    deadline = time.monotonic() + patience
    while not done() and time.monotonic() < deadline:  # noqa: ASYNC110  # see above
        await asyncio.sleep(LOOK)


def _counted(values: Iterable[str | None]) -> dict[str, int]:
    count: dict[str, int] = {}
    for value in values:
        if value is not None:
            count[value] = count.get(value, 0) + 1
    return count


async def _main() -> None:
    loop = asyncio.get_running_loop()
    reader = asyncio.StreamReader(limit=LONGEST_ORDER)
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    generator = Generator(Alarm(loop))
    while order := await reader.readline():
        try:
            answer = await generator.obey(orjson.loads(order))
        except (OSError, TimeoutError) as problem:
            answer = {"failed": f"{type(problem).__name__}: {problem}"}
        sys.stdout.buffer.write(orjson.dumps(answer) + b"\n")
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    # The collector would stop the clock of ten thousand seats at once.
    import gc

    gc.disable()
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(_main())
