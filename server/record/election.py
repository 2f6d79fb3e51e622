"""An election, counted from the papers of all of its ballots.

Rule: the result of a ballot follows from every declared ballot of its election, oldest first, by
the election's own rule. Lots and the Chair settle a tie by an event of their own; nothing is ever
settled silently. What is computed here is computed again, by the same code, when a record is
verified.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, assert_never

from server.assembly.roll import Roll
from server.ballots.life import Ballot, CastVote, Closure, closure_of, result_of, roll_of
from server.ballots.paper import names_on
from server.ballots.proxies import choices_by_member
from server.ballots.question import Question
from server.ballots.tellers import Tally
from server.rules.elections.election import (
    AskChair,
    DrawLots,
    ElectionResult,
    NextBallot,
    NextStep,
    TieBallot,
    decide_election,
)
from server.rules.elections.round import RoundCount
from server.rules.elections.rule import (
    ElectionBase,
    ElectionRule,
    election_rule_from_json,
)
from server.rules.elections.standing import Stake
from server.vocabulary import Kind, OutcomeKind


@dataclass(frozen=True, slots=True)
class Round:
    """One counted ballot of an election."""

    question: Question
    roll: Roll
    closure: Closure


@dataclass(frozen=True, slots=True)
class Papers:
    """The papers of a round: votes by candidate in the order of the ballot, and the papers with
    a name, without one, and spoilt."""

    votes: Mapping[str, int]
    ballots: int
    blank: int
    invalid: int

    @property
    def voted(self) -> int:
        """All papers, blank and spoilt ones included."""
        return self.ballots + self.blank + self.invalid


def papers_of(question: Question, roll: Roll, closure: Closure) -> Papers:
    """Count the papers one by one: each candidate that is named gets one vote.

    A paper that was cast for another Member as well counts for both. Where tellers counted
    papers, their tally stands.
    """
    told = closure.tally
    if told is not None:
        return Papers(dict(told.counts), told.ballots, told.blank, told.invalid)
    return papers_in(question, list(choices_by_member(roll, closure.votes).values()))


def papers_in(question: Question, choices: Sequence[str]) -> Papers:
    """The papers of these votes, each as its one text."""
    tally: Counter[str] = Counter()
    blank = 0
    for choice in choices:
        names = names_on(choice)
        tally.update(names)
        blank += not names
    votes = {each: tally[each] for each in question.choices}
    return Papers(votes, len(choices) - blank, blank, 0)


def tally_of_votes(question: Question, votes: Sequence[CastVote]) -> Tally:
    """The votes of a ballot that keeps no more of them than their sums."""
    if is_election(question):
        papers = papers_in(question, [vote.choice for vote in votes])
        return Tally(tuple(papers.votes.items()), papers.ballots, papers.blank, papers.invalid)
    counted = Counter(vote.choice for vote in votes)
    return Tally(tuple((each, counted[each]) for each in question.choices), len(votes), 0, 0)


def count_of(counted: Round) -> RoundCount:
    """The figures of a round as the rules take them."""
    papers = papers_of(counted.question, counted.roll, counted.closure)
    return RoundCount(
        votes=papers.votes,
        abstain=papers.blank,
        invalid=papers.invalid,
        ballots=papers.ballots,
        members=counted.roll.members_total,
        tie_ballot=counted.question.is_tie_ballot,
    )


def rule_of_election(question: Question) -> ElectionRule:
    """The rule that the election was prepared under. Raises `Malformed`."""
    return election_rule_from_json(question.rule)


def ballots_of(ballots: Mapping[str, Ballot], ballot: Ballot) -> tuple[Ballot, ...]:
    """The ballots of an election up to this one, oldest first.

    Those that were cancelled or void are left out: they were held again.
    """
    line = [ballot]
    seen = {ballot.id}
    earlier = ballot.reruns
    while earlier is not None and earlier in ballots and earlier not in seen:
        seen.add(earlier)
        found = ballots[earlier]
        if result_of(found) is not None:
            line.append(found)
        earlier = found.reruns
    return tuple(reversed(line))


def rounds_of(ballots: Sequence[Ballot]) -> tuple[Round, ...]:
    """The counted rounds of these ballots; whatever was not closed is left out."""
    return tuple(
        Round(each.question, roll, closure)
        for each in ballots
        if (roll := roll_of(each)) is not None and (closure := closure_of(each)) is not None
    )


def decide_rounds(rounds: Sequence[Round]) -> dict[str, Any]:
    """The result after the last of these rounds, as it is declared. Raises `Malformed`."""
    question = rounds[-1].question
    rule = rule_of_election(question)
    result = decide_election(rule, [count_of(each) for each in rounds])
    return result_payload(rule, result)


def result_payload(rule: ElectionRule, result: ElectionResult) -> dict[str, Any]:
    """An election's result as the journal keeps it.

    `places` are those that what comes next is about: the places left over, or those that a tie
    is about. `list` are the candidates who stay in any case while a tie decides who stays too.
    """
    papers = "" if rule.base is ElectionBase.MEMBERS else "-papers"
    tie = result.tie
    return {
        "outcome": outcome_of(result.next).value,
        "base": result.base,
        "needed": result.needed,
        "tied": tie is not None,
        "explain": {"base_name": f"{rule.base.value}{papers}", "quorum": None},
        "elected": list(result.elected),
        "eliminated": list(result.eliminated),
        "next": None if result.next is None else result.next.as_json(),
        "round": result.round,
        "places": result.places if tie is None else tie.places,
        "stake": None if tie is None else tie.stake.value,
        "list": list(result.field),
        "left": result.places,
    }


def outcome_of(step: NextStep | None) -> OutcomeKind:
    """How a round ended, by what comes next."""
    match step:
        case None:
            return OutcomeKind.ELECTED
        case NextBallot():
            return OutcomeKind.NEXT_ROUND
        case TieBallot():
            return OutcomeKind.TIE_BALLOT
        case DrawLots():
            return OutcomeKind.LOTS
        case AskChair():
            return OutcomeKind.ASK
        case _:
            assert_never(step)


def tied_in(result: Mapping[str, Any]) -> tuple[str, ...]:
    """The candidates whose tie lots or the Chair have to settle; empty where there is none."""
    following = result.get("next") or {}
    return tuple(following.get("lots") or following.get("ask") or ())


def next_candidates(result: Mapping[str, Any]) -> tuple[str, ...]:
    """Who stands in the next round or in the tie ballot; empty where there is none."""
    following = result.get("next") or {}
    return tuple(following.get("ballot") or following.get("tie_ballot") or ())


def is_restricted(question: Question, result: Mapping[str, Any]) -> bool:
    """Whether the ballot after this round is held between those only whom it left.

    `round` counts without tie ballots, so a list that a tie ballot shortened is restricted too.
    """
    return rule_of_election(question).reduction.shortens(int(result["round"]) + 1)


def settled(result: Mapping[str, Any], names: Sequence[str]) -> dict[str, Any]:
    """The result once a tie was settled for these names, as many as there are places at stake.

    All of the tied instead: the Chair has another round held between them. ValueError if the
    names are neither.
    """
    tied, places = tied_in(result), result["places"]
    chosen = list(dict.fromkeys(names))
    if not tied or not set(chosen) <= set(tied) or len(chosen) not in (places, len(tied)):
        raise ValueError(f"name {places} of those who are tied: {', '.join(tied)}")
    plain = {**result, "tied": False, "stake": None}
    if result["stake"] == Stake.ELECTION.value and len(chosen) == places:
        left = result["left"] - places
        return {
            **plain,
            "outcome": OutcomeKind.ELECTED.value,
            "elected": [*result["elected"], *chosen],
            "next": None,
            "places": left,
            "left": left,
        }
    gone = [] if len(chosen) == len(tied) else [each for each in tied if each not in chosen]
    return {
        **plain,
        "outcome": OutcomeKind.NEXT_ROUND.value,
        "eliminated": [*result["eliminated"], *gone],
        "next": {"ballot": sorted([*result["list"], *chosen]), "places": result["left"]},
        "places": result["left"],
        "list": sorted([*result["list"], *chosen]),
    }


def is_election(question: Question) -> bool:
    """Whether candidates were voted on with papers."""
    return question.kind is Kind.ELECTION
