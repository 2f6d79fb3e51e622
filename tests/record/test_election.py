"""Counting papers, and settling ties: properties of the counting that hall and verify share."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.assembly.roll import Roll
from server.ballots.life import CastVote, Closure
from server.ballots.paper import written
from server.ballots.question import Question
from server.record.election import Round, decide_rounds, papers_of, settled
from tests.ballots.test_paper import election

RULE: dict[str, Any] = {
    "kind": "election", "places": 2, "names_per_ballot": 2,
    "majority": [{"of": [1, 2], "at_least": False}], "base": "valid",
    "reduce": {"method": "drop_last"},
    "tie": {"last": "lots", "election": "ask"},
}  # fmt: skip
NAMES = ("a", "b", "c", "d")
papers = st.lists(st.lists(st.sampled_from(NAMES), unique=True, max_size=2), max_size=20)


def asked(names: tuple[str, ...] = NAMES) -> Question:
    return replace(election(names, 2), rule=RULE, places=2)


def closure(question: Question, cast: list[list[str]]) -> Closure:
    votes = []
    for n, names in enumerate(cast, 1):
        text = written(question, names)
        assert text is not None
        votes.append(CastVote(f"M{n}", text, n, f"p-{n}"))
    return Closure(tuple(votes), len(votes), "", "", 0)


def result(cast: list[list[str]], names: tuple[str, ...] = NAMES) -> dict[str, Any]:
    question = asked(names)
    return decide_rounds([Round(question, Roll((), 30), closure(question, cast))])


@given(papers)
def test_a_count_is_the_names_on_the_papers(cast: list[list[str]]) -> None:
    told = papers_of(asked(), Roll((), 0), closure(asked(), cast))
    assert told.votes == {name: sum(name in paper for paper in cast) for name in NAMES}
    assert told.blank == sum(not paper for paper in cast)
    assert told.voted == len(cast) == told.ballots + told.blank


@given(papers, st.permutations(NAMES), st.randoms())
def test_order_of_candidates_and_of_papers_changes_nothing(
    cast: list[list[str]], order: tuple[str, ...], random: Any
) -> None:
    shuffled = [*cast]
    random.shuffle(shuffled)
    one, other = result(cast), result(shuffled, tuple(order))
    # Equals stand alphabetically, so even the lists are the same.
    assert one == other


@given(papers, st.permutations(NAMES))
def test_other_names_elect_the_same_persons(cast: list[list[str]], others: list[str]) -> None:
    new = dict(zip(NAMES, others, strict=True))
    one = result(cast)
    other = result([[new[name] for name in paper] for paper in cast])
    assert {new[name] for name in one["elected"]} == set(other["elected"])
    assert {new[name] for name in one["eliminated"]} == set(other["eliminated"])
    assert (one["outcome"], one["needed"]) == (other["outcome"], other["needed"])


def test_the_chair_settles_who_is_elected_or_asks_for_another_round() -> None:
    tied = result([["a", "b"], ["a", "c"], ["a", "b"], ["a", "c"], ["b", "c"]])
    assert (tied["outcome"], tied["elected"], tied["next"]) == ("ask", ["a"], {"ask": ["b", "c"]})
    final = settled(tied, ["c"])
    assert (final["outcome"], final["elected"], final["next"]) == ("elected", ["a", "c"], None)
    again = settled(tied, ["b", "c"])
    assert (again["outcome"], again["next"]) == (
        "next_round", {"ballot": ["b", "c"], "places": 1},
    )  # fmt: skip


def test_lots_settle_who_stays() -> None:
    tied = result([["a"], ["a"], ["b"], ["b"], ["c"], ["d"]])
    assert (tied["outcome"], tied["next"]) == ("lots", {"lots": ["c", "d"]})
    final = settled(tied, ["d"])
    assert final["outcome"] == "next_round"
    assert (final["next"], final["eliminated"]) == ({"ballot": ["a", "b", "d"], "places": 2}, ["c"])


@pytest.mark.parametrize("names", [[], ["a"], ["c", "a"], ["zed"]])
def test_names_that_settle_nothing_are_refused(names: list[str]) -> None:
    tied = result([["a"], ["a"], ["b"], ["b"], ["c"], ["d"]])
    with pytest.raises(ValueError, match="name 1 of those who are tied"):
        settled(tied, names)
