"""Close and cancel: the box first, then one entry.

Rule (invariant 8): the box's latch decides what counts. Any server may finish a close that
another began: the `ballot_closed` entry has a unique key, so there is one. Before it latches, the
box is given who asked, why, and under which Idempotency-Key: whoever finishes it journals that,
so that the same key asked again finds it done.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Self

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
from server.hall.doubt import ACTOR, doubt, marks, shortfall
from server.hall.ledger import Plan, Refused
from server.hall.state import HallState
from server.ports import BoxPhase, BoxState, CommandKey, NoBox, StoreUnavailable
from server.vocabulary import Command


@dataclass(frozen=True, slots=True)
class _Asked:
    """Who asked for a latch, why, and under which key; kept in the box until it is journaled."""

    actor: str
    reason: str | None
    key: CommandKey | None

    async def keep(self, desk: Desk, command: Command, ballot: str) -> None:
        key = None if self.key is None else [self.key.key, self.key.actor, self.key.body_hash]
        told = {"actor": self.actor, "reason": self.reason, "key": key}
        await desk.box.remember(f"{command}:{ballot}", json.dumps(told))

    @classmethod
    async def recall(cls, desk: Desk, command: Command, ballot: str) -> Self:
        note = await desk.box.recall(f"{command}:{ballot}")
        if note is None:
            return cls(ACTOR, None, None)
        told = json.loads(note)
        return cls(told["actor"], told["reason"], told["key"] and CommandKey(*told["key"]))


async def close_ballot(
    desk: Desk, actor: str, ballot: str, key: CommandKey | None
) -> Done | Refusal:
    """Latch the box, then journal what it held."""
    found = find(await desk.ledger.catch_up(), ballot)
    if isinstance(found, UnknownBallot):
        return found
    if Command.CLOSE not in allowed(found):
        return not_allowed(found, Command.CLOSE)
    asked = _Asked(actor, None, key)
    await asked.keep(desk, Command.CLOSE, ballot)
    box = await desk.box.close(ballot)
    if isinstance(box, NoBox):
        # `finish` ran just before and found the box: it went away since. Unknown, so not closed.
        raise StoreUnavailable("the ballot's box is gone; its state is being checked")
    if box.phase is BoxPhase.CANCELLED:
        await finish_cancel(desk, found)
        return not_allowed(desk.ledger.state.ballots[ballot], Command.CLOSE)
    return await _journal_close(desk, asked, found, box)


async def finish_close(desk: Desk, ballot: Ballot, box: BoxState) -> None:
    """Journal the close of a box that was found latched `closed`, by whoever asked for it."""
    asked = await _Asked.recall(desk, Command.CLOSE, ballot.id)
    await _journal_close(desk, asked, ballot, box)


async def _journal_close(
    desk: Desk, asked: _Asked, ballot: Ballot, box: BoxState
) -> Done | Refusal:
    votes = await desk.box.votes(ballot.id)
    if len(votes) != box.voters:
        raise StoreUnavailable("the ballot's box changed after its latch; it is being checked")
    assert isinstance(ballot.state, Open | Suspended)  # noqa: S101  # the callers look
    # The box is latched, so that no press can land between it and the marks.
    lacks = shortfall(box, await marks(desk, ballot.id), ballot.state.step)
    if lacks is not None:
        await doubt(desk, ballot, lacks)
        return not_allowed(desk.ledger.state.ballots[ballot.id], Command.CLOSE)
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
        event = desk.event(BallotEvent.CLOSED.value, ballot.id, asked.actor, payload)
        return Plan((event,), unique=f"closed:{ballot.id}")

    outcome = await desk.ledger.record(decide, asked.key)
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
    asked = _Asked(actor, reason, key)
    if not isinstance(found.state, Announced):
        await asked.keep(desk, Command.CANCEL, ballot)
        await desk.box.cancel(ballot)
    return await _journal_cancel(desk, asked, found)


async def finish_cancel(desk: Desk, ballot: Ballot) -> None:
    """Journal the cancellation of a box that was found latched `cancelled`."""
    asked = await _Asked.recall(desk, Command.CANCEL, ballot.id)
    await _journal_cancel(desk, asked, ballot)


async def _journal_cancel(desk: Desk, asked: _Asked, ballot: Ballot) -> Done | Refusal:
    reason = asked.reason or "cancelled before a restart; the reason was not kept"

    def decide(state: HallState) -> Plan | Refused[Refusal]:
        now = state.ballots[ballot.id]
        if not isinstance(now.state, Announced | Open | Suspended | InDoubt | Closed):
            return refused(not_allowed(now, Command.CANCEL), state)
        payload: dict[str, object] = {"reason": reason}
        event = desk.event(BallotEvent.CANCELLED.value, ballot.id, asked.actor, payload)
        return Plan((event,), unique=f"cancelled:{ballot.id}")

    outcome = await desk.ledger.record(decide, asked.key)
    if isinstance(outcome, Refused):
        return outcome.refusal
    await desk.box.bump()
    return Done(outcome.state.ballots[ballot.id], outcome.state)
