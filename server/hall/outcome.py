"""What became of each Member in a ballot.

Rule: a Member that voted, or was voted for by proxy, has voted, whatever the roll said of its
presence.
"""

from __future__ import annotations

from server.assembly.roll import RightToVote, Roll
from server.ballots.life import CastVote
from server.ballots.proxies import choices_by_member
from server.vocabulary import RollStatus


def status_of(roll: Roll, votes: tuple[CastVote, ...]) -> dict[str, RollStatus]:
    """What became of each Member, in the order of the roll."""
    voters = choices_by_member(roll, votes)
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
