"""A rule and an outcome as message ids and arguments, so that Fluent can say them.

Rule: no wording lives here. The sentences are in `server/locales/*.ftl`; this module says which
message to use and with which figures. Every argument is a whole number or one of the strings
listed below. Numbers are counts of votes, or of Members where the base is `base-members`.

Bases, without arguments. Each is a noun phrase that follows the majority in the sentence, so
each language writes its own article or preposition into it ("of the Members present and voting"):

- `base-yes-no`     votes in favour and against; abstentions do not count
- `base-valid`      valid votes: in favour, against and abstentions
- `base-cast`       all votes cast, abstentions and invalid ones included
- `base-present`    the Members present
- `base-entitled`   the Members entitled to vote
- `base-members`    all Members of the organisation
- `base-valid-papers`  an election: valid ballot papers, blank ones not counted
- `base-cast-papers`   an election: all ballot papers cast, blank and invalid ones included

Majorities. Format the base first; then pass its text as `$base` to the majority:

- `rule-majority-simple`       ($base)   more than half
- `rule-majority-two-thirds`   ($base)   two-thirds or more
- `rule-majority-fraction`     ($numerator, $denominator, $strict, $base)   any other fraction;
  `$strict` is "yes" for "more than n/d" and "no" for "at least n/d"

Sentences about a rule:

- `rule-needed-if-all-vote`    ($needed, $entitled)   "131 needed if all 196 vote"
- `rule-second-vote`           ()   a missed majority gets one second vote
- `rule-rounds`                ($first, $last, $rule)   an election: rounds first to last, both
  included; `$rule` is the formatted majority
- `rule-from-round`            ($first, $rule)   an election: this round and all that follow
- `rule-quorum-fraction`       ($numerator, $denominator, $strict, $measure, $base)   `$measure`
  is the formatted `measure-present`, `measure-cast` or `measure-yes-no`, `$base` a formatted base
- `rule-quorum-number`         ($number, $measure)   "297 votes in favour and against"
- `measure-present`, `measure-cast`, `measure-yes-no`   ()   what a quorum counts

Outcomes, all with ($yes, $no, $abstain, $needed, $base), where `$base` is the number of votes (or
Members) that the majority is taken of. A headline may ignore the figures:

- `outcome-adopted`
- `outcome-rejected`       more against than in favour
- `outcome-not-adopted`    an equal vote, or a special majority missed
- `outcome-second-vote`    a second vote may be taken; the proposal is not decided
- `outcome-casting-vote`   an equal vote: the Chair has the casting vote
- `outcome-tie`            an equal vote: the rule leaves what follows to the assembly
- `outcome-no-quorum`      no decision; ($measured, $quorum) as well: measured and needed
- `outcome-consensus`      adopted without a vote; no arguments
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import assert_never

from server.rules.count import BaseName, MotionCount
from server.rules.elections.rule import ElectionBase, ElectionRule
from server.rules.majority import Majority
from server.rules.motion import MotionResult, MotionRule, needed_if_all_vote
from server.rules.quorum import Quorum, QuorumNumber, QuorumShare
from server.vocabulary import OutcomeKind


@dataclass(frozen=True, slots=True)
class RuleWords:
    """A Fluent message and its arguments. An argument that is itself words is formatted first."""

    message_id: str
    args: Mapping[str, int | str | RuleWords] = field(default_factory=dict)


def base_words(name: BaseName | ElectionBase) -> RuleWords:
    """Return the words for a base; papers are another base than votes on a motion."""
    papers = isinstance(name, ElectionBase) and name is not ElectionBase.MEMBERS
    return RuleWords(f"base-{_kebab(name)}-papers" if papers else f"base-{_kebab(name)}")


def majority_words(majority: Majority, base: BaseName | ElectionBase) -> RuleWords:
    """Return the words for a majority of a base: "two-thirds of the Members …"."""
    if majority.is_more_than_half:
        return RuleWords("rule-majority-simple", {"base": base_words(base)})
    if majority.at_least and 3 * majority.numerator == 2 * majority.denominator:
        return RuleWords("rule-majority-two-thirds", {"base": base_words(base)})
    return RuleWords("rule-majority-fraction", {**_fraction(majority), "base": base_words(base)})


def motion_rule_words(rule: MotionRule) -> tuple[RuleWords, ...]:
    """Return the sentences about a motion's rule: majority, then quorum, then second vote."""
    words = [majority_words(rule.majority, rule.base)]
    if rule.quorum is not None:
        words.append(quorum_words(rule.quorum))
    if rule.second_vote and rule.attempt == 1:
        words.append(RuleWords("rule-second-vote"))
    return tuple(words)


def needed_words(rule: MotionRule, entitled: int, members: int) -> RuleWords:
    """Return "131 needed if all 196 vote" for a roll of `entitled` out of `members`."""
    needed = needed_if_all_vote(rule, entitled, members)
    return RuleWords("rule-needed-if-all-vote", {"needed": needed, "entitled": entitled})


def quorum_words(quorum: Quorum) -> RuleWords:
    """Return the words for a quorum."""
    measure = RuleWords(f"measure-{_kebab(quorum.measure)}")
    match quorum:
        case QuorumNumber(number=number):
            return RuleWords("rule-quorum-number", {"number": number, "measure": measure})
        case QuorumShare(share=share, base=base):
            of = RuleWords(f"base-{_kebab(base)}")
            return RuleWords(
                "rule-quorum-fraction", {**_fraction(share), "measure": measure, "base": of}
            )
        case _:
            assert_never(quorum)


def election_rule_words(rule: ElectionRule) -> tuple[RuleWords, ...]:
    """Return the majority of each stretch of rounds, in order."""
    words: list[RuleWords] = []
    first = 1
    for entry in rule.majorities[:-1]:
        last = first + (entry.rounds or 1) - 1
        majority = majority_words(entry.majority, rule.base)
        words.append(RuleWords("rule-rounds", {"first": first, "last": last, "rule": majority}))
        first = last + 1
    majority = majority_words(rule.majorities[-1].majority, rule.base)
    if first == 1:
        return (majority,)
    return (*words, RuleWords("rule-from-round", {"first": first, "rule": majority}))


CONSENSUS = RuleWords("outcome-consensus")
"""Adopted without a vote: nothing was counted, so there are no figures."""


def outcome_words(result: MotionResult, count: MotionCount) -> RuleWords:
    """Return the outcome of a vote with the figures that it was decided on."""
    args: dict[str, int | str | RuleWords] = {
        "yes": count.yes,
        "no": count.no or 0,
        "abstain": count.abstain or 0,
        "needed": result.needed,
        "base": result.base,
    }
    if result.outcome is OutcomeKind.NO_QUORUM and result.explain.quorum is not None:
        args["measured"] = result.explain.quorum.measured
        args["quorum"] = result.explain.quorum.needed
    return RuleWords(_outcome_id(result.outcome, count), args)


def _outcome_id(outcome: OutcomeKind, count: MotionCount) -> str:
    if outcome is OutcomeKind.NOT_ADOPTED and count.no is not None and count.no > count.yes:
        return "outcome-rejected"
    return f"outcome-{_kebab(outcome)}"


def _fraction(majority: Majority) -> dict[str, int | str]:
    return {
        "numerator": majority.numerator,
        "denominator": majority.denominator,
        "strict": "no" if majority.at_least else "yes",
    }


def _kebab(value: str) -> str:
    return value.replace("_", "-")
