"""The second approval of commands that the assembly gives to no single person.

Rule: what is held is journaled as asked and changes nothing. Another person approves it: the
approval and the command's own entries are one step, or, where the box comes first (close, cancel,
run again), the approval is journaled before the latch, and `finish` carries out what a crash left.
"""

from __future__ import annotations

from server.ballots.approval import CONFIRMED_BY_ENTRY, Pending, is_another
from server.ballots.events import BallotEvent
from server.ballots.life import Draft, Prepared
from server.hall.ask import Ask, ask_payload
from server.hall.desk import (
    Desk,
    Done,
    NothingWaits,
    Refusal,
    SecondPerson,
    UnknownBallot,
    find,
    refused,
)
from server.hall.ledger import Plan, Refused
from server.hall.state import HallState, assembly_of
from server.ports import CommandKey
from server.record.entry import Event
from server.vocabulary import Command


def is_held(state: HallState, ballot: str, command: Command) -> bool:
    """Whether the command waits for a second person. To open may be to announce as well."""
    held = assembly_of(state).settings.two_person - CONFIRMED_BY_ENTRY
    found = state.ballots.get(ballot)
    announces = command is Command.OPEN and (
        found is not None and isinstance(found.state, Draft | Prepared)
    )
    return command in held or (announces and Command.ANNOUNCE in held)


def asked_event(desk: Desk, ballot: str, actor: str, ask: Ask) -> Event:
    """The entry that says what was asked."""
    payload: dict[str, object] = {
        "command": ask.command.value,
        "ask": ask_payload(ask),
        "reason": ask.reason,
    }
    return desk.event(BallotEvent.APPROVAL_ASKED.value, ballot, actor, payload)


def given_event(desk: Desk, ballot: str, actor: str, pending: Pending, *, latch: bool) -> Event:
    """The entry that says who approved what somebody else had asked.

    `latch`: the box comes first, so the command's own entries follow in a step of their own.
    """
    payload: dict[str, object] = {
        "command": pending.command.value,
        "asked_by": pending.by,
        "asked": pending.seq,
        "latch": latch,
    }
    return desk.event(BallotEvent.APPROVAL_GIVEN.value, ballot, actor, payload)


def waiting(state: HallState, ballot: str, actor: str) -> Pending | Refusal:
    """What this person can approve of a ballot."""
    found = find(state, ballot)
    if isinstance(found, UnknownBallot):
        return found
    if found.pending is None:
        return NothingWaits(ballot)
    if not is_another(found.pending, actor):
        return SecondPerson(found.pending.command)
    return found.pending


async def give(desk: Desk, actor: str, ballot: str, key: CommandKey | None) -> Pending | Refusal:
    """Journal an approval alone, before the box is latched."""

    def decide(state: HallState) -> Plan | Refused[Refusal]:
        pending = waiting(state, ballot, actor)
        if not isinstance(pending, Pending):
            return refused(pending, state)
        return Plan((given_event(desk, ballot, actor, pending, latch=True),))

    outcome = await desk.ledger.record(decide, key)
    if isinstance(outcome, Refused):
        return outcome.refusal
    pending = outcome.state.ballots[ballot].pending
    return NothingWaits(ballot) if pending is None else pending


async def refuse(
    desk: Desk, actor: str, ballot: str, reason: str | None, key: CommandKey | None
) -> Done | Refusal:
    """Drop what waits; whoever asked may do so too."""

    def decide(state: HallState) -> Plan | Refused[Refusal]:
        found = find(state, ballot)
        if isinstance(found, UnknownBallot):
            return refused(found, state)
        if found.pending is None:
            return refused(NothingWaits(ballot), state)
        payload: dict[str, object] = {"command": found.pending.command.value, "reason": reason}
        event = desk.event(BallotEvent.APPROVAL_REFUSED.value, ballot, actor, payload)
        return Plan((event,))

    outcome = await desk.ledger.record(decide, key)
    if isinstance(outcome, Refused):
        return outcome.refusal
    await desk.box.bump()
    return Done(outcome.state.ballots[ballot], outcome.state)
