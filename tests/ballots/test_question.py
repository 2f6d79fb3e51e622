"""The question: as the journal keeps it, and what keeps it a draft."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.ballots.question import (
    Candidate,
    Question,
    Title,
    missing,
    question_from_payload,
    question_payload,
)
from server.vocabulary import Choice, Disclosure, Kind, Language, Mode

TEXTS = st.none() | st.text(max_size=20)
TITLES = st.builds(Title, en=TEXTS, fr=TEXTS, es=TEXTS, ar=TEXTS)
QUESTIONS = st.builds(
    Question,
    title=TITLES,
    kind=st.sampled_from(Kind),
    decision=st.text(min_size=1, max_size=20),
    mode=st.sampled_from(Mode),
    disclosure=st.sampled_from(Disclosure),
    document=TEXTS,
    item=TEXTS,
    seconds=st.none() | st.integers(1, 86_400),
    auto_close=st.booleans(),
    revocable=st.booleans(),
    test=st.booleans(),
    rule=st.dictionaries(st.text(), st.integers() | st.text() | st.none(), max_size=3),
    choices=st.lists(st.text(min_size=1, max_size=9), max_size=4).map(tuple),
    candidates=st.lists(
        st.builds(Candidate, id=st.text(min_size=1, max_size=9), name=TITLES, member=TEXTS),
        max_size=3,
    ).map(tuple),
    places=st.integers(1, 9),
    names_per_ballot=st.integers(1, 9),
    round=st.integers(1, 9),
    election=TEXTS,
    is_tie_ballot=st.booleans(),
    region=TEXTS,
    asked=st.none() | st.sampled_from(Choice),
)


@given(QUESTIONS)
def test_a_question_comes_back_from_the_journal_as_it_went_in(question: Question) -> None:
    stored = json.loads(json.dumps(question_payload(question)))
    assert question_from_payload(stored) == question


@given(TITLES)
def test_a_title_is_read_by_language(title: Title) -> None:
    read = [title[each] for each in (Language.EN, Language.FR, Language.ES, Language.AR)]
    assert read == [title.en, title.fr, title.es, title.ar]


@pytest.mark.parametrize("field", ["title", "kind", "mode", "disclosure", "rule", "choices"])
def test_a_payload_that_lacks_a_field_is_no_question(field: str) -> None:
    payload = question_payload(question(Title("a", "b", "c", "d")))
    del payload[field]
    with pytest.raises(KeyError, match=field):
        question_from_payload(payload)


@pytest.mark.parametrize("field", ["kind", "mode", "disclosure"])
def test_a_payload_with_a_foreign_word_is_no_question(field: str) -> None:
    payload = {**question_payload(question(Title("a", "b", "c", "d"))), field: "coronation"}
    with pytest.raises(ValueError, match="coronation"):
        question_from_payload(payload)


def question(title: Title) -> Question:
    return Question(
        title=title,
        kind=Kind.MOTION,
        decision="ordinary",
        mode=Mode.RECORDED,
        disclosure=Disclosure.COUNTS,
        document=None,
        item=None,
        seconds=None,
        auto_close=False,
        revocable=True,
        test=False,
        rule={},
        choices=("yes", "no", "abstain"),
    )


@pytest.mark.parametrize(
    ("title", "lacking"),
    [
        (Title("a", "b", "c", "d"), ()),
        (Title(), ("title.en", "title.fr", "title.es", "title.ar")),
        (Title("a", None, "c", "d"), ("title.fr",)),
        (Title("a", "b", "", " \t\n"), ("title.es", "title.ar")),
        (Title(ar="اقتراح"), ("title.en", "title.fr", "title.es")),
    ],
)
def test_what_is_missing_is_named(title: Title, lacking: tuple[str, ...]) -> None:
    assert missing(question(title), tuple(Language)) == lacking


def test_only_the_assemblys_languages_can_be_missing() -> None:
    assert missing(question(Title(en="a")), (Language.EN,)) == ()
    assert missing(question(Title(en="a")), (Language.AR, Language.EN)) == ("title.ar",)


def test_a_motion_is_kept_as_it_was_before_there_were_elections() -> None:
    """Fields that came later are left out at their default: earlier records keep their bytes."""
    assert set(question_payload(question(Title("a", "b", "c", "d")))) == {
        "title", "kind", "decision", "mode", "disclosure", "document", "item", "seconds",
        "auto_close", "revocable", "test", "rule", "choices",
    }  # fmt: skip


def test_a_candidate_whose_name_lacks_a_language_keeps_the_ballot_a_draft() -> None:
    asked = replace(
        question(Title("a", "b", "c", "d")),
        candidates=(Candidate("c-1", Title("A", "B", "C", "D")), Candidate("c-2", Title("A", "B"))),
    )
    assert missing(asked, tuple(Language)) == (
        "candidates.c-2.name.es",
        "candidates.c-2.name.ar",
    )
