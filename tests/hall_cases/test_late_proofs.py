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
from server.hall.verdicts import InlineProofs, Verdicts
from server.ports import BoxPhase
from server.record.record import build_record, checkpoint_of
from server.record.verify import Unsound, verify_record
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
