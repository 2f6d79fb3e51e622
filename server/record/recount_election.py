"""An election, counted again from its record: every round, what followed it, and how ties ended.

Rule: the record discloses every ballot that the result rests on. Each round is counted from its
papers, decided with those before it, and the next one must have exactly the candidates and places
that the result of the one before gave it, less those who withdrew, with those who came in where the
ballot was not restricted.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from server.ballots.events import BallotEvent
from server.record.difference import first_difference
from server.record.election import (
    Round,
    decide_rounds,
    is_restricted,
    next_candidates,
    papers_of,
    settled,
)
from server.record.story import Story
from server.rules.reading import Malformed

WITNESSES = 2
"""How many witnesses a drawing of lots needs at least."""


def fault_of_election(story: Story) -> str | None:
    """The first thing in an election that does not follow from its papers, or None."""
    line = (*story.earlier, story)
    for at, each in enumerate(line):
        fault = _fault_of_link(line[:at], each) if at else _fault_of_first(each)
        fault = fault or _fault_of_round(line[: at + 1])
        if fault is not None:
            return fault if each is story else f"ballot {each.ballot.id}: {fault}"
    return None


def _fault_of_first(story: Story) -> str | None:
    if story.ballot.question.added:
        return "nobody is new in a first round"
    if story.ballot.question.is_tie_ballot or story.ballot.question.election is not None:
        return "a later round whose earlier rounds are not in the record"
    return None


def _fault_of_round(line: Sequence[Story]) -> str | None:
    story = line[-1]
    declared = _payload(story, BallotEvent.DECLARED)
    if declared is None or story.closure is None or story.declared is None:
        return None
    assert story.roll is not None, "what is closed was announced"  # noqa: S101  # by its states
    papers = papers_of(story.ballot.question, story.roll, story.closure)
    told = {name: declared[name] for name in ("counts", "blank", "voted")}
    counted = {"counts": dict(papers.votes), "blank": papers.blank, "voted": papers.voted}
    difference = first_difference(told, counted, "papers as declared")
    if difference is not None:
        return difference
    rounds = [
        Round(each.ballot.question, each.roll, each.closure)
        for each in line
        if each.roll is not None and each.closure is not None
    ]
    try:
        result = decide_rounds(rounds)
    except Malformed as error:
        return f"the election's rule cannot be applied: {error}"
    difference = first_difference(declared["result"], result, "result as declared")
    return difference or _fault_of_settlement(story, result)


def _fault_of_settlement(story: Story, result: Mapping[str, Any]) -> str | None:
    """What is wrong with lots or the Chair's word, or with a result that changed without them."""
    assert story.declared is not None  # noqa: S101  # the caller looked
    lots = _payload(story, BallotEvent.LOTS_DRAWN)
    chair = _payload(story, BallotEvent.CHAIR_SETTLED)
    if lots is None and chair is None:
        return first_difference(story.declared["result"], dict(result), "result as it stands")
    if lots is not None and len(set(lots["witnesses"])) < WITNESSES:
        return f"the lots were drawn before fewer than {WITNESSES} witnesses"
    by_lots = "lots" in (result["next"] or {})
    if by_lots != (lots is not None):
        return "the tie was not settled in the way that the rule asks for"
    drawn = lots["drawn"][: result["places"]] if lots is not None else None
    try:
        final = settled(result, drawn if drawn is not None else (chair or {})["names"])
    except ValueError as error:
        return f"the tie was not settled: {error}"
    return first_difference(story.declared["result"], final, "result as settled")


def _fault_of_link(earlier_rounds: Sequence[Story], story: Story) -> str | None:
    before = earlier_rounds[-1]
    question, earlier = story.ballot.question, before.ballot.question
    if before.declared is None:
        return "the round before was not declared"
    result = before.declared["result"]
    following = result["next"] or {}
    prepared = _payload(story, BallotEvent.PREPARED) or {}
    # A ballot that is held again after a fault withdraws nobody: its own first attempt did.
    withdrawn = set(prepared.get("withdrawn", ()))
    added = set(question.added)
    if added and (question.is_tie_ballot or is_restricted(question, result)):
        return "a new candidate in a ballot that is restricted to those whom the round before left"
    if added & {each for round_ in earlier_rounds for each in round_.ballot.question.choices}:
        return "a new candidate who has stood before"
    expected = (set(next_candidates(result)) - withdrawn) | added
    if prepared["reruns"] == before.ballot.id and set(question.choices) != expected:
        return "the candidates are not those whom the round before left, less who withdrew"
    if not set(question.choices) <= set(next_candidates(result)) | added:
        return "a candidate whom the round before did not leave"
    if question.is_tie_ballot != ("tie_ballot" in following):
        return "a tie ballot where a round follows, or the other way round"
    if question.places != result["places"] or question.rule != earlier.rule:
        return "the places or the rule are not those that the round before left"
    return None


def _payload(story: Story, kind: BallotEvent) -> dict[str, Any] | None:
    found = [event for event in story.events if event.header.type == kind.value]
    return found[-1].payload if found else None
