"""Rulebooks: what an assembly decides, and how, as data.

Rule: article numbers and thresholds differ between assemblies and editions, so they stand in TOML
and never in code. A book is read whole or not at all, and an error names file, table and key.

A book has `labels` (its name in four languages), optional `proxies` (how many Members one Member
may vote for besides itself; none if nothing is said), and one table `[decisions.KEY]` for each type
of decision: `labels`, `mode`, `disclosure`, `revocable`, optional `articles`, optional `matter`
(what the Chair calls it: `budget`, `admission`…; a draft resolution if nothing is said), and `rule`
in the shape of the `decide` format. The key `ordinary` must be there, and be a motion. An election
may have `[decisions.KEY.conditions]` on who can stand (see `conditions`). A motion may have
`weight`: the name of the Members' weight that its votes are counted by. A double majority has a
table `[decisions.KEY.parts.NAME]` for each part of its rule: `labels`, and `weight` if it has one.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from importlib.resources import files
from pathlib import Path
from typing import Final, assert_never

from server.rules.chambers import AllOfRule
from server.rules.conditions import NO_CONDITIONS, Conditions, conditions_from_toml
from server.rules.decide import Rule, rule_from_json
from server.rules.elections.rule import ElectionRule
from server.rules.majority import Majority
from server.rules.motion import MotionRule
from server.rules.quorum import QuorumShare
from server.rules.reading import Malformed, flag, joined, one_of, sequence, table, text, whole
from server.vocabulary import Disclosure, Kind, Language, Matter

DEFAULT_RULEBOOK: Final = "interpol"
"""The book of an assembly that names none."""

ORDINARY: Final = "ordinary"
"""The decision type that every book has: what a ballot is if nothing else is said."""

_KEY = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")


class PrescribedMode(StrEnum):
    """How a book wants a decision to be voted on, unless the assembly decides otherwise.

    A book may prescribe a mode that a hall cannot hold yet: the hall's own are in the vocabulary.
    """

    RECORDED = "recorded"
    NON_RECORDED = "non_recorded"
    SECRET = "secret"  # noqa: S105  # a way of voting, not a password
    HANDS = "hands"
    ROLL_CALL = "roll_call"
    PAPER = "paper"


@dataclass(frozen=True, slots=True)
class Article:
    """Where a rule stands. `verified` once somebody has checked it against a published text."""

    reference: str
    verified: bool


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a double majority: what screens call it, and the weight it is counted by."""

    name: str
    labels: Mapping[Language, str]
    weight: str | None


@dataclass(frozen=True, slots=True)
class DecisionType:
    """A type of decision: its rule, and how it is voted on unless decided otherwise.

    `revocable` lets a Member change a vote until the close. `weight` names the Members' weight
    that a motion is counted by, None where each Member counts one; `parts` are those of a double
    majority, in the order of its rule. `new_candidates` lets more candidates into an election's
    later rounds, as long as these are not restricted to those whom the round before left.
    """

    key: str
    labels: Mapping[Language, str]
    rule: Rule
    mode: PrescribedMode
    disclosure: Disclosure
    revocable: bool
    articles: tuple[Article, ...]
    conditions: Conditions = NO_CONDITIONS
    matter: Matter = Matter.RESOLUTION
    weight: str | None = None
    parts: tuple[Part, ...] = ()
    new_candidates: bool = False

    @property
    def weights(self) -> frozenset[str]:
        """The names of all weights that this decision is counted by."""
        named = {self.weight, *(part.weight for part in self.parts)}
        return frozenset(weight for weight in named if weight is not None)

    @property
    def kind(self) -> Kind:
        """Whether Members answer a motion or choose among candidates."""
        match self.rule:
            case MotionRule() | AllOfRule():
                return Kind.MOTION
            case ElectionRule():
                return Kind.ELECTION
            case _:
                assert_never(self.rule)

    @property
    def shown_articles(self) -> tuple[str, ...]:
        """The references that a screen may show: the verified ones."""
        return tuple(article.reference for article in self.articles if article.verified)


