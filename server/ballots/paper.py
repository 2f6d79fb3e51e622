"""A paper: what one Member writes in an election, as one text and as the list of names.

Rule: one vote has one spelling. The ids stand in the order of the ballot, joined by `+`; a blank
paper is `-`. The box, the journal and the running hash keep the text; people see the list.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from server.ballots.question import Question
from server.vocabulary import Kind

BLANK: Final = "-"
"""A paper that names nobody."""

JOIN: Final = "+"
"""Stands between names; no candidate's id has it."""


def written(question: Question, named: str | Sequence[str]) -> str | None:
    """The one text of a vote, or None where it is no vote of this ballot.

    An election takes a list of distinct candidates, at most as many as a paper may name; none is
    a blank vote. Everything else takes one of the ballot's choices.
    """
    if question.kind is not Kind.ELECTION:
        return named if isinstance(named, str) and named in question.choices else None
    if isinstance(named, str) or len(named) > question.names_per_ballot:
        return None
    chosen = set(named)
    if len(chosen) != len(named) or not chosen <= set(question.choices):
        return None
    return JOIN.join(each for each in question.choices if each in chosen) or BLANK


def names_on(choice: str) -> tuple[str, ...]:
    """The candidates that a paper names, in the order of the ballot."""
    return () if choice == BLANK else tuple(choice.split(JOIN))


def said(question: Question, choice: str) -> str | list[str]:
    """A vote as people see it: a choice, or in an election the list of names."""
    return list(names_on(choice)) if question.kind is Kind.ELECTION else choice
