"""A motion, counted and decided from its votes.

Rule: counts are made from the votes, one by one, never from a running tally; what a vote weighs and
for whom else it was cast stands on the frozen roll. Present = frozen present ∪ voters (invariant
17). Tellers' tallies name nobody: at least as many were present as have voted. What is computed
here is computed again, by the same code, when a record is verified.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any, assert_never

from server.assembly.roll import RightToVote, Roll
from server.ballots.life import CastVote, Closure
from server.ballots.proxies import choices_by_member
from server.ballots.question import Question
from server.ballots.tellers import Tally
from server.ballots.transitions import DECIDES_NOTHING
from server.rules.chambers import AllOfResult, AllOfRule, all_of_rule_from_json, decide_all_of
from server.rules.count import MotionCount
from server.rules.counted import Counted, count_only
from server.rules.motion import MotionResult, MotionRule, decide_motion, motion_rule_from_json
from server.rules.quorum import Quorum
from server.vocabulary import Choice

MotionDecision = MotionResult | AllOfResult | Counted
"""What became of a ballot with yes, no and abstention."""


def rule_of(question: Question) -> MotionRule | AllOfRule:
    """The rule that the ballot was prepared under. Raises `Malformed`."""
    if question.rule.get("kind") == "all_of":
        return all_of_rule_from_json(question.rule)
    return motion_rule_from_json(question.rule)


def quorum_in(rule: MotionRule | AllOfRule) -> Quorum | None:
    """The quorum of a rule; of a double majority the first that a part has."""
    match rule:
        case MotionRule(quorum=quorum):
            return quorum
        case AllOfRule(parts=parts):
            return next((part.quorum for _, part in parts if part.quorum is not None), None)
        case _:
            assert_never(rule)


def weighted_counts(
    roll: Roll, chosen: Mapping[str, str], tally: Tally | None, weight: str | None
) -> dict[Choice, int]:
    """Votes by choice, every choice named: counted one by one, or as the tellers counted.

    `chosen` is what counts for each Member, proxies included.
    """
    counts = dict.fromkeys(Choice, 0)
    if tally is not None:
        return counts | {Choice(answer): n for answer, n in tally.counts}
    if weight is None:
        tallied = Counter(chosen.values())
        return {choice: tallied[choice.value] for choice in Choice}
    for entry in roll.entries:
        if entry.member in chosen:
            counts[Choice(chosen[entry.member])] += entry.weighs(weight)
    return counts


def counts_in(question: Question, roll: Roll, closure: Closure) -> dict[Choice, int]:
    """What counts by choice, in votes or in the ballot's weight; the parts have their own."""
    chosen = choices_by_member(roll, closure.votes)
    return weighted_counts(roll, chosen, closure.tally, question.weight)


def voted_in(roll: Roll, closure: Closure) -> int:
    """How many Members have voted, or were voted for."""
    if closure.tally is not None:
        return closure.tally.voted
    return len(choices_by_member(roll, closure.votes))


def motion_count(
    roll: Roll,
    votes: Collection[CastVote],
    tally: Tally | None = None,
    weight: str | None = None,
) -> MotionCount:
    """The figures of the ballot as the rule engine takes them, in votes or in a weight."""
    chosen = choices_by_member(roll, votes)
    counts = weighted_counts(roll, chosen, tally, weight)
    entitled = [entry for entry in roll.entries if entry.status is RightToVote.ENTITLED]
    present = sum(
        entry.weighs(weight) for entry in entitled if entry.present or entry.member in chosen
    )
    return MotionCount(
        yes=counts[Choice.YES],
        no=counts[Choice.NO],
        abstain=counts[Choice.ABSTAIN],
        invalid=0 if tally is None else tally.invalid,
        present=present if tally is None else max(present, tally.voted),
        entitled=sum(entry.weighs(weight) for entry in entitled),
        members=sum(entry.weighs(weight) for entry in roll.entries),
    )


def decide(question: Question, roll: Roll, closure: Closure) -> MotionDecision:
    """The outcome by the ballot's own rule. Raises `Malformed`."""
    rule = rule_of(question)
    votes, tally = closure.votes, closure.tally
    if question.kind in DECIDES_NOTHING:
        return count_only(question.kind, quorum_in(rule), motion_count(roll, votes, tally))
    match rule:
        case MotionRule():
            return decide_motion(rule, motion_count(roll, votes, tally, question.weight))
        case AllOfRule():
            weights = {part.name: part.weight for part in question.parts}
            counts = {
                name: motion_count(roll, votes, tally, weights.get(name)) for name, _ in rule.parts
            }
            return decide_all_of(rule, counts)
        case _:
            assert_never(rule)


def declared_result(decision: MotionDecision) -> dict[str, Any]:
    """The result as the journal keeps it. A double majority has no one base: its parts have."""
    if not isinstance(decision, AllOfResult):
        return decision.as_json()
    whole = {"base": None, "needed": None, "tied": False, "explain": None}
    return {**whole, **decision.as_json()}


def again(rule: MotionRule | AllOfRule) -> MotionRule | AllOfRule:
    """The rule of the second vote."""
    if isinstance(rule, AllOfRule):
        return rule.again()
    return replace(rule, attempt=rule.attempt + 1)


def part_results(result: Mapping[str, Any]) -> Mapping[str, Mapping[str, Any]]:
    """The results of a double majority's parts, by name; none of anything else."""
    found: Mapping[str, Mapping[str, Any]] = result.get("parts") or {}
    return found