@dataclass(frozen=True, slots=True)
class Rulebook:
    """The decision types of an assembly by key, in the order of the book.

    `proxies` is how many Members one Member may vote for besides itself; nought where none may.
    """

    name: str
    labels: Mapping[Language, str]
    decisions: Mapping[str, DecisionType]
    proxies: int = 0


class RulebookError(ValueError):
    """A rulebook that cannot be used; the text names file, table, key and remedy."""


def bundled_rulebooks() -> tuple[str, ...]:
    """Return the names of the books that come with the server."""
    found = (entry.name for entry in (files("server.rules") / "rulebooks").iterdir())
    return tuple(sorted(name.removesuffix(".toml") for name in found if name.endswith(".toml")))


def load_rulebook(name_or_path: str | Path) -> Rulebook:
    """Load a bundled book by its name, or a hall's own by the path of a `.toml` file.

    Raises `RulebookError` if there is none, or if it is not valid.
    """
    if isinstance(name_or_path, Path) or name_or_path.endswith(".toml"):
        path = Path(name_or_path)
        try:
            content = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as problem:
            raise RulebookError(f"{path}: cannot be read: {problem}") from problem
        return rulebook_from_toml(content, str(path), path.stem)
    if name_or_path not in bundled_rulebooks():
        raise RulebookError(
            f"there is no rulebook {name_or_path!r}; choose one of "
            f"{', '.join(bundled_rulebooks())}, or give the path of a .toml file"
        )
    file = f"{name_or_path}.toml"
    content = (files("server.rules") / "rulebooks" / file).read_text(encoding="utf-8")
    return rulebook_from_toml(content, file, name_or_path)


def rulebook_from_toml(content: str, file: str, name: str) -> Rulebook:
    """Read a book from its text; `file` is what errors call it. Raises `RulebookError`."""
    try:
        return _rulebook(tomllib.loads(content), name)
    except tomllib.TOMLDecodeError as problem:
        raise RulebookError(f"{file}: not TOML: {problem}") from problem
    except Malformed as problem:
        place, _, key = problem.path.rpartition(".")
        where = f"[{place}] {key}" if place else key
        raise RulebookError(f"{file}: {where}: {problem.problem}") from problem


def _rulebook(value: object, name: str) -> Rulebook:
    keys = table(value, "", ("labels", "decisions"), ("proxies",))
    decisions = keys["decisions"]
    if not isinstance(decisions, dict):
        raise Malformed("decisions", "expected a table [decisions.KEY] for each decision type")
    read = {key: _decision(key, entry) for key, entry in decisions.items()}
    if ORDINARY not in read:
        raise Malformed(f"decisions.{ORDINARY}", "missing; every book needs this decision type")
    for key, entry in read.items():
        _check_conditions(entry, read, f"decisions.{key}.conditions")
    if read[ORDINARY].kind is not Kind.MOTION:
        raise Malformed(f"decisions.{ORDINARY}.rule", "expected the rule of a motion")
    proxies = whole(keys.get("proxies", 0), "proxies")
    return Rulebook(name, _labels(keys["labels"], "labels"), read, proxies)


def _decision(key: str, value: object) -> DecisionType:
    path = f"decisions.{key}"
    if not _KEY.fullmatch(key):
        raise Malformed(path, "expected a key of small letters, digits and single underscores")
    keys = table(
        value,
        path,
        ("labels", "rule", "mode", "disclosure", "revocable"),
        ("articles", "conditions", "matter", "weight", "parts", "new_candidates"),
    )
    rule = rule_from_json(keys["rule"], joined(path, "rule"))
    for where, majority in _majorities(rule, joined(path, "rule")):
        if not majority.can_be_reached:
            problem = 'more than all can never be reached; use "at_least = true"'
            raise Malformed(joined(where, "at_least"), problem)
    return DecisionType(
        key,
        _labels(keys["labels"], joined(path, "labels")),
        rule,
        one_of(keys["mode"], joined(path, "mode"), PrescribedMode),
        one_of(keys["disclosure"], joined(path, "disclosure"), Disclosure),
        flag(keys["revocable"], joined(path, "revocable")),
        _articles(keys["articles"], joined(path, "articles")) if "articles" in keys else (),
        conditions_from_toml(keys["conditions"], joined(path, "conditions"))
        if "conditions" in keys
        else NO_CONDITIONS,
        one_of(keys.get("matter", Matter.RESOLUTION.value), joined(path, "matter"), Matter),
        _weight(keys, rule, path),
        _parts(keys.get("parts", {}), rule, joined(path, "parts")),
        _new_candidates(keys, rule, path),
    )


