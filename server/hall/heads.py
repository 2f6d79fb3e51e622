"""The head of the journal, kept beside the votes too.

Rule (invariant 20): after each append the head is noted in the box's store. A journal that does
not hold the noted head is an older copy of itself (a restored backup, a standby that lagged and
was promoted): no command is carried out on it, because what it lost would be decided again.
"""

from __future__ import annotations

from typing import Final

from server.hall.desk import Desk
from server.hall.ledger import JournalWentBack
from server.hall.state import HallState
from server.ports import BallotBox
from server.record.entry import Head

JOURNAL_HEAD: Final = "journal_head"
"""The box's setting that holds the head: epoch, seq and hash."""


async def note_head(box: BallotBox, epoch: int, head: Head) -> None:
    """Keep the head. May raise StoreUnavailable; the next second notes it again."""
    await box.remember(JOURNAL_HEAD, f"{epoch} {head.seq} {head.hash}")


async def noted_head(box: BallotBox) -> tuple[int, Head] | None:
    """The epoch and head that were noted last, or None in a new store."""
    noted = await box.recall(JOURNAL_HEAD)
    if noted is None:
        return None
    epoch, seq, digest = noted.split(" ")
    return int(epoch), Head(int(seq), digest)


async def compare_heads(desk: Desk) -> HallState:
    """The journal's state, if it holds the noted head; else raises JournalWentBack.

    Several servers note in no certain order, so the noted head may be an entry behind.
    """
    state = desk.ledger.state
    noted = await noted_head(desk.box)
    if noted is not None and noted[1] == state.head:
        return state
    if noted is not None:
        state = await _holding(desk, noted[1])
    await note_head(desk.box, state.epoch, state.head)
    return state


async def _holding(desk: Desk, noted: Head) -> HallState:
    if not await _holds(desk, noted):
        await desk.ledger.journal.reconnect()  # this may be a database that was replaced
        if not await _holds(desk, noted):
            raise JournalWentBack(
                f"the journal ends at entry {desk.ledger.state.head.seq} and lacks entry "
                f"{noted.seq}, which the store of the votes knows of: the database was restored "
                "from an older copy. Bring back the newer one, or stop all servers and run "
                "`hemicycle restore`"
            )
    return desk.ledger.state


async def _holds(desk: Desk, noted: Head) -> bool:
    # Read after the noted head was: an entry is noted when it is on disk.
    state = await desk.ledger.catch_up()
    there = await desk.ledger.journal.read(noted.seq - 1) if noted.seq <= state.head.seq else ()
    return bool(there) and there[0].hash == noted.hash
