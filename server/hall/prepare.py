"""Prepare a ballot, revise it, adopt an item without a vote.

Rule: the decision type comes from the rulebook, and its rule is written into the ballot. A ballot
whose title is there in every official language is `prepared`, else a `draft` that says what is
missing. "Adopted without a vote" is one action and one entry: there is no ballot to open.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Final

from server.assembly.agenda import AgendaItem
from server.assembly.assembly import Assembly, item_by_number
from server.assembly.roll import freeze_roll
from server.ballots.events import BallotEvent, roll_payload
from server.ballots.life import Ballot, Draft, Prepared
from server.ballots.procedure import may_be_part_of
from server.ballots.question import Question, Title, question_payload
from server.ballots.transitions import WITHOUT_BOX
from server.hall.desk import (
    BadField,
    Desk,
    Done,
    Refusal,
    UnknownBallot,
    find,
    not_allowed,
    refused,
)
from server.hall.governing import (
    fault_of_weights,
    motion_on_candidate,
    parts_of_rule,
    with_quorum,
)
from server.hall.ledger import Plan, Refused
from server.hall.recording import record
from server.hall.standing_for import (
    Nominee,
    candidates_of,
    fault_of_conditions,
    rule_for,
)
from server.hall.state import HallState, assembly_of, present_now
from server.hall.ways import (
    fault_of_disclosure,
    fault_of_linkless,
    fault_of_mode,
    usual_disclosure,
)
from server.locales.election_sentences import person_sentence
from server.locales.sentences import consensus_sentence
from server.ports import CHOICES, CommandKey
from server.record.motion import again, rule_of
from server.rules.chambers import AllOfRule
from server.rules.elections.rule import ElectionRule
from server.rules.motion import MotionRule
from server.rules.rulebook import ORDINARY, DecisionType
from server.vocabulary import CandidateOrder, Choice, Disclosure, Kind, Matter, Mode


@dataclass(frozen=True, slots=True)
class Proposal:
    """A ballot as the operator asks for it. None takes the decision type's or item's setting."""

    title: Title
    kind: Kind
    decision: str
    mode: Mode
    disclosure: Disclosure | None
    document: str | None
    item: str | None
    seconds: int | None
    auto_close: bool
    revocable: bool | None
    test: bool
    candidates: tuple[Nominee, ...] = ()
    order: CandidateOrder = CandidateOrder.DRAWN
    places: int | None = None
    names_per_ballot: int | None = None
    region: str | None = None
    asked: Choice | None = None
    part_of: str | None = None
    part_order: int | None = None
    matter: Matter | None = None


PRESENT: Final = (Choice.YES.value,)
"""The one button of an attendance check, shown as "Present"."""


async def prepare(
    desk: Desk, actor: str, proposal: Proposal, key: CommandKey | None
) -> Done | Refusal:
    """Make a ballot. May raise StoreUnavailable."""
    ballot = desk.ids.ballot_id()
    lot = desk.ids.nonce()

    def decide(state: HallState) -> Plan | Refused[Refusal]:
        question = _question(desk, state, None, proposal, lot)
        if isinstance(question, BadField):
            return refused(question, state)
        payload: dict[str, Any] = {"question": question_payload(question), "reruns": None}
        return Plan((desk.event(BallotEvent.PREPARED.value, ballot, actor, payload),))

    return await record(desk, ballot, decide, key)


async def revise(
    desk: Desk, actor: str, ballot: str, proposal: Proposal, key: CommandKey | None
) -> Done | Refusal:
    """Replace the question of a ballot that is not before the assembly yet."""
    lot = desk.ids.nonce()

    def decide(state: HallState) -> Plan | Refused[Refusal]:
        found = find(state, ballot)
        if isinstance(found, UnknownBallot):
            return refused(found, state)
        if not isinstance(found.state, Draft | Prepared):
            return refused(not_allowed(found, None), state)
        if found.question.election is not None:
            remedy = "a later round stays as it is; cancel it and ask for the round again"
            return refused(BadField("kind", remedy), state)
        question = _question(desk, state, ballot, proposal, lot)
        if isinstance(question, BadField):
            return refused(question, state)
        payload: dict[str, Any] = {"question": question_payload(question)}
        return Plan((desk.event(BallotEvent.REVISED.value, ballot, actor, payload),))

    return await record(desk, ballot, decide, key)


async def adopt_without_vote(
    desk: Desk,
    actor: str,
    item: str,
    title: Title | None,
    reason: str | None,
    key: CommandKey | None,
    candidates: tuple[Nominee, ...] = (),
    region: str | None = None,
) -> Done | Refusal:
    """Adopt an agenda item, or elect these candidates: the chair heard no objection."""
    ballot = desk.ids.ballot_id()
    leased = await desk.box.present()

    def decide(state: HallState) -> Plan | Refused[Refusal]:
        found = item_by_number(assembly_of(state), item)
        if found is None:
            return refused(_unknown_item(assembly_of(state), item), state)
        question = _consensus_question(desk, state, found, title, candidates, region)
        if isinstance(question, BadField):
            return refused(question, state)
        present = present_now(state, leased)
        roll = freeze_roll(assembly_of(state), present, with_proxies=False)
        payload: dict[str, Any] = {
            "question": question_payload(question),
            "roll": roll_payload(roll),
            "members": roll.members_total,
            "result": {
                "outcome": "consensus",
                "base": None,
                "needed": None,
                "tied": False,
                "explain": None,
            },
            "counts": None,
            "sentence": (
                person_sentence(desk.speech, "person-acclaimed", question)
                if question.candidates
                else consensus_sentence(desk.speech, question.matter)
            ).as_json(),
            "reason": reason,
        }
        return Plan((desk.event(BallotEvent.ADOPTED.value, ballot, actor, payload),))

    return await record(desk, ballot, decide, key)


def second_vote_payload(ballot: Ballot) -> dict[str, Any]:
    """The `ballot_prepared` payload of the second vote on a proposal, linked to the first."""
    question = replace(ballot.question, rule=again(rule_of(ballot.question)).as_json())
    return {"question": question_payload(question), "reruns": ballot.id}


def _question(
    desk: Desk, state: HallState, ballot: str | None, proposal: Proposal, lot: bytes
) -> Question | BadField:
    assembly = assembly_of(state)
    fault = (
        fault_of_mode(proposal.kind, proposal.mode, proposal.asked)
        or fault_of_disclosure(proposal.mode, proposal.disclosure)
        or _fault_of_part(state, ballot, proposal)
    )
    if fault is not None:
        return fault
    decision = desk.rulebook.decisions.get(proposal.decision)
    if decision is None:
        known = ", ".join(sorted(desk.rulebook.decisions))
        return BadField("decision", f"not in the rulebook; it has: {known}")
    if proposal.item is not None and item_by_number(assembly, proposal.item) is None:
        return _unknown_item(assembly, proposal.item)
    rule = _rule(decision, proposal)
    if isinstance(rule, BadField):
        return rule
    candidates = candidates_of(assembly, proposal.candidates, proposal.order, lot)
    if isinstance(candidates, BadField):
        return candidates
    fault = fault_of_weights(assembly, decision, proposal.kind, proposal.mode)
    if fault is not None:
        return fault
    names = tuple(each.id for each in candidates)
    electing = isinstance(rule, ElectionRule)
    question = Question(
        title=proposal.title,
        kind=proposal.kind,
        decision=proposal.decision,
        mode=proposal.mode,
        disclosure=proposal.disclosure or usual_disclosure(proposal.mode, decision.disclosure),
        document=proposal.document,
        item=proposal.item,
        seconds=None if proposal.mode in WITHOUT_BOX else proposal.seconds,
        auto_close=proposal.auto_close and proposal.mode not in WITHOUT_BOX,
        revocable=decision.revocable if proposal.revocable is None else proposal.revocable,
        test=proposal.test or proposal.kind is Kind.TEST,
        rule=(
            rule.as_json()
            if isinstance(rule, ElectionRule)
            else with_quorum(rule, assembly, decision).as_json()
        ),
        choices=(names if electing else PRESENT if proposal.kind is Kind.ATTENDANCE else CHOICES),
        candidates=candidates,
        places=rule.places if isinstance(rule, ElectionRule) else 1,
        names_per_ballot=rule.names_per_ballot if isinstance(rule, ElectionRule) else 1,
        region=proposal.region,
        asked=proposal.asked,
        part_of=proposal.part_of,
        part_order=proposal.part_order,
        matter=proposal.matter or _usual_matter(decision, proposal),
        weight=decision.weight if proposal.kind is Kind.MOTION else None,
        parts=parts_of_rule(decision) if isinstance(rule, AllOfRule) else (),
    )
    fault = fault_of_linkless(question)
    return fault or fault_of_conditions(desk.rulebook, state, question, ballot) or question


def _usual_matter(decision: DecisionType, proposal: Proposal) -> Matter:
    """What the Chair calls it unless the operator says otherwise; part of a text is a proposal."""
    if decision.kind is Kind.ELECTION:
        return Matter.APPOINTMENT
    in_text = proposal.part_of is not None and decision.matter is Matter.RESOLUTION
    return Matter.PROPOSAL if in_text else decision.matter


def _rule(
    decision: DecisionType, proposal: Proposal
) -> MotionRule | AllOfRule | ElectionRule | BadField:
    """The rule of this ballot. One candidate may be put as a motion: for, against, abstention."""
    match decision.rule, proposal.kind:
        case ElectionRule() as rule, Kind.ELECTION:
            if not proposal.candidates:
                return BadField("candidates", "name those who stand")
            return rule_for(
                decision, rule, proposal.region, proposal.places, proposal.names_per_ballot
            )
        case ((MotionRule() | AllOfRule()), Kind.ELECTION):
            return BadField("decision", f"`{decision.key}` is a motion, not an election")
        case (MotionRule() | AllOfRule()) as rule, _ if not proposal.candidates:
            return _without_places(proposal) or rule
        case ElectionRule() as rule, Kind.MOTION:
            if len(proposal.candidates) != 1:
                remedy = "as a motion one candidate is put to the vote; for more, send `election`"
                return BadField("candidates", remedy)
            return _without_places(proposal) or motion_on_candidate(rule)
        case _:
            return BadField(
                "candidates" if proposal.candidates else "decision",
                f"`{decision.key}` is not put to the vote like this",
            )


def _without_places(proposal: Proposal) -> BadField | None:
    given = {"places": proposal.places, "names_per_ballot": proposal.names_per_ballot}
    name = next((field for field, value in given.items() if value), None)
    if name is None:
        return None
    return BadField(name, "only an election has it; leave it out, or send kind `election`")


def _fault_of_part(state: HallState, ballot: str | None, proposal: Proposal) -> BadField | None:
    if (proposal.part_of is None) != (proposal.part_order is None):
        lacks = "part_of" if proposal.part_of is None else "part_order"
        return BadField(lacks, "a part needs both: the ballot on the whole, and its place")
    if proposal.part_of is None:
        return None
    if proposal.part_of not in state.ballots:
        return BadField("part_of", f"there is no ballot {proposal.part_of}")
    if not may_be_part_of(state.ballots, ballot, proposal.part_of):
        return BadField("part_of", "a ballot cannot be part of itself, or of one of its parts")
    return None


def _consensus_question(
    desk: Desk,
    state: HallState,
    item: AgendaItem,
    title: Title | None,
    nominees: tuple[Nominee, ...],
    region: str | None,
) -> Question | BadField:
    assembly = assembly_of(state)
    own = Title(item.title.en, item.title.fr, item.title.es, item.title.ar)
    decision = desk.rulebook.decisions.get(item.decision or ORDINARY)
    candidates = candidates_of(assembly, nominees, CandidateOrder.GIVEN, b"")
    if isinstance(candidates, BadField):
        return candidates
    places = 1
    match None if decision is None else decision.rule:
        case (MotionRule() | AllOfRule()) as rule if not candidates:
            written = with_quorum(rule, assembly, decision).as_json()
        case ElectionRule() as election if decision is not None:
            held = rule_for(decision, election, region, None, None)
            if isinstance(held, BadField):
                return held
            places = held.places
            if not 1 <= len(candidates) <= places:
                remedy = f"by acclamation there are 1 to {places} candidates, one for each place"
                return BadField("candidates", remedy)
            written = held.as_json()
        case _:
            return BadField("item", f"item {item.number} is not adopted like this")
    question = Question(
        title=title or own,
        kind=Kind.MOTION,
        decision=item.decision or ORDINARY,
        mode=Mode.CONSENSUS,
        disclosure=Disclosure.NONE,
        document=item.document,
        item=item.number,
        seconds=None,
        auto_close=False,
        revocable=True,
        test=False,
        rule=written,
        choices=(),
        candidates=candidates,
        places=places,
        region=region,
        matter=Matter.RESOLUTION if decision is None else decision.matter,
    )
    return fault_of_conditions(desk.rulebook, state, question, None) or question


def _unknown_item(assembly: Assembly, item: str) -> BadField:
    known = ", ".join(each.number for each in assembly.agenda)
    return BadField("item", f"no item {item} on the agenda; it has: {known}")
