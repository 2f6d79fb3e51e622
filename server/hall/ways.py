"""Which kinds of ballot can be taken in which way.

Rule: a motion in any way; an election at the seats or on paper; a test vote only at the seats,
which it tests. Who votes aloud is heard, so a roll-call is shown answer by answer unless the
operator says otherwise. In secret, and where no vote is recorded, each Member has one vote.
"""

from __future__ import annotations

from typing import Final, assert_never

from server.ballots.question import Question
from server.ballots.transitions import LINKLESS
from server.hall.desk import BadField
from server.vocabulary import Choice, Disclosure, Kind, Mode


def ways_of(kind: Kind) -> tuple[Mode, ...]:
    """How a ballot of this kind can be taken; consensus is no ballot."""
    match kind:
        case Kind.MOTION:
            return (
                *(Mode.RECORDED, Mode.NON_RECORDED, Mode.SECRET),
                *(Mode.HANDS, Mode.ROLL_CALL, Mode.PAPER),
            )
        case Kind.ELECTION:
            return (Mode.RECORDED, Mode.NON_RECORDED, Mode.SECRET, Mode.PAPER)
        case Kind.TEST:
            return (Mode.RECORDED,)
        case Kind.ATTENDANCE:
            return (Mode.RECORDED, Mode.HANDS, Mode.ROLL_CALL)
        case Kind.POLL:
            return (Mode.RECORDED, Mode.NON_RECORDED, Mode.HANDS, Mode.ROLL_CALL)
        case _:
            assert_never(kind)


def fault_of_mode(kind: Kind, mode: Mode, asked: Choice | None) -> BadField | None:
    """What is wrong with taking this kind in this way, or None."""
    if mode is Mode.CONSENSUS:
        return BadField("mode", "for a consensus adopt the agenda item")
    if mode not in ways_of(kind):
        known = ", ".join(ways_of(kind))
        return BadField("mode", f"a ballot of kind `{kind}` is taken as: {known}")
    if (asked is None) == (kind is Kind.TEST):
        return BadField("asked", "a test vote asks for one button, and only a test vote does")
    return None


def disclosed_in(mode: Mode, disclosure: Disclosure) -> Disclosure:
    """What a ballot taken in this way may disclose at most: a secret one its turnout, a
    non-recorded one its counts."""
    if mode is Mode.SECRET and disclosure is not Disclosure.NONE:
        return Disclosure.TURNOUT
    if mode is Mode.NON_RECORDED and disclosure is Disclosure.INDIVIDUAL:
        return Disclosure.COUNTS
    return disclosure


def fault_of_disclosure(mode: Mode, disclosure: Disclosure | None) -> BadField | None:
    """What is wrong with a disclosure that was asked for, or None."""
    if disclosure is None or disclosed_in(mode, disclosure) is disclosure:
        return None
    if mode is Mode.NON_RECORDED:
        return BadField("disclosure", "a non-recorded ballot never shows who voted what")
    return BadField("disclosure", "a secret ballot discloses `turnout` or `none`: it has no counts")


MOST_CANDIDATES: Final = 60
"""The most candidates of a secret election: a sealed ballot grows with them, and has to fit into
one frame of the seats' line (a test compares the two)."""


def fault_of_linkless(question: Question) -> BadField | None:
    """What keeps a question from being asked in secret, or without a record of who voted what."""
    if question.mode not in LINKLESS:
        return None
    if question.weight is not None or question.parts:
        remedy = "votes that weigh differently are taken by name: their sum tells who voted what"
        return BadField("mode", remedy)
    if question.mode is Mode.NON_RECORDED:
        return None
    if len(question.choices) > MOST_CANDIDATES:
        remedy = f"a secret election has at most {MOST_CANDIDATES}; take it on paper, or in parts"
        return BadField("candidates", remedy)
    return None


def usual_disclosure(mode: Mode, of_decision: Disclosure) -> Disclosure:
    """What the hall sees while the ballot is open, unless the operator says otherwise."""
    return Disclosure.INDIVIDUAL if mode is Mode.ROLL_CALL else disclosed_in(mode, of_decision)
