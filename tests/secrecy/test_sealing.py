"""What a seat seals is admitted, proved and opened by its randomness alone."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from server.secrecy.admission import Admitted, Fault, NotAdmitted, admit, proofs_hold
from server.secrecy.ballot import longest, tracker
from server.secrecy.credential import new_credential
from server.secrecy.election import SecretQuestion
from server.secrecy.sealing import marks_of, opens, seal
from tests.secrecy.elections import ELECTION, MOTION, election, rng


@st.composite
def questions(draw: st.DrawFn) -> tuple[SecretQuestion, frozenset[int]]:
    """A question and a choice that it takes."""
    answers = draw(st.integers(1, 5))
    most = draw(st.integers(1, answers))
    fewest = draw(st.integers(0, most))
    blank = draw(st.booleans())
    places = st.integers(0, answers - 1)
    chosen = draw(st.frozensets(places, min_size=fewest, max_size=most))
    if blank and draw(st.booleans()):
        chosen = frozenset()
    names = tuple(f"Candidate {at}" for at in range(answers))
    return SecretQuestion("Who?", names, blank, fewest, most), chosen


@given(questions(), st.integers(0, 2**32))
@settings(max_examples=15, deadline=None)
def test_every_choice_is_admitted_and_proved(
    asked: tuple[SecretQuestion, frozenset[int]], seed: int
) -> None:
    question, chosen = asked
    random = rng(seed)
    held = election(question)
    credential = new_credential(random)
    marks = marks_of(question, chosen)
    sealed = seal(held, credential, marks, random)
    assert admit(held, sealed.text, credential.public) == Admitted(tracker(sealed.text))
    assert proofs_hold(held, sealed.text)
    assert opens(held, sealed.text, marks, sealed.randomness)
    assert len(sealed.text) < longest(question)


def test_a_ballot_is_refused_for_what_is_wrong_with_it() -> None:
    random = rng(2)
    held, other = election(MOTION), election(MOTION, seed=3)
    credential, stranger = new_credential(random), new_credential(random)
    text = seal(held, credential, marks_of(MOTION, [1]), random).text
    cases = {
        Fault.ELECTION: (seal(other, credential, marks_of(MOTION, [1]), random).text, credential),
        Fault.CREDENTIAL: (text, stranger),
        Fault.FORM: (text.replace(',"answers"', ', "answers"'), credential),
        Fault.SIGNATURE: (text[:-5] + str((int(text[-5]) + 1) % 10) + text[-4:], credential),
    }
    for fault, (given_text, whose) in cases.items():
        found = admit(held, given_text, whose.public)
        assert isinstance(found, NotAdmitted)
        assert found.reason is fault


@pytest.mark.parametrize("chosen", [[], [0, 1], [3]])
def test_a_motion_takes_one_answer(chosen: list[int]) -> None:
    with pytest.raises(ValueError, match=r"chosen"):
        marks_of(MOTION, chosen)


def test_an_election_takes_a_blank_vote_and_no_more_than_its_places() -> None:
    assert marks_of(ELECTION, []) == (1, 0, 0, 0, 0, 0)
    assert marks_of(ELECTION, [4, 0]) == (0, 1, 0, 0, 0, 1)
    with pytest.raises(ValueError, match=r"4 chosen"):
        marks_of(ELECTION, [0, 1, 2, 3])


def test_an_audit_finds_a_seat_that_sealed_something_else() -> None:
    random = rng(4)
    held = election(MOTION)
    sealed = seal(held, new_credential(random), marks_of(MOTION, [0]), random)
    assert not opens(held, sealed.text, marks_of(MOTION, [1]), sealed.randomness)
    other = (*sealed.randomness[:-1], sealed.randomness[-1] + 1)
    assert not opens(held, sealed.text, marks_of(MOTION, [0]), other)
