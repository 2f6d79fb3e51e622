from __future__ import annotations

import json
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from server.rules.count import BaseName, MotionCount
from server.rules.majority import SIMPLE, TWO_THIRDS, Majority
from server.rules.motion import (
    MotionRule,
    Shortfall,
    TieRule,
    count_from_json,
    decide_motion,
    motion_rule_from_json,
    needed_if_all_vote,
)
from server.rules.quorum import QuorumBase, QuorumMeasure, QuorumNumber, QuorumShare
from server.rules.reading import Malformed
from server.vocabulary import OutcomeKind
from tests.rules.test_majority import majorities

ORDINARY = MotionRule(SIMPLE, BaseName.YES_NO)
ADMISSION = MotionRule(TWO_THIRDS, BaseName.YES_NO, second_vote=True)

quorums = st.one_of(
    st.none(),
    st.builds(QuorumNumber, st.sampled_from(QuorumMeasure), st.integers(0, 200)),
    st.builds(
        QuorumShare, st.sampled_from(QuorumMeasure), majorities(), st.sampled_from(QuorumBase)
    ),
)
motion_rules = st.builds(
    MotionRule,
    majorities(),
    st.sampled_from(BaseName),
    quorums,
    st.sampled_from(TieRule),
    st.booleans(),
    st.integers(1, 3),
)
figures = st.integers(0, 200)
counts = st.builds(MotionCount, *[figures] * 7)


class TestOutcome:
    @pytest.mark.parametrize(
        ("yes", "no", "outcome", "failed"),
        [
            (61, 60, OutcomeKind.ADOPTED, None),
            (60, 61, OutcomeKind.NOT_ADOPTED, Shortfall.MAJORITY),
            (60, 60, OutcomeKind.NOT_ADOPTED, Shortfall.EQUAL_VOTE),
            (0, 60, OutcomeKind.NOT_ADOPTED, Shortfall.NO_YES),
            (0, 0, OutcomeKind.NOT_ADOPTED, Shortfall.EMPTY_BASE),
            (1, 0, OutcomeKind.ADOPTED, None),
            (10**7, 10**7 - 1, OutcomeKind.ADOPTED, None),
        ],
    )
    def test_simple_majority(
        self, yes: int, no: int, outcome: OutcomeKind, failed: Shortfall | None
    ) -> None:
        result = decide_motion(ORDINARY, MotionCount(yes, no))
        assert (result.outcome, result.explain.failed) == (outcome, failed)

    @pytest.mark.parametrize("tie", TieRule)
    def test_equal_vote_gives_what_the_rule_says(self, tie: TieRule) -> None:
        result = decide_motion(replace(ORDINARY, tie=tie), MotionCount(60, 60))
        assert result.tied
        assert result.outcome == tie.value

    def test_equal_vote_put_again_and_equal_again_is_lost(self) -> None:
        rule = replace(ORDINARY, tie=TieRule.SECOND_VOTE, attempt=2)
        result = decide_motion(rule, MotionCount(60, 60))
        assert result.tied
        assert result.outcome is OutcomeKind.NOT_ADOPTED

    @pytest.mark.parametrize(
        ("rule", "count"),
        [
            (ORDINARY, MotionCount(0, 0)),
            (ADMISSION, MotionCount(60, 60)),
            (MotionRule(SIMPLE, BaseName.MEMBERS), MotionCount(95, 95, members=190)),
            (MotionRule(SIMPLE, BaseName.VALID), MotionCount(95, 95, 0)),
        ],
    )
    def test_equal_figures_are_no_tie_elsewhere(self, rule: MotionRule, count: MotionCount) -> None:
        assert not decide_motion(rule, count).tied

    def test_missed_special_majority_is_put_again_once(self) -> None:
        missed = MotionCount(76, 56, 22)
        assert decide_motion(ADMISSION, missed).outcome is OutcomeKind.SECOND_VOTE
        again = decide_motion(replace(ADMISSION, attempt=2), missed)
        assert again.outcome is OutcomeKind.NOT_ADOPTED

    def test_simple_majority_is_not_put_again(self) -> None:
        rule = replace(ORDINARY, second_vote=True)
        assert decide_motion(rule, MotionCount(40, 60)).outcome is OutcomeKind.NOT_ADOPTED

    def test_without_quorum_nothing_is_decided(self) -> None:
        rule = replace(ORDINARY, quorum=QuorumNumber(QuorumMeasure.YES_NO, 297))
        result = decide_motion(rule, MotionCount(288, 8, 139))
        assert result.outcome is OutcomeKind.NO_QUORUM
        assert result.explain.failed is Shortfall.QUORUM
        assert result.explain.quorum is not None
        assert (result.explain.quorum.measured, result.explain.quorum.needed) == (296, 297)

    def test_yes_on_an_empty_base_never_carries(self) -> None:
        rule = MotionRule(SIMPLE, BaseName.MEMBERS)
        result = decide_motion(rule, MotionCount(3, members=0))
        assert result.outcome is OutcomeKind.NOT_ADOPTED
        assert result.explain.failed is Shortfall.EMPTY_BASE

    @pytest.mark.parametrize(
        ("base", "missing"),
        [
            (BaseName.YES_NO, "no"),
            (BaseName.VALID, "no"),
            (BaseName.CAST, "no"),
            (BaseName.PRESENT, "present"),
            (BaseName.ENTITLED, "entitled"),
            (BaseName.MEMBERS, "members"),
        ],
    )
    def test_a_figure_that_the_rule_needs_must_be_taken(self, base: BaseName, missing: str) -> None:
        with pytest.raises(Malformed, match=f"^{missing}: missing"):
            decide_motion(MotionRule(SIMPLE, base), MotionCount(3))


