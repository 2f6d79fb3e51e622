"""The life of a box: opening, fences, timers, latches, removal."""

from __future__ import annotations

import asyncio

import pytest

from server.ports import (
    Accepted,
    BallotBox,
    BoxChange,
    BoxPhase,
    BoxState,
    Latched,
    NoBox,
    RefusedPress,
    StaleFence,
)
from server.vocabulary import RefusalReason
from tests.contracts.box_worlds import BoxWorld, RedisWorld, opening, press, sealed

COMMANDS = ("suspend", "resume", "extend", "last_call")


async def command(box: BallotBox, name: str, fence: int, ballot: str = "b-1") -> BoxChange:
    match name:
        case "suspend":
            return await box.suspend(ballot, fence)
        case "resume":
            return await box.resume(ballot, fence)
        case "extend":
            return await box.extend(ballot, fence, 60)
        case "last_call":
            return await box.last_call(ballot, fence)
        case _:
            raise AssertionError(name)


def state_of(change: BoxChange) -> BoxState:
    assert isinstance(change, BoxState)
    return change


def there(state: BoxState | NoBox) -> BoxState:
    assert isinstance(state, BoxState)
    return state


async def test_a_new_box_is_open_and_empty(box: BallotBox) -> None:
    state = state_of(await box.open(opening()))
    assert (state.ballot, state.phase, state.fence) == ("b-1", BoxPhase.OPEN, 10)
    assert (state.incarnation, state.n, state.chain) == ("first", 0, "0" * 40)
    assert (state.voters, state.counts) == (0, {"yes": 0, "no": 0, "abstain": 0})
    assert list(state.counts) == ["yes", "no", "abstain"]
    assert (state.closes_at, state.remaining, state.closed_at) == (None, None, None)
    assert state.last_call is False
    assert await box.state("b-1") == state
    assert await box.votes("b-1") == {}


async def test_the_same_opening_again_gives_the_box_as_it_is(box: BallotBox) -> None:
    await box.open(opening())
    await box.press("b-1", [press()])
    assert await box.open(opening()) == await box.state("b-1")
    assert set(await box.votes("b-1")) == {"AF"}


@pytest.mark.parametrize(
    ("fence", "incarnation"), [(9, "first"), (11, "first"), (9, "second"), (10, "second")]
)
async def test_an_opening_that_must_not_replace_the_box(
    box: BallotBox, fence: int, incarnation: str
) -> None:
    await box.open(opening())
    await box.press("b-1", [press()])
    before = await box.state("b-1")
    assert await box.open(opening(fence=fence, incarnation=incarnation)) == StaleFence(10)
    assert await box.state("b-1") == before


async def test_a_ballot_in_doubt_is_reopened_empty(box: BallotBox) -> None:
    await box.open(opening())
    await box.press("b-1", [press()])
    again = state_of(await box.open(opening(fence=11, incarnation="second", choices=("a", "b"))))
    assert (again.n, again.voters, again.counts) == (0, 0, {"a": 0, "b": 0})
    assert (again.fence, again.incarnation, again.chain) == (11, "second", "0" * 40)
    assert await box.votes("b-1") == {}
    assert await box.held_press("b-1", "AF", "p1") is None
    outcome = (await box.press("b-1", [press("AF", "b")])).outcomes[0]
    assert outcome == Accepted(1, "b", current=True, repeated=False)


async def test_an_older_opening_after_a_command_is_stale(box: BallotBox) -> None:
    await box.open(opening())
    await box.suspend("b-1", 11)
    assert await box.open(opening()) == StaleFence(11)


@pytest.mark.parametrize("latch", ["close", "cancel"])
async def test_a_latched_box_is_never_opened_again(box: BallotBox, latch: str) -> None:
    await box.open(opening())
    state = await (box.close("b-1") if latch == "close" else box.cancel("b-1"))
    assert isinstance(state, BoxState)
    assert await box.open(opening()) == Latched(state)
    assert await box.open(opening(fence=11, incarnation="second")) == Latched(state)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        (opening(choices=()), "choices"),
        (opening(choices=("yes", "yes")), "choices"),
        (opening(choices=("yes", "")), "choices"),
        (opening(choices=("\ud800",)), "choices"),
        (opening(fence=0), "fence"),
        (opening(seconds=0), "seconds"),
        (opening(incarnation=""), "incarnation"),
        (opening("b|1"), "ballot"),
    ],
)
async def test_a_malformed_opening_names_the_field(
    box: BallotBox, change: object, field: str
) -> None:
    with pytest.raises(ValueError, match=field):
        await box.open(change)  # type: ignore[arg-type] # every parameter is a BoxOpening
    assert await box.state("b-1") == NoBox()