def _new_candidates(keys: Mapping[str, object], rule: Rule, path: str) -> bool:
    if "new_candidates" not in keys:
        return False
    if not isinstance(rule, ElectionRule):
        problem = "only an election has rounds that somebody can come into; leave it out"
        raise Malformed(joined(path, "new_candidates"), problem)
    if rule.reduction.shortens(2):
        problem = (
            "every round after the first is restricted to those whom the one before left; leave it "
            "out, or let `reduce` begin later, with `from_round`"
        )
        raise Malformed(joined(path, "new_candidates"), problem)
    return flag(keys["new_candidates"], joined(path, "new_candidates"))


def _weight(keys: Mapping[str, object], rule: Rule, path: str) -> str | None:
    if "weight" not in keys:
        return None
    if not isinstance(rule, MotionRule):
        problem = "only a motion has a weight; a double majority has one in each part"
        raise Malformed(joined(path, "weight"), problem)
    return text(keys["weight"], joined(path, "weight"))


def _parts(value: object, rule: Rule, path: str) -> tuple[Part, ...]:
    """The parts of a double majority; every part of the rule is described, and no other."""
    names = tuple(name for name, _ in rule.parts) if isinstance(rule, AllOfRule) else ()
    keys = table(value, path, names)
    return tuple(_part(name, keys[name], joined(path, name)) for name in names)


def _part(name: str, value: object, path: str) -> Part:
    keys = table(value, path, ("labels",), ("weight",))
    return Part(
        name,
        _labels(keys["labels"], joined(path, "labels")),
        text(keys["weight"], joined(path, "weight")) if "weight" in keys else None,
    )


def _check_conditions(decision: DecisionType, known: Mapping[str, DecisionType], path: str) -> None:
    conditions = decision.conditions
    if conditions != NO_CONDITIONS and decision.kind is not Kind.ELECTION:
        raise Malformed(path, "only an election has conditions; leave the table out")
    named = {
        "different_countries": conditions.different_countries,
        "different_regions": conditions.different_regions,
    }
    for name, decisions in named.items():
        for other in decisions:
            if other not in known:
                raise Malformed(joined(path, name), f"{other!r} is no decision type of this book")


def _majorities(rule: Rule, path: str) -> Iterator[tuple[str, Majority]]:
    """Yield every majority and quorum share in a rule, with its path."""
    match rule:
        case MotionRule():
            yield joined(path, "majority"), rule.majority
            if isinstance(rule.quorum, QuorumShare):
                yield joined(path, "quorum"), rule.quorum.share
        case AllOfRule():
            for name, part in rule.parts:
                yield from _majorities(part, joined(path, f"parts.{name}"))
        case ElectionRule():
            for i, entry in enumerate(rule.majorities):
                yield joined(path, f"majority[{i}]"), entry.majority
        case _:
            assert_never(rule)


def _labels(value: object, path: str) -> Mapping[Language, str]:
    keys = table(value, path, tuple(Language))
    return {language: text(keys[language], joined(path, language)) for language in Language}


def _articles(value: object, path: str) -> tuple[Article, ...]:
    return tuple(_article(entry, f"{path}[{i}]") for i, entry in enumerate(sequence(value, path)))


def _article(value: object, path: str) -> Article:
    keys = table(value, path, ("reference", "verified"))
    return Article(
        text(keys["reference"], joined(path, "reference")),
        flag(keys["verified"], joined(path, "verified")),
    )
