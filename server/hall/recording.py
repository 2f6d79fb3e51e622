"""Record what was decided of a ballot, once: the frame around a use case that only journals.

Rule: a command under a key that was seen is answered as it was; what another server recorded in
the same moment counts as done; the hall is shown the change.
"""

from __future__ import annotations

from collections.abc import Callable

from server.hall.desk import Desk, Done, Refusal, done_before
from server.hall.ledger import Plan, RecordedBefore, Refused
from server.hall.state import HallState
from server.ports import CommandKey


async def record(
    desk: Desk,
    ballot: str,
    decide: Callable[[HallState], Plan | Refused[Refusal]],
    key: CommandKey | None,
) -> Done | Refusal:
    """Journal what `decide` makes of the newest state, unless the key was seen.

    May raise StoreUnavailable: then look, and send the same key again.
    """
    async with desk.turn:
        before = await done_before(desk, key)
        if before is not None:
            return before
        outcome = await desk.ledger.record(decide, key)
        if isinstance(outcome, Refused):
            return outcome.refusal
        if isinstance(outcome, RecordedBefore):
            # Another server was asked under the same key, or the same thing, in the same moment.
            before = await done_before(desk, key)
            if before is not None:
                return before
        await desk.box.bump()
    await desk.changed()
    return Done(outcome.state.ballots[ballot], outcome.state)
