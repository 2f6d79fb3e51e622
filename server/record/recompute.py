"""Roll, tally and outcome of a ballot, computed again from the disclosed entries.

Rule: nothing that the hall computed is believed. The roll follows from the assembly and the
changes of the assembly before the announcement, the counts from the votes one by one, the
outcome from the ballot's own rule by the rules engine.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from server.assembly.roll import RightToVote, Roll, freeze_roll
from server.ballots.events import BallotEvent
from server.ballots.life import Closure
from server.ballots.paper import said, written
from server.ballots.proxies import BY_NAME
from server.ballots.transitions import LINKLESS
from server.record.difference import first_difference
from server.record.election import is_election
from server.record.events import Recorded
from server.record.motion import counts_in, decide, declared_result
from server.record.recount import fault_of_answers, fault_of_tally
from server.record.recount_approvals import fault_of_approvals
from server.record.recount_election import fault_of_election
from server.record.recount_sealed import fault_of_sealed
from server.record.recount_unlinked import fault_of_erasure
from server.record.story import Story
from server.rules.reading import Malformed
from server.vocabulary import OutcomeKind


def fault_of_story(entries: Sequence[Recorded], story: Story) -> str | None:
    """The first thing in a ballot's story that does not follow from its entries, or None."""
    for earlier in story.earlier:
        fault = _fault_of_one(entries, earlier)
        if fault is not None:
            return f"ballot {earlier.ballot.id}, a round before: {fault}"
    fault = _fault_of_one(entries, story)
    if fault is None and is_election(story.ballot.question):
        fault = fault_of_election(story)
    return fault


def _fault_of_one(entries: Sequence[Recorded], story: Story) -> str | None:
    fault = fault_of_approvals(entries, story)
    fault = fault or fault_of_erasure(story)
    if fault is not None or story.roll is None:
        return fault
    frozen = next(
        event
        for event in story.events
        if event.header.type in (BallotEvent.ANNOUNCED.value, BallotEvent.ADOPTED.value)
    )
    fault = _fault_of_roll(story, story.roll, frozen.header.seq)
    if fault is None and story.closure is not None:
        fault = fault_of_sealed(story, story.roll, story.closure)
        fault = fault or _fault_of_votes(story, story.roll, story.closure)
        fault = fault or fault_of_tally(story, story.roll, story.closure)
        fault = fault or fault_of_answers(story, story.roll, story.closure)
    if fault is None and story.declared is not None:
        fault = _fault_of_declaration(story, story.roll, story.closure, story.declared)
    return fault


def _fault_of_roll(story: Story, roll: Roll, frozen: int) -> str | None:
    members = story.assembly.members
    on_roll = [entry.member for entry in roll.entries]
    if on_roll != [member.code for member in members]:
        return f"entry {frozen}: the roll does not hold every Member of the assembly once"
    if roll.members_total != len(on_roll):
        return f"entry {frozen}: the roll's total is not the number of its Members"
    expected = freeze_roll(
        story.assembly, set(), with_proxies=story.ballot.question.mode in BY_NAME
    ).proxies
    if roll.proxies != expected:
        return f"entry {frozen}: the proxies on the roll are not those that were given before"
    for entry, member in zip(roll.entries, members, strict=True):
        if (entry.status is RightToVote.SUSPENDED) != member.suspended:
            return (
                f"entry {frozen}: {entry.member} is on the roll as {entry.status.value}, "
                "against the changes of voting rights before"
            )
        if entry.weights != member.weights:
            return f"entry {frozen}: {entry.member} is on the roll with another weight than its own"
    return None


def _fault_of_votes(story: Story, roll: Roll, closure: Closure) -> str | None:
    question = story.ballot.question
    entitled = {entry.member for entry in roll.entries if entry.status is RightToVote.ENTITLED}
    voters: set[str] = set()
    last = 0
    for vote in closure.votes:
        if vote.member not in entitled:
            return f"{vote.member} has a vote, but no right to vote on this roll"
        if vote.member in voters:
            return f"{vote.member} has two votes"
        is_told = question.mode not in LINKLESS
        if is_told and written(question, said(question, vote.choice)) != vote.choice:
            return f"{vote.member} has a vote that the ballot does not offer"
        if not last < vote.n <= closure.n:
            return f"the number of {vote.member}'s vote is out of order"
        voters.add(vote.member)
        last = vote.n
    return None


def _fault_of_declaration(
    story: Story, roll: Roll, closure: Closure | None, declared: dict[str, Any]
) -> str | None:
    if closure is None:
        outcome = declared["result"].get("outcome")
        if outcome != OutcomeKind.CONSENSUS.value:
            return f"adopted without a vote, but its outcome is {outcome!r}"
        return None
    if is_election(story.ballot.question):
        return None  # decided with all of its rounds
    question = story.ballot.question
    counts = {choice.value: n for choice, n in counts_in(question, roll, closure).items()}
    difference = first_difference(declared["counts"], counts, "counts as declared")
    if difference is not None:
        return difference
    try:
        result = declared_result(decide(question, roll, closure))
    except Malformed as error:
        return f"the ballot's rule cannot be applied: {error}"
    return first_difference(declared["result"], result, "result as declared")
