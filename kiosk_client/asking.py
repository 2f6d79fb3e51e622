"""How a ballot asks its question: by buttons, by names, or in the hall and not at the seats.

Rule: one exhaustive match over the modes; a seat that does not know a mode does not type-check.
"""

from __future__ import annotations

from enum import Enum, auto
from typing import assert_never

from server.vocabulary import Choice, Kind, Mode
from server.wire.views import KioskBallot

Answer = Choice | tuple[str, ...]
"""What is cast: a choice, or in an election the candidates' ids, none of them for a blank vote."""


class Asking(Enum):
    """What a seat has to do in a ballot."""

    BUTTONS = auto()
    NAMES = auto()
    ALOUD = auto()
    """Nothing: hands, papers and answers aloud are counted in the hall."""


def asking_of(ballot: KioskBallot) -> Asking:
    """How this ballot is answered."""
    match ballot.mode:
        case Mode.RECORDED | Mode.NON_RECORDED | Mode.SECRET:
            return Asking.NAMES if ballot.kind is Kind.ELECTION else Asking.BUTTONS
        case Mode.HANDS | Mode.PAPER | Mode.ROLL_CALL | Mode.CONSENSUS:
            return Asking.ALOUD
        case _:
            assert_never(ballot.mode)


def fits(ballot: KioskBallot, answer: Answer) -> bool:
    """Whether the hall could take this answer in this ballot."""
    match asking_of(ballot):
        case Asking.ALOUD:
            return False
        case Asking.BUTTONS:
            return answer in ballot.choices
        case Asking.NAMES:
            if isinstance(answer, Choice):
                return False
            offered = {candidate.id for candidate in ballot.candidates}
            distinct = len(set(answer)) == len(answer)
            return (
                distinct and len(answer) <= ballot.names_per_ballot and offered.issuperset(answer)
            )


def places_of(ballot: KioskBallot, answer: Answer) -> tuple[int, ...]:
    """The places of an answer in the ballot's order, from 0, as a sealed ballot marks them."""
    if isinstance(answer, Choice):
        return (ballot.choices.index(answer),)
    ids = [candidate.id for candidate in ballot.candidates]
    return tuple(sorted(ids.index(each) for each in answer))


def shown_answers(ballot: KioskBallot) -> tuple[frozenset[str], ...]:
    """What each place of the ballot may be called in an election's text: what the seat shows."""
    if asking_of(ballot) is Asking.BUTTONS:
        return tuple(frozenset({choice.value}) for choice in ballot.choices)
    return tuple(
        frozenset({each.id, each.name.en, each.name.fr, each.name.es, each.name.ar})
        for each in ballot.candidates
    )