class TestProperties:
    @given(motion_rules, counts)
    def test_carries_exactly_with_needed_votes(self, rule: MotionRule, count: MotionCount) -> None:
        result = decide_motion(rule, count)
        quorum = result.explain.quorum
        carried = count.yes >= result.needed and result.base > 0
        met = quorum is None or quorum.met
        assert (result.outcome is OutcomeKind.ADOPTED) == (carried and met)
        assert (result.outcome is OutcomeKind.NO_QUORUM) == (not met)
        assert (result.explain.failed is None) == (result.outcome is OutcomeKind.ADOPTED)

    @given(motion_rules, counts)
    def test_one_more_yes_never_loses(self, rule: MotionRule, count: MotionCount) -> None:
        assume(decide_motion(rule, count).outcome is OutcomeKind.ADOPTED)
        more = replace(count, yes=count.yes + 1)
        assert decide_motion(rule, more).outcome is OutcomeKind.ADOPTED

    @given(motion_rules, counts)
    def test_a_no_turned_yes_never_loses(self, rule: MotionRule, count: MotionCount) -> None:
        assume(count.no and decide_motion(rule, count).outcome is OutcomeKind.ADOPTED)
        turned = replace(count, yes=count.yes + 1, no=(count.no or 0) - 1)
        assert decide_motion(rule, turned).outcome is OutcomeKind.ADOPTED

    @given(motion_rules, counts)
    def test_rule_and_count_survive_json(self, rule: MotionRule, count: MotionCount) -> None:
        read_rule = motion_rule_from_json(json.loads(json.dumps(rule.as_json())))
        read_count = count_from_json(json.loads(json.dumps(count.as_json())), "count")
        assert (read_rule, read_count) == (rule, count)
        result = decide_motion(rule, count)
        assert json.loads(json.dumps(result.as_json())) == result.as_json()

    @given(motion_rules, figures, figures)
    def test_needed_if_all_vote_carries_in_a_full_house(
        self, rule: MotionRule, entitled: int, suspended: int
    ) -> None:
        members = entitled + suspended
        needed = needed_if_all_vote(rule, entitled, members)
        assume(needed <= entitled)
        rule = replace(rule, quorum=None)

        def outcome(yes: int) -> OutcomeKind:
            full = MotionCount(yes, entitled - yes, 0, 0, entitled, entitled, members)
            return decide_motion(rule, full).outcome

        assert outcome(needed) is OutcomeKind.ADOPTED
        assert outcome(needed - 1) is not OutcomeKind.ADOPTED


