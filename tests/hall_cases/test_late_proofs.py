"""Proofs that take their time: what may have happened to a sealed ballot before its verdict."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace

import pytest

from server.ballots.life import closure_of
from server.hall.desk import Done
from server.hall.press import Taken
from server.hall.proving import Received
from server.hall.unproved import prove_what_is_left
from server.hall.verdicts import InlineProofs, Verdicts
from server.ports import BoxPhase, BoxPress, HeldVote, StoreUnavailable
from server.record.record import build_record, checkpoint_of
from server.record.verify import Unsound, verify_record
from server.secrecy.ballot import tracker
from server.vocabulary import Command, Phase
from tests.hall_cases.room import KEY, Room
from tests.hall_cases.secret_room import SecretRoom, refusals
from tests.secrecy.forging import unproved
from tests.waiting import until


class HeldProofs(InlineProofs):
    """The proofs themselves, from the moment on when they are let go."""

    def __init__(self) -> None:
        self.let_go = asyncio.Event()

    async def hold(self, election: str, text: str) -> bool:
        await self.let_go.wait()
        return await super().hold(election, text)


@pytest.fixture
async def secret(room: Room) -> SecretRoom:
    return await SecretRoom(room).ready()


def slow(secret: SecretRoom) -> HeldProofs:
    """From now on proofs wait."""
    proofs = HeldProofs()
    secret.room.desk = replace(secret.room.desk, verdicts=Verdicts(proofs))
    secret.desks()
    return proofs


async def lose_the_box(secret: SecretRoom, ballot: str) -> None:
    """The store loses the votes, the hall notices, and the operator goes on with an empty box."""
    room = secret.room
    await room.mark(ballot)
    await room.box.remove(ballot)
    await room.finish()
    assert room.phase(ballot) is Phase.IN_DOUBT
    await room.command(ballot, Command.RESUME, reason="the Members vote again")


async def test_a_ballot_that_was_lost_before_its_proof_gets_no_receipt(secret: SecretRoom) -> None:
    ballot = await secret.open()
    proofs = slow(secret)
    member = secret.room.members[0]
    text = secret.ballot_of(ballot, member, 0)
    secret.put(ballot, member, "p-1", text)
    await secret.presses.drained()
    assert isinstance(secret.told["p-1"][0], Received)
    await lose_the_box(secret, ballot)
    proofs.let_go.set()
    assert refusals(await secret.answers("p-1")) == ["unavailable"]
    # It is sent again, as it is after every `unavailable`, and counts.
    secret.put(ballot, member, "p-1", text)
    taken = (await secret.answers("p-1"))[-1]
    assert isinstance(taken, Taken)
    assert (taken.accepted.n, taken.accepted.repeated) == (1, False)


async def test_a_refusal_from_before_a_doubt_spoils_nobodys_ballot(secret: SecretRoom) -> None:
    """The number of the ballot that proved nothing may be another's by now."""
    ballot = await secret.open()
    proofs = slow(secret)
    hostile, honest = secret.room.members[:2]
    text = secret.ballot_of(ballot, hostile, 0)
    spoilt = unproved(secret.credentials[hostile], text, secret.random)
    secret.put(ballot, hostile, "p-1", spoilt)
    await secret.presses.drained()
    await lose_the_box(secret, ballot)
    secret.put(ballot, honest, "p-2", secret.ballot_of(ballot, honest, 1))
    await secret.presses.drained()
    proofs.let_go.set()
    taken = (await secret.answers("p-2"))[-1]
    assert isinstance(taken, Taken)
    assert taken.accepted.n == 1
    assert refusals(secret.told["p-1"]) == ["unavailable"]
    assert await secret.room.entries("sealed_ballot_refused", ballot) == []
    assert isinstance(await secret.room.ask(ballot, Command.CLOSE), Done)
    closure = closure_of(secret.room.ballot(ballot))
    assert closure is not None
    assert [(each.member, each.n) for each in closure.votes] == [(honest, 1)]
    await is_sound(secret, ballot)


async def is_sound(secret: SecretRoom, ballot: str) -> None:
    """It is opened and declared, and its record verifies."""
    room = secret.room
    for name in ("ana", "bo"):
        assert isinstance(await secret.share(ballot, name), Done)
    await room.command(ballot, Command.DECLARE)
    entries = await room.journal.read()
    checkpoint = checkpoint_of(entries, room.desk.ledger.state.hall, 1, KEY)
    record = build_record(entries, ballot, checkpoint)
    assert isinstance(record, dict)
    verified = verify_record(json.dumps(record).encode())
    assert not isinstance(verified, Unsound), verified


