"""Close, cancel and run again: the box first, then one append. Without a box, the append alone.

Rule (invariant 8): the box's latch decides what counts. Any server may finish a close that
another began: the `ballot_closed` entry has a unique key, so there is one. Before it latches, the
box is given who asked, why, and under which Idempotency-Key: whoever finishes it journals that,
so that the same key asked again finds it done.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Self

from server.ballots.events import BallotEvent, voters_payload, votes_payload
from server.ballots.life import (
    Announced,
    Ballot,
    Calling,
    CastVote,
    Closed,
    InDoubt,
    Open,
    Suspended,
    Telling,
    roll_of,
)
from server.ballots.secret import SealedVote, sealed_payload
from server.ballots.transitions import allowed, needs
from server.hall.ask import Ask, Fresh, ask_from_payload, ask_payload, fresh
from server.hall.calling import close_of_call
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
from server.hall.proving import proved, refused_events
from server.hall.rerun import objection_to_rerun, rerun_events
from server.hall.state import HallState
from server.ports import BoxPhase, BoxState, CommandKey, NoBox, StoreUnavailable
from server.record.election import tally_of_votes
from server.record.entry import Event
from server.record.sealed import last_of_each
from server.vocabulary import Command, Mode


@dataclass(frozen=True, slots=True)
class _Instead:
    """What is run again in the place of a cancelled ballot."""

    ask: Ask
    new: Fresh


@dataclass(frozen=True, slots=True)
class _Asked:
    """Who asked for a latch, why, and under which key; kept in the box until it is journaled."""

    actor: str
    reason: str | None
    key: CommandKey | None
    instead: _Instead | None = None

    async def keep(self, desk: Desk, command: Command, ballot: str) -> None:
        key = None if self.key is None else [self.key.key, self.key.actor, self.key.body_hash]
        told: dict[str, Any] = {"actor": self.actor, "reason": self.reason, "key": key}
        if self.instead is not None:
            new = self.instead.new
            told["instead"] = {
                "ask": ask_payload(self.instead.ask),
                "new": [new.ballot, new.incarnation, new.lot],
            }
        await desk.box.remember(f"{command}:{ballot}", json.dumps(told))

    @classmethod
    async def recall(cls, desk: Desk, command: Command, ballot: str) -> Self:
        note = await desk.box.recall(f"{command}:{ballot}")
        if note is None:
            return cls(ACTOR, None, None)
        told = json.loads(note)
        instead = told.get("instead")
        return cls(
            told["actor"],
            told["reason"],
            told["key"] and CommandKey(*told["key"]),
            instead
            and _Instead(ask_from_payload(Command.RERUN, instead["ask"]), Fresh(*instead["new"])),
        )


async def close_ballot(
    desk: Desk, actor: str, ballot: str, reason: str | None, key: CommandKey | None
) -> Done | Refusal:
    """Latch the box, then journal what it held. A roll-call ends with its entry."""
    found = find(await desk.ledger.catch_up(), ballot)
    if isinstance(found, UnknownBallot):
        return found
    if Command.CLOSE not in allowed(found):
        return not_allowed(found, Command.CLOSE)
    if isinstance(found.state, Calling):
        return await _close_call(desk, actor, ballot, reason, key)
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


async def _close_call(
    desk: Desk, actor: str, ballot: str, reason: str | None, key: CommandKey | None
) -> Done | Refusal:
    def decide(state: HallState) -> Plan | Refused[Refusal]:
        now = state.ballots[ballot]
        if not isinstance(now.state, Calling):
            return refused(not_allowed(now, Command.CLOSE), state)
        plan = close_of_call(desk, now, actor, reason)
        return refused(plan, state) if isinstance(plan, BadField) else plan

    outcome = await desk.ledger.record(decide, key)
    if isinstance(outcome, Refused):
        return outcome.refusal
    await desk.box.bump()
    return Done(outcome.state.ballots[ballot], outcome.state)


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
    sealed: tuple[SealedVote, ...] = ()
    without_proof: tuple[SealedVote, ...] = ()
    if ballot.secret is not None:
        # The proofs may take seconds, and nothing is taken any more: that is shown now.
        await desk.box.bump()
        await desk.changed()
        sealed, without_proof = await proved(desk, ballot)
        if len(sealed) + len(without_proof) != box.n:
            raise StoreUnavailable("the ballot's box lacks sealed ballots; it is being checked")
        cast = last_of_each(sealed)
    is_recorded = ballot.question.mode is not Mode.NON_RECORDED
    payload: dict[str, Any] = {
        **({"votes": votes_payload(cast)} if is_recorded else _unlinked(ballot, cast)),
        "n": box.n if is_recorded else len(cast),
        "chain": box.chain if is_recorded else "",
        "incarnation": box.incarnation,
        "closed_at": box.closed_at,
        "refusals_hash": desk.refusals.digest(ballot.id),
    }

    if ballot.secret is not None:
        payload["sealed"] = sealed_payload(sealed)

    def decide(state: HallState) -> Plan | Refused[Refusal]:
        now = state.ballots[ballot.id]
        if not isinstance(now.state, Open | Suspended):
            return refused(not_allowed(now, Command.CLOSE), state)
        told = () if now.secret is None else refused_events(desk, now.secret, now.id, without_proof)
        event = desk.event(BallotEvent.CLOSED.value, ballot.id, asked.actor, payload)
        return Plan((*told, event), unique=f"closed:{ballot.id}")

    outcome = await desk.ledger.record(decide, asked.key)
    state = outcome.state
    now = state.ballots[ballot.id]
    if isinstance(outcome, Refused) and not isinstance(now.state, Closed):
        return outcome.refusal
    await desk.box.bump()
    return Done(now, state)


def _unlinked(ballot: Ballot, cast: tuple[CastVote, ...]) -> dict[str, Any]:
    """What a non-recorded ballot closes with: the votes are counted here, and nowhere again."""
    roll = roll_of(ballot)
    assert roll is not None, "it is open"  # noqa: S101  # the caller looked
    voted = {vote.member for vote in cast}
    voters = [entry.member for entry in roll.entries if entry.member in voted]
    return voters_payload(tally_of_votes(ballot.question, cast), voters)


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
    return await _cancel(desk, _Asked(actor, reason, key), found)


async def rerun_ballot(
    desk: Desk, actor: str, ballot: str, ask: Ask, key: CommandKey | None
) -> Done | Refusal:
    """Cancel a ballot that is before the assembly, and take it again in another way."""
    state = await desk.ledger.catch_up()
    found = find(state, ballot)
    if isinstance(found, UnknownBallot):
        return found
    if Command.RERUN not in allowed(found):
        return not_allowed(found, Command.RERUN)
    for field in needs(found, Command.RERUN):
        if not getattr(ask, field):
            return BadField(field, f"`rerun` needs `{field}` here")
    objection = objection_to_rerun(state, found, ask)
    if objection is not None:
        return objection
    instead = _Instead(ask, fresh(desk.ids))
    return await _cancel(desk, _Asked(actor, ask.reason, key, instead), found)


async def finish_approved(desk: Desk, ballot: Ballot) -> None:
    """Carry out what was approved before a crash."""
    pending = ballot.pending
    assert pending is not None, "something was approved"  # noqa: S101  # the caller looked
    ask = ask_from_payload(pending.command, pending.ask)
    match pending.command:
        case Command.CLOSE:
            await close_ballot(desk, pending.by, ballot.id, ask.reason, None)
        case Command.CANCEL:
            await cancel_ballot(desk, pending.by, ballot.id, ask.reason, None)
        case Command.RERUN:
            await rerun_ballot(desk, pending.by, ballot.id, ask, None)
        case command:
            raise AssertionError(f"{command} is approved and journaled in one step")


async def _cancel(desk: Desk, asked: _Asked, ballot: Ballot) -> Done | Refusal:
    match ballot.state:
        case Open() | Suspended() | InDoubt() | Closed():
            await asked.keep(desk, Command.CANCEL, ballot.id)
            await desk.box.cancel(ballot.id)
        case _:
            pass  # there is no box
    return await _journal_cancel(desk, asked, ballot)


async def finish_cancel(desk: Desk, ballot: Ballot) -> None:
    """Journal the cancellation of a box that was found latched `cancelled`."""
    asked = await _Asked.recall(desk, Command.CANCEL, ballot.id)
    await _journal_cancel(desk, asked, ballot)


async def _journal_cancel(desk: Desk, asked: _Asked, ballot: Ballot) -> Done | Refusal:
    reason = asked.reason or "cancelled before a restart; the reason was not kept"
    instead = asked.instead
    leased = await desk.box.present()

    def decide(state: HallState) -> Plan | Refused[Refusal]:
        now = state.ballots[ballot.id]
        if not isinstance(now.state, _CAN_BE_CANCELLED):
            return refused(not_allowed(now, Command.CANCEL), state)
        payload: dict[str, object] = {"reason": reason}
        event = desk.event(BallotEvent.CANCELLED.value, ballot.id, asked.actor, payload)
        events: tuple[Event, ...] = (event,)
        if instead is not None:
            new = rerun_events(desk, state, now, asked.actor, instead.ask, instead.new, leased)
            events = (event, *new)
        return Plan(events, unique=f"cancelled:{ballot.id}")

    outcome = await desk.ledger.record(decide, asked.key)
    if isinstance(outcome, Refused):
        return outcome.refusal
    await desk.box.bump()
    shown = ballot.id if instead is None else instead.new.ballot
    return Done(outcome.state.ballots.get(shown, outcome.state.ballots[ballot.id]), outcome.state)


_CAN_BE_CANCELLED = (Announced, Open, Telling, Calling, Suspended, InDoubt, Closed)
