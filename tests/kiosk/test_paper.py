"""A paper of names: numbers in, names in the order of the ballot, nothing cast unread."""

from __future__ import annotations

from functools import reduce

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk_client.asking import Answer, fits
from kiosk_client.paper import Paper, PaperStep, back, blank, castable, digit, review, take_number
from server.vocabulary import Choice, Kind, Mode
from server.wire.views import KioskBallot
from tests.kiosk.floor import ballot, election


def typed(floor: KioskBallot, keys: str) -> Paper:
    return reduce(lambda paper, key: digit(paper, floor, key), keys, Paper(floor.id))


def test_a_number_names_a_candidate_and_takes_the_name_back() -> None:
    floor = election()
    assert typed(floor, "31").names == ("c1", "c3")
    assert typed(floor, "313").names == ("c1",)


def test_a_number_waits_only_while_another_digit_could_make_another_of_it() -> None:
    floor = election(12)
    assert typed(floor, "2").names == ("c2",)
    waiting = typed(floor, "1")
    assert (waiting.names, waiting.typed) == ((), "1")
    assert take_number(waiting, floor).names == ("c1",)
    assert typed(floor, "12").names == ("c12",)


def test_a_number_that_no_candidate_has_is_dropped() -> None:
    for keys in ("0", "9", "00"):
        assert typed(election(), keys) == Paper("b1")


def test_one_name_too_many_is_not_taken_and_is_said() -> None:
    paper = typed(election(), "124")
    assert (paper.names, paper.step) == (("c1", "c2"), PaperStep.FULL)


def test_where_one_name_is_asked_it_moves() -> None:
    assert typed(election(most=1), "14").names == ("c4",)


def test_only_what_was_reviewed_can_be_cast() -> None:
    floor = election()
    paper = typed(floor, "2")
    assert castable(paper) is None
    assert castable(review(paper)) == ("c2",)
    assert digit(review(paper), floor, "1") == review(paper)
    assert castable(blank(paper)) == ()
    assert castable(back(blank(paper))) is None
    assert review(Paper(floor.id)).step is PaperStep.CHOOSE


@given(names=st.integers(0, 30), most=st.integers(1, 30), keys=st.text(alphabet="0123456789 "))
def test_whatever_is_typed_the_paper_fits_the_ballot(names: int, most: int, keys: str) -> None:
    floor = election(names, most=most)
    paper = Paper(floor.id)
    for key in keys:
        paper = take_number(paper, floor) if key == " " else digit(paper, floor, key)
    order = [candidate.id for candidate in floor.candidates]
    assert fits(floor, paper.names)
    assert list(paper.names) == [each for each in order if each in paper.names]


@pytest.mark.parametrize(
    ("floor", "answer", "may"),
    [
        (ballot(), Choice.YES, True),
        (ballot(), ("c1",), False),
        (election(), Choice.YES, False),
        (election(), (), True),
        (election(), ("c2", "c1"), True),
        (election(), ("c1", "c1"), False),
        (election(), ("c1", "c2", "c3"), False),
        (election(), ("c9",), False),
        (ballot().model_copy(update={"mode": Mode.HANDS}), Choice.YES, False),
        (ballot().model_copy(update={"kind": Kind.POLL}), Choice.NO, True),
    ],
)
def test_an_answer_fits_its_ballot_or_is_not_sent(
    floor: KioskBallot, answer: Answer, may: bool
) -> None:
    assert fits(floor, answer) is may