async def test_a_press_that_comes_twice_while_another_is_proved_is_not_refused(
    secret: SecretRoom,
) -> None:
    """Its seat would take the refusal for the answer, and the ballot counts."""
    ballot = await secret.open()
    proofs = slow(secret)
    member = secret.room.members[0]
    secret.put(ballot, member, "p-1", secret.ballot_of(ballot, member, 0))
    await secret.presses.drained()
    again = secret.ballot_of(ballot, member, 1)
    secret.put(ballot, member, "p-2", again)
    secret.put(ballot, member, "p-2", again)
    proofs.let_go.set()
    told = await secret.answers("p-2")
    assert refusals(told) == []
    assert isinstance(told[-1], Taken)


async def test_a_close_that_waits_for_proofs_is_shown_at_once(secret: SecretRoom) -> None:
    """Nothing is taken any more: screens that said "open" meanwhile would lie."""
    ballot = await secret.open()
    proofs = slow(secret)
    member = secret.room.members[0]
    secret.put(ballot, member, "p-1", secret.ballot_of(ballot, member, 0))
    await secret.presses.drained()
    shown = secret.room.changes
    closing = asyncio.create_task(secret.room.ask(ballot, Command.CLOSE))
    await until(lambda: secret.room.changes > shown)
    assert secret.room.changes == shown + 1
    assert (await secret.room.held(ballot)).phase is BoxPhase.CLOSED
    assert not closing.done()
    proofs.let_go.set()
    assert isinstance(await closing, Done)
    assert isinstance((await secret.answers("p-1"))[-1], Taken)


async def prove_behind(secret: SecretRoom, ballot: str) -> None:
    """What a server does every second with the trackers that its box names."""
    held = await secret.room.box.votes(ballot)
    await prove_what_is_left(secret.room.desk, ballot, [each.choice for each in held.values()])


async def test_w12_what_a_crash_left_without_a_verdict_is_proved_behind(secret: SecretRoom) -> None:
    """Or the box goes on naming a ballot that proves nothing, over the valid one."""
    ballot = await secret.open()
    member, other = secret.room.members[:2]
    good = await secret.vote(ballot, member, "p-1", 0)
    slow(secret)
    text = secret.ballot_of(ballot, member, 1)
    spoilt = unproved(secret.credentials[member], text, secret.random)
    secret.put(ballot, member, "p-2", spoilt)
    left = secret.ballot_of(ballot, other, 0)
    secret.put(ballot, other, "p-3", left)
    await secret.presses.drained()
    await secret.restart()
    verdicts = secret.room.desk.verdicts
    assert (await secret.room.box.votes(ballot))[member].n == 2
    assert verdicts.holds(ballot, tracker(left)) is None
    await prove_behind(secret, ballot)
    assert (await secret.room.box.votes(ballot))[member] == HeldVote(good.accepted.choice, 1, "p-1")
    assert (verdicts.holds(ballot, tracker(spoilt)), verdicts.holds(ballot, tracker(left))) == (
        False,
        True,
    )
    (entry,) = await secret.room.entries("sealed_ballot_refused", ballot)
    assert (entry["member"], entry["n"]) == (member, 2)
    await prove_behind(secret, ballot)
    assert verdicts.holds(ballot, good.accepted.choice) is True
    assert len(await secret.room.entries("sealed_ballot_refused", ballot)) == 1


async def test_w12_a_refusal_that_could_not_be_journaled_is_journaled_later(
    secret: SecretRoom,
) -> None:
    ballot = await secret.open()
    member = secret.room.members[0]
    text = secret.ballot_of(ballot, member, 1)
    secret.room.outages.fail("append")
    spoilt = unproved(secret.credentials[member], text, secret.random)
    secret.put(ballot, member, "p-1", spoilt)
    assert refusals(await secret.answers("p-1")) == ["unavailable"]
    assert secret.secret(ballot).refused == {}
    await prove_behind(secret, ballot)
    assert secret.secret(ballot).refused == {1: member}
    assert await secret.room.box.votes(ballot) == {}


async def test_verdicts_are_remembered_while_they_matter(secret: SecretRoom) -> None:
    """A ballot that is over, in whatever way, leaves nothing behind; nor does a late resend."""
    member = secret.room.members[0]
    for command in (Command.CLOSE, Command.CANCEL):
        ballot = await secret.open()
        text = secret.ballot_of(ballot, member, 0)
        secret.put(ballot, member, f"p-{command}", text)
        await secret.answers(f"p-{command}")
        verdicts = secret.room.desk.verdicts
        await secret.room.finish()
        assert verdicts.holds(ballot, tracker(text)) is True
        await secret.room.command(ballot, command, reason="a fault")
        await secret.room.finish()
        assert verdicts.holds(ballot, tracker(text)) is None
        secret.put(ballot, member, f"p-{command}", text)
        await secret.answers(f"p-{command}")
        await secret.room.finish()
        assert verdicts.holds(ballot, tracker(text)) is None
        if command is Command.CLOSE:
            await secret.room.command(ballot, Command.CANCEL, reason="a fault")


