"""Doubt: a box that lacks what was receipted, and what then happens to its ballot.

Rule (invariant 7): voting never goes on silently. The journal says first that the ballot is in
doubt, then the box takes no more presses; the operator decides what follows.
"""

from __future__ import annotations

import logging

from server.ballots.events import BallotEvent
from server.ballots.life import Ballot, InDoubt, Open, Step, Suspended
from server.hall.desk import Desk, Refusal, not_allowed, refused
from server.hall.ledger import Plan, Refused
from server.hall.state import HallState
from server.ports import BoxPhase, BoxState, HighWater, NoBox

log = logging.getLogger("hemicycle.doubt")

ACTOR = "server:recovery"
"""Who finishes a step that nobody is waiting for."""


async def marks(desk: Desk, ballot: str) -> tuple[HighWater, ...]:
    """How far the box was receipted, as the journal's database knows and as this server saw.

    Presses land all the time, so read this *before* a box that is open, or every box is behind.
    """
    noted = await desk.ledger.journal.high_water(ballot)
    return tuple(mark for mark in (noted, desk.witness.seen(ballot)) if mark is not None)


def was_seen(of: tuple[HighWater, ...], step: Step) -> bool:
    """Whether a box of this incarnation was ever seen."""
    return any(mark.incarnation == step.incarnation for mark in of)


def shortfall(box: BoxState, of: tuple[HighWater, ...], step: Step) -> str | None:
    """What the box lacks of the presses that were receipted, or None if it is whole.

    No figures and no names: the text goes to logs and screens while the ballot's disclosure holds.

    A mark from before the operator settled a doubt says nothing about the box since.
    """
    for mark in of:
        if mark.incarnation == step.incarnation and _is_behind(box, mark):
            return "the ballot box lacks presses that were receipted"
    return None


def _is_behind(box: BoxState, mark: HighWater) -> bool:
    if box.incarnation != mark.incarnation:
        return True
    return box.n < mark.n or (box.n == mark.n and box.chain != mark.chain)


async def doubt(desk: Desk, ballot: Ballot, why: str) -> None:
    """Put a ballot in doubt: journal first, then no presses.

    `ballot` is as it was when the doubt arose: if the operator has settled another doubt since,
    this one is settled too.
    """

    def decide(state: HallState) -> Plan | Refused[Refusal]:
        now = state.ballots[ballot.id]
        if not isinstance(now.state, Open | Suspended) or _was_settled(ballot, now.state.step):
            return refused(not_allowed(now, None), state)
        return Plan((desk.event(BallotEvent.DOUBTED.value, ballot.id, ACTOR, {"why": why}),))

    outcome = await desk.ledger.record(decide)
    if isinstance(outcome, Refused):
        return
    log.error("ballot %s is in doubt: %s", ballot.id, why)
    doubted = outcome.state.ballots[ballot.id]
    if isinstance(doubted.state, InDoubt):
        await take_no_presses(desk, doubted.id, doubted.state.step)
    await desk.box.bump()


async def take_no_presses(desk: Desk, ballot: str, step: Step) -> None:
    """Suspend the box of a ballot in doubt, if there is one and it is open."""
    box = await desk.box.state(ballot)
    if isinstance(box, NoBox):
        return
    if box.phase is BoxPhase.OPEN and box.fence < step.fence:
        await desk.box.suspend(ballot, step.fence)


def _was_settled(ballot: Ballot, now: Step) -> bool:
    before = ballot.state
    return isinstance(before, Open | Suspended) and before.step.incarnation != now.incarnation
