"""A vote on a motion: one count, one majority, one outcome.

Rule: no quorum comes before everything, for without it nothing is decided. A motion carries only
with at least one yes and on a base that is not empty. An equal vote is never turned into an
adoption here: the rule says whether it is lost, put again, or for the Chair.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from server.rules.count import BaseName, MotionCount, base_of
from server.rules.count import count_from_json as count_from_json
from server.rules.majority import Majority, majority_from_json
from server.rules.quorum import Quorum, QuorumFinding, measure_quorum, quorum_from_json
from server.rules.reading import Malformed, flag, joined, one_of, table, whole
from server.vocabulary import OutcomeKind


class TieRule(StrEnum):
    """What an equal vote gives."""

    NOT_ADOPTED = "not_adopted"
    TIE = "tie"
    CASTING_VOTE = "casting_vote"
    SECOND_VOTE = "second_vote"


_TIE_OUTCOME: dict[TieRule, OutcomeKind] = {
    TieRule.NOT_ADOPTED: OutcomeKind.NOT_ADOPTED,
    TieRule.TIE: OutcomeKind.TIE,
    TieRule.CASTING_VOTE: OutcomeKind.CASTING_VOTE,
    TieRule.SECOND_VOTE: OutcomeKind.SECOND_VOTE,
}


@dataclass(frozen=True, slots=True)
class MotionRule:
    """How a motion is decided.

    `second_vote` grants one more vote where a special majority is missed; `attempt` says which
    vote this is, from 1. From the second on, the outcome is final.
    """

    majority: Majority
    base: BaseName
    quorum: Quorum | None = None
    tie: TieRule = TieRule.NOT_ADOPTED
    second_vote: bool = False
    attempt: int = 1

    @property
    def is_simple(self) -> bool:
        """Whether this is the simple majority: more in favour than against."""
        return self.base is BaseName.YES_NO and self.majority.is_more_than_half

    def as_json(self) -> dict[str, object]:
        """Return the rule in the shape of the `decide` format, every setting written out."""
        written: dict[str, object] = {
            "kind": "motion",
            "majority": self.majority.as_json(),
            "base": str(self.base),
            "tie": str(self.tie),
            "second_vote": self.second_vote,
            "attempt": self.attempt,
        }
        if self.quorum is not None:
            written["quorum"] = self.quorum.as_json()
        return written


class Shortfall(StrEnum):
    """The first test that a motion failed."""

    QUORUM = "quorum"
    EMPTY_BASE = "empty_base"
    NO_YES = "no_yes"
    EQUAL_VOTE = "equal_vote"
    MAJORITY = "majority"


@dataclass(frozen=True, slots=True)
class MotionExplanation:
    """The figures behind an outcome, as a scrutineer would check them.

    `failed` is the first test that was failed, `None` if the motion is adopted.
    """

    base_name: BaseName
    base: int
    yes: int
    majority: Majority
    needed: int
    failed: Shortfall | None
    quorum: QuorumFinding | None

    def as_json(self) -> dict[str, object]:
        """Return the explanation as plain JSON."""
        return {
            "base_name": str(self.base_name),
            "base": self.base,
            "yes": self.yes,
            "majority": self.majority.as_json(),
            "needed": self.needed,
            "failed": None if self.failed is None else str(self.failed),
            "quorum": None if self.quorum is None else self.quorum.as_json(),
        }


@dataclass(frozen=True, slots=True)
class MotionResult:
    """What became of a motion.

    `needed` is the least yes that carries on this `base`; `tied` says that the vote was equal
    (under more than half of yes and no), whatever the outcome.
    """

    outcome: OutcomeKind
    base: int
    needed: int
    tied: bool
    explain: MotionExplanation

    def as_json(self) -> dict[str, object]:
        """Return the result in the shape of the `decide` format."""
        return {
            "outcome": str(self.outcome),
            "base": self.base,
            "needed": self.needed,
            "tied": self.tied,
            "explain": self.explain.as_json(),
        }


def decide_motion(rule: MotionRule, count: MotionCount) -> MotionResult:
    """Decide a motion.

    The count is taken as it is: that votes fit the roll is the tally's business. Raises
    `Malformed` if the rule needs a figure that the count does not have.
    """
    base = base_of(rule.base, count)
    needed = rule.majority.needed(base)
    tied = rule.is_simple and count.yes == count.no and count.yes > 0
    quorum = None if rule.quorum is None else measure_quorum(rule.quorum, count)
    failed = _shortfall(count.yes, base, needed, tied, quorum)
    return MotionResult(
        _outcome(rule, failed),
        base,
        needed,
        tied,
        MotionExplanation(rule.base, base, count.yes, rule.majority, needed, failed, quorum),
    )


def _shortfall(
    yes: int, base: int, needed: int, tied: bool, quorum: QuorumFinding | None
) -> Shortfall | None:
    if quorum is not None and not quorum.met:
        return Shortfall.QUORUM
    if base == 0:
        return Shortfall.EMPTY_BASE
    if yes >= needed:
        return None
    if yes == 0:
        return Shortfall.NO_YES
    return Shortfall.EQUAL_VOTE if tied else Shortfall.MAJORITY


def _outcome(rule: MotionRule, failed: Shortfall | None) -> OutcomeKind:
    if failed is None:
        return OutcomeKind.ADOPTED
    if failed is Shortfall.QUORUM:
        return OutcomeKind.NO_QUORUM
    if failed is Shortfall.EQUAL_VOTE:
        if rule.tie is TieRule.SECOND_VOTE and rule.attempt > 1:
            return OutcomeKind.NOT_ADOPTED  # equal twice is lost
        return _TIE_OUTCOME[rule.tie]
    if rule.second_vote and rule.attempt == 1 and not rule.is_simple:
        return OutcomeKind.SECOND_VOTE
    return OutcomeKind.NOT_ADOPTED


def needed_if_all_vote(rule: MotionRule, entitled: int, members: int) -> int:
    """Return the least yes that carries if everybody entitled is there and votes yes or no.

    `entitled` is the voting roll, `members` all Members, those who may not vote included.
    """
    size = members if rule.base is BaseName.MEMBERS else entitled
    return rule.majority.needed(size)


def motion_rule_from_json(value: object, path: str = "rule") -> MotionRule:
    """Read a motion rule of the `decide` format; raises `Malformed`."""
    keys = table(
        value,
        path,
        ("kind", "majority", "base"),
        ("quorum", "tie", "second_vote", "attempt"),
    )
    if keys["kind"] != "motion":
        raise Malformed(joined(path, "kind"), 'expected "motion"')
    return MotionRule(
        majority_from_json(keys["majority"], joined(path, "majority")),
        one_of(keys["base"], joined(path, "base"), BaseName),
        quorum_from_json(keys["quorum"], joined(path, "quorum")) if "quorum" in keys else None,
        one_of(keys.get("tie", "not_adopted"), joined(path, "tie"), TieRule),
        flag(keys.get("second_vote", False), joined(path, "second_vote")),
        whole(keys.get("attempt", 1), joined(path, "attempt"), least=1),
    )
