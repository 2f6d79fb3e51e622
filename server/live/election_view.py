"""A round of an election, as the hall may see it.

Rule: the projection says whether votes are granted; without the grant nothing here depends on
what anybody voted. Who is elected or out is shown from the declaration on, as it was declared;
the candidates always stand in the order of the ballot.
"""

from __future__ import annotations

from server.ballots.life import Ballot, result_of
from server.ballots.question import Question
from server.hall.state import HallState
from server.hall.verdict import elected_before
from server.live.ballot_facts import BallotFacts
from server.live.wording import Wording
from server.record.election import Papers, ballots_of, is_election, papers_in
from server.wire import views


def election_view(
    wording: Wording, state: HallState, ballot: Ballot, facts: BallotFacts, *, counts: bool
) -> views.ElectionView | None:
    """The candidates, with votes where `counts` are granted; None where there are none."""
    question = ballot.question
    if not is_election(question):
        return None
    papers = _papers(question, facts) if counts else None
    declared = result_of(ballot)
    told = {} if declared is None else declared.payload["result"]
    line = ballots_of(state.ballots, ballot)
    before = elected_before(line)
    names = {
        each.id: wording.title(each.name) for round_ in line for each in round_.question.candidates
    }
    return views.ElectionView(
        round=question.round,
        places=question.places,
        names_per_ballot=question.names_per_ballot,
        tie_ballot=question.is_tie_ballot,
        region=question.region,
        candidates=[
            views.CandidateView(
                id=each.id,
                name=names[each.id],
                member=each.member,
                photo=each.photo,
                votes=None if papers is None else papers.votes[each.id],
                elected=each.id in told.get("elected", ()),
                eliminated=each.id in told.get("eliminated", ()),
            )
            for each in question.candidates
        ],
        blank=None if papers is None else papers.blank,
        elected_so_far=[names[each] for each in before],
    )


def _papers(question: Question, facts: BallotFacts) -> Papers | None:
    if facts.tally is not None:
        tally = facts.tally
        return Papers(dict(tally.counts), tally.ballots, tally.blank, tally.invalid)
    if facts.is_secret:
        return None  # sealed: there is no paper to read until the tally is opened
    return papers_in(question, [held.choice for held in facts.votes.values()])
