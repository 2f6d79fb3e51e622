"""Erase what links Members to their votes, once a non-recorded ballot is over.

Rule (invariant 13): the journal has who voted and the tally; what the box took goes from the store
and its disks, and only then does the journal say so. Until it does, the erasure is begun again
every second by any server: a crash at any point leaves no more to do than that (W10 in `finish`).
Where a store came back as an older copy, with the votes of an erased ballot, they are erased again
(W11). It holds no turn, so nobody waits for it.
"""

from __future__ import annotations

import logging

from server.ballots.events import BallotEvent
from server.ballots.life import Ballot
from server.ballots.transitions import must_be_erased
from server.hall.desk import Desk
from server.hall.doubt import ACTOR
from server.hall.ledger import Plan, Refused
from server.hall.state import HallState

log = logging.getLogger("hemicycle.erasing")


async def erase_what_is_over(desk: Desk) -> bool:
    """Erase every box that is due, and again what came back of an erased one; whether the journal
    says something new. May raise StoreUnavailable."""
    state = await desk.ledger.catch_up()
    due = [ballot.id for ballot in state.ballots.values() if must_be_erased(ballot)]
    for ballot in due:
        await _erase(desk, ballot)
    erased = [ballot.id for ballot in state.ballots.values() if ballot.is_erased]
    for ballot in sorted(await desk.box.with_votes(erased)):
        log.error(
            "the store is an older copy: it has votes of ballot %s, which was erased. They are "
            "erased again; look for more such copies",
            ballot,
        )
        await desk.box.erase(ballot)
    return bool(due)


async def forget_box(desk: Desk, ballot: Ballot) -> None:
    """Forget the box of a ballot that is over for good. May raise StoreUnavailable.

    Votes that came back after their erasure are left to it: to remove a box leaves them on disk.
    """
    if ballot.is_erased and await desk.box.with_votes([ballot.id]):
        return
    await desk.box.remove(ballot.id)


async def _erase(desk: Desk, ballot: str) -> None:
    replicas = await desk.box.erase(ballot)

    def decide(state: HallState) -> Plan | Refused[None]:
        if not must_be_erased(state.ballots[ballot]):
            return Refused(None, state)  # another server said it
        event = desk.event(BallotEvent.ERASED.value, ballot, ACTOR, {"replicas": replicas})
        return Plan((event,), unique=f"erased:{ballot}")

    await desk.ledger.record(decide)
    await desk.box.bump()
    if replicas:
        log.warning(
            "the box of ballot %s is erased here; %d replicas have files of their own: run "
            "BGREWRITEAOF and BGSAVE on each",
            ballot,
            replicas,
        )
