"""Receipts that seats present: the hall's own are believed, forged ones are not."""

from __future__ import annotations

import pytest

from server.ballots.life import Open
from server.hall.receipts import PresentedReceipt, examine, proof_of
from server.ports import Accepted
from server.vocabulary import Command, Phase
from tests.hall_cases.room import Room

KEY = b"the hall's key for receipts, 32B"


async def receipt(hall: Room, ballot: str, member: str, *, n: int, press_id: str = "p1") -> str:
    box = await hall.held(ballot)
    return proof_of(KEY, ballot, member, press_id, n, box.incarnation)


async def present(
    hall: Room, ballot: str, member: str, n: int, proof: str, press_id: str = "p1"
) -> Phase:
    await examine(hall.desk, KEY, [(member, PresentedReceipt(ballot, press_id, n, proof))])
    return hall.phase(ballot)


async def test_a_receipt_of_a_press_that_is_there_changes_nothing(hall: Room) -> None:
    ballot = await hall.open()
    await hall.vote(ballot, "yes")
    member = hall.members[0]
    proof = await receipt(hall, ballot, member, n=1)
    await hall.press(ballot, member, "no", "p2")
    assert await present(hall, ballot, member, 1, proof) is Phase.OPEN


@pytest.mark.parametrize("interrupted", [False, True])
async def test_a_receipt_of_a_press_that_is_missing_is_a_doubt(
    hall: Room, interrupted: bool
) -> None:
    ballot = await hall.open()
    proof = await receipt(hall, ballot, hall.members[0], n=1)
    if interrupted:
        await hall.command(ballot, Command.SUSPEND)
    before = hall.changes
    assert await present(hall, ballot, hall.members[0], 1, proof) is Phase.IN_DOUBT
    assert hall.changes > before
    (entry,) = await hall.entries("ballot_doubted", ballot)
    assert "receipt" in entry["why"]
    assert hall.members[0] not in entry["why"]  # who voted is withheld


async def test_a_receipt_with_another_number_is_a_doubt(hall: Room) -> None:
    ballot = await hall.open()
    member = hall.members[0]
    proof = await receipt(hall, ballot, member, n=2)
    assert isinstance(await hall.press(ballot, member), Accepted)
    assert await present(hall, ballot, member, 2, proof) is Phase.IN_DOUBT


async def test_forged_and_borrowed_proofs_are_ignored(hall: Room) -> None:
    ballot = await hall.open()
    mine, other = hall.members[:2]
    proof = await receipt(hall, ballot, mine, n=1)
    assert await present(hall, ballot, mine, 1, "0" * 64) is Phase.OPEN
    assert await present(hall, ballot, mine, 1, "") is Phase.OPEN
    assert await present(hall, ballot, mine, 2, proof) is Phase.OPEN
    assert await present(hall, ballot, mine, 1, proof, "p9") is Phase.OPEN
    assert await present(hall, ballot, other, 1, proof) is Phase.OPEN
    foreign = proof_of(b"another key", ballot, mine, "p1", 1, (await hall.held(ballot)).incarnation)
    assert await present(hall, ballot, mine, 1, foreign) is Phase.OPEN


async def test_a_receipt_of_no_ballot_is_ignored(room: Room) -> None:
    before = await room.journal.head()
    nowhere = PresentedReceipt("b-nowhere", "p1", 1, "0" * 64)
    await examine(room.desk, KEY, [(room.members[0], nowhere)])
    assert await room.journal.head() == before


async def test_a_receipt_from_before_an_accepted_loss_does_not_doubt_again(hall: Room) -> None:
    ballot = await hall.open()
    old = await receipt(hall, ballot, hall.members[0], n=1)
    assert await present(hall, ballot, hall.members[0], 1, old) is Phase.IN_DOUBT
    await hall.command(ballot, Command.RESUME, reason="that Member votes again")
    assert await present(hall, ballot, hall.members[0], 1, old) is Phase.OPEN
    fresh = await receipt(hall, ballot, hall.members[0], n=1)
    assert await present(hall, ballot, hall.members[0], 1, fresh) is Phase.IN_DOUBT


async def test_a_loss_that_is_accepted_while_a_receipt_is_examined_stays_accepted(
    room: Room,
) -> None:
    """Two seats hold receipts of what was lost; the second is examined across the resumption."""
    ballot = await room.open()
    first, second = room.members[:2]
    proofs = [await receipt(room, ballot, each, n=n) for n, each in ((1, first), (2, second))]

    async def settled() -> None:
        await present(room, ballot, first, 1, proofs[0])
        await room.command(ballot, Command.RESUME, reason="both vote again")

    room.outages.meanwhile("held_presses", settled)
    assert await present(room, ballot, second, 2, proofs[1]) is Phase.OPEN
    assert isinstance(room.ballot(ballot).state, Open)


async def test_a_receipt_of_a_closed_ballot_is_no_doubt(hall: Room) -> None:
    ballot = await hall.open()
    proof = await receipt(hall, ballot, hall.members[0], n=1)
    await hall.command(ballot, Command.CLOSE)
    assert await present(hall, ballot, hall.members[0], 1, proof) is Phase.CLOSED
