"""Papers: one vote, one spelling."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.ballots.paper import names_on, said, written
from server.ballots.question import (
    Candidate,
    Question,
    Title,
    missing,
    question_from_payload,
    question_payload,
)
from server.vocabulary import Kind, Language
from tests.ballots.test_question import question

NAMES = ("bo", "ana", "c-1", "D_2")


def election(names: tuple[str, ...] = NAMES, most: int = 3) -> Question:
    return replace(
        question(Title("a", "b", "c", "d")),
        kind=Kind.ELECTION,
        choices=names,
        candidates=tuple(Candidate(each, Title(each, each, each, each)) for each in names),
        names_per_ballot=most,
    )


@given(st.lists(st.sampled_from(NAMES), unique=True, max_size=3))
def test_a_paper_has_one_spelling_in_the_order_of_the_ballot(named: list[str]) -> None:
    text = written(election(), named)
    assert text is not None
    assert text == written(election(), list(reversed(named)))
    assert list(names_on(text)) == [each for each in NAMES if each in named]
    assert said(election(), text) == list(names_on(text))


@pytest.mark.parametrize(
    "named", [["ana", "ana"], ["zed"], list(NAMES), "ana", "-", "ana+bo", ["ana+bo"], [""], ["-"]]
)
def test_what_is_no_paper_of_this_ballot(named: str | list[str]) -> None:
    assert written(election(), named) is None


def test_a_blank_paper_is_a_dash() -> None:
    assert written(election(), []) == "-"
    assert names_on("-") == ()


def test_a_motion_takes_its_choices_and_no_lists() -> None:
    motion = replace(question(Title("a", "b", "c", "d")), choices=("yes", "no"))
    assert written(motion, "yes") == "yes"
    assert written(motion, ["yes"]) is None
    assert written(motion, "perhaps") is None
    assert said(motion, "yes") == "yes"


def test_a_question_with_candidates_is_kept_and_an_earlier_one_still_reads() -> None:
    asked = replace(election(), places=2, round=3, election="b-1", region="asia")
    assert question_from_payload(question_payload(asked)) == asked
    motion = question(Title("a", "b", "c", "d"))
    assert "candidates" not in question_payload(motion)
    assert question_from_payload(question_payload(motion)) == motion


def test_a_name_that_is_missing_in_a_language_keeps_the_ballot_a_draft() -> None:
    asked = election(("ana",))
    asked = replace(asked, candidates=(Candidate("ana", Title(en="Ana")),))
    assert missing(asked, (Language.EN, Language.AR)) == ("candidates.ana.name.ar",)
