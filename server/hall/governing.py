"""The rule that governs a ballot: the rulebook's, with the assembly's quorum and its weights.

Rule: what the rulebook leaves to the assembly (its quorum of presence, what a Member's vote weighs)
is put into the ballot when it is prepared. A rulebook or a setting that changes later changes no
ballot.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final, assert_never

from server.assembly.assembly import Assembly
from server.ballots.proxies import BY_NAME
from server.ballots.question import Part, Question, Title
from server.hall.desk import BadField
from server.record.motion import quorum_in, rule_of
from server.rules.chambers import AllOfRule
from server.rules.count import BaseName
from server.rules.elections.rule import ElectionBase, ElectionRule
from server.rules.majority import Majority
from server.rules.motion import MotionRule
from server.rules.quorum import Quorum, QuorumBase, QuorumMeasure, QuorumShare
from server.rules.rulebook import DecisionType
from server.vocabulary import Kind, Language, Mode

NOT_BY_NAME: Final = (
    "votes that weigh differently are counted by name; send `recorded` or `roll_call`"
)
"""The remedy where a weighted vote is asked for in a way that names nobody."""


def weights_of(question: Question) -> frozenset[str]:
    """The names of the weights that a ballot is counted by."""
    named = {question.weight, *(part.weight for part in question.parts)}
    return frozenset(weight for weight in named if weight is not None)


def parts_of_rule(decision: DecisionType) -> tuple[Part, ...]:
    """The parts of a double majority, as the ballot keeps them."""
    return tuple(
        Part(
            each.name,
            Title(**{language.value: each.labels[language] for language in Language}),
            each.weight,
        )
        for each in decision.parts
    )


def fault_of_weights(
    assembly: Assembly, decision: DecisionType, kind: Kind, mode: Mode
) -> BadField | None:
    """Whether votes can be counted by the weights that the rulebook asks for."""
    if not decision.weights or kind is not Kind.MOTION:
        return None
    if mode not in BY_NAME:
        return BadField("mode", NOT_BY_NAME)
    for weight in sorted(decision.weights):
        if not any(member.weights.get(weight) for member in assembly.members):
            remedy = f"no Member has the weight `{weight}`; give it in the assembly file"
            return BadField("decision", remedy)
    return None


def motion_on_candidate(rule: ElectionRule) -> MotionRule:
    """The first round's majority, for a vote with yes, no and abstention on one candidate.

    An abstention is what a blank paper is: of valid papers it is no part.
    """
    match rule.base:
        case ElectionBase.VALID:
            base = BaseName.YES_NO
        case ElectionBase.CAST:
            base = BaseName.CAST
        case ElectionBase.MEMBERS:
            base = BaseName.MEMBERS
        case _:
            assert_never(rule.base)
    return MotionRule(majority=rule.majority_in(1), base=base)


def quorum_of(question: Question, assembly: Assembly) -> Quorum | None:
    """The quorum of presence that a ballot is opened with."""
    if question.kind is not Kind.ELECTION:
        return quorum_in(rule_of(question))
    return _with_quorum(
        MotionRule(Majority(1, 2, at_least=False), BaseName.YES_NO), assembly
    ).quorum


def with_quorum(
    rule: MotionRule | AllOfRule, assembly: Assembly, decision: DecisionType | None = None
) -> MotionRule | AllOfRule:
    """The rule with the assembly's quorum of presence, unless it has a quorum of its own.

    A quorum of presence is one of Members: where votes are counted by weight there is none.
    """
    if isinstance(rule, AllOfRule):
        weighted = {each.name for each in decision.parts if each.weight} if decision else set()
        parts = tuple(
            (name, part if name in weighted else _with_quorum(part, assembly))
            for name, part in rule.parts
        )
        return replace(rule, parts=parts)
    if decision is not None and decision.weight is not None:
        return rule
    return _with_quorum(rule, assembly)


def _with_quorum(rule: MotionRule, assembly: Assembly) -> MotionRule:
    setting = assembly.settings.quorum
    if setting is None or rule.quorum is not None:
        return rule
    share = QuorumShare(
        measure=QuorumMeasure.PRESENT,
        share=Majority(setting.of[0], setting.of[1], setting.at_least),
        base=QuorumBase(setting.of_whom),
    )
    return replace(rule, quorum=share)
