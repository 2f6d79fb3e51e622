"""No step of a ballot grows faster than the hall: counted in what Python carries out, bytecode by
bytecode, which no busy machine changes.

What C does within one call is not seen here; `hemicycle bench` measures that, by the clock.
"""

from __future__ import annotations

import sys
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from math import log
from types import FrameType
from typing import Any

import pytest

from server.vocabulary import Command, Disclosure
from tests.live import small_hall
from tests.live.small_hall import SmallHall

SMALL, LARGE = 100, 800

Steps = dict[str, int]
"""Instructions by step."""


class Instructions:
    """Counts what Python carries out."""

    def __init__(self) -> None:
        self.carried_out = 0

    def _trace(self, frame: FrameType, event: str, _: object) -> Any:
        frame.f_trace_opcodes, frame.f_trace_lines = True, False
        self.carried_out += event == "opcode"
        return self._trace

    @contextmanager
    def counted(self) -> Iterator[None]:
        self.carried_out = 0
        before = sys.gettrace()
        sys.settrace(self._trace)
        try:
            yield
        finally:
            sys.settrace(before)


async def life(members: int, monkeypatch: pytest.MonkeyPatch) -> Steps:
    """A ballot in a hall of so many Members, from the announcement to the declaration."""
    codes = tuple(f"M{number:04d}" for number in range(members))
    monkeypatch.setattr(small_hall, "CODES", codes)
    monkeypatch.setattr(small_hall, "ONLINE", codes)
    hall = await SmallHall.open()
    ballot = await hall.prepare(Disclosure.INDIVIDUAL)
    steps: Steps = {}
    instructions = Instructions()

    async def step(name: str, act: Callable[[], Awaitable[object]]) -> None:
        with instructions.counted():
            await act()
        steps[name] = instructions.carried_out

    async def everybody_comes_back() -> None:
        for code in codes:
            hall.join_seat(code)

    await step("announce", lambda: hall.command(ballot, Command.ANNOUNCE))
    await step("open", lambda: hall.command(ballot, Command.OPEN))
    await step("show that it is open", hall.look)
    await step("press", lambda: hall.press(ballot, [(code, "yes") for code in codes]))
    await step("show the votes", hall.look)
    await step("come back", everybody_comes_back)
    await step("close", lambda: hall.command(ballot, Command.CLOSE))
    await step("declare", lambda: hall.command(ballot, Command.DECLARE))
    await step("show the outcome", hall.look)
    return steps


async def test_no_step_grows_faster_than_the_hall(monkeypatch: pytest.MonkeyPatch) -> None:
    await life(SMALL, monkeypatch)  # what is worked out once is worked out now
    small, large = await life(SMALL + 1, monkeypatch), await life(LARGE, monkeypatch)
    growth = {name: log(large[name] / small[name], LARGE / SMALL) for name in small}
    assert {name: power for name, power in growth.items() if power > 1.05} == {}
    assert growth["press"] > 0.5  # it does count
