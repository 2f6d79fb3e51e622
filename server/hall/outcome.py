"""The outcome of a closed ballot, computed from what the box held.

Rule: the count is made from the votes, one by one, never from a running tally; present = frozen
present ∪ voters (invariant 17).
"""

from __future__ import annotations

from collections import Counter

from server.assembly.roll import RightToVote, Roll, roll_counts
from server.ballots.life import CastVote
from server.ballots.question import Question
from server.rules.count import MotionCount
from server.rules.motion import MotionResult, MotionRule, decide_motion, motion_rule_from_json
from server.vocabulary import Choice, RollStatus


def rule_of(question: Question) -> MotionRule:
    """The rule that the ballot was prepared under."""
    return motion_rule_from_json(question.rule)


def counts_of(votes: tuple[CastVote, ...]) -> dict[Choice, int]:
    """Votes by choice, every choice named."""
    tally = Counter(vote.choice for vote in votes)
    return {choice: tally[choice.value] for choice in Choice}


def motion_count(roll: Roll, votes: tuple[CastVote, ...]) -> MotionCount:
    """The figures of the ballot as the rule engine takes them."""
    counts = counts_of(votes)
    voters = {vote.member for vote in votes}
    present = sum(
        entry.status is RightToVote.ENTITLED and (entry.present or entry.member in voters)
        for entry in roll.entries
    )
    return MotionCount(
        yes=counts[Choice.YES],
        no=counts[Choice.NO],
        abstain=counts[Choice.ABSTAIN],
        invalid=0,
        present=present,
        entitled=roll_counts(roll).entitled,
        members=roll.members_total,
    )


def decide_ballot(question: Question, roll: Roll, votes: tuple[CastVote, ...]) -> MotionResult:
    """The outcome by the ballot's own rule."""
    return decide_motion(rule_of(question), motion_count(roll, votes))


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
