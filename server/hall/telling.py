"""Tellers enter what they counted: a show of hands, or papers.

Rule: a first entry waits, the same numbers entered again confirm it and close the ballot in one
step; different ones drop it, and both are shown. Where the assembly's `two_person` setting holds
the command, the second entry has to be another person's.
"""

from __future__ import annotations

from typing import assert_never

from server.assembly.roll import roll_counts
from server.ballots.events import BallotEvent
from server.ballots.life import Ballot, Telling
from server.ballots.question import Question
from server.ballots.tellers import (
    Confirmed,
    Differs,
    Entry,
    First,
    SamePerson,
    Sheet,
    Tally,
    WrongSheet,
    read_tally,
    tally_payload,
    weigh,
)
from server.ballots.transitions import allowed
from server.hall.ask import Ask
from server.hall.desk import (
    BadField,
    Desk,
    Done,
    KeyReused,
    Refusal,
    SecondPerson,
    TalliesDiffer,
    UnknownBallot,
    done_before,
    find,
    not_allowed,
    refused,
)
from server.hall.ledger import Plan, RecordedBefore, Refused
from server.hall.state import HallState, assembly_of
from server.ports import CommandKey, SeenCommand
from server.vocabulary import Command, Kind, Mode


def sheet_of(question: Question) -> Sheet:
    """What tellers fill in for this question."""
    is_election = question.kind is Kind.ELECTION
    return Sheet(
        answers=question.choices,
        papers=question.mode is Mode.PAPER,
        names=question.names_per_ballot if is_election else None,
    )


def needs_another(state: HallState, command: Command) -> bool:
    """Whether this assembly wants two people for the command."""
    return command in assembly_of(state).settings.two_person


async def enter_tally(
    desk: Desk, actor: str, ballot: str, ask: Ask, key: CommandKey | None
) -> Done | Refusal:
    """Take an entry. May raise StoreUnavailable."""

    def decide(state: HallState) -> Plan | Refused[Refusal]:
        found = find(state, ballot)
        if isinstance(found, UnknownBallot):
            return refused(found, state)
        if ask.command not in allowed(found) or not isinstance(found.state, Telling):
            return refused(not_allowed(found, ask.command), state)
        entitled = roll_counts(found.state.roll).entitled
        tally = read_tally(sheet_of(found.question), ask.counts, entitled)
        if isinstance(tally, WrongSheet):
            return refused(BadField(tally.field, tally.remedy), state)
        return _weighed(desk, state, found, found.state, actor, ask.command, tally)

    outcome = await desk.ledger.record(decide, key)
    if isinstance(outcome, Refused):
        return outcome.refusal
    if isinstance(outcome, RecordedBefore) and key is not None:
        before = await done_before(desk, key)
        if before is not None:
            return await told_again(desk, key, before)
    await desk.box.bump()
    return _told(outcome.state, ballot)


async def told_again(desk: Desk, key: CommandKey, before: Done | KeyReused) -> Done | Refusal:
    """The answer to a key that was journaled: that of a dispute is the dispute again."""
    if isinstance(before, Done) and isinstance(before.ballot.state, Telling):
        dispute = before.ballot.state.disputed
        seen = await desk.ledger.journal.seen(key)
        if dispute is not None and isinstance(seen, SeenCommand) and seen.seq == dispute.seq:
            return TalliesDiffer(dispute.first, dispute.second)
    return before


def _weighed(
    desk: Desk,
    state: HallState,
    ballot: Ballot,
    telling: Telling,
    actor: str,
    command: Command,
    tally: Tally,
) -> Plan | Refused[Refusal]:
    payload: dict[str, object] = {"tally": tally_payload(tally)}
    entry = Entry(tally, actor)
    weighed = weigh(telling.entered, entry, two_people=needs_another(state, command))
    match weighed:
        case First():
            event = desk.event(BallotEvent.TALLY_ENTERED.value, ballot.id, actor, payload)
            return Plan((event,))
        case Differs():
            event = desk.event(BallotEvent.TALLY_DISPUTED.value, ballot.id, actor, payload)
            return Plan((event,))
        case SamePerson():
            return refused(SecondPerson(command), state)
        case Confirmed():
            confirmed = desk.event(BallotEvent.TALLY_CONFIRMED.value, ballot.id, actor, payload)
            closing: dict[str, object] = {
                "votes": [],
                "tally": tally_payload(tally),
                "n": tally.voted,
                "chain": "",
                "incarnation": "",
                "closed_at": desk.clock.now_ms(),
                "refusals_hash": desk.refusals.digest(ballot.id),
            }
            closed = desk.event(BallotEvent.CLOSED.value, ballot.id, actor, closing)
            return Plan((confirmed, closed), unique=f"closed:{ballot.id}")
        case _:
            assert_never(weighed)


def _told(state: HallState, ballot: str) -> Done | Refusal:
    now = state.ballots[ballot]
    if isinstance(now.state, Telling) and now.state.disputed is not None:
        return TalliesDiffer(now.state.disputed.first, now.state.disputed.second)
    return Done(now, state)
