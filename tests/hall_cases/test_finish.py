"""The crash-window table of `server.hall.finish`, row by row; each is run twice."""

from __future__ import annotations

import pytest

from server.ballots.life import Cancelled, Closed, InDoubt, Open
from server.hall.ask import Ask
from server.hall.desk import BadField, Done, NotAllowed
from server.hall.operate import operate
from server.ports import (
    Accepted,
    BoxPhase,
    HighWater,
    NoBox,
    RefusedPress,
    StoreUnavailable,
)
from server.vocabulary import Command, Mode, Phase, RefusalReason
from tests.hall_cases.conftest import Stores
from tests.hall_cases.outages import When
from tests.hall_cases.room import OPERATOR, Room


async def die_in(hall: Room, ballot: str, command: Command, **fields: object) -> None:
    """Journal a command, and die before the box hears of it."""
    call = {Command.LAST_CALL: "last_call"}.get(command, command.value)
    hall.outages.fail(call)
    with pytest.raises(StoreUnavailable):
        await operate(hall.desk, OPERATOR, ballot, Ask(command, **fields), None)  # type: ignore[arg-type]  # a command's own fields
    hall.outages.heal()


async def finish_twice(hall: Room) -> int:
    """The number of the last entry, which the second time does not change."""
    await hall.finish()
    once = await hall.journal.head()
    revision = await hall.box.raise_revision(0)
    await hall.finish()
    assert await hall.journal.head() == once
    assert await hall.box.raise_revision(0) == revision
    return once.seq


# --- W1: open, box missing, same store


async def test_w1_an_opening_that_died_before_the_box_is_opened(hall: Room) -> None:
    ballot = await hall.prepare()
    await die_in(hall, ballot, Command.OPEN)
    assert isinstance(await hall.box.state(ballot), NoBox)
    await hall.restart()
    await finish_twice(hall)
    box = await hall.held(ballot)
    assert (hall.phase(ballot), box.phase, box.n) == (Phase.OPEN, BoxPhase.OPEN, 0)
    assert isinstance(await hall.press(ballot, hall.members[0]), Accepted)
    suspended = await hall.press(ballot, hall.members[5])
    assert isinstance(suspended, RefusedPress)
    assert suspended.reason is RefusalReason.SUSPENDED_RIGHT


async def test_w1_the_timer_runs_from_the_opening_of_the_box(room: Room) -> None:
    ballot = await room.prepare(seconds=60)
    await die_in(room, ballot, Command.OPEN)
    room.clock.advance(30_000)
    await finish_twice(room)
    assert (await room.held(ballot)).closes_at == room.clock.now_ms() + 60_000


async def test_w1_an_accepted_loss_that_died_before_the_box_begins_empty(
    hall: Room, stores: Stores
) -> None:
    ballot = await hall.open()
    await hall.vote(ballot, "yes")
    await hall.mark(ballot)
    await hall.restart(stores.fresh())
    assert hall.phase(ballot) is Phase.IN_DOUBT
    hall.outages.fail("open")
    with pytest.raises(StoreUnavailable):
        await hall.ask(ballot, Command.RESUME, reason="the Members vote again")
    await hall.restart()
    await finish_twice(hall)
    box = await hall.held(ballot)
    assert (hall.phase(ballot), box.phase, box.n) == (Phase.OPEN, BoxPhase.OPEN, 0)


# --- W2: open or interrupted, box missing, another store


@pytest.mark.parametrize("interrupted", [False, True])
async def test_w2_a_lost_store_puts_the_ballot_in_doubt(
    hall: Room, stores: Stores, interrupted: bool
) -> None:
    ballot = await hall.open()
    await hall.vote(ballot, "yes", "no")
    if interrupted:
        await hall.command(ballot, Command.SUSPEND)
    await hall.restart(stores.fresh())
    await finish_twice(hall)
    assert hall.phase(ballot) is Phase.IN_DOUBT
    assert len(await hall.entries("ballot_doubted", ballot)) == 1
    assert isinstance(await hall.box.state(ballot), NoBox)


