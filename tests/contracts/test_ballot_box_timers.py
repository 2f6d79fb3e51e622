"""The timer of a box: it runs, stands still, moves with a clock that jumped, and closes."""

from __future__ import annotations

import asyncio

import pytest

from server.ports import (
    BoxPhase,
    BoxState,
    Latched,
    NoBox,
)
from tests.contracts.box_worlds import (
    COMMANDS,
    BoxWorld,
    RedisWorld,
    command,
    opening,
    press,
    state_of,
    there,
)


async def test_a_timer_starts_at_the_opening(world: BoxWorld) -> None:
    state = state_of(await world.box.open(opening(seconds=60)))
    assert state.closes_at == state.opened_at + 60_000
    assert state.remaining is None


async def test_suspending_keeps_what_is_left(world: BoxWorld) -> None:
    await world.box.open(opening(seconds=600, auto_close=True))
    await world.let_pass(100)
    suspended = state_of(await world.box.suspend("b-1", 11))
    assert suspended.closes_at is None
    assert suspended.remaining is not None
    assert 495_000 < suspended.remaining <= 500_000
    await world.let_pass(5000)
    assert state_of(await world.box.suspend("b-1", 11)).phase is BoxPhase.SUSPENDED
    resumed = state_of(await world.box.resume("b-1", 12))
    assert resumed.phase is BoxPhase.OPEN
    assert resumed.remaining is None
    assert resumed.closes_at is not None
    left = resumed.closes_at - await world.box.now()
    assert 495_000 < left <= 500_000
    await world.let_pass(501)
    assert (await world.box.press("b-1", [])).state is not None
    closed = await world.box.state("b-1")
    assert isinstance(closed, BoxState)
    assert closed.phase is BoxPhase.CLOSED


async def test_extend_moves_the_closing_time(world: BoxWorld) -> None:
    opened = state_of(await world.box.open(opening(seconds=60, auto_close=True)))
    assert opened.closes_at is not None
    extended = state_of(await world.box.extend("b-1", 11, 30))
    assert extended.closes_at == opened.closes_at + 30_000
    await world.let_pass(89)
    still = await world.box.close_if_due("b-1", opened.closes_at - 89_000)
    assert isinstance(still, BoxState)
    assert still.phase is BoxPhase.OPEN


async def test_extend_starts_a_timer(world: BoxWorld) -> None:
    await world.box.open(opening())
    await world.let_pass(100)
    extended = state_of(await world.box.extend("b-1", 11, 30))
    assert extended.closes_at is not None
    assert 25_000 < extended.closes_at - await world.box.now() <= 30_000


async def test_extend_after_the_time_counts_from_now(world: BoxWorld) -> None:
    await world.box.open(opening(seconds=60))
    await world.let_pass(600)
    extended = state_of(await world.box.extend("b-1", 11, 30))
    assert extended.closes_at is not None
    assert 25_000 < extended.closes_at - await world.box.now() <= 30_000


async def test_extend_while_suspended(world: BoxWorld) -> None:
    await world.box.open(opening(seconds=600))
    await world.box.open(opening("b-2"))
    await world.box.suspend("b-1", 11)
    await world.box.suspend("b-2", 11)
    one = state_of(await world.box.extend("b-1", 12, 30))
    two = state_of(await world.box.extend("b-2", 12, 30))
    assert one.remaining is not None
    assert 625_000 < one.remaining <= 630_000
    assert (two.remaining, two.closes_at) == (30_000, None)
    resumed = state_of(await world.box.resume("b-2", 13))
    assert resumed.closes_at is not None


async def test_a_passed_time_without_auto_close_leaves_nothing(world: BoxWorld) -> None:
    opened = state_of(await world.box.open(opening(seconds=60)))
    await world.let_pass(61)
    assert opened.closes_at is not None
    due = await world.box.close_if_due("b-1", opened.closes_at)
    assert isinstance(due, BoxState)
    assert due.phase is BoxPhase.OPEN
    assert state_of(await world.box.suspend("b-1", 11)).remaining == 0


@pytest.mark.parametrize("seen_by", ["state", "open", "close", *COMMANDS])
async def test_whoever_sees_the_time_passed_latches(world: BoxWorld, seen_by: str) -> None:
    box = world.box
    await box.open(opening(seconds=60, auto_close=True))
    await world.let_pass(90)
    match seen_by:
        case "state":
            await box.state("b-1")
        case "open":
            assert isinstance(await box.open(opening(fence=11, incarnation="second")), Latched)
        case "close":
            await box.close("b-1")
        case _:
            assert isinstance(await command(box, seen_by, 11), Latched)
    await world.let_pass(90)
    closed = await box.state("b-1")
    assert isinstance(closed, BoxState)
    assert closed.phase is BoxPhase.CLOSED
    assert closed.closed_at == closed.closes_at == closed.opened_at + 60_000