@pytest.mark.parametrize("name", COMMANDS)
async def test_a_command_without_a_box(box: BallotBox, name: str) -> None:
    assert await command(box, name, 11) == NoBox()


@pytest.mark.parametrize("name", COMMANDS)
async def test_a_command_is_fenced(box: BallotBox, name: str) -> None:
    opened = await box.open(opening())
    assert await command(box, name, 9) == StaleFence(10)
    assert await box.state("b-1") == opened
    first = state_of(await command(box, name, 12))
    assert first.fence == 12
    assert await command(box, name, 12) == first
    assert await command(box, name, 11) == StaleFence(12)
    assert await box.state("b-1") == first


@pytest.mark.parametrize("latch", ["close", "cancel"])
@pytest.mark.parametrize("name", COMMANDS)
async def test_a_command_to_a_latched_box(box: BallotBox, name: str, latch: str) -> None:
    await box.open(opening())
    state = await (box.close("b-1") if latch == "close" else box.cancel("b-1"))
    assert isinstance(state, BoxState)
    for fence in (9, 10, 11):
        assert await command(box, name, fence) == Latched(state)
    assert await box.state("b-1") == state


async def test_a_command_needs_a_fence_and_seconds(box: BallotBox) -> None:
    await box.open(opening())
    with pytest.raises(ValueError, match="fence"):
        await box.suspend("b-1", 0)
    with pytest.raises(ValueError, match="seconds"):
        await box.extend("b-1", 11, 0)


async def test_suspend_and_resume_without_a_timer(box: BallotBox) -> None:
    await box.open(opening())
    suspended = state_of(await box.suspend("b-1", 11))
    assert (suspended.phase, suspended.remaining) == (BoxPhase.SUSPENDED, None)
    assert state_of(await box.suspend("b-1", 12)).phase is BoxPhase.SUSPENDED
    resumed = state_of(await box.resume("b-1", 13))
    assert (resumed.phase, resumed.closes_at) == (BoxPhase.OPEN, None)
    assert state_of(await box.resume("b-1", 14)).phase is BoxPhase.OPEN


async def test_resume_may_accept_a_box_in_doubt_as_it_is(box: BallotBox) -> None:
    await box.open(opening())
    await box.press("b-1", [press()])
    resumed = state_of(await box.resume("b-1", 11, "second"))
    assert (resumed.incarnation, resumed.n) == ("second", 1)
    assert state_of(await box.resume("b-1", 12)).incarnation == "second"
    await box.suspend("b-1", 13)
    assert state_of(await box.resume("b-1", 14, "third")).incarnation == "third"


async def test_the_last_call_is_there(box: BallotBox) -> None:
    await box.open(opening())
    assert state_of(await box.last_call("b-1", 11)).last_call is True
    closed = await box.close("b-1")
    assert isinstance(closed, BoxState)
    assert closed.last_call is True


async def test_commands_do_not_move_the_revision(box: BallotBox) -> None:
    await box.bump()
    await box.open(opening())
    for fence, name in enumerate(COMMANDS, start=11):
        assert state_of(await command(box, name, fence)).revision == 1
    closed = await box.close("b-1")
    assert isinstance(closed, BoxState)
    assert closed.revision == 1


# --- latches --------------------------------------------------------------------------------


async def test_close_is_a_latch(world: BoxWorld) -> None:
    assert await world.box.close("b-1") == NoBox()
    await world.box.open(opening())
    await world.let_pass(5)
    closed = await world.box.close("b-1")
    assert isinstance(closed, BoxState)
    assert closed.phase is BoxPhase.CLOSED
    assert closed.closed_at is not None
    assert closed.closed_at >= closed.opened_at + 5000
    assert await world.box.close("b-1") == closed


