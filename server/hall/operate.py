"""What the operator does to a ballot on its way: the commands that are journaled first.

Rule (invariant 8): announce, open, suspend, resume, extend and last call go to the journal first;
the entry's seq is the fencing token, and the box refuses a lower one. Declare, certify, publish
and correct are entries only. Close and cancel go to the box first: see `closing`. A step that is
half done is finished by `finish`, at start-up, after an outage, and every second.
"""

from __future__ import annotations

from typing import assert_never

from server.ballots.approval import Pending
from server.ballots.events import BallotEvent
from server.ballots.life import Announced, Ballot, Cancelled, Certified, Suspended, Void, phase_of
from server.ballots.procedure import come_first
from server.ballots.question import missing
from server.ballots.transitions import LINKLESS, allowed, needs
from server.hall.accrediting import objection_to_secret, secret_of
from server.hall.approving import asked_event, give, given_event, is_held, refuse, waiting
from server.hall.ask import Ask, Fresh, ask_from_payload, fresh
from server.hall.calling import answer_payload, objection_to_answer
from server.hall.closing import cancel_ballot, close_ballot, rerun_ballot
from server.hall.desk import (
    BadField,
    Desk,
    Done,
    FloorTaken,
    KeyReused,
    NoQuorum,
    NotReady,
    OutOfOrder,
    Refusal,
    UnknownBallot,
    done_before,
    find,
    not_allowed,
    refused,
)
from server.hall.electing import STEPS, objection_to_step, step_events
from server.hall.erasing import forget_box
from server.hall.finish import finish
from server.hall.floor import announcement, opening_payload, roll_now
from server.hall.governing import quorum_of
from server.hall.ledger import Plan, Recorded, RecordedBefore, Refused
from server.hall.prepare import second_vote_payload
from server.hall.rerun import objection_to_rerun, objection_to_start, rerun_events
from server.hall.standing_for import fault_of_conditions
from server.hall.state import HallState, assembly_of, on_the_floor
from server.hall.telling import enter_tally, told_again
from server.hall.verdict import verdict_of
from server.ports import CommandKey
from server.record.entry import Event
from server.record.motion import motion_count
from server.rules.quorum import measure_quorum
from server.vocabulary import Command, Mode, Phase


async def operate(
    desk: Desk, actor: str, ballot: str, ask: Ask, key: CommandKey | None
) -> Done | Refusal:
    """Carry out a command, or ask for its second approval where the assembly wants one.

    May raise StoreUnavailable: then look, and send the same key again.
    """
    async with desk.turn:
        # What is half done is finished first: a command is decided on a whole ballot, and a key
        # whose command was left half done is found done.
        await finish(desk)
        before = await done_before(desk, key)
        if before is not None and key is not None:
            return await _again(desk, key, before)
        if is_held(desk.ledger.state, ballot, ask.command):
            done = await _ask_for_approval(desk, actor, ballot, ask, key)
        else:
            done = await _carry_out(desk, actor, ballot, ask, key)
    await desk.changed()
    return done


async def approve(desk: Desk, actor: str, ballot: str, key: CommandKey | None) -> Done | Refusal:
    """A second person approves what waits, and it is carried out in the name of who asked."""
    async with desk.turn:
        await finish(desk)
        before = await done_before(desk, key)
        if before is not None and key is not None:
            return await _again(desk, key, before)
        pending = waiting(desk.ledger.state, ballot, actor)
        if not isinstance(pending, Pending):
            return pending
        ask = ask_from_payload(pending.command, pending.ask)
        if _latches_first(desk.ledger.state, ballot, pending.command):
            given = await give(desk, actor, ballot, key)
            if not isinstance(given, Pending):
                return given
            done = await _carry_out(desk, given.by, ballot, ask, None)
        else:
            done = await _journal_first(desk, pending.by, ballot, ask, key, approved_by=actor)
    await desk.changed()
    return done


