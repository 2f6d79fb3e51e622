"""The life of a box: opening, fences, timers, latches, removal."""

from __future__ import annotations

import pytest

from server.ports import (
    Accepted,
    BallotBox,
    BoxPhase,
    BoxState,
    Latched,
    NoBox,
    RefusedPress,
    StaleFence,
)
from server.vocabulary import RefusalReason
from tests.contracts.box_worlds import (
    COMMANDS,
    BoxWorld,
    command,
    opening,
    press,
    sealed,
    state_of,
)


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
    assert await box.held_presses([("b-1", "AF", "p1")]) == [None]
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
    assert await box.held_presses([("b-1", "AF", "p1")]) == [None]
    (outcome,) = (await box.press("b-1", [press()])).outcomes
    assert outcome == RefusedPress(RefusalReason.UNKNOWN_BALLOT, None)
    assert await box.held_presses([("b-2", "AF", "p1")]) == [1]
    assert state_of(await box.open(opening())).n == 0


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
    assert await box.held_presses([("b-1", "AF", "p1")]) == [None]
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
