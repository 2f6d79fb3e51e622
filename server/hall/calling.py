"""A roll-call: each answer is an entry of its own, and the close is one more.

Rule: only the Member that is called now answers; one that has answered may change its answer until
the close, with a reason. What is closed before everybody has answered says why.
"""

from __future__ import annotations

from server.ballots.events import BallotEvent, votes_payload
from server.ballots.life import Ballot, Calling, CastVote
from server.ballots.roll_call import PASS, PRESS_ID, still_to_call, votes_in
from server.ballots.transitions import needs
from server.hall.ask import Ask
from server.hall.desk import BadField, Desk, Refusal, not_allowed
from server.hall.ledger import Plan
from server.record.entry import Event
from server.vocabulary import Command


def objection_to_answer(ballot: Ballot, ask: Ask) -> Refusal | None:
    """What speaks against this answer, or None."""
    if not isinstance(ballot.state, Calling):
        return not_allowed(ballot, ask.command)
    roll_call = ballot.state.roll_call
    answers = (*ballot.question.choices, PASS)
    if ask.choice not in answers:
        return BadField("choice", f"answers are: {', '.join(answers)}")
    if ask.member not in roll_call.order:
        return BadField("member", f"{ask.member} may not vote in this ballot")
    called = still_to_call(roll_call)
    if called and ask.member == called[0]:
        return None
    if ask.member not in roll_call.answers:
        return BadField("member", f"{called[0]} is called now")
    if not ask.reason:
        return BadField("reason", f"{ask.member} has answered; say why its answer is changed")
    return None


def answer_payload(ballot: Ballot, ask: Ask) -> dict[str, object]:
    """The payload of `answer_given`."""
    assert isinstance(ballot.state, Calling)  # noqa: S101  # the objection looked
    roll_call = ballot.state.roll_call
    return {
        "member": ask.member,
        "choice": ask.choice,
        "n": roll_call.said + 1,
        "call": roll_call.call,
        "reason": ask.reason,
    }


def close_of_call(desk: Desk, ballot: Ballot, actor: str, reason: str | None) -> Plan | BadField:
    """The close of a roll-call: its answers are the votes."""
    assert isinstance(ballot.state, Calling)  # noqa: S101  # the caller looked
    if "reason" in needs(ballot, Command.CLOSE) and not reason:
        waiting = ", ".join(still_to_call(ballot.state.roll_call)[:5])
        left = (
            f"{waiting} have not answered" if waiting else "those who passed were not called again"
        )
        return BadField("reason", f"{left}; say why the roll-call ends")
    roll_call = ballot.state.roll_call
    votes = tuple(
        CastVote(member, answer.choice, answer.n, PRESS_ID)
        for member, answer in votes_in(roll_call)
    )
    payload: dict[str, object] = {
        "votes": votes_payload(votes),
        "n": roll_call.said,
        "chain": "",
        "incarnation": "",
        "closed_at": desk.clock.now_ms(),
        "refusals_hash": desk.refusals.digest(ballot.id),
        "reason": reason,
    }
    event: Event = desk.event(BallotEvent.CLOSED.value, ballot.id, actor, payload)
    return Plan((event,), unique=f"closed:{ballot.id}")
