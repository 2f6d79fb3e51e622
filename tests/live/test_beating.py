"""Beats come at least once a second, with receipts where these go out anyway, and apart."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from itertools import pairwise
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from server.live.beating import OLD_SECONDS, PERIOD_SECONDS, STEP_SECONDS, Beating
from server.live.outbox import Outbox
from server.live.screens import A_TURN
from server.wire.messages import Beat
from tests.contracts.manual_clock import ManualClock

SECOND = 1000


@dataclass
class Hall:
    """So many connections, and when each was given a beat, in milliseconds."""

    size: int
    clock: ManualClock = field(default_factory=ManualClock)
    outboxes: list[Outbox] = field(default_factory=list)
    beats: dict[Outbox, list[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.beating = Beating(self.clock)
        for _ in range(self.size):
            self.join()

    def join(self) -> Outbox:
        outbox = Outbox()
        self.beating.begin(outbox)
        self.outboxes.append(outbox)
        self.beats[outbox] = [self.clock.now_ms()]
        return outbox

    def press(self, outbox: Outbox) -> None:
        """The seat is sent a receipt."""
        outbox.reply(b"receipt", self.beating.along(outbox))
        self.note()

    async def steps(self, count: int, *, late_ms: int = 0) -> None:
        for _ in range(count):
            self.clock.advance(round(STEP_SECONDS * 1000) + late_ms)
            await self.beating.round()
            self.note()

    def note(self) -> None:
        for outbox in self.outboxes:
            frames = [each for each in outbox.take() if b'"beat"' in each]
            self.beats[outbox] += [self.clock.now_ms()] * len(frames)

    def longest_gap(self) -> int:
        now = self.clock.now_ms()
        ends = [[*times, now] for times in self.beats.values()]
        return max(later - earlier for each in ends for earlier, later in pairwise(each))


async def test_everybody_is_given_a_beat_at_least_each_second() -> None:
    hall = Hall(300)
    await hall.steps(100)
    assert hall.longest_gap() <= SECOND
    assert max(len(times) for times in hall.beats.values()) <= 1 + 100 * STEP_SECONDS / (
        (1 - 1 / 3) * PERIOD_SECONDS
    )


async def test_a_beat_is_what_its_model_writes() -> None:
    hall = Hall(0)
    outbox = hall.join()
    hall.clock.advance(1_000)
    beat = hall.beating.along(outbox)
    assert beat == Beat(server_time=hall.clock.now_ms()).model_dump_json().encode()


async def test_a_beat_goes_along_with_a_receipt_and_is_not_sent_again_soon() -> None:
    hall = Hall(1)
    (outbox,) = hall.outboxes
    hall.press(outbox)
    assert len(hall.beats[outbox]) == 1, "the welcome is young"
    hall.clock.advance(round(OLD_SECONDS * 1000))
    hall.press(outbox)
    hall.press(outbox)
    assert len(hall.beats[outbox]) == 2
    await hall.steps(int(PERIOD_SECONDS / STEP_SECONDS) - 1)
    assert len(hall.beats[outbox]) == 2
    await hall.steps(1)
    assert len(hall.beats[outbox]) == 3


async def test_a_beat_tells_the_time() -> None:
    hall = Hall(1)
    (outbox,) = hall.outboxes
    for _ in range(3):
        hall.clock.advance(SECOND)
        await hall.beating.round()
        (frame,) = outbox.take()
        assert frame == Beat(server_time=hall.clock.now_ms()).model_dump_json().encode()


async def test_what_came_in_a_clump_is_spread() -> None:
    hall = Hall(2000)
    await hall.steps(round(6 / STEP_SECONDS))
    start = hall.clock.now_ms()
    await hall.steps(round(PERIOD_SECONDS / STEP_SECONDS))
    share = 2000 * STEP_SECONDS / PERIOD_SECONDS
    by_moment = [
        sum(times.count(moment) for times in hall.beats.values())
        for moment in range(start, hall.clock.now_ms() + 1)
    ]
    assert max(by_moment) <= 4 * share
    assert hall.longest_gap() <= SECOND


async def test_who_left_is_given_none() -> None:
    hall = Hall(3)
    left = hall.outboxes[1]
    hall.beating.end(left)
    await hall.steps(round(2 / STEP_SECONDS))
    assert [len(hall.beats[each]) for each in hall.outboxes] == [3, 1, 3]


async def test_a_round_that_is_cut_off_forgets_nobody() -> None:
    hall = Hall(10 * A_TURN)
    hall.clock.advance(SECOND)
    cut_off = asyncio.create_task(hall.beating.round())
    await asyncio.sleep(0)
    cut_off.cancel()
    await asyncio.gather(cut_off, return_exceptions=True)
    hall.note()
    given = [len(times) for times in hall.beats.values()]
    assert 0 < given.count(2) < len(given)
    await hall.steps(1)
    assert all(len(times) == 2 for times in hall.beats.values())


async def test_who_joins_is_given_one_within_a_second() -> None:
    hall = Hall(100)
    await hall.steps(10)
    late = hall.join()
    await hall.steps(round(1 / STEP_SECONDS))
    assert len(hall.beats[late]) >= 2
    assert hall.longest_gap() <= SECOND


@given(seed=st.integers(0, 2**32), size=st.integers(1, 80))
async def test_nobody_waits_whoever_presses_when(seed: int, size: int) -> None:
    chance, hall = Random(seed), Hall(size)
    for _ in range(60):
        await hall.steps(1)
        for outbox in chance.sample(hall.outboxes, chance.randint(0, size)):
            hall.press(outbox)
    assert hall.longest_gap() <= SECOND