async def test_w2_a_missing_box_that_had_votes_is_never_opened_empty(
    hall: Room, stores: Stores
) -> None:
    """Even where the store says that it is the same: its box had been seen."""
    ballot = await hall.open()
    await hall.vote(ballot, "yes")
    await hall.mark(ballot)
    await hall.box.remove(ballot)
    await finish_twice(hall)
    assert hall.phase(ballot) is Phase.IN_DOUBT


# --- W3: open or interrupted, box behind the mark


@pytest.mark.parametrize("interrupted", [False, True])
async def test_w3_a_box_behind_the_mark_puts_the_ballot_in_doubt(
    hall: Room, interrupted: bool
) -> None:
    ballot = await hall.open()
    await hall.vote(ballot, "yes", "no")
    if interrupted:
        await hall.command(ballot, Command.SUSPEND)
    await hall.mark(ballot, n=3, chain="f" * 40)
    await hall.restart()
    await finish_twice(hall)
    assert isinstance(hall.ballot(ballot).state, InDoubt)
    assert (await hall.held(ballot)).phase is BoxPhase.SUSPENDED
    refused = await hall.press(ballot, hall.members[2])
    assert isinstance(refused, RefusedPress)
    assert refused.reason is RefusalReason.NOT_OPEN


@pytest.mark.parametrize("mode", [Mode.RECORDED, Mode.NON_RECORDED])
async def test_w3_as_many_presses_but_other_ones_are_no_comfort(hall: Room, mode: Mode) -> None:
    ballot = await hall.open(mode=mode)
    await hall.vote(ballot, "yes", "no")
    await hall.mark(ballot, chain="f" * 40)
    await hall.restart()
    assert hall.phase(ballot) is Phase.IN_DOUBT


async def test_w3_a_closed_box_behind_the_mark_is_not_journaled_as_a_close(hall: Room) -> None:
    ballot = await hall.open()
    await hall.vote(ballot, "yes")
    await hall.mark(ballot, n=2, chain="f" * 40)
    await hall.box.close(ballot)
    await hall.restart()
    assert hall.phase(ballot) is Phase.IN_DOUBT
    assert await hall.entries("ballot_closed") == []


async def test_w3_a_mark_noted_while_the_box_is_looked_at_is_no_doubt(room: Room) -> None:
    """Presses land and are marked all the time: only a box read after the mark can be behind."""
    ballot = await room.open()
    await room.vote(ballot, "yes")

    for call in ("high_water", "state"):

        async def more(press_id: str = call) -> None:
            await room.press(ballot, room.members[1], "no", press_id)
            await room.mark(ballot)

        room.outages.meanwhile(call, more)
        await room.finish()
    assert room.phase(ballot) is Phase.OPEN


async def test_w3_the_operator_takes_the_box_as_it_is(hall: Room) -> None:
    ballot = await hall.open()
    await hall.vote(ballot, "yes")
    await hall.mark(ballot, n=2, chain="f" * 40)
    await hall.restart()
    refused = await hall.ask(ballot, Command.RESUME)
    assert isinstance(refused, BadField)
    await hall.command(ballot, Command.RESUME, reason="one Member votes again")
    await finish_twice(hall)
    box = await hall.held(ballot)
    assert (hall.phase(ballot), box.phase, box.n) == (Phase.OPEN, BoxPhase.OPEN, 1)
    assert isinstance(await hall.press(ballot, hall.members[1]), Accepted)


async def test_w3_or_cancels(hall: Room) -> None:
    ballot = await hall.open()
    await hall.vote(ballot, "yes")
    await hall.mark(ballot, n=2, chain="f" * 40)
    await hall.restart()
    await hall.command(ballot, Command.CANCEL, reason="taken by roll-call")
    await finish_twice(hall)
    assert hall.phase(ballot) is Phase.CANCELLED
    assert (await hall.held(ballot)).phase is BoxPhase.CANCELLED


# --- W4: the box is below the step's fence


