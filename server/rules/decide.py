"""Cases of the `decide` format: a rule and its figures in, a result out, as plain JSON values.

Rule: nothing in a case is guessed. Every key is known, and a case that cannot be decided names
the key and the remedy.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from server.rules.chambers import (
    AllOfRule,
    all_of_rule_from_json,
    counts_from_json,
    decide_all_of,
)
from server.rules.count import count_from_json
from server.rules.elections.election import decide_election
from server.rules.elections.round import rounds_from_json
from server.rules.elections.rule import ElectionRule, election_rule_from_json
from server.rules.motion import MotionRule, decide_motion, motion_rule_from_json
from server.rules.reading import Malformed, joined, shown, table

_IGNORED = ("source", "expect")

Rule = MotionRule | AllOfRule | ElectionRule
"""Any rule that the engine decides by."""


def rule_from_json(value: object, path: str = "rule") -> Rule:
    """Read a rule of any kind; raises `Malformed`."""
    if not isinstance(value, dict):
        raise Malformed(path, f"expected an object with keys, got {shown(value)}")
    match value.get("kind"):
        case "motion":
            return motion_rule_from_json(value, path)
        case "all_of":
            return all_of_rule_from_json(value, path)
        case "election":
            return election_rule_from_json(value, path)
        case None:
            raise Malformed(joined(path, "kind"), "missing; add motion, all_of or election")
        case other:
            problem = f"expected one of motion, all_of, election; got {shown(other)}"
            raise Malformed(joined(path, "kind"), problem)


def decide_case(
    case: object, read_rule: Callable[[object], Rule] = rule_from_json
) -> dict[str, object]:
    """Decide one case and return `{"id", ...result}`; raises `Malformed`.

    `source` and `expect` are ignored. `read_rule` may remember rules that it has read, for a
    batch says the same rule many times.
    """
    keys = table(case, "", ("id", "rule"), ("count", "rounds", *_IGNORED))
    rule = read_rule(keys["rule"])
    figures, others = ("rounds", "count") if isinstance(rule, ElectionRule) else ("count", "rounds")
    if figures not in keys or others in keys:
        table(case, "", ("id", "rule", figures), _IGNORED)
    return {"id": _id(keys["id"]), **_decide(rule, keys[figures])}


def _decide(rule: Rule, figures: object) -> Mapping[str, object]:
    match rule:
        case MotionRule():
            return _decide_motion(rule, figures)
        case AllOfRule():
            counts = counts_from_json(figures, "count")
            try:
                return decide_all_of(rule, counts).as_json()
            except Malformed as problem:
                raise problem.within("count") from None
        case ElectionRule():
            return decide_election(rule, rounds_from_json(figures, "rounds")).as_json()


def _decide_motion(rule: MotionRule, figures: object) -> dict[str, object]:
    count = count_from_json(figures, "count")
    try:
        return decide_motion(rule, count).as_json()
    except Malformed as problem:
        raise problem.within("count") from None


def _id(value: object) -> str | int:
    if isinstance(value, str) or type(value) is int:
        return value
    raise Malformed("id", f"expected a text or a whole number, got {shown(value)}")
