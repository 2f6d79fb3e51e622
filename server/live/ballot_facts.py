"""What is known of a ballot's votes now, from the box while it is open, from the journal after.

Rule: after the close the journal's votes are the ones that count; the box is only asked before.
Nothing here decides who may see the facts: `projection` does.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from server.assembly.roll import roll_counts
from server.ballots.life import (
    Ballot,
    Calling,
    InDoubt,
    Open,
    Suspended,
    closure_of,
    phase_of,
    roll_of,
)
from server.ballots.proxies import voted_for
from server.ballots.roll_call import PRESS_ID, votes_in
from server.ballots.tellers import Tally
from server.ballots.transitions import BY_TELLERS
from server.live.snapshot import Snapshot
from server.ports import BoxPhase, BoxState, HeldVote
from server.vocabulary import Choice, Mode, Phase


@dataclass(frozen=True, slots=True)
class BallotFacts:
    """All that is known of a ballot; times in milliseconds since 1970.

    `phase` is the hall's: a box that is latched closed counts as closed although its entry is
    still being written.
    """

    phase: Phase
    votes: Mapping[str, HeldVote]
    entitled: int
    last_call: bool
    opened_at: int | None
    closes_at: int | None
    remaining: int | None
    box_phase: BoxPhase | None
    box_counts: Mapping[str, int] | None
    """By choice, as the box counts them one by one; None where no box is open or it counts none."""
    without_vote: bool
    tally: Tally | None = None
    """What tellers counted, once it is confirmed; nobody is named then."""
    by_proxy: Mapping[str, str] = field(default_factory=dict)
    """Who of those in `votes` was voted for, and by which Member."""
    by_tellers: bool = False
    is_secret: bool = False
    """Nobody's choice is known; `votes` are held by the trackers of the sealed ballots, and only
    those whose proofs hold."""
    waiting: Mapping[str, HeldVote] = field(default_factory=dict)
    """Sealed ballots in the box, newer than those in `votes`, whose proofs are being checked."""

    @property
    def voted(self) -> int:
        """How many have voted."""
        return self.tally.voted if self.tally is not None and self.by_tellers else len(self.votes)


def facts_of(snapshot: Snapshot, ballot: Ballot) -> BallotFacts:
    """The facts of a ballot in this snapshot."""
    roll = roll_of(ballot)
    closure = closure_of(ballot)
    box = snapshot.box if snapshot.box is not None and snapshot.box.ballot == ballot.id else None
    live = isinstance(ballot.state, Open | Suspended | InDoubt)
    votes: Mapping[str, HeldVote] = {}
    if closure is not None:
        votes = {
            vote.member: HeldVote(vote.choice, vote.n, vote.press_id) for vote in closure.votes
        }
    elif isinstance(ballot.state, Calling):
        votes = {
            member: HeldVote(answer.choice, answer.n, PRESS_ID)
            for member, answer in votes_in(ballot.state.roll_call)
        }
    elif live and box is not None:
        votes = snapshot.votes if ballot.secret is None else snapshot.proved.votes
    cast = voted_for(roll, votes) if roll is not None and roll.proxies else {}
    return BallotFacts(
        phase=_phase(ballot, box),
        votes={**votes, **{giver: votes[holder] for giver, holder in cast.items()}}
        if cast
        else votes,
        by_proxy=cast,
        entitled=0 if roll is None else roll_counts(roll).entitled,
        last_call=isinstance(ballot.state, Open | Suspended) and ballot.state.last_call,
        opened_at=box.opened_at if live and box is not None else ballot.opened_at,
        closes_at=box.closes_at if live and box is not None else None,
        remaining=box.remaining if live and box is not None else None,
        box_phase=box.phase if live and box is not None else None,
        box_counts=box.counts or None if live and box is not None else None,
        without_vote=ballot.question.mode is Mode.CONSENSUS,
        tally=None if closure is None else closure.tally,
        by_tellers=ballot.question.mode in BY_TELLERS,
        is_secret=ballot.question.mode is Mode.SECRET,
        waiting=snapshot.proved.waiting if live and box is not None else {},
    )


def _phase(ballot: Ballot, box: BoxState | None) -> Phase:
    phase = phase_of(ballot.state)
    if box is not None and isinstance(ballot.state, Open | Suspended):
        if box.phase is BoxPhase.CLOSED:
            return Phase.CLOSED
        if box.phase is BoxPhase.CANCELLED:
            return Phase.CANCELLED
    return phase


def is_recording(ballot: Ballot, facts: BallotFacts) -> bool:
    """Whether the box is latched and its entry is still being written."""
    return facts.phase is not phase_of(ballot.state)


def choice_by_member(facts: BallotFacts) -> dict[str, Choice]:
    """Who chose what."""
    return {member: Choice(held.choice) for member, held in facts.votes.items()}
