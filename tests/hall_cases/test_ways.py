"""Ballots without a box, reruns and approvals: nothing of them is lost or done twice by a crash."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from server.ballots.life import Calling, Closed, Telling
from server.ballots.roll_call import still_to_call
from server.hall.ask import Ask, ask_from_payload, ask_payload
from server.hall.desk import Done, NothingWaits, SecondPerson, TalliesDiffer
from server.hall.operate import approve, operate, refuse_approval
from server.live.ballot_facts import facts_of
from server.live.snapshot import OnAir, Snapshot
from server.ports import NoBox, StoreUnavailable
from server.record.motion import counts_in
from server.vocabulary import Choice, Command, Language, Mode, Phase
from tests.contracts.manual_clock import ManualClock
from tests.hall_cases.conftest import Stores
from tests.hall_cases.room import OPERATOR, Room, Words, read_words

COUNTS = {"yes": 3, "no": 1, "abstain": 1}
OTHERS = {"yes": 2, "no": 2, "abstain": 1}
CHAIR = "chair:ann"
WORDS = read_words()


def held(words: Words, *commands: Command) -> Words:
    """The same words, in an assembly where these commands take two people."""
    settled = replace(words.assembly.settings, two_person=frozenset(commands))
    return replace(words, assembly=replace(words.assembly, settings=settled))


def snapshot(room: Room, ballot: str) -> Snapshot:
    state = replace(room.desk.ledger.state, focus=ballot)
    return Snapshot(1, state, None, {}, frozenset(), {}, {}, (), OnAir(), "ok")


# --- no box


@pytest.mark.parametrize("mode", [Mode.HANDS, Mode.PAPER, Mode.ROLL_CALL])
async def test_a_ballot_without_a_box_is_never_doubted(
    hall: Room, stores: Stores, mode: Mode
) -> None:
    ballot = await hall.open(mode=mode)
    assert isinstance(await hall.box.state(ballot), NoBox)
    await hall.restart(stores.fresh())
    await hall.finish()
    assert hall.phase(ballot) is Phase.OPEN
    assert await hall.entries("ballot_doubted") == []
    assert isinstance(await hall.box.state(ballot), NoBox)


async def test_an_entry_survives_its_server(room: Room) -> None:
    ballot = await room.open(mode=Mode.HANDS)
    await room.command(ballot, Command.HANDS, counts=COUNTS)
    await room.restart()
    telling = room.ballot(ballot).state
    assert isinstance(telling, Telling)
    assert telling.entered is not None
    done = await room.command(ballot, Command.HANDS, counts=COUNTS)
    assert isinstance(done.state, Closed)
    assert counts_in(done.question, done.state.roll, done.state.closure) == {
        Choice.YES: 3,
        Choice.NO: 1,
        Choice.ABSTAIN: 1,
    }


@pytest.mark.parametrize("counts", [COUNTS, OTHERS])
async def test_an_entry_whose_answer_was_lost_is_answered_again(
    room: Room, counts: dict[str, int]
) -> None:
    ballot = await room.open(mode=Mode.PAPER)
    await room.command(ballot, Command.PAPER, counts=COUNTS)
    key = room.key()
    first = await room.ask(ballot, Command.PAPER, key, counts=counts)
    again = await room.ask(ballot, Command.PAPER, key, counts=counts)
    if counts == COUNTS:
        assert isinstance(first, Done)
        assert isinstance(again, Done)
        assert room.phase(ballot) is Phase.CLOSED
    else:
        assert isinstance(first, TalliesDiffer)
        assert again == first
        assert len(await room.entries("tally_disputed", ballot)) == 1


async def test_two_servers_close_a_count_once(room: Room) -> None:
    ballot = await room.open(mode=Mode.HANDS)
    await room.command(ballot, Command.HANDS, counts=COUNTS)
    other = room.beside()
    await other.enter()
    await room.command(ballot, Command.HANDS, counts=COUNTS)
    late = await other.ask(ballot, Command.HANDS, counts=COUNTS)
    assert not isinstance(late, Done)
    assert len(await room.entries("ballot_closed", ballot)) == 1


async def test_a_roll_call_goes_on_where_it_was(room: Room) -> None:
    ballot = await room.open(mode=Mode.ROLL_CALL)
    calling = room.ballot(ballot).state
    assert isinstance(calling, Calling)
    order = calling.roll_call.order
    await room.command(ballot, Command.CALL, member=order[0], choice="yes")
    await room.restart()
    now = room.ballot(ballot).state
    assert isinstance(now, Calling)
    assert now.roll_call.order == order
    assert still_to_call(now.roll_call) == order[1:]


# --- live tally and recount


@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_the_live_count_of_a_roll_call_is_what_is_recorded(data: st.DataObject) -> None:

    async def call() -> None:
        room = await Room(WORDS, clock=ManualClock()).enter()
        ballot = await room.open(mode=Mode.ROLL_CALL)
        state = room.ballot(ballot).state
        assert isinstance(state, Calling)
        for member in state.roll_call.order:
            choice = data.draw(st.sampled_from(("yes", "no", "abstain", "pass")))
            await room.command(ballot, Command.CALL, member=member, choice=choice)
        live = facts_of(snapshot(room, ballot), room.ballot(ballot)).votes
        done = await room.command(ballot, Command.CLOSE, reason="ended here")
        assert isinstance(done.state, Closed)
        kept = {vote.member: (vote.choice, vote.n) for vote in done.state.closure.votes}
        assert {member: (held.choice, held.n) for member, held in live.items()} == kept
        tally = dict.fromkeys(Choice, 0)
        for choice, _ in kept.values():
            tally[Choice(choice)] += 1
        assert counts_in(done.question, done.state.roll, done.state.closure) == tally
        declared = await room.command(ballot, Command.DECLARE)
        entries = await room.entries("ballot_declared", declared.id)
        assert entries[0]["counts"] == {choice.value: n for choice, n in tally.items()}

    asyncio.run(call())


# --- the fallback


async def test_a_fallback_that_died_after_the_latch_is_finished(hall: Room) -> None:
    ballot = await hall.open()
    await hall.vote(ballot, "yes", "no")
    key = hall.key()
    hall.outages.fail("append")
    with pytest.raises(StoreUnavailable):
        await hall.ask(
            ballot, Command.RERUN, key, mode=Mode.ROLL_CALL, reason="dark", language=Language.AR
        )
    await hall.restart()
    await hall.finish()
    assert hall.phase(ballot) is Phase.CANCELLED
    done = await hall.ask(
        ballot, Command.RERUN, key, mode=Mode.ROLL_CALL, reason="dark", language=Language.AR
    )
    assert isinstance(done, Done)
    assert (done.ballot.reruns, done.ballot.question.mode) == (ballot, Mode.ROLL_CALL)
    assert isinstance(done.ballot.state, Calling)
    assert done.ballot.state.roll_call.language is Language.AR
    again = [each for each in hall.desk.ledger.state.ballots.values() if each.reruns == ballot]
    assert [each.id for each in again] == [done.ballot.id]


async def test_no_vote_goes_over_to_the_other_way(hall: Room) -> None:
    ballot = await hall.open()
    await hall.vote(ballot, "yes", "yes", "yes")
    done = await hall.ask(ballot, Command.RERUN, mode=Mode.PAPER, reason="dark")
    assert isinstance(done, Done)
    counts = {"yes": 0, "no": 2, "abstain": 0, "invalid": 1}
    for _ in range(2):
        closed = await hall.command(done.ballot.id, Command.PAPER, counts=counts)
    assert isinstance(closed.state, Closed)
    assert closed.state.closure.votes == ()
    assert counts_in(closed.question, closed.state.roll, closed.state.closure)[Choice.YES] == 0


# --- two people


async def test_w8_an_approved_command_is_carried_out_after_a_crash(words: Words) -> None:
    room = await Room(held(words, Command.CLOSE)).enter()
    ballot = await room.open()
    await room.vote(ballot, "yes")
    await room.command(ballot, Command.CLOSE)
    room.outages.fail("close")
    with pytest.raises(StoreUnavailable):
        await approve(room.desk, CHAIR, ballot, None)
    room.outages.heal()
    assert room.phase(ballot) is Phase.OPEN
    await room.restart()
    await room.finish()
    assert room.phase(ballot) is Phase.CLOSED
    (closed,) = await room.entries("ballot_closed", ballot)
    (given_by,) = await room.entries("approval_given", ballot)
    assert (closed["actor"], given_by["actor"]) == (OPERATOR, CHAIR)
    assert room.ballot(ballot).pending is None


async def test_nobody_approves_alone_and_nothing_waits_twice(words: Words) -> None:
    room = await Room(held(words, Command.DECLARE)).enter()
    ballot = await room.open()
    await room.command(ballot, Command.CLOSE)
    asked = await room.command(ballot, Command.DECLARE)
    assert asked.pending is not None
    assert room.phase(ballot) is Phase.CLOSED
    alone = await approve(room.desk, "scrutineer:op", ballot, None)
    assert alone == SecondPerson(Command.DECLARE)
    key = replace(room.key(), actor=CHAIR)
    done = await approve(room.desk, CHAIR, ballot, key)
    assert isinstance(done, Done)
    assert room.phase(ballot) is Phase.DECLARED
    assert isinstance(await approve(room.desk, CHAIR, ballot, key), Done)
    assert await approve(room.desk, CHAIR, ballot, None) == NothingWaits(ballot)
    assert len(await room.entries("ballot_declared", ballot)) == 1


async def test_what_happens_in_between_drops_what_waits(words: Words) -> None:
    room = await Room(held(words, Command.CLOSE)).enter()
    ballot = await room.open()
    await room.command(ballot, Command.CLOSE)
    await room.command(ballot, Command.LAST_CALL)
    assert room.ballot(ballot).pending is None
    assert await approve(room.desk, CHAIR, ballot, None) == NothingWaits(ballot)
    assert await refuse_approval(room.desk, CHAIR, ballot, None, None) == NothingWaits(ballot)
    assert room.phase(ballot) is Phase.OPEN


async def test_a_second_vote_that_was_approved_leaves_nothing_waiting(words: Words) -> None:
    room = await Room(held(words, Command.SECOND_VOTE, Command.RERUN)).enter()
    ballot = await room.open()
    await room.command(ballot, Command.CANCEL, reason="a fault")
    await operate(room.desk, OPERATOR, ballot, Ask(Command.RERUN, reason="again"), None)
    done = await approve(room.desk, CHAIR, ballot, None)
    assert isinstance(done, Done)
    assert done.ballot.reruns == ballot
    assert room.ballot(ballot).pending is None
    await room.finish()
    assert len([b for b in room.desk.ledger.state.ballots.values() if b.reruns == ballot]) == 1


@given(
    st.builds(
        Ask,
        st.just(Command.RERUN),
        reason=st.none() | st.text(max_size=5),
        mode=st.none() | st.sampled_from(Mode),
        language=st.none() | st.sampled_from(Language),
        counts=st.none() | st.dictionaries(st.text(max_size=3), st.integers(0, 9), max_size=3),
    )
)
def test_an_ask_is_kept_whole(ask: Ask) -> None:
    kept: dict[str, Any] = json.loads(json.dumps(ask_payload(ask)))
    assert ask_from_payload(ask.command, kept) == ask
