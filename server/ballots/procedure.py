"""Votes that belong together: paragraphs and amendments before the text as a whole.

Rule: a ballot may be part of another (`part_of`, its place `part_order`). Parts are put to the vote
before the whole and in their order: paragraph by paragraph, amendments furthest from the text
first. Which amendment is furthest is the chair's judgement, given as that number. Who departs from
the order says why.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from server.ballots.life import Ballot, phase_of
from server.vocabulary import Phase

_SETTLED: Final = frozenset(
    {Phase.DECLARED, Phase.CERTIFIED, Phase.PUBLISHED, Phase.CANCELLED, Phase.VOID}
)


def in_order(ballots: Mapping[str, Ballot]) -> tuple[Ballot, ...]:
    """All ballots as they were prepared, but parts before their whole and in their order."""
    listed: dict[str, Ballot] = {}

    def put(ballot: Ballot) -> None:
        if ballot.id in listed:
            return
        for part in parts_of(ballots, ballot.id):
            put(part)
        listed[ballot.id] = ballot

    for ballot in ballots.values():
        put(_top(ballots, ballot))
    return tuple(listed.values())


def parts_of(ballots: Mapping[str, Ballot], whole: str) -> tuple[Ballot, ...]:
    """The parts of a ballot, first to be voted first; equal places keep the order of preparing."""
    parts = [each for each in ballots.values() if each.question.part_of == whole]
    return tuple(sorted(parts, key=lambda each: each.question.part_order or 0))


def come_first(ballots: Mapping[str, Ballot], ballot: Ballot) -> tuple[str, ...]:
    """The ballots that are not settled and come before this one: its own parts, and those before
    it in the same whole."""
    before = list(parts_of(ballots, ballot.id))
    whole = ballot.question.part_of
    if whole is not None:
        own = ballot.question.part_order or 0
        before += [
            each for each in parts_of(ballots, whole) if (each.question.part_order or 0) < own
        ]
    return tuple(each.id for each in before if phase_of(each.state) not in _SETTLED)


def may_be_part_of(ballots: Mapping[str, Ballot], ballot: str | None, whole: str) -> bool:
    """Whether a ballot (None: a new one) can become part of `whole` without a circle."""
    seen = {ballot}
    at: str | None = whole
    while at is not None:
        if at in seen or at not in ballots:
            return False
        seen.add(at)
        at = ballots[at].question.part_of
    return True


def _top(ballots: Mapping[str, Ballot], ballot: Ballot) -> Ballot:
    whole = ballot.question.part_of
    return ballot if whole is None or whole not in ballots else _top(ballots, ballots[whole])
