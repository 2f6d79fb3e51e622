"""Receipts that seats hold: the hall recognises its own, and believes them.

Rule (invariant 7): a seat presents its last receipt in `hello`. If the proof is the hall's own, of
the box as it is now named, and the box does not hold the press, receipted votes were lost: the
ballot goes in doubt. A forged proof is ignored, so a hostile seat cannot stop a vote.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterable
from dataclasses import dataclass

from server.ballots.life import Ballot, Open, Suspended
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


async def examine(
    desk: Desk, key: bytes, presented: Iterable[tuple[str, PresentedReceipt]]
) -> None:
    """Doubt the ballot if the hall itself gave a receipt and the box does not know of it.

    `presented` has each receipt with the Member that presents it. May raise StoreUnavailable.
    """
    ballots = desk.ledger.state.ballots  # as they are before the box is asked
    own = [each for each in presented if _is_own(ballots.get(each[1].ballot), key, *each)]
    held = await desk.box.held_presses([(of.ballot, member, of.press_id) for member, of in own])
    lacking = {of.ballot for (_, of), n in zip(own, held, strict=True) if n != of.n}
    for ballot in sorted(lacking):
        async with desk.turn:
            await doubt(desk, ballots[ballot], "a seat holds a receipt that the ballot box lacks")
    if lacking:
        await desk.changed()


def _is_own(ballot: Ballot | None, key: bytes, member: str, receipt: PresentedReceipt) -> bool:
    """Whether the hall itself gave this receipt, of a box that takes votes as it is now named."""
    if ballot is None or not isinstance(ballot.state, Open | Suspended):
        return False
    incarnation = ballot.state.step.incarnation
    expected = proof_of(key, receipt.ballot, member, receipt.press_id, receipt.n, incarnation)
    # As bytes: of texts it takes ASCII only, and what a seat says must not raise here, where others
    # are let in.
    return hmac.compare_digest(expected.encode(), receipt.proof.encode())
