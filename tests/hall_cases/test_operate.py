"""Commands: their keys, their objections, their outages, and two operators at once."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from server.ballots.life import Closed
from server.hall.desk import (
    BadField,
    Done,
    FloorTaken,
    KeyReused,
    NoQuorum,
    NotAllowed,
    UnknownBallot,
)
from server.hall.prepare import prepare
from server.ports import (
    Accepted,
    BoxPhase,
    NoBox,
    RefusedPress,
    StoreUnavailable,
)
from server.vocabulary import Command, Phase, RefusalReason
from tests.hall_cases.outages import When
from tests.hall_cases.room import OPERATOR, PROPOSAL, Room, Words, with_quorum

EVENT_OF = {
    Command.OPEN: "ballot_opened",
    Command.SUSPEND: "ballot_suspended",
    Command.CLOSE: "ballot_closed",
    Command.CANCEL: "ballot_cancelled",
    Command.EXTEND: "ballot_extended",
}

BODY_OF: dict[Command, dict[str, Any]] = {
    Command.CANCEL: {"reason": "the wrong text"},
    Command.EXTEND: {"seconds": 30},
}


async def before(hall: Room, command: Command) -> str:
    ballot = await (hall.prepare() if command is Command.OPEN else hall.open(seconds=600))
    if command is not Command.OPEN:
        await hall.vote(ballot, "yes")
    return ballot


# --- Idempotency-Key


@pytest.mark.parametrize(
    ("command", "call", "when"),
    [
        (Command.OPEN, "open", When.BEFORE),
        (Command.OPEN, "open", When.AFTER),
        (Command.OPEN, "append", When.BEFORE),
        (Command.OPEN, "bump", When.BEFORE),
        (Command.SUSPEND, "suspend", When.BEFORE),
        (Command.EXTEND, "extend", When.AFTER),
        (Command.CLOSE, "close", When.BEFORE),
        (Command.CLOSE, "close", When.AFTER),
        (Command.CLOSE, "votes", When.BEFORE),
        (Command.CLOSE, "append", When.BEFORE),
        (Command.CLOSE, "bump", When.BEFORE),
        (Command.CANCEL, "remember", When.AFTER),
        (Command.CANCEL, "cancel", When.BEFORE),
        (Command.CANCEL, "cancel", When.AFTER),
        (Command.CANCEL, "append", When.BEFORE),
        (Command.CANCEL, "bump", When.BEFORE),
    ],
)
@pytest.mark.parametrize("between", ["nothing", "a second", "a crash"])
async def test_the_same_key_after_an_outage_is_done_once(
    hall: Room, command: Command, call: str, when: When, between: str
) -> None:
    ballot = await before(hall, command)
    key = hall.key()
    body = BODY_OF.get(command, {})
    hall.outages.fail(call, when)
    with pytest.raises(StoreUnavailable):
        await hall.ask(ballot, command, key, **body)
    hall.outages.heal()
    if between == "a second":
        await hall.finish()
    elif between == "a crash":
        await hall.restart()
    done = await hall.ask(ballot, command, key, **body)
    assert isinstance(done, Done), done
    assert len(await hall.entries(EVENT_OF[command], ballot)) == 1
    (entry,) = await hall.entries(EVENT_OF[command], ballot)
    assert entry["actor"] == OPERATOR
    assert isinstance(await hall.ask(ballot, command, key, **body), Done)
    assert len(await hall.entries(EVENT_OF[command], ballot)) == 1


async def test_a_key_with_another_body_is_refused(hall: Room) -> None:
    ballot = await hall.prepare()
    key = hall.key()
    assert isinstance(await hall.ask(ballot, Command.OPEN, key), Done)
    other = replace(key, body_hash="f" * 64)
    assert isinstance(await hall.ask(ballot, Command.OPEN, other), KeyReused)
    assert len(await hall.entries("ballot_opened")) == 1


async def test_a_ballot_is_prepared_once_under_a_key(hall: Room) -> None:
    key = hall.key()
    hall.outages.fail("bump")
    with pytest.raises(StoreUnavailable):
        await prepare(hall.desk, OPERATOR, PROPOSAL, key)
    again = await prepare(hall.desk, OPERATOR, PROPOSAL, key)
    assert isinstance(again, Done)
    assert list(hall.desk.ledger.state.ballots) == [again.ballot.id]


async def test_two_servers_with_one_key_do_it_once(room: Room) -> None:
    other = await room.beside().enter()
    key = room.key()

    async def first() -> None:
        assert isinstance(await prepare(other.desk, OPERATOR, PROPOSAL, key), Done)

    room.outages.meanwhile("append", first)
    done = await prepare(room.desk, OPERATOR, PROPOSAL, key)
    assert isinstance(done, Done)
    assert list(room.desk.ledger.state.ballots) == [done.ballot.id]


async def test_two_servers_with_one_key_make_one_second_vote(room: Room) -> None:
    ballot = await missed(room)
    other = await room.beside().enter()
    key = room.key()

    async def first() -> None:
        assert isinstance(await other.ask(ballot, Command.SECOND_VOTE, key), Done)

    room.outages.meanwhile("append", first)
    done = await room.ask(ballot, Command.SECOND_VOTE, key)
    assert isinstance(done, Done)
    assert done.ballot.reruns == ballot
    assert len(room.desk.ledger.state.ballots) == 2


async def test_the_answer_shows_the_ballot_after_what_was_finished(room: Room) -> None:
    """The timer ran out between the entry and the box: the extension came too late."""
    ballot = await room.open(seconds=60, auto_close=True)
    room.clock.advance(59_999)

    async def late() -> None:
        room.clock.advance(2)

    # First the mark that precedes the command is read, then the one of its own finish.
    room.outages.meanwhile("high_water", late, nth=2)
    done = await room.ask(ballot, Command.EXTEND, seconds=30)
    assert isinstance(done, Done)
    assert isinstance(done.ballot.state, Closed)
    assert done.state.ballots[ballot] == done.ballot


async def test_a_repeated_key_shows_the_ballot_after_what_was_finished(room: Room) -> None:
    ballot = await room.prepare(seconds=60, auto_close=True)
    key = room.key()
    assert isinstance(await room.ask(ballot, Command.OPEN, key), Done)
    room.clock.advance(61_000)
    done = await room.ask(ballot, Command.OPEN, key)
    assert isinstance(done, Done)
    assert isinstance(done.ballot.state, Closed)


# --- close and cancel


async def test_a_ballot_is_closed_once(hall: Room) -> None:
    ballot = await hall.open()
    await hall.vote(ballot, "yes", "no")
    other = await hall.beside().enter()

    async def first() -> None:
        await other.finish()

    hall.outages.meanwhile("append", first)
    assert isinstance(await hall.ask(ballot, Command.CLOSE), Done)
    assert other.phase(ballot) is hall.phase(ballot) is Phase.CLOSED
    assert len(await hall.entries("ballot_closed")) == 1
    assert isinstance(await hall.ask(ballot, Command.CLOSE), NotAllowed)
    late = await hall.press(ballot, hall.members[2])
    assert isinstance(late, RefusedPress)
    assert late.reason is RefusalReason.CLOSED


async def test_a_store_that_vanishes_during_a_close_is_not_counted_as_no_votes(
    hall: Room,
) -> None:
    ballot = await hall.open()
    await hall.vote(ballot, "yes", "no")
    await hall.mark(ballot)

    async def vanish() -> None:
        await hall.box.remove(ballot)

    hall.outages.meanwhile("votes", vanish)
    with pytest.raises(StoreUnavailable):
        await hall.ask(ballot, Command.CLOSE)
    await hall.finish()
    assert hall.phase(ballot) is Phase.IN_DOUBT
    assert await hall.entries("ballot_closed") == []


async def test_a_store_that_fell_behind_during_a_close_is_not_counted(hall: Room) -> None:
    """A replica that lags takes over between our look and our latch."""
    ballot = await hall.open()
    await hall.vote(ballot, "yes", "no")

    async def fall_behind() -> None:
        await hall.mark(ballot, n=3, chain="f" * 40)

    hall.outages.meanwhile("close", fall_behind)
    await hall.ask(ballot, Command.CLOSE)
    assert hall.phase(ballot) is Phase.IN_DOUBT
    assert await hall.entries("ballot_closed") == []


async def test_an_announced_ballot_is_cancelled_without_a_box(hall: Room) -> None:
    ballot = await hall.prepare()
    await hall.command(ballot, Command.ANNOUNCE)
    assert isinstance(await hall.ask(ballot, Command.CANCEL), BadField)
    await hall.command(ballot, Command.CANCEL, reason="withdrawn")
    assert hall.phase(ballot) is Phase.CANCELLED
    assert isinstance(await hall.box.state(ballot), NoBox)


async def test_a_box_that_nobody_can_find_is_not_closed(hall: Room) -> None:
    ballot = await hall.open()

    async def vanish() -> None:
        await hall.box.remove(ballot)

    hall.outages.meanwhile("close", vanish)
    with pytest.raises(StoreUnavailable):
        await hall.ask(ballot, Command.CLOSE)
    assert await hall.entries("ballot_closed") == []


# --- timers


async def test_a_timer_at_zero_waits_for_the_chair(room: Room) -> None:
    ballot = await room.open(seconds=60)
    room.clock.advance(120_000)
    await room.finish()
    assert room.phase(ballot) is Phase.OPEN
    assert isinstance(await room.press(ballot, room.members[0]), Accepted)
    await room.command(ballot, Command.EXTEND, seconds=30)
    assert (await room.held(ballot)).closes_at == room.clock.now_ms() + 30_000


async def test_a_late_extension_finds_a_ballot_that_closed_by_itself(room: Room) -> None:
    ballot = await room.open(seconds=60, auto_close=True)
    room.clock.advance(61_000)
    refused = await room.ask(ballot, Command.EXTEND, seconds=30)
    assert isinstance(refused, NotAllowed)
    assert (refused.phase, refused.allowed[0]) == (Phase.CLOSED, Command.DECLARE)


async def test_an_interruption_stops_the_clock(room: Room) -> None:
    ballot = await room.open(seconds=60, auto_close=True)
    room.clock.advance(20_000)
    await room.command(ballot, Command.SUSPEND, reason="a point of order")
    room.clock.advance(600_000)
    await room.finish()
    assert room.phase(ballot) is Phase.SUSPENDED
    await room.command(ballot, Command.RESUME)
    assert (await room.held(ballot)).closes_at == room.clock.now_ms() + 40_000


# --- what stands against a command


async def test_a_quorum_that_is_not_met_needs_a_reason(words: Words) -> None:
    assembly = with_quorum(words.assembly, (1, 2))
    room = await Room(replace(words, assembly=assembly)).enter()
    await room.box.lease_presence(room.members[:2], 60_000)
    ballot = await room.prepare()
    refused = await room.ask(ballot, Command.OPEN)
    assert isinstance(refused, NoQuorum)
    assert (refused.present, refused.needed) == (2, 3)
    assert room.phase(ballot) is Phase.PREPARED
    await room.box.lease_presence(room.members[:3], 60_000)
    assert isinstance(await room.ask(ballot, Command.OPEN), Done)


async def test_a_reason_overrides_the_quorum_and_is_journaled(words: Words) -> None:
    assembly = with_quorum(words.assembly, (1, 2))
    room = await Room(replace(words, assembly=assembly)).enter()
    ballot = await room.prepare()
    await room.command(ballot, Command.ANNOUNCE)
    assert isinstance(await room.ask(ballot, Command.OPEN), NoQuorum)
    await room.command(ballot, Command.OPEN, reason="the Chair counted the Members")
    (entry,) = await room.entries("ballot_opened", ballot)
    assert entry["reason"] == "the Chair counted the Members"


async def test_presence_is_frozen_when_the_ballot_is_announced(words: Words) -> None:
    assembly = with_quorum(words.assembly, (1, 2))
    room = await Room(replace(words, assembly=assembly)).enter()
    ballot = await room.prepare()
    await room.command(ballot, Command.ANNOUNCE)
    await room.box.lease_presence(room.members, 60_000)
    assert isinstance(await room.ask(ballot, Command.OPEN), NoQuorum)


async def test_one_ballot_at_a_time_has_the_floor(hall: Room) -> None:
    first, second = await hall.open(), await hall.prepare()
    for command in (Command.OPEN, Command.ANNOUNCE):
        refused = await hall.ask(second, command)
        assert isinstance(refused, FloorTaken)
        assert refused.other == first
    await hall.command(first, Command.CLOSE)
    assert isinstance(await hall.ask(second, Command.OPEN), Done)


async def test_a_ballot_in_doubt_keeps_the_floor(hall: Room) -> None:
    first, second = await hall.open(), await hall.prepare()
    await hall.mark(first, n=1, chain="f" * 40)
    await hall.finish()
    refused = await hall.ask(second, Command.OPEN)
    assert isinstance(refused, FloorTaken)
    assert isinstance(await hall.ask(first, Command.CLOSE), NotAllowed)


async def test_unknown_ballots(hall: Room) -> None:
    for command in Command:
        assert isinstance(await hall.ask("b-nowhere", command), UnknownBallot)


# --- second vote


async def missed(room: Room) -> str:
    """A declared ballot that missed its special majority."""
    ballot = await room.open(decision="admission")
    await room.vote(ballot, "yes", "no")
    await room.command(ballot, Command.CLOSE)
    await room.command(ballot, Command.DECLARE)
    return ballot


async def test_a_missed_majority_asks_for_a_second_vote_which_is_the_last(hall: Room) -> None:
    ballot = await missed(hall)
    again = await hall.command(ballot, Command.SECOND_VOTE)
    assert again.reruns == ballot
    assert hall.phase(again.id) is Phase.PREPARED
    await hall.command(again.id, Command.OPEN)
    assert (await hall.held(again.id)).n == 0
    await hall.vote(again.id, "yes", "no")
    await hall.command(again.id, Command.CLOSE)
    await hall.command(again.id, Command.DECLARE)
    assert isinstance(await hall.ask(again.id, Command.SECOND_VOTE), NotAllowed)


async def test_no_second_vote_where_the_rule_has_none(hall: Room) -> None:
    ballot = await hall.open()
    await hall.vote(ballot, "yes", "yes", "no")
    await hall.command(ballot, Command.CLOSE)
    await hall.command(ballot, Command.DECLARE)
    assert isinstance(await hall.ask(ballot, Command.SECOND_VOTE), NotAllowed)


# --- the way to the end


async def test_the_whole_life(hall: Room) -> None:
    ballot = await hall.open()
    await hall.vote(ballot, "yes", "yes", "no")
    for command in (Command.LAST_CALL, Command.CLOSE, Command.DECLARE):
        await hall.command(ballot, command)
    assert (await hall.held(ballot)).phase is BoxPhase.CLOSED
    await hall.command(ballot, Command.CORRECT, text="the second Member meant to abstain")
    await hall.command(ballot, Command.CERTIFY)
    assert isinstance(await hall.box.state(ballot), NoBox)
    await hall.command(ballot, Command.PUBLISH)
    (declared,) = await hall.entries("ballot_declared", ballot)
    assert declared["counts"] == {"yes": 2, "no": 1, "abstain": 0}
    assert hall.phase(ballot) is Phase.PUBLISHED