async def test_w4_a_suspension_that_died_before_the_box_suspends_it(hall: Room) -> None:
    ballot = await hall.open()
    await die_in(hall, ballot, Command.SUSPEND)
    assert (await hall.held(ballot)).phase is BoxPhase.OPEN
    await hall.restart()
    await finish_twice(hall)
    assert (await hall.held(ballot)).phase is BoxPhase.SUSPENDED


async def test_w4_a_resumption(hall: Room) -> None:
    ballot = await hall.open()
    await hall.command(ballot, Command.SUSPEND)
    await die_in(hall, ballot, Command.RESUME)
    assert (await hall.held(ballot)).phase is BoxPhase.SUSPENDED
    await hall.restart()
    await finish_twice(hall)
    assert (await hall.held(ballot)).phase is BoxPhase.OPEN


async def test_w4_an_extension_counts_once(room: Room) -> None:
    ballot = await room.open(seconds=60)
    ends = (await room.held(ballot)).closes_at
    assert ends is not None
    await die_in(room, ballot, Command.EXTEND, seconds=30)
    await finish_twice(room)
    assert (await room.held(ballot)).closes_at == ends + 30_000


async def test_w4_an_extension_that_was_not_answered_counts_once(room: Room) -> None:
    ballot = await room.open(seconds=60)
    ends = (await room.held(ballot)).closes_at
    assert ends is not None
    room.outages.fail("extend", When.AFTER)
    with pytest.raises(StoreUnavailable):
        await room.ask(ballot, Command.EXTEND, seconds=30)
    await room.restart()
    await finish_twice(room)
    assert (await room.held(ballot)).closes_at == ends + 30_000


async def test_w4_a_last_call(hall: Room) -> None:
    ballot = await hall.open()
    await die_in(hall, ballot, Command.LAST_CALL)
    await hall.restart()
    await finish_twice(hall)
    assert (await hall.held(ballot)).last_call


async def test_w4_a_box_from_before_an_accepted_loss_takes_the_new_incarnation(
    hall: Room,
) -> None:
    ballot = await hall.open()
    await hall.vote(ballot, "yes")
    await hall.mark(ballot, n=2, chain="f" * 40)
    await hall.restart()
    before = (await hall.held(ballot)).incarnation
    await die_in(hall, ballot, Command.RESUME, reason="one Member votes again")
    await hall.restart()
    await finish_twice(hall)
    box = await hall.held(ballot)
    state = hall.ballot(ballot).state
    assert isinstance(state, Open)
    assert (box.phase, box.n) == (BoxPhase.OPEN, 1)
    assert box.incarnation == state.step.incarnation != before


# --- W5: the box is closed


@pytest.mark.parametrize("interrupted", [False, True])
async def test_w5_a_latched_box_is_journaled(hall: Room, interrupted: bool) -> None:
    ballot = await hall.open()
    await hall.vote(ballot, "yes", "no", "abstain")
    if interrupted:
        await hall.command(ballot, Command.SUSPEND)
    latched = await hall.box.close(ballot)
    assert not isinstance(latched, NoBox)
    await hall.restart()
    await finish_twice(hall)
    state = hall.ballot(ballot).state
    assert isinstance(state, Closed)
    assert [vote.choice for vote in state.closure.votes] == ["yes", "no", "abstain"]
    assert (state.closure.n, state.closure.chain) == (3, latched.chain)
    assert state.closure.closed_at == latched.closed_at
    assert len(await hall.entries("ballot_closed", ballot)) == 1


async def test_w5_a_timer_that_closes_by_itself_is_journaled(room: Room) -> None:
    ballot = await room.open(seconds=60, auto_close=True)
    await room.vote(ballot, "yes")
    ends = (await room.held(ballot)).closes_at
    for seconds in (58, 4):  # it looks every second, or its clock would not be believed at once
        room.clock.advance(seconds * 1000)
        await finish_twice(room)
    state = room.ballot(ballot).state
    assert isinstance(state, Closed)
    assert state.closure.closed_at == ends


# --- W6: the box is cancelled


