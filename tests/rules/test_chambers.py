from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.rules.chambers import (
    AllOfRule,
    BlockingMinority,
    all_of_rule_from_json,
    counts_from_json,
    decide_all_of,
)
from server.rules.count import BaseName, MotionCount
from server.rules.decide import decide_case
from server.rules.majority import SIMPLE, TWO_THIRDS, Majority
from server.rules.motion import MotionRule, TieRule, decide_motion
from server.rules.quorum import QuorumMeasure, QuorumNumber
from server.rules.reading import Malformed
from server.vocabulary import OutcomeKind
from tests.rules.test_motion import counts, motion_rules

TWO_CHAMBERS = AllOfRule(
    (
        ("upper", MotionRule(SIMPLE, BaseName.YES_NO, tie=TieRule.CASTING_VOTE)),
        (
            "lower",
            MotionRule(
                TWO_THIRDS,
                BaseName.YES_NO,
                quorum=QuorumNumber(QuorumMeasure.YES_NO, 10),
                second_vote=True,
            ),
        ),
    )
)


@pytest.mark.parametrize(
    ("upper", "lower", "outcome"),
    [
        ((6, 4), (8, 4), OutcomeKind.ADOPTED),
        ((4, 6), (8, 4), OutcomeKind.NOT_ADOPTED),
        ((6, 4), (7, 5), OutcomeKind.SECOND_VOTE),
        ((4, 6), (7, 5), OutcomeKind.NOT_ADOPTED),
        ((5, 5), (8, 4), OutcomeKind.CASTING_VOTE),
        ((5, 5), (7, 5), OutcomeKind.SECOND_VOTE),
        ((6, 4), (4, 1), OutcomeKind.NO_QUORUM),
        ((4, 6), (4, 1), OutcomeKind.NO_QUORUM),
    ],
)
def test_the_whole_is_what_the_worst_part_is(
    upper: tuple[int, int], lower: tuple[int, int], outcome: OutcomeKind
) -> None:
    result = decide_all_of(
        TWO_CHAMBERS, {"upper": MotionCount(*upper), "lower": MotionCount(*lower)}
    )
    assert result.outcome is outcome
    assert [name for name, _ in result.parts] == ["upper", "lower"]


@given(st.dictionaries(st.text(), st.tuples(motion_rules, counts), min_size=1, max_size=4))
def test_adopted_only_if_every_part_is(
    parts: dict[str, tuple[MotionRule, MotionCount]],
) -> None:
    rule = AllOfRule(tuple((name, rule) for name, (rule, _) in parts.items()))
    result = decide_all_of(rule, {name: count for name, (_, count) in parts.items()})
    every = [decide_motion(rule, count) for rule, count in parts.values()]
    adopted = all(part.outcome is OutcomeKind.ADOPTED for part in every)
    assert (result.outcome is OutcomeKind.ADOPTED) == adopted
    assert [part for _, part in result.parts] == every
    assert all_of_rule_from_json(rule.as_json()) == rule


@pytest.mark.parametrize(
    ("figures", "said"),
    [
        ({"upper": {"yes": 1, "no": 0}}, "count.lower: missing; every part"),
        ({"upper": {"yes": 1, "no": 0}, "lower": {"yes": 1}}, "count.lower.no: missing"),
        (
            {"upper": {"yes": 1, "no": 0}, "lower": {"yes": 1, "no": 0}, "third": {"yes": 1}},
            "count.third: the rule has no part",
        ),
        ({"upper": {"yes": "1"}}, "count.upper.yes: expected a whole number"),
        ([], "count: expected an object"),
    ],
)
def test_error_names_the_part(figures: object, said: str) -> None:
    with pytest.raises(Malformed, match=said):
        decide_case({"id": "x", "rule": TWO_CHAMBERS.as_json(), "count": figures})


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ({"kind": "all_of", "parts": {}}, "rule.parts: expected an object with at least one"),
        ({"kind": "all_of", "parts": {"a": 1}}, "rule.parts.a: expected an object"),
        ({"kind": "all_of"}, "rule.parts: missing"),
        ({"kind": "any_of", "parts": {}}, 'rule.kind: expected "all_of"'),
    ],
)
def test_rule_error_names_key_and_remedy(rule: object, said: str) -> None:
    with pytest.raises(Malformed, match=said):
        all_of_rule_from_json(rule)


