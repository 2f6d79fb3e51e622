"""What holds in every election: played ballot by ballot with random votes, ties on purpose."""

from __future__ import annotations

import json
from dataclasses import dataclass

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from server.rules.elections.election import (
    DrawLots,
    NextBallot,
    TieBallot,
    decide_election,
)
from server.rules.elections.round import RoundCount
from server.rules.elections.rule import (
    ElectionBase,
    ElectionRule,
    ElectionTie,
    LastTie,
    ReduceMethod,
    Reduction,
    RoundMajority,
    election_rule_from_json,
)
from tests.rules.test_majority import majorities

NAMES = "ABCDEFG"

election_rules = st.builds(
    ElectionRule,
    places=st.integers(1, 4),
    names_per_ballot=st.integers(1, 4),
    majorities=st.lists(
        st.builds(RoundMajority, majorities(), st.none() | st.integers(1, 3)),
        min_size=1,
        max_size=3,
    ).map(tuple),
    base=st.sampled_from(ElectionBase),
    reduction=st.builds(Reduction, st.sampled_from(ReduceMethod), st.integers(2, 4)),
    last_tie=st.sampled_from(LastTie),
    election_tie=st.sampled_from(ElectionTie),
)


@dataclass(frozen=True)
class Election:
    rule: ElectionRule
    rounds: tuple[RoundCount, ...]


@st.composite
def elections(draw: st.DrawFn) -> Election:
    """An election held as the engine says, until it is over, stuck, or long enough."""
    rule = draw(election_rules)
    rounds: list[RoundCount] = []
    names: tuple[str, ...] = tuple(NAMES[: draw(st.integers(1, len(NAMES)))])
    tie_ballot = False
    for _ in range(draw(st.integers(1, 5))):
        votes = {name: draw(st.integers(0, 5)) for name in draw(st.permutations(names))}
        ballots = draw(st.none() | st.integers(max(votes.values()), 12))
        blank, spoilt = draw(st.integers(0, 2)), draw(st.integers(0, 2))
        rounds.append(RoundCount(votes, blank, spoilt, ballots, 12, tie_ballot))
        step = decide_election(rule, rounds).next
        tie_ballot = isinstance(step, TieBallot)
        if not isinstance(step, NextBallot | TieBallot) or not step.names:
            break
        names = step.names
    return Election(rule, tuple(rounds))


@given(elections())
def test_nobody_is_in_two_lists_and_no_place_is_lost(election: Election) -> None:
    result = decide_election(election.rule, election.rounds)
    next_names = () if result.next is None else result.next.names
    everybody = [*result.elected, *result.eliminated, *next_names]
    assert len(everybody) == len(set(everybody))
    assert len(result.elected) <= election.rule.places
    assert (result.next is None) == (len(result.elected) == election.rule.places)
    if isinstance(result.next, NextBallot):
        assert result.next.places == election.rule.places - len(result.elected)


@given(elections())
def test_whoever_is_elected_in_a_round_reached_the_majority(election: Election) -> None:
    before: tuple[str, ...] = ()
    for n, count in enumerate(election.rounds, start=1):
        result = decide_election(election.rule, election.rounds[:n])
        assert result.elected[: len(before)] == before
        new = result.elected[len(before) :]
        figures = [count.votes[name] for name in new]
        assert figures == sorted(figures, reverse=True)
        assert all(votes >= result.needed for votes in figures) or count.tie_ballot
        before = result.elected


@given(elections())
def test_nobody_passes_another_with_as_many_votes(election: Election) -> None:
    count = election.rounds[-1]
    before = decide_election(election.rule, election.rounds[:-1]) if election.rounds[1:] else None
    result = decide_election(election.rule, election.rounds)
    new = set(result.elected) - set(before.elected if before else ())
    lost = set(count.votes) - new
    if new and lost:
        assert min(count.votes[name] for name in new) > max(count.votes[name] for name in lost)
    dropped = set(result.eliminated) - set(before.eliminated if before else ())
    dropped &= set(count.votes)
    stays = set(count.votes) - dropped
    if dropped and stays:
        assert max(count.votes[name] for name in dropped) < min(count.votes[name] for name in stays)


@given(elections(), st.permutations(NAMES))
def test_neither_names_nor_their_order_decide(election: Election, other_names: list[str]) -> None:
    renamed = dict(zip(NAMES, other_names, strict=True))
    again = [
        RoundCount(
            dict(reversed([(renamed[name], n) for name, n in count.votes.items()])),
            count.abstain,
            count.invalid,
            count.ballots,
            count.members,
            count.tie_ballot,
        )
        for count in election.rounds
    ]
    one = decide_election(election.rule, election.rounds)
    two = decide_election(election.rule, again)
    assert {renamed[name] for name in one.elected} == set(two.elected)
    assert {renamed[name] for name in one.eliminated} == set(two.eliminated)
    assert type(one.next) is type(two.next)
    if one.next is not None and two.next is not None:
        assert {renamed[name] for name in one.next.names} == set(two.next.names)
    assert (one.base, one.needed, one.round) == (two.base, two.needed, two.round)


# Many elections have no winner or no loser in their last round: those are left out.
@settings(suppress_health_check=[HealthCheck.filter_too_much])
@given(elections(), st.data())
def test_a_vote_won_from_another_never_loses_the_place(
    election: Election, data: st.DataObject
) -> None:
    result = decide_election(election.rule, election.rounds)
    last = election.rounds[-1]
    winners = [name for name in result.elected if name in last.votes]
    losers = [name for name, n in last.votes.items() if name not in winners and n > 0]
    assume(winners and losers)
    winner, loser = data.draw(st.sampled_from(winners)), data.draw(st.sampled_from(losers))
    votes = {**last.votes, winner: last.votes[winner] + 1, loser: last.votes[loser] - 1}
    moved = RoundCount(
        votes, last.abstain, last.invalid, last.ballots, last.members, last.tie_ballot
    )
    again = decide_election(election.rule, [*election.rounds[:-1], moved])
    assert winner in again.elected


@given(elections())
def test_lots_are_drawn_only_where_the_rule_allows_them(election: Election) -> None:
    result = decide_election(election.rule, election.rounds)
    if isinstance(result.next, DrawLots):
        assert len(result.next.names) >= 2
        assert result.tie is not None
        assert 0 < result.tie.places < len(result.next.names)
        assert (
            election.rule.last_tie is LastTie.LOTS
            or election.rule.election_tie is ElectionTie.LOTS
            or election.rounds[-1].tie_ballot
        )


@given(election_rules)
def test_rule_survives_json(rule: ElectionRule) -> None:
    assert election_rule_from_json(json.loads(json.dumps(rule.as_json()))) == rule