async def test_close_if_due(world: BoxWorld) -> None:
    box = world.box
    assert await box.close_if_due("b-1", 1) == NoBox()
    await box.open(opening(seconds=60, auto_close=True))
    early = await box.state("b-1")
    assert isinstance(early, BoxState)
    assert early.closes_at is not None
    assert await box.close_if_due("b-1", early.closes_at) == early
    await world.let_pass(60)
    # In Redis the stored instants moved; in memory the clock did. Ask the box which it is.
    expected = await box.close_if_due("b-1", 1)
    assert isinstance(expected, BoxState)
    assert expected.phase is BoxPhase.OPEN
    assert expected.closes_at is not None
    closed = await box.close_if_due("b-1", expected.closes_at)
    assert isinstance(closed, BoxState)
    assert (closed.phase, closed.closed_at) == (BoxPhase.CLOSED, expected.closes_at)
    assert await box.close_if_due("b-1", expected.closes_at) == closed


async def test_the_closing_time_moves_with_a_clock_that_jumped(world: BoxWorld) -> None:
    """To a box a clock that jumped and time that passed differ by what `keep_time` is told."""
    box = world.box
    assert await box.keep_time("b-1", None) == NoBox()
    opened = state_of(await box.open(opening(seconds=60, auto_close=True)))
    assert opened.closes_at is not None
    assert await box.keep_time("b-1", None) == opened

    await world.let_pass(3600)
    # Nobody knows better yet: it is not believed that an hour has passed.
    assert there(await box.state("b-1")).phase is BoxPhase.OPEN
    assert (await box.press("b-1", [press()])).state == await box.state("b-1")
    fast = there(await box.keep_time("b-1", 1000))
    assert fast.phase is BoxPhase.OPEN
    assert fast.closes_at is not None
    assert 58_000 < fast.closes_at - await box.now() <= 59_000
    await world.let_pass(-7200)
    slow = there(await box.keep_time("b-1", 1000))
    assert slow.closes_at is not None
    assert 57_000 < slow.closes_at - await box.now() <= 58_500
    # A second server that noticed the same moves it no further.
    assert await box.keep_time("b-1", 1000) == slow


async def test_time_that_has_passed_closes_though_nobody_looked(world: BoxWorld) -> None:
    box = world.box
    for ballot in ("b-1", "b-2"):
        await box.open(opening(ballot, seconds=60, auto_close=True))
        await box.keep_time(ballot, None)
    await world.let_pass(90)
    for ballot, elapsed in (("b-1", 90_000), ("b-2", None)):
        assert there(await box.state(ballot)).phase is BoxPhase.OPEN
        closed = there(await box.keep_time(ballot, elapsed))
        assert closed.phase is BoxPhase.CLOSED
        assert closed.closed_at is not None
        assert closed.closes_at is not None
        # It may have taken votes since it was due.
        assert closed.closed_at > closed.closes_at
        assert await box.keep_time(ballot, 1000) == closed


async def test_a_timer_that_stood_still_is_looked_at_anew(world: BoxWorld) -> None:
    box = world.box
    await box.open(opening(seconds=60, auto_close=True))
    await box.keep_time("b-1", None)
    await box.suspend("b-1", 11)
    assert there(await box.keep_time("b-1", 1000)).closes_at is None
    await world.let_pass(3600)
    resumed = state_of(await box.resume("b-1", 12))
    assert await box.keep_time("b-1", None) == resumed
    assert resumed.closes_at is not None
    assert 59_000 < resumed.closes_at - await box.now() <= 60_000


async def test_a_suspended_box_never_closes_by_itself(world: BoxWorld) -> None:
    await world.box.open(opening(seconds=60, auto_close=True))
    await world.box.suspend("b-1", 11)
    await world.let_pass(600)
    state = await world.box.state("b-1")
    assert isinstance(state, BoxState)
    assert state.phase is BoxPhase.SUSPENDED


async def test_cancelling_a_box_that_was_due_keeps_when_it_closed(world: BoxWorld) -> None:
    await world.box.open(opening(seconds=60, auto_close=True))
    await world.let_pass(90)
    cancelled = await world.box.cancel("b-1")
    assert isinstance(cancelled, BoxState)
    assert cancelled.phase is BoxPhase.CANCELLED
    assert cancelled.closed_at == cancelled.closes_at


async def test_a_real_second_on_the_clock_of_redis(redis_url: str) -> None:
    world = RedisWorld(redis_url)
    opened = state_of(await world.box.open(opening(seconds=1, auto_close=True)))
    assert opened.closes_at is not None
    while await world.box.now() < opened.closes_at:
        state = await world.box.close_if_due("b-1", opened.closes_at)
        assert isinstance(state, BoxState)
        await asyncio.sleep(0.1)
    closed = await world.box.close_if_due("b-1", opened.closes_at)
    assert isinstance(closed, BoxState)
    assert (closed.phase, closed.closed_at) == (BoxPhase.CLOSED, opened.closes_at)
    await world.aclose()