@pytest.mark.parametrize("came_from", [Phase.OPEN, Phase.SUSPENDED, Phase.IN_DOUBT, Phase.CLOSED])
async def test_w6_a_cancellation_keeps_its_reason_and_its_actor(
    hall: Room, came_from: Phase
) -> None:
    ballot = await hall.open()
    await hall.vote(ballot, "yes")
    if came_from is Phase.SUSPENDED:
        await hall.command(ballot, Command.SUSPEND)
    elif came_from is Phase.IN_DOUBT:
        await hall.mark(ballot, n=2, chain="f" * 40)
        await hall.finish()
    elif came_from is Phase.CLOSED:
        await hall.command(ballot, Command.CLOSE)
    assert hall.phase(ballot) is came_from
    hall.outages.fail("cancel", When.AFTER)
    with pytest.raises(StoreUnavailable):
        await hall.ask(ballot, Command.CANCEL, reason="the wrong text was put to the vote")
    await hall.restart()
    await finish_twice(hall)
    assert hall.ballot(ballot).state == Cancelled("the wrong text was put to the vote")
    (entry,) = await hall.entries("ballot_cancelled", ballot)
    assert entry["actor"] == OPERATOR


async def test_w6_a_close_finds_the_box_cancelled(hall: Room) -> None:
    """Another server cancelled between our look and our latch."""
    ballot = await hall.open()
    other = await hall.beside().enter()
    other.outages.fail("append", nth=1)

    async def cancel() -> None:
        with pytest.raises(StoreUnavailable):
            await other.ask(ballot, Command.CANCEL, reason="the wrong text")

    hall.outages.meanwhile("close", cancel)
    refused = await hall.ask(ballot, Command.CLOSE)
    assert isinstance(refused, NotAllowed)
    assert refused.phase is Phase.CANCELLED
    assert hall.ballot(ballot).state == Cancelled("the wrong text")


# --- W7: in doubt, box not suspended


async def test_w7_a_doubt_that_died_before_the_box_suspends_it(hall: Room) -> None:
    ballot = await hall.open()
    await hall.vote(ballot, "yes")
    await hall.mark(ballot, n=2, chain="f" * 40)
    hall.outages.fail("suspend")
    with pytest.raises(StoreUnavailable):
        await hall.finish()
    assert (await hall.held(ballot)).phase is BoxPhase.OPEN
    await hall.restart()
    await finish_twice(hall)
    assert hall.phase(ballot) is Phase.IN_DOUBT
    assert (await hall.held(ballot)).phase is BoxPhase.SUSPENDED


# --- what is whole stays as it is


async def test_nothing_is_finished_where_nothing_is_half_done(hall: Room) -> None:
    ballot = await hall.open()
    await hall.vote(ballot, "yes", "no")
    await hall.mark(ballot)
    before = await hall.journal.head()
    await hall.restart()
    assert await finish_twice(hall) == before.seq
    assert hall.phase(ballot) is Phase.OPEN


async def test_a_mark_from_before_an_accepted_loss_says_nothing(hall: Room) -> None:
    ballot = await hall.open()
    await hall.vote(ballot, "yes")
    await hall.mark(ballot, n=2, chain="f" * 40)
    await hall.restart()
    await hall.command(ballot, Command.RESUME, reason="one Member votes again")
    held = await hall.journal.high_water(ballot)
    assert isinstance(held, HighWater)
    assert held.n == 2
    await finish_twice(hall)
    assert hall.phase(ballot) is Phase.OPEN


async def test_certified_boxes_are_forgotten_at_start_up(hall: Room) -> None:
    ballot = await hall.open()
    await hall.vote(ballot, "yes")
    await hall.command(ballot, Command.CLOSE)
    await hall.command(ballot, Command.DECLARE)
    hall.outages.fail("remove")
    with pytest.raises(StoreUnavailable):
        await hall.ask(ballot, Command.CERTIFY)
    assert (await hall.held(ballot)).n == 1
    await hall.restart()
    assert isinstance(await hall.box.state(ballot), NoBox)
    assert isinstance(await hall.ask(ballot, Command.PUBLISH), Done)
