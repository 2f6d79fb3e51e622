"""Ballots in each phase, made by real events."""

from __future__ import annotations

from typing import Any

from server.ballots.events import BallotEvent, apply, begin
from server.ballots.life import Ballot
from server.ballots.question import Title, question_payload
from server.vocabulary import Command, Language, Phase
from tests.ballots.test_question import question

LANGUAGES = tuple(Language)
COMPLETE = question_payload(question(Title("a", "b", "c", "d")))
LACKING = question_payload(question(Title("a", None, "c", "d")))
ROLL = [
    {"member": "AA", "status": "entitled", "present": True},
    {"member": "BB", "status": "entitled", "present": False},
    {"member": "CC", "status": "suspended", "present": True},
]
VOTES = [
    {"member": "AA", "choice": "yes", "n": 2, "press_id": "p-2"},
    {"member": "BB", "choice": "no", "n": 3, "press_id": "p-3"},
]
RESULT = {"result": {"outcome": "adopted"}, "counts": {"yes": 1, "no": 1, "abstain": 0}}

TALLY = {"counts": {"yes": 1, "no": 1, "abstain": 0}, "ballots": 2, "blank": 0, "invalid": 0}

PAYLOADS: dict[BallotEvent, dict[str, Any]] = {
    BallotEvent.PREPARED: {"question": COMPLETE, "reruns": None},
    BallotEvent.REVISED: {"question": COMPLETE},
    BallotEvent.ANNOUNCED: {"roll": ROLL, "members": 3},
    BallotEvent.OPENED: {"seconds": 60, "incarnation": "i-1", "reason": None},
    BallotEvent.SUSPENDED: {"reason": "a pause"},
    BallotEvent.RESUMED: {"reason": "go on", "incarnation": "i-2"},
    BallotEvent.EXTENDED: {"seconds": 30},
    BallotEvent.LAST_CALL: {},
    BallotEvent.DOUBTED: {"why": "the box is missing"},
    BallotEvent.CLOSED: {
        "votes": VOTES, "n": 3, "chain": "0" * 40, "incarnation": "i-1", "closed_at": 9,
    },
    BallotEvent.DECLARED: RESULT,
    BallotEvent.CERTIFIED: {"by": "operator:test"},
    BallotEvent.PUBLISHED: {},
    BallotEvent.CANCELLED: {"reason": "a fault"},
    BallotEvent.VOIDED: {"reason": "a fault"},
    BallotEvent.CORRECTED: {"text": "a slip", "member": "AA", "intention": "no"},
    BallotEvent.TALLY_ENTERED: {"tally": TALLY},
    BallotEvent.TALLY_DISPUTED: {"tally": TALLY},
    BallotEvent.TALLY_CONFIRMED: {"tally": TALLY},
    BallotEvent.ANSWER_GIVEN: {"member": "AA", "choice": "yes", "n": 1, "call": 1},
    BallotEvent.SECOND_CALL: {},
    BallotEvent.LOTS_DRAWN: {
        "drawn": ["ana"], "witnesses": ["A", "B"], "result": {"outcome": "elected"},
        "sentence": {},
    },
    BallotEvent.CHAIR_SETTLED: {
        "names": ["ana"], "reason": "older", "result": {"outcome": "elected"}, "sentence": {},
    },
    BallotEvent.LIST_SIGNED: {"scrutineer": "ana", "signature": "{}"},
    BallotEvent.SEALED_REFUSED: {"member": "AA", "n": 2, "tracker": "t-2"},
    BallotEvent.SEALED_TURNED_AWAY: {
        "turned_away": [{"member": "AA", "reason": "signature", "tracker": "t-9"}]
    },
    BallotEvent.SHARE_GIVEN: {"trustee": 1, "text": "{}"},
    BallotEvent.OPENED_TALLY: {"tally": TALLY, "result": "{}"},
    BallotEvent.ERASED: {"replicas": 0},
    BallotEvent.APPROVAL_ASKED: {"command": "close", "ask": {}},
    BallotEvent.APPROVAL_GIVEN: {
        "command": "close", "asked_by": "operator:test", "asked": 9, "latch": True,
    },
    BallotEvent.APPROVAL_REFUSED: {"command": "close", "reason": None},
    BallotEvent.ADOPTED: {"question": COMPLETE, "roll": ROLL, "members": 3, **RESULT},
}  # fmt: skip

EVENT_OF = {
    Command.ANNOUNCE: BallotEvent.ANNOUNCED,
    Command.OPEN: BallotEvent.OPENED,
    Command.SUSPEND: BallotEvent.SUSPENDED,
    Command.RESUME: BallotEvent.RESUMED,
    Command.EXTEND: BallotEvent.EXTENDED,
    Command.LAST_CALL: BallotEvent.LAST_CALL,
    Command.CLOSE: BallotEvent.CLOSED,
    Command.DECLARE: BallotEvent.DECLARED,
    Command.CERTIFY: BallotEvent.CERTIFIED,
    Command.PUBLISH: BallotEvent.PUBLISHED,
    Command.CANCEL: BallotEvent.CANCELLED,
    Command.VOID: BallotEvent.VOIDED,
    Command.CORRECT: BallotEvent.CORRECTED,
}

PATHS: dict[Phase, tuple[BallotEvent, ...]] = {
    Phase.DRAFT: (),
    Phase.PREPARED: (),
    Phase.ANNOUNCED: (BallotEvent.ANNOUNCED,),
    Phase.OPEN: (BallotEvent.ANNOUNCED, BallotEvent.OPENED),
    Phase.SUSPENDED: (BallotEvent.ANNOUNCED, BallotEvent.OPENED, BallotEvent.SUSPENDED),
    Phase.IN_DOUBT: (BallotEvent.ANNOUNCED, BallotEvent.OPENED, BallotEvent.DOUBTED),
    Phase.CLOSED: (BallotEvent.ANNOUNCED, BallotEvent.OPENED, BallotEvent.CLOSED),
    Phase.DECLARED: (
        BallotEvent.ANNOUNCED, BallotEvent.OPENED, BallotEvent.CLOSED, BallotEvent.DECLARED,
    ),
    Phase.CERTIFIED: (
        BallotEvent.ANNOUNCED, BallotEvent.OPENED, BallotEvent.CLOSED, BallotEvent.DECLARED,
        BallotEvent.CERTIFIED,
    ),
    Phase.PUBLISHED: (
        BallotEvent.ANNOUNCED, BallotEvent.OPENED, BallotEvent.CLOSED, BallotEvent.DECLARED,
        BallotEvent.CERTIFIED, BallotEvent.PUBLISHED,
    ),
    Phase.CANCELLED: (BallotEvent.ANNOUNCED, BallotEvent.CANCELLED),
    Phase.VOID: (
        BallotEvent.ANNOUNCED, BallotEvent.OPENED, BallotEvent.CLOSED, BallotEvent.VOIDED,
    ),
}  # fmt: skip


def started(*, complete: bool = True) -> Ballot:
    payload = {"question": COMPLETE if complete else LACKING, "reruns": None}
    return begin("b-1", 1, 1, "h-1", BallotEvent.PREPARED, payload, LANGUAGES)


def after(ballot: Ballot, event: BallotEvent, seq: int = 99) -> Ballot:
    return apply(ballot, seq, seq, "operator:test", f"h-{seq}", event, PAYLOADS[event], LANGUAGES)


def ballot_in(phase: Phase) -> Ballot:
    ballot = started(complete=phase is not Phase.DRAFT)
    for seq, event in enumerate(PATHS[phase], 2):
        ballot = after(ballot, event, seq)
    return ballot