async def refuse_approval(
    desk: Desk, actor: str, ballot: str, reason: str | None, key: CommandKey | None
) -> Done | Refusal:
    """What waits for a second person is dropped."""
    async with desk.turn:
        await finish(desk)
        before = await done_before(desk, key)
        if before is not None:
            return before
        done = await refuse(desk, actor, ballot, reason, key)
    await desk.changed()
    return done


def _latches_first(state: HallState, ballot: str, command: Command) -> bool:
    """Whether a command goes to the box before the journal; see `closing`."""
    ended = isinstance(state.ballots[ballot].state, Cancelled | Void)
    return command in (Command.CLOSE, Command.CANCEL) or (command is Command.RERUN and not ended)


_MAKES_ANOTHER = frozenset(
    {Command.SECOND_VOTE, Command.RERUN, Command.NEXT_ROUND, Command.TIE_BALLOT}
)
"""The commands whose answer is the new ballot."""


async def _carry_out(
    desk: Desk, actor: str, ballot: str, ask: Ask, key: CommandKey | None
) -> Done | Refusal:
    match ask.command:
        case Command.CLOSE:
            return await close_ballot(desk, actor, ballot, ask.reason, key)
        case Command.CANCEL:
            return await cancel_ballot(desk, actor, ballot, ask.reason, key)
        case Command.RERUN if ballot in desk.ledger.state.ballots and _latches_first(
            desk.ledger.state, ballot, ask.command
        ):
            return await rerun_ballot(desk, actor, ballot, ask, key)
        case Command.HANDS | Command.PAPER:
            return await enter_tally(desk, actor, ballot, ask, key)
        case _:
            return await _journal_first(desk, actor, ballot, ask, key)


async def _ask_for_approval(
    desk: Desk, actor: str, ballot: str, ask: Ask, key: CommandKey | None
) -> Done | Refusal:
    leased = await desk.box.present()

    def decide(state: HallState) -> Plan | Refused[Refusal]:
        found = find(state, ballot)
        if isinstance(found, UnknownBallot):
            return refused(found, state)
        objection = _objection(desk, state, found, ask, leased)
        if objection is not None:
            return refused(objection, state)
        return Plan((asked_event(desk, ballot, actor, ask),))

    outcome = await desk.ledger.record(decide, key)
    if isinstance(outcome, Refused):
        return outcome.refusal
    await desk.box.bump()
    return _as_it_stands(desk, ballot)


async def _again(desk: Desk, key: CommandKey, before: Done | KeyReused) -> Done | Refusal:
    """The answer to a key that was journaled, after `finish`."""
    if isinstance(before, Done) and isinstance(before.ballot.state, Certified):
        await forget_box(desk, before.ballot)  # it may have died on this
    return await told_again(desk, key, before)


def _as_it_stands(desk: Desk, ballot: str) -> Done:
    """The ballot after `finish`, which may have found more to do to it."""
    state = desk.ledger.state
    return Done(state.ballots[ballot], state)


async def _journal_first(
    desk: Desk,
    actor: str,
    ballot: str,
    ask: Ask,
    key: CommandKey | None,
    *,
    approved_by: str | None = None,
) -> Done | Refusal:
    leased = await desk.box.present()
    new = fresh(desk.ids)

    def decide(state: HallState) -> Plan | Refused[Refusal]:
        found = find(state, ballot)
        if isinstance(found, UnknownBallot):
            return refused(found, state)
        refusal = _objection(desk, state, found, ask, leased)
        if refusal is not None:
            return refused(refusal, state)
        events = _events(desk, state, found, actor, ask, leased, new)
        if approved_by is None:
            return Plan(events)
        pending = waiting(state, ballot, approved_by)
        if not isinstance(pending, Pending):
            return refused(pending, state)
        return Plan((given_event(desk, ballot, approved_by, pending, latch=False), *events))

    match await desk.ledger.record(decide, key):
        case Refused(refusal=refusal):
            return refusal
        case RecordedBefore():
            # Another server was asked under the same key in the same moment.
            await finish(desk)
            before = await done_before(desk, key)
            assert before is not None, "only a key can be recorded before"  # noqa: S101  # no plan here is unique
            assert key is not None  # noqa: S101  # as above
            return await _again(desk, key, before)
        case Recorded():
            await finish(desk)
            if ask.command is Command.CERTIFY:
                await forget_box(desk, desk.ledger.state.ballots[ballot])
            await desk.box.bump()
            subject = new.ballot if ask.command in _MAKES_ANOTHER else ballot
            return _as_it_stands(desk, subject)