async def test_cancel_is_a_stronger_latch(box: BallotBox) -> None:
    assert await box.cancel("b-1") == NoBox()
    await box.open(opening())
    closed = await box.close("b-1")
    cancelled = await box.cancel("b-1")
    assert isinstance(closed, BoxState)
    assert isinstance(cancelled, BoxState)
    assert cancelled.phase is BoxPhase.CANCELLED
    assert cancelled.closed_at == closed.closed_at
    assert await box.cancel("b-1") == cancelled
    assert await box.close("b-1") == cancelled


async def test_a_suspended_box_can_be_closed_and_cancelled(box: BallotBox) -> None:
    for ballot in ("b-1", "b-2"):
        await box.open(opening(ballot))
        await box.suspend(ballot, 11)
    closed, cancelled = await box.close("b-1"), await box.cancel("b-2")
    assert isinstance(closed, BoxState)
    assert isinstance(cancelled, BoxState)
    assert (closed.phase, cancelled.phase) == (BoxPhase.CLOSED, BoxPhase.CANCELLED)


async def test_removal_forgets_box_votes_and_presses(box: BallotBox) -> None:
    await box.open(opening())
    await box.open(opening("b-2"))
    await box.press("b-1", [press()])
    await box.press("b-2", [press()])
    await box.close("b-1")
    await box.remove("b-1")
    await box.remove("b-1")
    assert await box.state("b-1") == NoBox()
    assert await box.votes("b-1") == {}
    assert await box.held_press("b-1", "AF", "p1") is None
    (outcome,) = (await box.press("b-1", [press()])).outcomes
    assert outcome == RefusedPress(RefusalReason.UNKNOWN_BALLOT, None)
    assert await box.held_press("b-2", "AF", "p1") == 1
    assert state_of(await box.open(opening())).n == 0


# --- timers ---------------------------------------------------------------------------------


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


@pytest.mark.parametrize("before", ["open", "suspended", "closed", "cancelled"])
@pytest.mark.parametrize("choices", [("yes", "no"), None])
async def test_of_an_erased_box_the_latch_is_left(
    box: BallotBox, before: str, choices: tuple[str, ...] | None
) -> None:
    await box.open(opening(choices=choices, seconds=600, auto_close=True, mask="5ec2e7"))
    await box.press("b-1", [press(), sealed("BE", "yes" if choices else "one")])
    match before:
        case "suspended":
            await box.suspend("b-1", 11)
        case "closed":
            await box.close("b-1")
        case "cancelled":
            await box.cancel("b-1")
        case _:
            pass
    was = await box.state("b-1")
    assert isinstance(was, BoxState)
    assert await box.with_votes(["b-1", "b-2"]) == {"b-1"}
    assert await box.erase("b-1") == 0
    assert await box.with_votes(["b-1", "b-2"]) == frozenset()
    left = await box.state("b-1")
    assert isinstance(left, BoxState)
    assert left.phase is (BoxPhase.CANCELLED if before == "cancelled" else BoxPhase.CLOSED)
    assert (left.fence, left.incarnation) == (was.fence, was.incarnation)
    assert (left.n, left.chain, left.voters, left.counts) == (0, "0" * 40, 0, {})
    assert (left.closes_at, left.remaining) == (None, None)
    assert await box.votes("b-1") == {}
    assert await box.sealed("b-1") == ()
    assert await box.held_press("b-1", "AF", "p1") is None
    assert await box.erase("b-1") == 0
    assert await box.state("b-1") == left
    # A server that was paused between journal and box comes late.
    for late in (opening(), opening(fence=12), opening(fence=12, incarnation="second")):
        assert await box.open(late) == Latched(left)
    assert isinstance(await box.resume("b-1", 13), Latched)
    answer, again = (await box.press("b-1", [press(), press("BE", "no", "p2")])).outcomes
    assert answer == again == RefusedPress(RefusalReason.CLOSED, left.phase)
    assert await box.votes("b-1") == {}
    await box.remove("b-1")
    assert isinstance(await box.state("b-1"), NoBox)


async def test_without_a_box_there_is_nothing_to_erase(box: BallotBox) -> None:
    assert await box.erase("b-1") == 0
    assert isinstance(await box.state("b-1"), NoBox)
    assert await box.with_votes([]) == frozenset()
