"""Tellers' counts: they add up, and nothing stands on one word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
    tally_from_payload,
    tally_payload,
    weigh,
)

CHOICES = ("yes", "no", "abstain")
HANDS = Sheet(CHOICES, papers=False)
PAPER = Sheet(CHOICES, papers=True)
ONE_NAME = Sheet(("a", "b", "c"), papers=True, names=1)
TWO_NAMES = Sheet(("a", "b", "c"), papers=True, names=2)


def numbers(yes: int, no: int, abstain: int, **more: int) -> dict[str, int]:
    return {"yes": yes, "no": no, "abstain": abstain, **more}


def tally(yes: int, no: int, abstain: int) -> Tally:
    read = read_tally(HANDS, numbers(yes, no, abstain), 1000)
    assert isinstance(read, Tally)
    return read


@pytest.mark.parametrize(
    ("sheet", "counts", "field"),
    [
        (HANDS, None, "counts"),
        (HANDS, {"yes": 1, "no": 2}, "counts.abstain"),
        (HANDS, numbers(1, 2, 3, invalid=1), "counts.invalid"),
        (HANDS, numbers(-1, 2, 3), "counts.yes"),
        (HANDS, numbers(100, 50, 47), "counts"),
        (PAPER, numbers(100, 50, 40, invalid=7), "counts"),
        (PAPER, numbers(1, 2, 3, spoilt=1), "counts.spoilt"),
        (ONE_NAME, {"a": 1, "b": 2}, "counts.c"),
        (ONE_NAME, {"a": 1, "b": 2, "c": 3, "ballots": 5}, "counts.ballots"),
        (TWO_NAMES, {"a": 1, "b": 2, "c": 3}, "counts.ballots"),
        (TWO_NAMES, {"a": 5, "b": 5, "c": 3, "ballots": 6}, "counts.ballots"),
        (TWO_NAMES, {"a": 9, "b": 1, "c": 0, "ballots": 8}, "counts.ballots"),
        (TWO_NAMES, {"a": 100, "b": 90, "c": 0, "ballots": 190, "spoilt": 7}, "counts"),
    ],
)
def test_a_sheet_that_cannot_be_right_is_refused(
    sheet: Sheet, counts: dict[str, int] | None, field: str
) -> None:
    read = read_tally(sheet, counts, 196)
    assert isinstance(read, WrongSheet)
    assert read.field == field
    assert read.remedy


def test_papers_have_invalid_ones_and_elections_blank_and_spoilt_ones() -> None:
    motion = read_tally(PAPER, numbers(100, 50, 40, invalid=6), 196)
    assert motion == Tally((("yes", 100), ("no", 50), ("abstain", 40)), 190, 0, 6)
    assert motion.voted == 196
    election = read_tally(
        TWO_NAMES, {"a": 9, "b": 6, "c": 0, "ballots": 10, "blank": 2, "spoilt": 1}, 13
    )
    assert election == Tally((("a", 9), ("b", 6), ("c", 0)), 10, 2, 1)
    assert election.voted == 13
    assert election["b"] == 6


@given(st.tuples(*[st.integers(0, 60)] * 3), st.integers(0, 60), st.booleans())
def test_every_sheet_that_adds_up_is_taken_and_kept(
    given_counts: tuple[int, int, int], invalid: int, papers: bool
) -> None:
    counts = dict(zip(CHOICES, given_counts, strict=True))
    if papers:
        counts["invalid"] = invalid
    read = read_tally(PAPER if papers else HANDS, counts, 196)
    if sum(counts.values()) > 196:
        assert isinstance(read, WrongSheet)
        return
    assert isinstance(read, Tally)
    assert read.voted == sum(counts.values())
    assert tally_from_payload(tally_payload(read), CHOICES) == read


def test_a_count_stands_when_it_was_entered_twice() -> None:
    first = Entry(tally(90, 60, 20), "operator:ann")
    assert isinstance(weigh(None, first, two_people=True), First)
    again = Entry(tally(90, 60, 20), "operator:ann")
    assert isinstance(weigh(first, again, two_people=False), Confirmed)
    assert isinstance(weigh(first, again, two_people=True), SamePerson)
    another = Entry(tally(90, 60, 20), "scrutineer:bob")
    assert isinstance(weigh(first, another, two_people=True), Confirmed)
    differing = Entry(tally(90, 61, 20), "scrutineer:bob")
    assert isinstance(weigh(first, differing, two_people=True), Differs)
    assert isinstance(weigh(first, differing, two_people=False), Differs)


def test_one_person_in_two_roles_is_one_person() -> None:
    first = Entry(tally(1, 0, 0), "operator:ann")
    second = Entry(tally(1, 0, 0), "scrutineer:ann")
    assert isinstance(weigh(first, second, two_people=True), SamePerson)
