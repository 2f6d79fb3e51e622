"""Double and chamber majorities: several motions that must all be carried.

Rule: adopted only if every part is. A part without a quorum leaves the whole without a decision;
then a part that is lost loses the whole; only then does a part wait for a second vote, for the
Chair, or for the assembly.

A rule may ask for a blocking minority (Treaty on European Union, Article 16(4)): where fewer than
so many in one part are not in favour, the majorities count as reached. It is a key of its own,
`"blocking_minority": {"part": NAME, "at_least": INT}`; without it nothing of the format changes.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from server.rules.count import MotionCount, count_from_json
from server.rules.motion import MotionResult, MotionRule, decide_motion, motion_rule_from_json
from server.rules.reading import Malformed, joined, shown, table, text, whole
from server.vocabulary import OutcomeKind

_FIRST_THAT_OCCURS = (
    OutcomeKind.NO_QUORUM,
    OutcomeKind.NOT_ADOPTED,
    OutcomeKind.SECOND_VOTE,
    OutcomeKind.CASTING_VOTE,
    OutcomeKind.TIE,
)


@dataclass(frozen=True, slots=True)
class BlockingMinority:
    """How many in a part it takes to block: `at_least` of its base who are not in favour."""

    part: str
    at_least: int

    def as_json(self) -> dict[str, object]:
        """Return the setting as plain JSON."""
        return {"part": self.part, "at_least": self.at_least}


@dataclass(frozen=True, slots=True)
class AllOfRule:
    """Motion rules by the name of their part ("states", "population"), in the book's order."""

    parts: tuple[tuple[str, MotionRule], ...]
    blocking_minority: BlockingMinority | None = None

    def as_json(self) -> dict[str, object]:
        """Return the rule in the shape of the `decide` format."""
        written: dict[str, object] = {
            "kind": "all_of",
            "parts": {name: rule.as_json() for name, rule in self.parts},
        }
        if self.blocking_minority is not None:
            written["blocking_minority"] = self.blocking_minority.as_json()
        return written

    def again(self) -> AllOfRule:
        """Return the rule of the second vote."""
        parts = tuple((name, replace(rule, attempt=rule.attempt + 1)) for name, rule in self.parts)
        return replace(self, parts=parts)


@dataclass(frozen=True, slots=True)
class BlockingFinding:
    """How many were not in favour in the part that blocks, and how many it takes."""

    part: str
    against: int
    needed: int

    @property
    def formed(self) -> bool:
        """Whether there is a blocking minority."""
        return self.against >= self.needed

    def as_json(self) -> dict[str, object]:
        """Return the finding as plain JSON."""
        return {
            "part": self.part,
            "against": self.against,
            "needed": self.needed,
            "formed": self.formed,
        }


@dataclass(frozen=True, slots=True)
class AllOfResult:
    """The outcome of the whole, and the result of each part in the order of the rule.

    `blocking` is there where the rule asks for a blocking minority.
    """

    outcome: OutcomeKind
    parts: tuple[tuple[str, MotionResult], ...]
    blocking: BlockingFinding | None = None

    def as_json(self) -> dict[str, object]:
        """Return the result in the shape of the `decide` format."""
        told: dict[str, object] = {
            "outcome": str(self.outcome),
            "parts": {name: result.as_json() for name, result in self.parts},
        }
        if self.blocking is not None:
            told["blocking_minority"] = self.blocking.as_json()
        return told


def decide_all_of(rule: AllOfRule, counts: Mapping[str, MotionCount]) -> AllOfResult:
    """Decide every part on its own count; raises `Malformed` if a part or a figure is missing."""
    for name in counts:
        if name not in dict(rule.parts):
            raise Malformed(name, f"the rule has no part {shown(name)}; remove this count")
    parts = tuple((name, _decide_part(name, part, counts)) for name, part in rule.parts)
    outcomes = {result.outcome for _, result in parts}
    outcome = next((kind for kind in _FIRST_THAT_OCCURS if kind in outcomes), OutcomeKind.ADOPTED)
    blocking = _blocking(rule.blocking_minority, dict(parts))
    if (
        blocking is not None
        and not blocking.formed
        and outcome is not OutcomeKind.NO_QUORUM
        and all(result.explain.yes > 0 for _, result in parts)
    ):
        outcome = OutcomeKind.ADOPTED
    return AllOfResult(outcome, parts, blocking)


def _blocking(
    setting: BlockingMinority | None, results: Mapping[str, MotionResult]
) -> BlockingFinding | None:
    if setting is None:
        return None
    result = results[setting.part]
    against = max(0, result.base - result.explain.yes)
    return BlockingFinding(setting.part, against, setting.at_least)


def _decide_part(name: str, rule: MotionRule, counts: Mapping[str, MotionCount]) -> MotionResult:
    if name not in counts:
        raise Malformed(name, "missing; every part of the rule needs its count")
    try:
        return decide_motion(rule, counts[name])
    except Malformed as problem:
        raise problem.within(name) from None


def all_of_rule_from_json(value: object, path: str = "rule") -> AllOfRule:
    """Read an `all_of` rule of the `decide` format; raises `Malformed`."""
    keys = table(value, path, ("kind", "parts"), ("blocking_minority",))
    if keys["kind"] != "all_of":
        raise Malformed(joined(path, "kind"), 'expected "all_of"')
    where = joined(path, "parts")
    parts = keys["parts"]
    if not isinstance(parts, dict) or not parts:
        raise Malformed(where, f"expected an object with at least one part, got {shown(parts)}")
    return AllOfRule(
        tuple(
            (name, motion_rule_from_json(part, joined(where, name))) for name, part in parts.items()
        ),
        _blocking_minority(keys["blocking_minority"], joined(path, "blocking_minority"), parts)
        if "blocking_minority" in keys
        else None,
    )


def _blocking_minority(value: object, path: str, parts: Collection[str]) -> BlockingMinority:
    keys = table(value, path, ("part", "at_least"))
    part = text(keys["part"], joined(path, "part"))
    if part not in parts:
        raise Malformed(joined(path, "part"), f"expected one of {', '.join(parts)}")
    return BlockingMinority(part, whole(keys["at_least"], joined(path, "at_least"), least=1))


def counts_from_json(value: object, path: str) -> dict[str, MotionCount]:
    """Read the counts of the parts by name; raises `Malformed`."""
    if not isinstance(value, dict):
        raise Malformed(
            path, f"expected an object with one count for each part, got {shown(value)}"
        )
    return {name: count_from_json(count, joined(path, name)) for name, count in value.items()}