COUNCIL = AllOfRule(
    (
        ("states", MotionRule(Majority(55, 100, at_least=True), BaseName.MEMBERS)),
        ("population", MotionRule(Majority(65, 100, at_least=True), BaseName.MEMBERS)),
    ),
    BlockingMinority("states", 4),
)


@pytest.mark.parametrize(
    ("states", "population", "against", "outcome"),
    [
        (24, 6400, 3, OutcomeKind.ADOPTED),  # three large States cannot block
        (23, 6400, 4, OutcomeKind.NOT_ADOPTED),
        (23, 6500, 4, OutcomeKind.ADOPTED),
        (14, 9000, 13, OutcomeKind.NOT_ADOPTED),
        (27, 10_000, 0, OutcomeKind.ADOPTED),
        (0, 0, 27, OutcomeKind.NOT_ADOPTED),
    ],
)
def test_a_blocking_minority_takes_four_members(
    states: int, population: int, against: int, outcome: OutcomeKind
) -> None:
    figures = {
        "states": MotionCount(states, 27 - states, members=27),
        "population": MotionCount(population, 10_000 - population, members=10_000),
    }
    result = decide_all_of(COUNCIL, figures)
    assert result.outcome is outcome
    assert result.blocking is not None
    assert (result.blocking.against, result.blocking.formed) == (against, against >= 4)
    without = decide_all_of(replace(COUNCIL, blocking_minority=None), figures)
    assert "blocking_minority" not in without.as_json()
    assert all_of_rule_from_json(COUNCIL.as_json()) == COUNCIL


@given(st.lists(st.tuples(st.integers(1, 50), st.booleans()), min_size=1, max_size=12), st.data())
def test_one_member_more_in_favour_never_loses(
    members: list[tuple[int, bool]], data: st.DataObject
) -> None:
    """With heads and weights of the same votes, and a minority that can block or not."""
    blocks = BlockingMinority("states", data.draw(st.integers(1, 13)))
    rule = replace(COUNCIL, blocking_minority=blocks)

    def outcome(votes: list[tuple[int, bool]]) -> OutcomeKind:
        heads = sum(yes for _, yes in votes)
        weight = sum(n for n, yes in votes if yes)
        figures = {
            "states": MotionCount(heads, members=len(votes)),
            "population": MotionCount(weight, members=sum(n for n, _ in votes)),
        }
        return decide_all_of(rule, figures).outcome

    at = data.draw(st.integers(0, len(members) - 1))
    more = [(n, yes or i == at) for i, (n, yes) in enumerate(members)]
    if outcome(members) is OutcomeKind.ADOPTED:
        assert outcome(more) is OutcomeKind.ADOPTED


@pytest.mark.parametrize(
    ("blocking", "said"),
    [
        ({"part": "states"}, "rule.blocking_minority.at_least: missing"),
        ({"part": "people", "at_least": 4}, "rule.blocking_minority.part: expected one of states"),
        ({"part": "states", "at_least": 0}, "at least 1"),
        ({"part": "states", "at_least": 4, "of": 1}, "unknown key 'of'"),
    ],
)
def test_a_blocking_minority_is_read_strictly(blocking: object, said: str) -> None:
    with pytest.raises(Malformed, match=said):
        all_of_rule_from_json({**COUNCIL.as_json(), "blocking_minority": blocking})


def test_counts_are_read_by_part() -> None:
    assert counts_from_json({"a": {"yes": 1}}, "count") == {"a": MotionCount(1)}
