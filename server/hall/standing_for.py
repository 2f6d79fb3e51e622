"""Who stands for election: candidates, their order, and what the assembly's conditions say.

Rule: the order of candidates is made once and stored, so that every seat, language and screen has
the same one. Who cannot stand is refused with the rule that says so; what only needs attention is
an alert. Offices are those held from before this session, and those that this hall has filled.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from random import Random

from server.assembly.assembly import Assembly, member_by_code
from server.assembly.sort_key import sort_key
from server.ballots.life import Ballot, result_of
from server.ballots.paper import BLANK
from server.ballots.question import Candidate, Question, Title
from server.ballots.tellers import RESERVED
from server.hall.desk import BadField
from server.hall.state import HallState, assembly_of
from server.record.election import is_election
from server.rules.conditions import Office, Runner, objection_to, offices_beyond
from server.rules.elections.rule import ElectionRule
from server.rules.rulebook import DecisionType, Rulebook
from server.vocabulary import CandidateOrder, Language, OutcomeKind


@dataclass(frozen=True, slots=True)
class Nominee:
    """A candidate as the operator names it. Without an `id` it gets one."""

    id: str | None
    name: Title
    member: str | None
    photo: str | None = None


def candidates_of(
    assembly: Assembly,
    nominees: Sequence[Nominee],
    order: CandidateOrder,
    lot: bytes,
    before: Collection[str] = (),
) -> tuple[Candidate, ...] | BadField:
    """The candidates in the order of the ballot; `lot` is fresh randomness for the drawing.

    `before` are the ids of an election's earlier rounds, which are given to nobody else.
    """
    taken = [*before, *(each.id for each in nominees if each.id is not None)]
    twice = next((each for each in taken if taken.count(each) > 1), None)
    if twice is not None:
        return BadField("candidates", f"two have the id {twice!r}; give each its own")
    spare = (f"c{n}" for n in range(1, len(nominees) + len(taken) + 1) if f"c{n}" not in taken)
    found: list[Candidate] = []
    for n, each in enumerate(nominees):
        if each.id is not None and (each.id in RESERVED or each.id == BLANK):
            return BadField(f"candidates[{n}].id", f"{each.id!r} is kept for counting; use another")
        if not any(each.name[language] for language in Language):
            return BadField(f"candidates[{n}].name", "give a name in one language at least")
        if each.member is not None and member_by_code(assembly, each.member) is None:
            return BadField(f"candidates[{n}].member", f"there is no Member {each.member!r}")
        found.append(Candidate(each.id or next(spare), each.name, each.member, each.photo))
    match order:
        case CandidateOrder.GIVEN:
            return tuple(found)
        case CandidateOrder.ALPHABETICAL:
            return tuple(sorted(found, key=lambda each: (_key(assembly, each.name), each.id)))
        case CandidateOrder.DRAWN:
            # From their ids, so that the order in which they were given plays no part.
            return tuple(
                Random(lot).sample(sorted(found, key=lambda each: each.id), len(found))  # noqa: S311  # the seed is 256 fresh random bits
            )


def _key(assembly: Assembly, name: Title) -> str:
    languages = (*assembly.languages, *Language)
    language = next((each for each in languages if name[each]), Language.EN)
    return sort_key(language, name[language] or "")


def fault_of_conditions(
    rulebook: Rulebook, state: HallState, question: Question, besides: str | None
) -> BadField | None:
    """Why these candidates cannot stand, or None. `besides` is the ballot itself, if it exists."""
    decision = rulebook.decisions.get(question.decision)
    if decision is None or not question.candidates:
        return None
    objection = objection_to(
        decision.conditions,
        _cited(decision),
        _runners(assembly_of(state), question),
        offices(state, question.election or besides),
        question.region,
        question.places,
    )
    return None if objection is None else BadField(objection.field, objection.remedy)


@dataclass(frozen=True, slots=True)
class Alert:
    """Something that the presiding officer should know before the vote: a message and figures."""

    message: str
    figures: dict[str, int | str]


def alerts_for(rulebook: Rulebook, state: HallState, ballot: Ballot) -> tuple[Alert, ...]:
    """What needs attention in an election that is to be held: it does not block."""
    question = ballot.question
    decision = rulebook.decisions.get(question.decision)
    if decision is None or not question.candidates:
        return ()
    told: list[Alert] = []
    conditions = decision.conditions
    filled = offices(state, question.election or ballot.id)
    held = offices_beyond(conditions, decision.key, filled, question.places)
    if held is not None and conditions.most_offices is not None:
        figures: dict[str, int | str] = {
            "held": held,
            "most": conditions.most_offices,
            "places": question.places,
        }
        told.append(Alert("alarm-too-many-offices", figures))
    unknown = [each.name for each in question.candidates if each.member is None]
    if unknown and (conditions.different_countries or conditions.different_regions):
        names = ", ".join(
            next((text for language in Language if (text := name[language])), "")
            for name in unknown
        )
        told.append(Alert("alarm-country-unknown", {"names": names}))
    return tuple(told)


def offices(state: HallState, besides: str | None) -> tuple[Office, ...]:
    """The offices that are held from before, and those that declared elections of this hall have
    filled, but for one election."""
    assembly = assembly_of(state)
    sitting = [
        Office(each.decision, each.member, None if member is None else member.region)
        for each in assembly.officers
        for member in (member_by_code(assembly, each.member),)
    ]
    filled: dict[tuple[str, str], Office] = {}
    for ballot in state.ballots.values():
        root = ballot.question.election or ballot.id
        if root == besides or ballot.question.test:
            continue
        for each in _elected(ballot):
            runner = _runner(assembly, each)
            filled[root, each.id] = Office(ballot.question.decision, runner.country, runner.region)
    return (*sitting, *filled.values())


def _elected(ballot: Ballot) -> list[Candidate]:
    result = result_of(ballot)
    if result is None:
        return []
    told = result.payload["result"]
    if is_election(ballot.question):
        return [each for each in ballot.question.candidates if each.id in told["elected"]]
    carried = told["outcome"] in (OutcomeKind.ADOPTED.value, OutcomeKind.CONSENSUS.value)
    return list(ballot.question.candidates) if carried else []


def _runners(assembly: Assembly, question: Question) -> list[Runner]:
    return [_runner(assembly, each) for each in question.candidates]


def _runner(assembly: Assembly, candidate: Candidate) -> Runner:
    member = None if candidate.member is None else member_by_code(assembly, candidate.member)
    return Runner(candidate.id, candidate.member, None if member is None else member.region)


def _cited(decision: DecisionType) -> str:
    return "; ".join(decision.shown_articles) or f"the conditions of `{decision.key}`"


def rule_for(
    decision: DecisionType,
    rule: ElectionRule,
    region: str | None,
    places: int | None,
    names_per_ballot: int | None,
) -> ElectionRule | BadField:
    """The election's rule with the places of this ballot: as asked, of the region, or usual."""
    by_region = decision.conditions.places_by_region
    if by_region and region is not None and region not in by_region:
        return BadField("region", f"seats are filled in: {', '.join(by_region)}")
    asked = places or (by_region.get(region) if region is not None else None) or rule.places
    names = names_per_ballot or min(rule.names_per_ballot, asked)
    if names > asked:
        return BadField("names_per_ballot", f"a paper names at most {asked}, one for each place")
    return replace(rule, places=asked, names_per_ballot=names)
