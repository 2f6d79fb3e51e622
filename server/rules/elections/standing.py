"""Where an election stands after each round, folded from the rounds counted so far.

Rule: one round makes one new standing from the one before. A tie that decides something stays
open in the standing until a tie ballot, or the round that the assembly holds next, settles it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import assert_never

from server.rules.elections.cut import cut, highest_first
from server.rules.elections.round import RoundCount
from server.rules.elections.rule import ElectionRule, ElectionTie, LastTie, ReduceMethod
from server.rules.majority import Majority
from server.rules.reading import Malformed, shown


class Stake(StrEnum):
    """What a tie decides: who is elected, or who stays on the list."""

    ELECTION = "election"
    LIST = "list"


class Settling(StrEnum):
    """How an open tie is to be settled."""

    TIE_BALLOT = "tie_ballot"
    LOTS = "lots"
    ASK = "ask"


@dataclass(frozen=True, slots=True)
class OpenTie:
    """Candidates with equal votes of whom only `places` can be elected, or stay on the list."""

    stake: Stake
    names: tuple[str, ...]
    places: int
    settling: Settling


@dataclass(frozen=True, slots=True)
class Standing:
    """An election between two ballots.

    `elected` so far, highest first within each round; `places` still to be filled, those at stake
    in an open tie included; `field` who certainly stands in the next round; `needed` and `base`
    are of the ballot counted last (in a tie ballot the highest wins, with at least one vote).
    """

    round: int
    elected: tuple[str, ...]
    eliminated: tuple[str, ...]
    places: int
    field: tuple[str, ...]
    tie: OpenTie | None
    base: int
    needed: int

    @property
    def over(self) -> bool:
        """Whether every place is filled."""
        return self.places == 0


def before(rule: ElectionRule) -> Standing:
    """Return the standing before the first round."""
    return Standing(0, (), (), rule.places, (), None, 0, 0)


def after(rule: ElectionRule, standing: Standing, count: RoundCount) -> Standing:
    """Return the standing after one more ballot; raises `Malformed` if it cannot follow."""
    if standing.over:
        raise Malformed(
            "", "the ballots before this one filled every place; leave it out, or check them"
        )
    for name in count.votes:
        if name in standing.elected:
            raise Malformed(
                f"votes.{name}", "elected in a ballot before this one; leave the name out"
            )
    if count.tie_ballot:
        return _after_tie_ballot(rule, standing, count)
    return _after_round(rule, _settled_outside(standing, count), count)


def _settled_outside(standing: Standing, count: RoundCount) -> Standing:
    """Close a tie that lots or the Chair settled: who is not in the next round dropped out."""
    tie = standing.tie
    if tie is None:
        return standing
    if tie.stake is Stake.ELECTION or tie.settling is Settling.TIE_BALLOT:
        return replace(standing, tie=None)  # whoever is missing withdrew
    gone = tuple(name for name in tie.names if name not in count.votes)
    return replace(standing, tie=None, eliminated=standing.eliminated + gone)


def _after_round(rule: ElectionRule, standing: Standing, count: RoundCount) -> Standing:
    number = standing.round + 1
    majority = rule.majority_in(number)
    base = count.size_of(rule.base)
    needed = majority.needed(base)
    # A book may open the list again: who stands in this round has not dropped out, or not yet.
    dropped = tuple(name for name in standing.eliminated if name not in count.votes)
    counted = replace(
        standing, round=number, base=base, needed=needed, field=(), eliminated=dropped
    )
    # A paper count of nought with votes on it is an empty base, and an empty base never elects.
    reached = [name for name, n in count.votes.items() if n >= needed and base > 0]
    line = cut(count.votes, reached, standing.places)
    elected = standing.elected + line.above
    places = standing.places - len(line.above)
    rest = tuple(name for name in count.votes if name not in line.above)
    counted = replace(counted, elected=elected, places=places)
    if line.tied:
        return replace(counted, tie=_election_tie(rule, line.tied, line.open_places))
    if counted.over:
        return counted
    if standing.places == 1 and _equally_divided(majority, base, count):
        return replace(counted, tie=_election_tie(rule, rest, 1))
    return _with_next_list(rule, counted, count, rest)


def _equally_divided(majority: Majority, base: int, count: RoundCount) -> bool:
    """Whether two candidates for one place have half of the base each.

    Nobody has more than half then, and one vote more would elect: the tie is what decides. Under
    a special majority it is not, and the next round is held with both.
    """
    figures = list(count.votes.values())
    return (
        majority.is_more_than_half
        and len(figures) == 2
        and base > 0
        and all(2 * n == base for n in figures)
    )


def _with_next_list(
    rule: ElectionRule, standing: Standing, count: RoundCount, rest: tuple[str, ...]
) -> Standing:
    if standing.round + 1 < rule.reduction.from_round:
        return replace(standing, field=rest)
    line = cut(count.votes, rest, _kept(rule.reduction.method, len(rest), standing.places))
    if set(line.tied) == set(rest):
        return replace(standing, field=rest)  # all are tied for last: repeated with all
    return replace(
        standing,
        field=line.above,
        eliminated=standing.eliminated + line.below,
        tie=_list_tie(rule, line.tied, line.open_places) if line.tied else None,
    )


def _kept(method: ReduceMethod, standing: int, places: int) -> int:
    """Return how many of the `standing` candidates stay for `places`.

    Always one more than there are places: dropping out must not leave an uncontested place.
    """
    match method:
        case ReduceMethod.NONE:
            return standing
        case ReduceMethod.DROP_LAST:
            kept = standing - 1
        case ReduceMethod.TOP_TWO:
            kept = 2
        case ReduceMethod.TWICE_PLACES:
            kept = 2 * places
        case _:
            assert_never(method)
    return max(kept, places + 1)


def _after_tie_ballot(rule: ElectionRule, standing: Standing, count: RoundCount) -> Standing:
    tie = standing.tie
    if tie is None:
        raise Malformed("tie_ballot", "no tie was open before this ballot; leave the key out")
    for name in count.votes:
        if name not in tie.names:
            raise Malformed(
                f"votes.{name}",
                f"not among the tied candidates {shown(sorted(tie.names))}; leave the name out",
            )
    line = cut(count.votes, tuple(count.votes), tie.places)
    counted = replace(standing, base=count.valid, needed=1, tie=None)
    match tie.stake:
        case Stake.ELECTION:
            return replace(
                counted,
                elected=standing.elected + highest_first(count.votes, line.above),
                places=standing.places - len(line.above),
                tie=_election_tie(rule, line.tied, line.open_places, again=True)
                if line.tied
                else None,
            )
        case Stake.LIST:
            return replace(
                counted,
                field=standing.field + line.above,
                eliminated=standing.eliminated + line.below,
                tie=_list_tie(rule, line.tied, line.open_places) if line.tied else None,
            )
        case _:
            assert_never(tie.stake)


def _election_tie(
    rule: ElectionRule, names: tuple[str, ...], places: int, *, again: bool = False
) -> OpenTie:
    match rule.election_tie:
        case ElectionTie.TIE_BALLOT_THEN_LOTS:
            settling = Settling.LOTS if again else Settling.TIE_BALLOT
        case ElectionTie.LOTS:
            settling = Settling.LOTS
        case ElectionTie.ASK:
            settling = Settling.ASK
        case _:
            assert_never(rule.election_tie)
    return OpenTie(Stake.ELECTION, names, places, settling)


def _list_tie(rule: ElectionRule, names: tuple[str, ...], places: int) -> OpenTie:
    match rule.last_tie:
        case LastTie.TIE_BALLOT:
            settling = Settling.TIE_BALLOT
        case LastTie.LOTS:
            settling = Settling.LOTS
        case LastTie.ASK:
            settling = Settling.ASK
        case _:
            assert_never(rule.last_tie)
    return OpenTie(Stake.LIST, names, places, settling)
