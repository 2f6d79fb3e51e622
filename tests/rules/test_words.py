from __future__ import annotations

import re

import pytest

from server.rules import words
from server.rules.count import BaseName, MotionCount
from server.rules.elections.rule import ElectionBase, ElectionRule
from server.rules.majority import SIMPLE, TWO_THIRDS, Majority
from server.rules.motion import MotionRule, TieRule, decide_motion
from server.rules.quorum import QuorumBase, QuorumMeasure, QuorumNumber, QuorumShare
from server.rules.rulebook import bundled_rulebooks, load_rulebook
from server.rules.words import RuleWords

LISTED = set(re.findall(r"^- `([a-z-]+)`", words.__doc__ or "", re.MULTILINE)) | {
    "measure-cast",
    "measure-yes-no",
}


def ids_in(said: RuleWords) -> set[str]:
    inner = (part for part in said.args.values() if isinstance(part, RuleWords))
    return {said.message_id}.union(*(ids_in(part) for part in inner))


@pytest.mark.parametrize("base", [*BaseName, *ElectionBase])
def test_every_base_has_a_listed_name(base: BaseName | ElectionBase) -> None:
    assert words.base_words(base).message_id in LISTED


def test_papers_are_another_base_than_votes() -> None:
    assert words.base_words(BaseName.VALID) == RuleWords("base-valid")
    assert words.base_words(ElectionBase.VALID) == RuleWords("base-valid-papers")
    assert words.base_words(ElectionBase.MEMBERS) == words.base_words(BaseName.MEMBERS)


@pytest.mark.parametrize(
    ("majority", "message", "figures"),
    [
        (SIMPLE, "rule-majority-simple", {}),
        (TWO_THIRDS, "rule-majority-two-thirds", {}),
        (Majority(4, 6, at_least=True), "rule-majority-two-thirds", {}),
        (
            Majority(2, 3, at_least=False),
            "rule-majority-fraction",
            {"numerator": 2, "denominator": 3, "strict": "yes"},
        ),
        (
            Majority(3, 4, at_least=True),
            "rule-majority-fraction",
            {"numerator": 3, "denominator": 4, "strict": "no"},
        ),
    ],
)
def test_majority(majority: Majority, message: str, figures: dict[str, object]) -> None:
    said = words.majority_words(majority, BaseName.YES_NO)
    assert said.message_id == message
    assert said.args == {**figures, "base": RuleWords("base-yes-no")}


def test_rule_of_a_motion_says_majority_quorum_and_second_vote() -> None:
    rule = MotionRule(
        TWO_THIRDS,
        BaseName.MEMBERS,
        QuorumShare(QuorumMeasure.PRESENT, SIMPLE, QuorumBase.ENTITLED),
        second_vote=True,
    )
    assert words.motion_rule_words(rule) == (
        RuleWords("rule-majority-two-thirds", {"base": RuleWords("base-members")}),
        RuleWords(
            "rule-quorum-fraction",
            {
                "numerator": 1,
                "denominator": 2,
                "strict": "yes",
                "measure": RuleWords("measure-present"),
                "base": RuleWords("base-entitled"),
            },
        ),
        RuleWords("rule-second-vote"),
    )


def test_fixed_quorum() -> None:
    said = words.quorum_words(QuorumNumber(QuorumMeasure.YES_NO, 297))
    measure = RuleWords("measure-yes-no")
    assert said == RuleWords("rule-quorum-number", {"number": 297, "measure": measure})


def test_needed_if_all_vote() -> None:
    rule = MotionRule(TWO_THIRDS, BaseName.YES_NO)
    said = words.needed_words(rule, entitled=196, members=196)
    assert said == RuleWords("rule-needed-if-all-vote", {"needed": 131, "entitled": 196})


def test_election_says_which_rounds_a_majority_serves() -> None:
    rule = load_rulebook("interpol").decisions["president"].rule
    assert isinstance(rule, ElectionRule)
    first, last = words.election_rule_words(rule)
    papers = RuleWords("base-valid-papers")
    assert first == RuleWords(
        "rule-rounds",
        {"first": 1, "last": 2, "rule": RuleWords("rule-majority-two-thirds", {"base": papers})},
    )
    assert last == RuleWords(
        "rule-from-round",
        {"first": 3, "rule": RuleWords("rule-majority-simple", {"base": papers})},
    )


def test_one_majority_for_all_rounds_names_no_round() -> None:
    rule = load_rulebook("interpol").decisions["vice_presidents"].rule
    assert isinstance(rule, ElectionRule)
    assert [said.message_id for said in words.election_rule_words(rule)] == ["rule-majority-simple"]


@pytest.mark.parametrize(
    ("rule", "yes", "no", "message"),
    [
        (MotionRule(SIMPLE, BaseName.YES_NO), 138, 9, "outcome-adopted"),
        (MotionRule(SIMPLE, BaseName.YES_NO), 9, 138, "outcome-rejected"),
        (MotionRule(SIMPLE, BaseName.YES_NO), 9, 9, "outcome-not-adopted"),
        (MotionRule(TWO_THIRDS, BaseName.YES_NO), 9, 5, "outcome-not-adopted"),
        (MotionRule(TWO_THIRDS, BaseName.YES_NO), 5, 9, "outcome-rejected"),
        (MotionRule(TWO_THIRDS, BaseName.YES_NO, second_vote=True), 9, 5, "outcome-second-vote"),
        (MotionRule(SIMPLE, BaseName.YES_NO, tie=TieRule.TIE), 9, 9, "outcome-tie"),
        (
            MotionRule(SIMPLE, BaseName.YES_NO, tie=TieRule.CASTING_VOTE),
            9,
            9,
            "outcome-casting-vote",
        ),
    ],
)
def test_outcome(rule: MotionRule, yes: int, no: int, message: str) -> None:
    count = MotionCount(yes, no, 41)
    result = decide_motion(rule, count)
    said = words.outcome_words(result, count)
    assert message in LISTED
    assert said.message_id == message
    figures = {"yes": yes, "no": no, "abstain": 41, "needed": result.needed, "base": yes + no}
    assert said.args == figures


def test_no_quorum_says_what_was_measured() -> None:
    rule = MotionRule(SIMPLE, BaseName.YES_NO, QuorumNumber(QuorumMeasure.YES_NO, 297))
    count = MotionCount(288, 8, 139)
    said = words.outcome_words(decide_motion(rule, count), count)
    assert said.message_id == "outcome-no-quorum"
    assert (said.args["measured"], said.args["quorum"]) == (296, 297)


@pytest.mark.parametrize("name", bundled_rulebooks())
def test_bundled_rules_use_listed_messages_only(name: str) -> None:
    said: list[RuleWords] = [words.CONSENSUS]
    for decision in load_rulebook(name).decisions.values():
        if isinstance(decision.rule, MotionRule):
            said += words.motion_rule_words(decision.rule)
        elif isinstance(decision.rule, ElectionRule):
            said += words.election_rule_words(decision.rule)
    assert set().union(*(ids_in(part) for part in said)) <= LISTED
