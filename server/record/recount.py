"""What was not cast in a box, counted again: tellers' tallies and a roll-call's answers.

Rule: the tally that closed a ballot is the one that was entered twice, the second time by another
person where the assembly asks for two. A roll-call begins at the name that the lot falls on (or
that a reason was given for), follows the order of the language, and its votes are the Members'
last answers.
"""

from __future__ import annotations

from server.assembly.roll import Roll
from server.ballots.events import BallotEvent
from server.ballots.life import Closure
from server.ballots.roll_call import (
    PRESS_ID,
    RollCall,
    answered,
    begin_call,
    call_order,
    draw,
    eligible,
    second_call,
    still_to_call,
    votes_in,
)
from server.ballots.tellers import Entry, person, tally_from_payload
from server.ballots.transitions import BY_TELLERS
from server.record.events import Recorded
from server.record.portrait import entitled_in
from server.record.recount_unlinked import fault_of_unlinked
from server.record.story import Story
from server.vocabulary import Command, Language, Mode


def fault_of_tally(story: Story, roll: Roll, closure: Closure) -> str | None:
    """What is wrong with a tally, or with a vote where there should be a tally."""
    mode = story.ballot.question.mode
    if mode is Mode.SECRET:
        return None  # `recount_sealed` looks at what the scrutineers opened
    if mode is Mode.NON_RECORDED:
        return fault_of_unlinked(story, closure)
    if (closure.tally is not None) != (mode in BY_TELLERS):
        return f"a ballot of mode {mode.value} is not closed like this"
    if closure.tally is None:
        return None
    if closure.votes:
        return "tellers counted, but there are votes of Members"
    answers = story.ballot.question.choices
    first: Entry | None = None
    second: Entry | None = None
    for event in story.events:
        payload = event.payload or {}
        match event.header.type:
            case BallotEvent.TALLY_ENTERED.value:
                tally = tally_from_payload(payload["tally"], answers)
                first, second = Entry(tally, event.header.actor), None
            case BallotEvent.TALLY_DISPUTED.value:
                first, second = None, None
            case BallotEvent.TALLY_CONFIRMED.value:
                tally = tally_from_payload(payload["tally"], answers)
                second = Entry(tally, event.header.actor)
            case _:
                pass
    if first is None or second is None:
        return "the tally was not entered twice"
    if not first.tally == second.tally == closure.tally:
        return "the tally that closed the ballot is not the one that was entered twice"
    if closure.tally.voted > entitled_in(roll):
        return "the tally has more votes than Members who may vote"
    command = Command.HANDS if mode is Mode.HANDS else Command.PAPER
    asks_for_two = command in story.assembly.settings.two_person
    if asks_for_two and person(first.by) == person(second.by):
        return "one person entered the tally twice, but the assembly asks for two people"
    return None


def fault_of_answers(story: Story, roll: Roll, closure: Closure) -> str | None:
    """What is wrong with a roll-call: its order, its answers, or what was made of them."""
    if story.ballot.question.mode is not Mode.ROLL_CALL:
        return None
    roll_call: RollCall | None = None
    for event in story.events:
        after = _after(story, roll, roll_call, event)
        if isinstance(after, str):
            return after
        roll_call = after
    if roll_call is None:
        return "a roll-call that never began"
    counted = [
        (member, answer.choice, answer.n, PRESS_ID) for member, answer in votes_in(roll_call)
    ]
    held = [(vote.member, vote.choice, vote.n, vote.press_id) for vote in closure.votes]
    if counted != held or closure.n != roll_call.said:
        return "the votes are not the answers that were given in the roll-call"
    return None


def _after(
    story: Story, roll: Roll, roll_call: RollCall | None, event: Recorded
) -> RollCall | str | None:
    payload, seq = event.payload or {}, event.header.seq
    match event.header.type, roll_call:
        case BallotEvent.OPENED.value, None:
            return _begun(story, roll, event)
        case BallotEvent.ANSWER_GIVEN.value, RollCall() as under_way:
            member = payload["member"]
            called = still_to_call(under_way)
            if (not called or called[0] != member) and member not in under_way.answers:
                return f"entry {seq}: {member} answers, but was not called"
            after = answered(under_way, member, payload["choice"])
            if (payload["n"], payload["call"]) != (after.said, under_way.call):
                return f"entry {seq}: the answer's number or call is wrong"
            return after
        case BallotEvent.SECOND_CALL.value, RollCall() as under_way:
            return second_call(under_way)
        case _:
            return roll_call


def _begun(story: Story, roll: Roll, event: Recorded) -> RollCall | str:
    told = (event.payload or {})["roll_call"]
    language = Language(told["language"])
    start = told["start"]
    if told["lot"] is not None and start != draw(
        eligible(story.assembly, roll, language), told["lot"]
    ):
        return f"entry {event.header.seq}: the lot does not fall on {start}"
    order = call_order(story.assembly, roll, language, start)
    if order is None or list(order) != told["order"]:
        return f"entry {event.header.seq}: the order is not that of the language"
    return begin_call(language, order)
