"""Start-up: bring journal and box together before anybody is let in.

Rule (invariant 7): what a crash left half done is finished here, or put before the operator; the
boxes of certified ballots, with their press_ids, are forgotten.
"""

from __future__ import annotations

from server.ballots.life import Cancelled, Certified, Published
from server.hall.desk import Desk
from server.hall.finish import finish


async def recover(desk: Desk) -> None:
    """Run once before serving. May raise StoreUnavailable."""
    async with desk.turn:
        await finish(desk)
        for ballot in desk.ledger.state.ballots.values():
            if isinstance(ballot.state, Certified | Published | Cancelled):
                await desk.box.remove(ballot.id)
        await desk.box.bump()
