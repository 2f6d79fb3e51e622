"""A non-recorded ballot, checked from its record: voters and tally, and no link between them.

Rule (invariant 13): there is nothing to count again, but what is there must fit: as many papers as
voters, answers that the ballot offers, nothing that tells who voted what, and an erasure that came
after the end.
"""

from __future__ import annotations

from typing import Final

from server.ballots.events import BallotEvent
from server.ballots.life import WITHHELD, Closure
from server.ballots.tellers import BALLOTS, BLANK, Sheet, Tally, read_tally
from server.record.election import is_election
from server.record.story import Story
from server.vocabulary import Mode


def fault_of_unlinked(story: Story, closure: Closure) -> str | None:
    """What is wrong with the voters or the tally, or says more than it may."""
    question, tally = story.ballot.question, closure.tally
    if tally is None:
        return "a non-recorded ballot is closed with a tally"
    if any((vote.choice, vote.press_id) != (WITHHELD, WITHHELD) for vote in closure.votes):
        return "a non-recorded ballot says who voted what"
    if closure.chain or closure.n != len(closure.votes):
        return "a non-recorded ballot tells of its presses"
    if tally.voted != len(closure.votes):
        return f"{tally.voted} votes are counted, but {len(closure.votes)} Members have voted"
    electing = is_election(question)
    sheet = Sheet(question.choices, papers=False, names=_names(story) if electing else None)
    beside = {BLANK: tally.blank, BALLOTS: tally.ballots} if electing else {}
    read = read_tally(sheet, {**dict(tally.counts), **beside}, len(closure.votes))
    if not isinstance(read, Tally):
        return f"the tally does not add up: {read.field}: {read.remedy}"
    return None if read == tally else "the tally does not add up"


def fault_of_erasure(story: Story) -> str | None:
    """What is wrong with the entry that says that the box is gone, if there is one."""
    types = [event.header.type for event in story.events]
    if BallotEvent.ERASED.value not in types:
        return None
    if story.ballot.question.mode is not Mode.NON_RECORDED:
        return "a box was erased that the record needs"
    before = types[: types.index(BallotEvent.ERASED.value)]
    return None if _ENDS & set(before) else "the box was erased before the ballot was over"


_ENDS: Final = {BallotEvent.CLOSED.value, BallotEvent.CANCELLED.value}


def _names(story: Story) -> int:
    return story.ballot.question.names_per_ballot