async def test_one_press_id_with_other_content_does_not_make_room_for_a_second_ballot(
    secret: SecretRoom,
) -> None:
    """Or one seat has as many unproved ballots as it likes, each of them work."""
    ballot = await secret.open()
    proofs = slow(secret)
    member = secret.room.members[0]
    for at in range(3):
        text = secret.ballot_of(ballot, member, 0)
        bad = unproved(secret.credentials[member], text, secret.random)
        secret.put(ballot, member, f"p-{at}", bad)
        await secret.presses.drained()
        secret.put(ballot, member, "p-0", secret.ballot_of(ballot, member, 1))
        await secret.presses.drained()
    assert len(await secret.room.box.sealed(ballot)) == 1
    assert refusals(secret.told["p-0"]) == ["press_id_reused"] * 3
    proofs.let_go.set()
    assert refusals(await secret.answers("p-0"))[3:] == ["bad_proof"]
    # A repetition of the very same is no other content.
    proofs.let_go.clear()
    text = secret.ballot_of(ballot, member, 0)
    for _ in range(2):
        secret.put(ballot, member, "p-9", text)
        await secret.presses.drained()
    proofs.let_go.set()
    assert refusals(await secret.answers("p-9")) == []


async def test_what_waited_for_another_proof_is_not_called_late(secret: SecretRoom) -> None:
    """It was pressed in time: the record must not say of this Member that it was not."""
    ballot = await secret.open()
    proofs = slow(secret)
    member, late = secret.room.members[:2]
    secret.put(ballot, member, "p-1", secret.ballot_of(ballot, member, 0))
    await secret.presses.drained()
    secret.put(ballot, member, "p-2", secret.ballot_of(ballot, member, 1))
    closing = asyncio.create_task(secret.room.ask(ballot, Command.CLOSE))
    await asyncio.sleep(0.05)
    text = secret.ballot_of(ballot, late, 0)
    secret.put(ballot, late, "p-3", text)
    proofs.let_go.set()
    assert isinstance(await closing, Done)
    assert refusals(await secret.answers("p-2")) == ["closed"]
    assert refusals(await secret.answers("p-3")) == ["closed"]
    await secret.sealed.journaled()
    (entry,) = await secret.room.entries("sealed_ballots_turned_away", ballot)
    assert entry["turned_away"] == [{"member": late, "reason": "late", "tracker": tracker(text)}]


async def test_a_seat_that_cannot_be_told_of_its_ballot_may_vote_again(secret: SecretRoom) -> None:
    ballot = await secret.open()
    member = secret.room.members[0]

    def gone(_: object) -> None:
        raise OSError("the line is gone")

    text = secret.ballot_of(ballot, member, 0)
    press = BoxPress(member, 1_000, "p-1", "", sealed=text)
    secret.sealed.put(secret.room.ballot(ballot), press, gone, lambda _: None)
    async with asyncio.timeout(5):
        await secret.sealed.settled()
        taken = await secret.vote(ballot, member, "p-2", 1)
    assert (taken.accepted.n, taken.accepted.current) == (2, True)


async def turn_away(secret: SecretRoom, ballot: str, press_id: str, text: str = "{}") -> None:
    member = secret.room.members[0]
    secret.put(ballot, member, press_id, text)
    await secret.answers(press_id)


async def test_who_was_turned_away_in_the_last_second_is_journaled_at_the_end(
    secret: SecretRoom,
) -> None:
    ballot = await secret.open()
    await turn_away(secret, ballot, "p-1")
    assert await secret.room.entries("sealed_ballots_turned_away", ballot) == []
    await secret.sealed.stop()
    assert len(await secret.room.entries("sealed_ballots_turned_away", ballot)) == 1


async def test_the_end_does_not_wait_for_a_close_that_does_not_come(secret: SecretRoom) -> None:
    """What came behind the latch is journaled behind the closing entry only."""
    ballot = await secret.open()
    await secret.room.box.close(ballot)
    await turn_away(secret, ballot, "p-1", secret.ballot_of(ballot, secret.room.members[0], 0))
    async with asyncio.timeout(5):
        await secret.sealed.journaled()
        await secret.sealed.stop()
    assert await secret.room.entries("sealed_ballots_turned_away", ballot) == []


@pytest.mark.parametrize("fault", [StoreUnavailable("away"), RuntimeError("a bug")])
async def test_what_could_not_be_journaled_is_journaled_later(
    secret: SecretRoom, fault: Exception
) -> None:
    ballot = await secret.open()
    await turn_away(secret, ballot, "p-1")

    async def fail() -> None:
        raise fault

    secret.room.outages.meanwhile("append", fail)
    await secret.sealed.journaled()
    assert await secret.room.entries("sealed_ballots_turned_away", ballot) == []
    await secret.sealed.journaled()
    assert len(await secret.room.entries("sealed_ballots_turned_away", ballot)) == 1
