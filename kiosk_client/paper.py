"""A ballot paper of an election while it is filled in by keys: pure steps that send nothing.

Rule: names stand in the one order of the ballot; there are never more than the ballot takes; a
blank vote is a step of its own. A number is taken once no further digit could make another of it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum, auto
from typing import assert_never

from server.wire.views import KioskBallot


class PaperStep(Enum):
    """How far a paper is. `FULL`: one name too many was asked for, and was not taken."""

    CHOOSE = auto()
    FULL = auto()
    REVIEW = auto()
    BLANK = auto()


@dataclass(frozen=True, slots=True)
class Paper:
    """The names so far, as candidates' ids, and the digits of a number that is being typed."""

    ballot: str
    names: tuple[str, ...] = ()
    typed: str = ""
    step: PaperStep = PaperStep.CHOOSE


def digit(paper: Paper, ballot: KioskBallot, key: str) -> Paper:
    """Take a digit of a candidate's number; what cannot become one of the ballot is dropped."""
    if paper.step in (PaperStep.REVIEW, PaperStep.BLANK):
        return paper
    typed = paper.typed + key
    count = len(ballot.candidates)
    if not 1 <= int(typed) <= count:
        return replace(paper, typed="")
    if int(typed) * 10 <= count:
        return replace(paper, typed=typed)
    return take_number(replace(paper, typed=typed), ballot)


def take_number(paper: Paper, ballot: KioskBallot) -> Paper:
    """Name the candidate whose number was typed, or take the name back."""
    if not paper.typed:
        return paper
    order = [candidate.id for candidate in ballot.candidates]
    chosen = order[int(paper.typed) - 1]
    clear = replace(paper, typed="", step=PaperStep.CHOOSE)
    if chosen in paper.names:
        return replace(clear, names=tuple(name for name in paper.names if name != chosen))
    if ballot.names_per_ballot == 1:
        return replace(clear, names=(chosen,))
    if len(paper.names) >= ballot.names_per_ballot:
        return replace(clear, step=PaperStep.FULL)
    named = {*paper.names, chosen}
    return replace(clear, names=tuple(name for name in order if name in named))


def review(paper: Paper) -> Paper:
    """To the review of the names; without a name there is nothing to review."""
    return replace(paper, step=PaperStep.REVIEW) if paper.names else paper


def blank(paper: Paper) -> Paper:
    """To the review of a blank vote; the names are kept for whoever goes back."""
    return replace(paper, step=PaperStep.BLANK, typed="")


def back(paper: Paper) -> Paper:
    """From the review to the names."""
    return replace(paper, step=PaperStep.CHOOSE, typed="")


def castable(paper: Paper) -> tuple[str, ...] | None:
    """What would be cast: null before the review."""
    match paper.step:
        case PaperStep.REVIEW:
            return paper.names
        case PaperStep.BLANK:
            return ()
        case PaperStep.CHOOSE | PaperStep.FULL:
            return None
        case _:
            assert_never(paper.step)
