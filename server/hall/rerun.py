"""A ballot is taken again: a re-vote, or the fallback from the seats to paper, hands or names.

Rule: the new ballot is linked to the old one and has the same question; it never takes over a
vote. In place of a ballot that is before the assembly it is opened at once (the old one is
cancelled in the same entries), unless it is answered at the seats again: then the hall is told
first. After a cancelled or void ballot it is prepared.
"""

from __future__ import annotations

from dataclasses import replace

from server.ballots.events import BallotEvent
from server.ballots.life import Ballot, Cancelled, Void, phase_of
from server.ballots.proxies import BY_NAME
from server.ballots.question import Question, question_payload
from server.ballots.roll_call import eligible
from server.ballots.transitions import WITHOUT_BOX
from server.hall.ask import Ask, Fresh
from server.hall.desk import BadField, Desk, Refusal, RunAgain
from server.hall.floor import announcement, calling_language, opening_payload, roll_now
from server.hall.governing import NOT_BY_NAME, weights_of
from server.hall.state import HallState, assembly_of, last_round_before
from server.hall.ways import disclosed_in, fault_of_linkless, fault_of_mode
from server.record.entry import Event
from server.vocabulary import Mode, Phase

_ENDED = frozenset({Phase.CANCELLED, Phase.VOID})


def objection_to_rerun(state: HallState, ballot: Ballot, ask: Ask) -> Refusal | None:
    """What speaks against taking this ballot again, or None."""
    if isinstance(ballot.state, Cancelled | Void):
        again = next(
            (
                each.id
                for each in state.ballots.values()
                if each.reruns == ballot.id and phase_of(each.state) not in _ENDED
            ),
            None,
        )
        before = last_round_before(state.ballots, ballot)
        again = again or (None if before is None else before.followed_by)
        if again is not None:
            return RunAgain(again)
    mode = ask.mode or ballot.question.mode
    fault = fault_of_mode(ballot.question.kind, mode, ballot.question.asked)
    fault = fault or fault_of_linkless(replace(ballot.question, mode=mode))
    if fault is not None:
        return fault
    if weights_of(ballot.question) and mode not in BY_NAME:
        return BadField("mode", NOT_BY_NAME)
    if mode is Mode.ROLL_CALL:
        return objection_to_start(state, ask)
    return None


def objection_to_start(state: HallState, ask: Ask) -> BadField | None:
    """What speaks against a roll-call of those who may vote now."""
    assembly = assembly_of(state)
    names = eligible(assembly, roll_now(state, frozenset()), calling_language(assembly, ask))
    if not names:
        return BadField("mode", "nobody may vote, so nobody can be called")
    if ask.start is None:
        return None
    if ask.start not in names:
        return BadField("start", f"{ask.start} may not vote in this ballot")
    if not ask.reason:
        return BadField("reason", "the start is drawn by lot; say why it is given")
    return None


def rerun_events(
    desk: Desk,
    state: HallState,
    ballot: Ballot,
    actor: str,
    ask: Ask,
    new: Fresh,
    leased: frozenset[str],
) -> tuple[Event, ...]:
    """The entries that make the new ballot, and open it where it replaces one on the floor."""
    question = _question(ballot.question, ask.mode or ballot.question.mode)

    def event(kind: BallotEvent, payload: dict[str, object]) -> Event:
        return desk.event(kind.value, new.ballot, actor, payload)

    told: dict[str, object] = {
        "question": question_payload(question),
        "reruns": ballot.id,
        "reason": ask.reason,
    }
    prepared = event(BallotEvent.PREPARED, told)
    if isinstance(ballot.state, Cancelled | Void) or question.mode not in WITHOUT_BOX:
        return (prepared,)
    roll = roll_now(state, leased, question.mode)
    opened = opening_payload(question, assembly_of(state), roll, ask, new)
    return (
        prepared,
        event(BallotEvent.ANNOUNCED, announcement(roll, None)),
        event(BallotEvent.OPENED, opened),
    )


def _question(question: Question, mode: Mode) -> Question:
    if mode in WITHOUT_BOX:
        return replace(question, mode=mode, seconds=None, auto_close=False)
    return replace(question, mode=mode, disclosure=disclosed_in(mode, question.disclosure))