def _objection(
    desk: Desk, state: HallState, ballot: Ballot, ask: Ask, leased: frozenset[str]
) -> Refusal | None:
    if ask.command not in allowed(ballot):
        return not_allowed(ballot, ask.command)
    for field in needs(ballot, ask.command):
        if not getattr(ask, field):
            return BadField(field, f"`{ask.command}` needs `{field}` here")
    if ask.command in (Command.ANNOUNCE, Command.OPEN):
        other = on_the_floor(state)
        if other is not None and other.id != ballot.id:
            return FloorTaken(ask.command, phase_of(ballot.state), allowed(ballot), other.id)
    if ask.command in (Command.ANNOUNCE, Command.OPEN) and not ask.reason:
        first = come_first(state.ballots, ballot)
        if first and not isinstance(ballot.state, Announced):
            return OutOfOrder(first)
    if ask.command is Command.OPEN and ballot.question.mode is Mode.ROLL_CALL:
        objection = objection_to_start(state, ask)
        if objection is not None:
            return objection
    if ask.command is Command.CALL:
        return objection_to_answer(ballot, ask)
    if ask.command is Command.CORRECT and ask.intention and ballot.question.mode in LINKLESS:
        remedy = "nobody may know who voted what in this ballot; leave it out"
        return BadField("intention", remedy)
    if ask.command in STEPS:
        return objection_to_step(desk, state, ballot, ask)
    if ask.command in (Command.ANNOUNCE, Command.OPEN):
        # An office may have been filled since the ballot was prepared.
        fault = fault_of_conditions(desk.rulebook, state, ballot.question, ballot.id)
        if fault is not None:
            return fault
    if ballot.question.mode is Mode.SECRET and ask.command in (Command.ANNOUNCE, Command.OPEN):
        unready = _objection_to_sealing(state, ballot, ask, leased)
        if unready is not None:
            return unready
    if ask.command is Command.RERUN:
        return objection_to_rerun(state, ballot, ask)
    if ask.command is Command.ANNOUNCE and phase_of(ballot.state) is Phase.DRAFT:
        lacking = missing(ballot.question, assembly_of(state).languages)
        if not any(ballot.question.title[each] for each in assembly_of(state).languages):
            return BadField("title", f"write a title first; missing: {', '.join(lacking)}")
    if ask.command is Command.OPEN and not ask.reason:
        return _quorum_objection(state, ballot, leased)
    return None


def _objection_to_sealing(
    state: HallState, ballot: Ballot, ask: Ask, leased: frozenset[str]
) -> NotReady | None:
    """What a secret ballot lacks: the key and seats to be announced, signatures to be opened."""
    if ask.command is Command.ANNOUNCE:
        return objection_to_secret(state, roll_now(state, leased))
    if ballot.secret is None:
        return NotReady(
            "not_announced", "announce it first: the scrutineers sign who may vote before it opens"
        )
    if not ballot.secret.is_signed:
        lacks = ballot.secret.needed - len(ballot.secret.signatures)
        return NotReady(
            "not_signed", f"{lacks} more of the scrutineers must sign the list of who may vote"
        )
    return None


