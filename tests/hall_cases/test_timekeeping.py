"""What a server notices of the box's clock, with two clocks that go apart."""

from __future__ import annotations

import pytest

from server.adapters.memory_box import MemoryBallotBox
from server.hall.timekeeping import TOLD_SECONDS, Timekeeper
from server.ports import BoxPhase, BoxState, NoBox
from tests.contracts.box_worlds import opening
from tests.contracts.manual_clock import ManualClock

HOUR = 3_600_000


class Clocks:
    """The box's clock and the server's."""

    def __init__(self) -> None:
        self.theirs, self.ours = ManualClock(), ManualClock()
        self.box, self.time = MemoryBallotBox(self.theirs), Timekeeper()

    def let_pass(self, seconds: float) -> None:
        for each in (self.theirs, self.ours):
            each.advance(round(seconds * 1000))

    async def look(self) -> tuple[BoxState | NoBox, bool]:
        return await self.time.look(self.box, self.ours, "b-1")

    async def has_just_jumped(self) -> bool:
        return await self.time.compare(self.box, self.ours)


@pytest.mark.parametrize("jump", [HOUR, -HOUR])
async def test_a_timer_runs_for_as_long_as_it_was_set(jump: int) -> None:
    clocks = Clocks()
    await clocks.box.open(opening(seconds=60, auto_close=True))
    for second in range(60):
        seen, has_moved = await clocks.look()
        assert isinstance(seen, BoxState)
        assert seen.phase is BoxPhase.OPEN
        assert has_moved == (second == 30)
        clocks.let_pass(1)
        if second == 29:
            clocks.theirs.advance(jump)
    seen, _ = await clocks.look()
    assert isinstance(seen, BoxState)
    assert seen.phase is BoxPhase.CLOSED


async def test_a_new_server_believes_the_clock() -> None:
    clocks = Clocks()
    await clocks.box.open(opening(seconds=60, auto_close=True))
    await clocks.look()
    clocks.theirs.advance(HOUR)
    clocks.time = Timekeeper()
    seen, has_moved = await clocks.look()
    assert isinstance(seen, BoxState)
    assert (seen.phase, has_moved) == (BoxPhase.CLOSED, False)


async def test_no_timer_is_no_matter() -> None:
    clocks = Clocks()
    assert await clocks.look() == (NoBox(), False)
    await clocks.box.open(opening())
    clocks.theirs.advance(HOUR)
    seen, has_moved = await clocks.look()
    assert isinstance(seen, BoxState)
    assert (seen.phase, seen.closes_at, has_moved) == (BoxPhase.OPEN, None, False)


async def test_a_jump_is_told_for_a_while() -> None:
    clocks = Clocks()
    assert not await clocks.has_just_jumped()
    for jump in (HOUR, -HOUR):
        clocks.let_pass(100)
        assert not await clocks.has_just_jumped()
        clocks.theirs.advance(jump)
        assert await clocks.has_just_jumped()
        assert not await clocks.has_just_jumped()
        assert clocks.time.has_jumped(clocks.ours)
    clocks.let_pass(TOLD_SECONDS)
    assert not clocks.time.has_jumped(clocks.ours)
