"""What the operator does to a ballot on its way: the commands that are journaled first.

Rule (invariant 8): announce, open, suspend, resume, extend and last call go to the journal first;
the entry's seq is the fencing token, and the box refuses a lower one. Declare, certify, publish
and correct are entries only. Close and cancel go to the box first: see `closing`. A step that is
half done is finished by `finish`, at start-up, after an outage, and every second.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import assert_never

from server.assembly.roll import freeze_roll, roll_counts
from server.ballots.events import BallotEvent, roll_payload
from server.ballots.life import (
    Announced,
    Ballot,
    Certified,
    Closed,
    Suspended,
    allowed,
    needs,
    phase_of,
)
from server.ballots.question import missing
from server.hall.closing import cancel_ballot, close_ballot
from server.hall.desk import (
    BadField,
    Desk,
    Done,
    FloorTaken,
    KeyReused,
    NoQuorum,
    Refusal,
    UnknownBallot,
    done_before,
    find,
    not_allowed,
    refused,
)
from server.hall.finish import finish
from server.hall.ledger import Plan, Recorded, RecordedBefore, Refused
from server.hall.outcome import counts_of, decide_ballot, motion_count, rule_of
from server.hall.prepare import second_vote_payload
from server.hall.state import HallState, assembly_of, on_the_floor, present_now
from server.locales.sentences import outcome_sentence
from server.ports import CommandKey
from server.record.entry import Event
from server.rules.quorum import measure_quorum
from server.vocabulary import Command, Phase


@dataclass(frozen=True, slots=True)
class Ask:
    """A command as it was asked. Unused fields are None."""

    command: Command
    reason: str | None = None
    seconds: int | None = None
    text: str | None = None
    member: str | None = None
    intention: str | None = None


async def operate(
    desk: Desk, actor: str, ballot: str, ask: Ask, key: CommandKey | None
) -> Done | Refusal:
    """Carry out a command. May raise StoreUnavailable: then look, and send the same key again."""
    async with desk.turn:
        # What is half done is finished first: a command is decided on a whole ballot, and a key
        # whose command was left half done is found done.
        await finish(desk)
        before = await done_before(desk, key)
        if before is not None:
            return await _again(desk, before)
        match ask.command:
            case Command.CLOSE:
                done = await close_ballot(desk, actor, ballot, key)
            case Command.CANCEL:
                done = await cancel_ballot(desk, actor, ballot, ask.reason, key)
            case _:
                done = await _journal_first(desk, actor, ballot, ask, key)
    await desk.changed()
    return done


async def _again(desk: Desk, before: Done | KeyReused) -> Done | KeyReused:
    """The answer to a key that was journaled, after `finish`."""
    if isinstance(before, Done) and isinstance(before.ballot.state, Certified):
        await desk.box.remove(before.ballot.id)  # it may have died on this
    return before


def _as_it_stands(desk: Desk, ballot: str) -> Done:
    """The ballot after `finish`, which may have found more to do to it."""
    state = desk.ledger.state
    return Done(state.ballots[ballot], state)


async def _journal_first(
    desk: Desk, actor: str, ballot: str, ask: Ask, key: CommandKey | None
) -> Done | Refusal:
    leased = await desk.box.present()
    fresh = desk.ids.ballot_id()
    incarnation = desk.ids.incarnation()

    def decide(state: HallState) -> Plan | Refused[Refusal]:
        found = find(state, ballot)
        if isinstance(found, UnknownBallot):
            return refused(found, state)
        refusal = _objection(state, found, ask, leased)
        if refusal is not None:
            return refused(refusal, state)
        return Plan(_events(desk, state, found, actor, ask, leased, fresh, incarnation))

    match await desk.ledger.record(decide, key):
        case Refused(refusal=refusal):
            return refusal
        case RecordedBefore():
            # Another server was asked under the same key in the same moment.
            await finish(desk)
            before = await done_before(desk, key)
            assert before is not None, "only a key can be recorded before"  # noqa: S101  # no plan here is unique
            return await _again(desk, before)
        case Recorded():
            await finish(desk)
            if ask.command is Command.CERTIFY:
                await desk.box.remove(ballot)
            await desk.box.bump()
            subject = fresh if ask.command is Command.SECOND_VOTE else ballot
            return _as_it_stands(desk, subject)


def _objection(
    state: HallState, ballot: Ballot, ask: Ask, leased: frozenset[str]
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
    if ask.command is Command.ANNOUNCE and phase_of(ballot.state) is Phase.DRAFT:
        lacking = missing(ballot.question, assembly_of(state).languages)
        if not any(ballot.question.title[each] for each in assembly_of(state).languages):
            return BadField("title", f"write a title first; missing: {', '.join(lacking)}")
    if ask.command is Command.OPEN and not ask.reason:
        return _quorum_objection(state, ballot, leased)
    return None


def _quorum_objection(state: HallState, ballot: Ballot, leased: frozenset[str]) -> NoQuorum | None:
    quorum = rule_of(ballot.question).quorum
    if quorum is None or quorum.measure != "present":
        return None
    roll = (
        ballot.state.roll
        if isinstance(ballot.state, Announced)
        else freeze_roll(assembly_of(state), present_now(state, leased))
    )
    finding = measure_quorum(quorum, motion_count(roll, ()))
    return None if finding.met else NoQuorum(finding.measured, finding.needed)


def _events(
    desk: Desk,
    state: HallState,
    ballot: Ballot,
    actor: str,
    ask: Ask,
    leased: frozenset[str],
    fresh: str,
    incarnation: str,
) -> tuple[Event, ...]:
    def event(kind: BallotEvent, payload: dict[str, object]) -> Event:
        return desk.event(kind.value, ballot.id, actor, payload)

    match ask.command:
        case Command.ANNOUNCE:
            return (event(BallotEvent.ANNOUNCED, _announcement(state, leased, ask.reason)),)
        case Command.OPEN:
            seconds = ask.seconds if ask.seconds is not None else ballot.question.seconds
            opened = event(
                BallotEvent.OPENED,
                {"seconds": seconds, "incarnation": incarnation, "reason": ask.reason},
            )
            if isinstance(ballot.state, Announced):
                return (opened,)
            return (event(BallotEvent.ANNOUNCED, _announcement(state, leased, None)), opened)
        case Command.SUSPEND:
            return (event(BallotEvent.SUSPENDED, {"reason": ask.reason}),)
        case Command.RESUME:
            # Out of a doubt the box begins a new life: earlier marks and receipts are settled.
            if isinstance(ballot.state, Suspended):
                incarnation = ballot.state.step.incarnation
            return (event(BallotEvent.RESUMED, {"reason": ask.reason, "incarnation": incarnation}),)
        case Command.EXTEND:
            return (event(BallotEvent.EXTENDED, {"seconds": ask.seconds}),)
        case Command.LAST_CALL:
            return (event(BallotEvent.LAST_CALL, {}),)
        case Command.DECLARE:
            return (event(BallotEvent.DECLARED, _declaration(desk, ballot)),)
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
            return (desk.event(BallotEvent.PREPARED.value, fresh, actor, payload),)
        case Command.CLOSE | Command.CANCEL:
            raise AssertionError("close and cancel go to the box first")
        case (
            Command.NEXT_ROUND
            | Command.TIE_BALLOT
            | Command.LOTS
            | Command.ASK_CHAIR
            | Command.HANDS
            | Command.PAPER
            | Command.CALL
            | Command.SECOND_CALL
            | Command.RERUN
        ):
            raise AssertionError(f"the table allows {ask.command} nowhere")
        case _:
            assert_never(ask.command)


def _announcement(
    state: HallState, leased: frozenset[str], override: str | None
) -> dict[str, object]:
    roll = freeze_roll(assembly_of(state), present_now(state, leased))
    figures = roll_counts(roll)
    return {
        "roll": roll_payload(roll),
        "members": roll.members_total,
        "entitled": figures.entitled,
        "present": figures.present,
        "override": override,
    }


def _declaration(desk: Desk, ballot: Ballot) -> dict[str, object]:
    assert isinstance(ballot.state, Closed), "declared from closed only"  # noqa: S101  # the table allowed it
    result = decide_ballot(ballot.question, ballot.state.roll, ballot.state.closure.votes)
    counts = {choice.value: n for choice, n in counts_of(ballot.state.closure.votes).items()}
    return {
        "result": result.as_json(),
        "counts": counts,
        "sentence": outcome_sentence(desk.speech, result, counts).as_json(),
    }
