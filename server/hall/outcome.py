"""The outcome of a closed ballot, computed from what the box held or the tellers counted.

Rule: the count is made from the votes, one by one, never from a running tally; present = frozen
present ∪ voters (invariant 17). Tellers' tallies name nobody: at least as many were present as
have voted.
"""

from __future__ import annotations

from collections import Counter

from server.assembly.roll import RightToVote, Roll, roll_counts
from server.ballots.life import CastVote, Closure
from server.ballots.question import Question
from server.ballots.tellers import Tally
from server.ballots.transitions import DECIDES_NOTHING
from server.rules.count import MotionCount
from server.rules.counted import Counted, count_only
from server.rules.motion import MotionResult, MotionRule, decide_motion, motion_rule_from_json
from server.vocabulary import Choice, RollStatus


def rule_of(question: Question) -> MotionRule:
    """The rule that the ballot was prepared under."""
    return motion_rule_from_json(question.rule)


def counts_of(votes: tuple[CastVote, ...]) -> dict[Choice, int]:
    """Votes by choice, every choice named."""
    tally = Counter(vote.choice for vote in votes)
    return {choice: tally[choice.value] for choice in Choice}


def counts_in(closure: Closure) -> dict[Choice, int]:
    """What counts by choice, from the votes or from the tally."""
    if closure.tally is None:
        return counts_of(closure.votes)
    return {choice: dict(closure.tally.counts).get(choice.value, 0) for choice in Choice}


def voted_in(closure: Closure) -> int:
    """How many have voted."""
    return len(closure.votes) if closure.tally is None else closure.tally.voted


def motion_count(
    roll: Roll, votes: tuple[CastVote, ...], tally: Tally | None = None
) -> MotionCount:
    """The figures of the ballot as the rule engine takes them."""
    counts = (
        counts_of(votes)
        if tally is None
        else {choice: dict(tally.counts).get(choice.value, 0) for choice in Choice}
    )
    voters = {vote.member for vote in votes}
    present = sum(
        entry.status is RightToVote.ENTITLED and (entry.present or entry.member in voters)
        for entry in roll.entries
    )
    return MotionCount(
        yes=counts[Choice.YES],
        no=counts[Choice.NO],
        abstain=counts[Choice.ABSTAIN],
        invalid=0 if tally is None else tally.invalid,
        present=present if tally is None else max(present, tally.voted),
        entitled=roll_counts(roll).entitled,
        members=roll.members_total,
    )


def decide_ballot(question: Question, roll: Roll, closure: Closure) -> MotionResult | Counted:
    """The outcome by the ballot's own rule."""
    count = motion_count(roll, closure.votes, closure.tally)
    if question.kind in DECIDES_NOTHING:
        return count_only(question.kind, rule_of(question), count)
    return decide_motion(rule_of(question), count)


def status_of(roll: Roll, votes: tuple[CastVote, ...]) -> dict[str, RollStatus]:
    """What became of each Member, in the order of the roll."""
    voters = {vote.member for vote in votes}
    statuses: dict[str, RollStatus] = {}
    for entry in roll.entries:
        if entry.member in voters:
            statuses[entry.member] = RollStatus.VOTED
        elif entry.status is RightToVote.SUSPENDED:
            statuses[entry.member] = RollStatus.SUSPENDED
        elif entry.present:
            statuses[entry.member] = RollStatus.NOT_VOTED
        else:
            statuses[entry.member] = RollStatus.ABSENT
    return statuses