def test_two_thirds_of_all_members_if_all_vote() -> None:
    rule = MotionRule(TWO_THIRDS, BaseName.MEMBERS)
    assert needed_if_all_vote(rule, entitled=190, members=196) == 131
    assert needed_if_all_vote(ADMISSION, entitled=190, members=196) == 127


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"base": "votes"}, "rule.base: expected one of yes_no, valid, cast"),
        ({"base": 1}, "rule.base: expected one of"),
        ({"tie": "lost"}, "rule.tie: expected one of not_adopted, tie"),
        ({"second_vote": "yes"}, "rule.second_vote: expected true or false"),
        ({"attempt": 0}, "rule.attempt: expected a whole number of at least 1"),
        ({"attempt": 1.0}, "rule.attempt: expected a whole number"),
        ({"quorum": None}, "rule.quorum: expected an object"),
        ({"majorty": {}}, 'rule: unknown key .majorty.; did you mean "majority"'),
        ({"kind": "election"}, 'rule.kind: expected "motion"'),
    ],
)
def test_error_names_key_and_remedy(change: dict[str, object], said: str) -> None:
    with pytest.raises(Malformed, match=said):
        motion_rule_from_json({**ORDINARY.as_json(), **change})


@pytest.mark.parametrize(
    ("count", "said"),
    [
        ({"no": 1}, "count.yes: missing; add it"),
        ({"yes": -1}, "count.yes: expected a whole number of at least 0, got -1"),
        ({"yes": True}, "count.yes: expected a whole number of at least 0, got True"),
        ({"yes": "3"}, "count.yes: .* write it without quotes"),
        ({"yes": 3.0}, "count.yes: "),
        ({"yes": 10**1001}, "count.yes: expected a whole number of at most 1000 digits"),
        ({"yes": 3, "abstentions": 1}, 'unknown key .abstentions.; did you mean "abstain"'),
        ([3, 1], "count: expected an object"),
    ],
)
def test_count_error_names_key_and_remedy(count: object, said: str) -> None:
    with pytest.raises(Malformed, match=said):
        count_from_json(count, "count")


@given(motion_rules, counts)
def test_fractions_agree(rule: MotionRule, count: MotionCount) -> None:
    """The article's sentences with exact fractions, and nothing of the engine in them."""
    yes, no, abstain, invalid = count.yes, count.no or 0, count.abstain or 0, count.invalid or 0
    figure = {
        "yes_no": yes + no,
        "valid": yes + no + abstain,
        "cast": yes + no + abstain + invalid,
        "present": count.present or 0,
        "entitled": count.entitled or 0,
        "members": count.members or 0,
    }

    def reached(n: int, majority: Majority, base: int) -> bool:
        share = Fraction(majority.numerator, majority.denominator) * base
        return n >= share if majority.at_least else n > share

    base = figure[rule.base]
    half = Fraction(rule.majority.numerator, rule.majority.denominator) == Fraction(1, 2)
    simple = rule.base == "yes_no" and half and not rule.majority.at_least
    tied = simple and yes == no and yes > 0
    quorum = rule.quorum
    if isinstance(quorum, QuorumNumber):
        there = figure[quorum.measure] >= quorum.number
    elif quorum is not None:
        least = 1 if quorum.share.at_least else 0  # a share asks for one at least, as a majority
        there = figure[quorum.measure] >= least
        there = there and reached(figure[quorum.measure], quorum.share, figure[quorum.base])
    else:
        there = True
    if not there:
        expected = "no_quorum"
    elif yes >= 1 and base > 0 and reached(yes, rule.majority, base):
        expected = "adopted"
    elif tied:
        again = rule.tie == "second_vote" and rule.attempt > 1
        expected = "not_adopted" if again else rule.tie.value
    elif rule.second_vote and rule.attempt == 1 and not simple:
        expected = "second_vote"
    else:
        expected = "not_adopted"
    result = decide_motion(rule, count)
    assert (result.outcome.value, result.base, result.tied) == (expected, base, tied)
