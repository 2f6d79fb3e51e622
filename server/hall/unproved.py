"""Sealed ballots without a verdict are proved behind everything else (W12 in `finish`).

Rule: a server that has just started, or has others beside it, finds sealed ballots in the box of
which it does not know whether they count. It finds out without holding the hall's turn and few at
a time, so that its own seats' ballots wait for no more than these; what does not hold is journaled
and disowned, as if the seat had been answered.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from itertools import islice
from typing import Final

from server.ballots.life import Open, Suspended
from server.ballots.secret import SealedVote
from server.hall.desk import Desk
from server.hall.proving import disown_refused, journal_refused
from server.ports import BoxPhase, NoBox, ProofsUnavailable

log = logging.getLogger("hemicycle.unproved")

AT_ONCE: Final = 8
"""How many are proved at a time: each takes a process ten milliseconds."""


async def prove_what_is_left(desk: Desk, ballot: str, trackers: Sequence[str]) -> None:
    """See that there is a verdict on these sealed ballots, and refuse those that prove nothing.

    Idempotent; what is gone from the box is passed over. May raise StoreUnavailable.
    """
    waiting = iter(trackers)
    try:
        while group := tuple(islice(waiting, AT_ONCE)):
            if not await _prove(desk, ballot, group):
                return
    except ProofsUnavailable as outage:
        log.warning("sealed ballots of %s are proved later: %s", ballot, outage)


async def _prove(desk: Desk, ballot: str, trackers: Sequence[str]) -> bool:
    """Whether the ballot is one that still takes votes: if not, its close proves what is left."""
    now = desk.ledger.state.ballots[ballot]
    if now.secret is None or not isinstance(now.state, Open | Suspended):
        return False
    box = await desk.box.state(ballot)
    if isinstance(box, NoBox) or box.phase not in (BoxPhase.OPEN, BoxPhase.SUSPENDED):
        return False
    presses = await desk.box.sealed(ballot, trackers)
    verdicts = await desk.verdicts.all(ballot, now.secret.election, presses)
    refused = [
        SealedVote(each.member, each.n, each.press_id, each.tracker, each.text)
        for each, holds in zip(presses, verdicts, strict=True)
        if not holds
    ]
    if refused:
        await journal_refused(desk, ballot, box.incarnation, refused)
        await disown_refused(desk, desk.ledger.state.ballots[ballot])
        await desk.changed()
    return True