def _quorum_objection(state: HallState, ballot: Ballot, leased: frozenset[str]) -> NoQuorum | None:
    quorum = quorum_of(ballot.question, assembly_of(state))
    if quorum is None or quorum.measure != "present":
        return None
    roll = ballot.state.roll if isinstance(ballot.state, Announced) else roll_now(state, leased)
    finding = measure_quorum(quorum, motion_count(roll, ()))
    return None if finding.met else NoQuorum(finding.measured, finding.needed)


def _events(
    desk: Desk,
    state: HallState,
    ballot: Ballot,
    actor: str,
    ask: Ask,
    leased: frozenset[str],
    new: Fresh,
) -> tuple[Event, ...]:
    def event(kind: BallotEvent, payload: dict[str, object]) -> Event:
        return desk.event(kind.value, ballot.id, actor, payload)

    match ask.command:
        case Command.ANNOUNCE:
            roll = roll_now(state, leased, ballot.question.mode)
            secret = secret_of(state, ballot.question, roll, new.lot)
            return (event(BallotEvent.ANNOUNCED, announcement(roll, ask.reason, secret)),)
        case Command.OPEN:
            announced = isinstance(ballot.state, Announced)
            roll = (
                ballot.state.roll
                if isinstance(ballot.state, Announced)
                else roll_now(state, leased, ballot.question.mode)
            )
            opened = event(
                BallotEvent.OPENED,
                opening_payload(ballot.question, assembly_of(state), roll, ask, new),
            )
            if announced:
                return (opened,)
            return (event(BallotEvent.ANNOUNCED, announcement(roll, None)), opened)
        case Command.SUSPEND:
            return (event(BallotEvent.SUSPENDED, {"reason": ask.reason}),)
        case Command.RESUME:
            # Out of a doubt the box begins a new life: earlier marks and receipts are settled.
            incarnation = new.incarnation
            if isinstance(ballot.state, Suspended):
                incarnation = ballot.state.step.incarnation
            return (event(BallotEvent.RESUMED, {"reason": ask.reason, "incarnation": incarnation}),)
        case Command.EXTEND:
            return (event(BallotEvent.EXTENDED, {"seconds": ask.seconds}),)
        case Command.LAST_CALL:
            return (event(BallotEvent.LAST_CALL, {}),)
        case Command.DECLARE:
            return (event(BallotEvent.DECLARED, _declaration(desk, state, ballot)),)
        case Command.CERTIFY:
            return (event(BallotEvent.CERTIFIED, {"by": actor}),)
        case Command.PUBLISH:
            return (event(BallotEvent.PUBLISHED, {}),)
        case Command.VOID:
            return (event(BallotEvent.VOIDED, {"reason": ask.reason}),)
        case Command.CORRECT:
            return (
                event(
                    BallotEvent.CORRECTED,
                    {"text": ask.text, "member": ask.member, "intention": ask.intention},
                ),
            )
        case Command.SECOND_VOTE:
            payload = second_vote_payload(ballot)
            return (desk.event(BallotEvent.PREPARED.value, new.ballot, actor, payload),)
        case Command.CALL:
            return (event(BallotEvent.ANSWER_GIVEN, answer_payload(ballot, ask)),)
        case Command.SECOND_CALL:
            return (event(BallotEvent.SECOND_CALL, {}),)
        case Command.RERUN:
            return rerun_events(desk, state, ballot, actor, ask, new, leased)
        case Command.CLOSE | Command.CANCEL | Command.HANDS | Command.PAPER:
            raise AssertionError(f"{ask.command} is carried out elsewhere")
        case Command.NEXT_ROUND | Command.TIE_BALLOT | Command.LOTS | Command.ASK_CHAIR:
            return step_events(desk, state, ballot, actor, ask, new.ballot)
        case _:
            assert_never(ask.command)


def _declaration(desk: Desk, state: HallState, ballot: Ballot) -> dict[str, object]:
    verdict = verdict_of(desk.speech, state.ballots, ballot)
    assert verdict is not None, "declared from closed only"  # noqa: S101  # the table allowed it
    return verdict.payload()
