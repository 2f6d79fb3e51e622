"""Start-up: bring journal and box together before anybody is let in.

Rule (invariant 7): what a crash left half done is finished here, or put before the operator; the
boxes of certified ballots, and of those that decide nothing once they are declared, are forgotten
with their press_ids.
"""

from __future__ import annotations

from server.ballots.life import Cancelled, Certified, Declared, Published
from server.ballots.transitions import DECIDES_NOTHING
from server.hall.desk import Desk
from server.hall.erasing import forget_box
from server.hall.finish import REVISION_MARGIN, finish


async def recover(desk: Desk) -> None:
    """Run once before serving. May raise StoreUnavailable."""
    async with desk.turn:
        await finish(desk)
        for ballot in desk.ledger.state.ballots.values():
            counted = isinstance(ballot.state, Declared) and ballot.question.kind in DECIDES_NOTHING
            if counted or isinstance(ballot.state, Certified | Published | Cancelled):
                await forget_box(desk, ballot)
        # The last changes before a crash may be gone with the tail of a file, after screens had
        # shown them: views go on above all of them.
        await desk.box.raise_revision(await desk.box.raise_revision(0) + REVISION_MARGIN)
