"""Double and chamber majorities: several motions that must all be carried.

Rule: adopted only if every part is. A part without a quorum leaves the whole without a decision;
then a part that is lost loses the whole; only then does a part wait for a second vote, for the
Chair, or for the assembly.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from server.rules.count import MotionCount, count_from_json
from server.rules.motion import MotionResult, MotionRule, decide_motion, motion_rule_from_json
from server.rules.reading import Malformed, joined, shown, table
from server.vocabulary import OutcomeKind

_FIRST_THAT_OCCURS = (
    OutcomeKind.NO_QUORUM,
    OutcomeKind.NOT_ADOPTED,
    OutcomeKind.SECOND_VOTE,
    OutcomeKind.CASTING_VOTE,
    OutcomeKind.TIE,
)


@dataclass(frozen=True, slots=True)
class AllOfRule:
    """Motion rules by the name of their part ("states", "population"), in the book's order."""

    parts: tuple[tuple[str, MotionRule], ...]

    def as_json(self) -> dict[str, object]:
        """Return the rule in the shape of the `decide` format."""
        return {"kind": "all_of", "parts": {name: rule.as_json() for name, rule in self.parts}}


@dataclass(frozen=True, slots=True)
class AllOfResult:
    """The outcome of the whole, and the result of each part in the order of the rule."""

    outcome: OutcomeKind
    parts: tuple[tuple[str, MotionResult], ...]

    def as_json(self) -> dict[str, object]:
        """Return the result in the shape of the `decide` format."""
        return {
            "outcome": str(self.outcome),
            "parts": {name: result.as_json() for name, result in self.parts},
        }


def decide_all_of(rule: AllOfRule, counts: Mapping[str, MotionCount]) -> AllOfResult:
    """Decide every part on its own count; raises `Malformed` if a part or a figure is missing."""
    for name in counts:
        if name not in dict(rule.parts):
            raise Malformed(name, f"the rule has no part {shown(name)}; remove this count")
    parts = tuple((name, _decide_part(name, part, counts)) for name, part in rule.parts)
    outcomes = {result.outcome for _, result in parts}
    outcome = next((kind for kind in _FIRST_THAT_OCCURS if kind in outcomes), OutcomeKind.ADOPTED)
    return AllOfResult(outcome, parts)


def _decide_part(name: str, rule: MotionRule, counts: Mapping[str, MotionCount]) -> MotionResult:
    if name not in counts:
        raise Malformed(name, "missing; every part of the rule needs its count")
    try:
        return decide_motion(rule, counts[name])
    except Malformed as problem:
        raise problem.within(name) from None


def all_of_rule_from_json(value: object, path: str = "rule") -> AllOfRule:
    """Read an `all_of` rule of the `decide` format; raises `Malformed`."""
    keys = table(value, path, ("kind", "parts"))
    if keys["kind"] != "all_of":
        raise Malformed(joined(path, "kind"), 'expected "all_of"')
    where = joined(path, "parts")
    parts = keys["parts"]
    if not isinstance(parts, dict) or not parts:
        raise Malformed(where, f"expected an object with at least one part, got {shown(parts)}")
    return AllOfRule(
        tuple(
            (name, motion_rule_from_json(part, joined(where, name))) for name, part in parts.items()
        )
    )


def counts_from_json(value: object, path: str) -> dict[str, MotionCount]:
    """Read the counts of the parts by name; raises `Malformed`."""
    if not isinstance(value, dict):
        raise Malformed(
            path, f"expected an object with one count for each part, got {shown(value)}"
        )
    return {name: count_from_json(count, joined(path, name)) for name, count in value.items()}
