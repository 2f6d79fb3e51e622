"""Whoever holds the hall's key still cannot sign a count that nobody confirmed, or a false call."""

from __future__ import annotations

import json
from typing import Any

import pytest

from server.assembly.roll import freeze_roll
from server.ballots.roll_call import call_order, draw, eligible
from server.record.entry import Event
from server.record.verify import Sound, Unsound, verify_record
from server.rules.count import MotionCount
from server.rules.motion import decide_motion, motion_rule_from_json
from server.vocabulary import Language
from tests.record.sitting import (
    ASSEMBLY,
    CODES,
    RULE,
    SENTENCE,
    announced,
    created,
    event,
    question,
    record_of,
)

TALLY = {"counts": {"yes": 3, "no": 1, "abstain": 1}, "ballots": 5, "blank": 0, "invalid": 0}
LOT = "5" * 64
ORDER = call_order(
    ASSEMBLY,
    freeze_roll(ASSEMBLY, frozenset()),
    Language.EN,
    draw(eligible(ASSEMBLY, freeze_roll(ASSEMBLY, frozenset()), Language.EN), LOT),
)
assert ORDER is not None


def verdict(events: list[Event]) -> str:
    """What is wrong with the record of these events; empty if nothing is."""
    record: dict[str, Any] = record_of(events)
    match verify_record(json.dumps(record, ensure_ascii=False).encode()):
        case Sound():
            return ""
        case Unsound(what=what):
            return what


def declared(yes: int, no: int, abstain: int) -> Event:
    counts = {"yes": yes, "no": no, "abstain": abstain}
    count = MotionCount(**counts, invalid=0, present=5, entitled=6, members=len(CODES))
    result = decide_motion(motion_rule_from_json(RULE), count).as_json()
    payload = {"result": result, "counts": counts, "sentence": SENTENCE}
    return event("ballot_declared", payload, at=70_000)


def closed(**payload: Any) -> Event:
    usual = {"n": 5, "chain": "", "incarnation": "", "closed_at": 1, "refusals_hash": None}
    return event("ballot_closed", {**usual, **payload}, at=60_000)


def told(changes: dict[str, int] | None = None) -> dict[str, Any]:
    return {"tally": {**TALLY, "counts": {**TALLY["counts"], **(changes or {})}}}  # type: ignore[dict-item]  # a dict of counts


def opened(mode: str, **more: Any) -> list[Event]:
    prepared = {"question": question(mode=mode, seconds=None), "reruns": None}
    payload = {"seconds": None, "incarnation": "", "reason": None, **more}
    return [
        created(),
        event("ballot_prepared", prepared),
        announced(),
        event("ballot_opened", payload),
    ]


def by_hands(*counted: Event, tally: dict[str, Any] | None = None, votes: Any = ()) -> list[Event]:
    end = closed(votes=list(votes), **(told() if tally is None else tally))
    return [*opened("hands"), *counted, end, declared(3, 1, 1)]


ENTERED = event("tally_entered", told())
CONFIRMED = event("tally_confirmed", told())


def test_a_count_that_was_entered_twice_holds() -> None:
    assert verdict(by_hands(ENTERED, CONFIRMED)) == ""


@pytest.mark.parametrize(
    ("events", "said"),
    [
        (by_hands(ENTERED), "not entered twice"),
        (by_hands(ENTERED, event("tally_disputed", told()), ENTERED), "not entered twice"),
        (by_hands(ENTERED, event("tally_confirmed", told({"no": 0}))), "entered twice"),
        (by_hands(ENTERED, CONFIRMED, tally=told({"yes": 2})), "entered twice"),
        (by_hands(ENTERED, CONFIRMED, tally={"tally": None}), "not closed like this"),
        (
            by_hands(
                ENTERED,
                CONFIRMED,
                votes=[{"member": CODES[0], "choice": "yes", "n": 1, "press_id": "p"}],
            ),
            "votes of Members",
        ),
    ],
)
def test_a_count_that_nobody_confirmed_is_found(events: list[Event], said: str) -> None:
    assert said in verdict(events)


def call(*answers: tuple[str, str], votes: list[tuple[str, str, int]], **begun: Any) -> list[Event]:
    """A roll-call with these answers, closed with these votes (Member, choice, number)."""
    start = {"language": "en", "start": ORDER[0], "lot": LOT, "order": list(ORDER), **begun}  # type: ignore[index, arg-type]  # looked at above
    given = [
        event("answer_given", {"member": member, "choice": choice, "n": n, "call": 1})
        for n, (member, choice) in enumerate(answers, 1)
    ]
    kept = [
        {"member": member, "choice": choice, "n": n, "press_id": "roll-call"}
        for member, choice, n in votes
    ]
    yes = sum(choice == "yes" for _, choice, _ in votes)
    end = closed(votes=kept, n=len(answers))
    return [*opened("roll_call", roll_call=start), *given, end, declared(yes, len(votes) - yes, 0)]


FIRST, SECOND, THIRD = ORDER[:3]
SAID = ((FIRST, "yes"), (SECOND, "pass"), (THIRD, "no"))
VOTES = [(FIRST, "yes", 1), (THIRD, "no", 3)]


def test_a_call_that_follows_its_answers_holds() -> None:
    assert verdict(call(*SAID, votes=VOTES)) == ""
    assert verdict(call(*SAID, (FIRST, "no"), votes=[(THIRD, "no", 3), (FIRST, "no", 4)])) == ""


@pytest.mark.parametrize(
    ("events", "said"),
    [
        (call(*SAID, votes=[(FIRST, "no", 1), (THIRD, "no", 3)]), "not the answers"),
        (call(*SAID, votes=[*VOTES[:1], (SECOND, "yes", 2), *VOTES[1:]]), "not the answers"),
        (call((THIRD, "no"), votes=[(THIRD, "no", 1)]), "was not called"),
        (call(*SAID, votes=VOTES, lot="6" * 64), "lot does not fall"),
        (call(*SAID, votes=VOTES, language="ar"), "lot"),
        (call(*SAID, votes=VOTES, order=list(reversed(ORDER))), "order is not"),
    ],
)
def test_a_false_call_is_found(events: list[Event], said: str) -> None:
    assert said in verdict(events)
