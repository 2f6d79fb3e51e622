"""Close and cancel: the box first, then one entry.

Rule (invariant 8): the box's latch decides what counts. Any server may finish a close that
another began: the `ballot_closed` entry has a unique key, so there is one. A cancellation keeps
its reason in the box before it latches, so that whoever finishes it can journal it.
"""

from __future__ import annotations

import json
from typing import Any

from server.ballots.events import BallotEvent, votes_payload
from server.ballots.life import (
    Announced,
    Ballot,
    CastVote,
    Closed,
    InDoubt,
    Open,
    Suspended,
    allowed,
)
from server.hall.desk import (
    BadField,
    Desk,
    Done,
    Refusal,
    UnknownBallot,
    find,
    not_allowed,
    refused,
)
from server.hall.ledger import Plan, Refused
from server.hall.state import HallState
from server.ports import BoxPhase, BoxState, CommandKey, NoBox, StoreUnavailable
from server.vocabulary import Command


async def close_ballot(
    desk: Desk, actor: str, ballot: str, key: CommandKey | None
) -> Done | Refusal:
    """Latch the box, then journal what it held."""
    found = find(await desk.ledger.catch_up(), ballot)
    if isinstance(found, UnknownBallot):
        return found
    if Command.CLOSE not in allowed(found):
        return not_allowed(found, Command.CLOSE)
    box = await desk.box.close(ballot)
    if isinstance(box, NoBox):
        # `finish` ran just before and found the box: it went away since. Unknown, so not closed.
        raise StoreUnavailable("the ballot's box is gone; its state is being checked")
    if box.phase is BoxPhase.CANCELLED:
        await finish_cancel(desk, found)
        return not_allowed(desk.ledger.state.ballots[ballot], Command.CLOSE)
    return await journal_close(desk, actor, found, box, key)


async def journal_close(
    desk: Desk, actor: str, ballot: Ballot, box: BoxState, key: CommandKey | None
) -> Done | Refusal:
    """Journal a box that is latched closed, once."""
    votes = await desk.box.votes(ballot.id)
    cast = tuple(
        CastVote(member, held.choice, held.n, held.press_id) for member, held in votes.items()
    )
    payload: dict[str, Any] = {
        "votes": votes_payload(cast),
        "n": box.n,
        "chain": box.chain,
        "incarnation": box.incarnation,
        "closed_at": box.closed_at,
        "refusals_hash": desk.refusals.digest(ballot.id),
    }

    def decide(state: HallState) -> Plan | Refused[Refusal]:
        now = state.ballots[ballot.id]
        if not isinstance(now.state, Open | Suspended):
            return refused(not_allowed(now, Command.CLOSE), state)
        event = desk.event(BallotEvent.CLOSED.value, ballot.id, actor, payload)
        return Plan((event,), unique=f"closed:{ballot.id}")

    outcome = await desk.ledger.record(decide, key)
    state = outcome.state
    now = state.ballots[ballot.id]
    if isinstance(outcome, Refused) and not isinstance(now.state, Closed):
        return outcome.refusal
    await desk.box.bump()
    return Done(now, state)


async def cancel_ballot(
    desk: Desk, actor: str, ballot: str, reason: str | None, key: CommandKey | None
) -> Done | Refusal:
    """Latch the box, if there is one, then journal the cancellation with its reason."""
    found = find(await desk.ledger.catch_up(), ballot)
    if isinstance(found, UnknownBallot):
        return found
    if Command.CANCEL not in allowed(found):
        return not_allowed(found, Command.CANCEL)
    if not reason:
        return BadField("reason", "`cancel` needs `reason`: why the ballot is cancelled")
    if not isinstance(found.state, Announced):
        await desk.box.remember(_note(ballot), json.dumps({"reason": reason, "actor": actor}))
        await desk.box.cancel(ballot)
    return await _journal_cancel(desk, actor, found, reason, key)


async def finish_cancel(desk: Desk, ballot: Ballot) -> None:
    """Journal the cancellation of a box that was found latched `cancelled`."""
    note = await desk.box.recall(_note(ballot.id))
    told: dict[str, str] = json.loads(note) if note else {}
    await _journal_cancel(
        desk,
        told.get("actor", "server:recovery"),
        ballot,
        told.get("reason", "cancelled before a restart; the reason was not kept"),
        None,
    )


async def _journal_cancel(
    desk: Desk, actor: str, ballot: Ballot, reason: str, key: CommandKey | None
) -> Done | Refusal:
    def decide(state: HallState) -> Plan | Refused[Refusal]:
        now = state.ballots[ballot.id]
        if not isinstance(now.state, Announced | Open | Suspended | InDoubt | Closed):
            return refused(not_allowed(now, Command.CANCEL), state)
        event = desk.event(BallotEvent.CANCELLED.value, ballot.id, actor, {"reason": reason})
        return Plan((event,), unique=f"cancelled:{ballot.id}")

    outcome = await desk.ledger.record(decide, key)
    if isinstance(outcome, Refused):
        return outcome.refusal
    await desk.box.bump()
    return Done(outcome.state.ballots[ballot.id], outcome.state)


def _note(ballot: str) -> str:
    return f"cancel:{ballot}"
