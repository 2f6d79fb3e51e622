"""Receipts that seats hold: the hall recognises its own, and believes them.

Rule (invariant 7): a seat presents its last receipt in `hello`. If the proof is the hall's own, of
the box as it is now named, and the box does not hold the press, receipted votes were lost: the
ballot goes in doubt. A forged proof is ignored, so a hostile seat cannot stop a vote.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass

from server.ballots.life import Open, Suspended
from server.hall.desk import Desk
from server.hall.doubt import doubt
from server.record.canonical import canonical_list


@dataclass(frozen=True, slots=True)
class PresentedReceipt:
    """What a seat says it was told."""

    ballot: str
    press_id: str
    n: int
    proof: str


def proof_of(key: bytes, ballot: str, member: str, press_id: str, n: int, incarnation: str) -> str:
    """The hall's mark on a receipt: HMAC-SHA-256 (hex) over everything that it claims."""
    claim = canonical_list([ballot, member, press_id, n, incarnation])
    return hmac.digest(key, claim, "sha256").hex()


async def examine(desk: Desk, key: bytes, member: str, receipt: PresentedReceipt) -> None:
    """Doubt the ballot if the hall itself gave this receipt and the box does not know of it."""
    ballot = desk.ledger.state.ballots.get(receipt.ballot)
    if ballot is None or not isinstance(ballot.state, Open | Suspended):
        return
    incarnation = ballot.state.step.incarnation
    expected = proof_of(key, receipt.ballot, member, receipt.press_id, receipt.n, incarnation)
    if not hmac.compare_digest(expected, receipt.proof):
        return
    if await desk.box.held_press(receipt.ballot, member, receipt.press_id) != receipt.n:
        async with desk.turn:
            await doubt(desk, ballot, "a seat holds a receipt that the ballot box lacks")
        await desk.changed()
