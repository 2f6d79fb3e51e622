"""The checker finds each kind of broken promise, and nothing in an honest hall.

The honest story comes from a real hall without a network; each lie changes one thing in what
clients were told or in what the record says.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import pytest

from server.record.record import build_record, checkpoint_of
from server.vocabulary import Command, Disclosure
from tests.hall_cases.room import KEY, Room, Words, read_words
from tests.history import History, Violations, check
from tests.history.told import Receipt

PRESSES = (("FIRST", "p1", "yes"), ("SECOND", "p2", "no"), ("FIRST", "p3", "abstain"))
"""Who presses what, before the ballot is interrupted; the last press supersedes the first."""


class Ticks:
    """A clock that moves on by one at every look."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        self.now += 1
        return self.now


@dataclass
class Told:
    """An honest history of a ballot with its record, to be falsified."""

    history: History
    ballot: str
    record: dict[str, Any]
    members: tuple[str, ...]

    def kinds(self) -> set[Violations]:
        found = check(self.history, {self.ballot: json.dumps(self.record).encode()})
        return {each.kind for each in found.violations}

    def row(self, member: int) -> dict[str, Any]:
        (row,) = (row for row in self.record["roll"] if row["member"] == self.members[member])
        assert isinstance(row, dict)
        return row

    def change(self, press_id: str, **fields: Any) -> None:
        """Falsify a receipt."""
        self.history.receipts[:] = [
            replace(each, **fields) if each.press_id == press_id else each
            for each in self.history.receipts
        ]

    def drop(self, press_id: str) -> None:
        """Forget that a press was receipted."""
        self.history.receipts[:] = [e for e in self.history.receipts if e.press_id != press_id]

    def receipt(self, press_id: str) -> Receipt:
        return next(each for each in self.history.receipts if each.press_id == press_id)

    def look(
        self, client: str, seq: int, phase: str, audience: str = "display", **shown: Any
    ) -> None:
        """A client is shown the ballot."""
        ballot = {"id": self.ballot, "phase": phase, "mode": "recorded", "disclosure": "turnout"}
        view = {"ballot": {**ballot, **shown.pop("ballot", {})}, **shown}
        frame = {"type": "view", "epoch": "1", "seq": seq, "view": view}
        member = client if audience == "seat" else None
        self.history.hear(client, audience, frame, member)

    def press(self, member: int, press_id: str, choice: str, n: int) -> None:
        """A press that is receipted, whatever the hall thinks of it."""
        code = self.members[member]
        self.history.send(code, code, self.ballot, press_id, choice)
        frame = {
            "type": "receipt", "press_id": press_id, "ballot": self.ballot, "choice": choice,
            "n": n, "code": f"code-{n}", "current": True,
        }  # fmt: skip
        self.history.hear(code, "seat", frame, code)

    def command(self, command: str, key: str, status: int | None = 200) -> None:
        self.history.ask(key, self.ballot, command)
        self.history.answer(key, self.ballot, command, status)


@pytest.fixture(scope="module")
def words() -> Words:
    return read_words()


async def honest(words: Words) -> Told:
    """Three votes of two Members, an interruption, a close, a declaration."""
    room = await Room(words).enter()
    ballot = await room.prepare(disclosure=Disclosure.TURNOUT)
    history = History(clock=Ticks())
    record: dict[str, Any] = {"roll": []}
    told = Told(history, ballot, record, room.members)

    async def command(name: str) -> None:
        history.ask(name, ballot, name)
        await room.command(ballot, Command(name), reason="a reason")
        history.answer(name, ballot, name, 200)

    await command("open")
    for number, (who, press_id, choice) in enumerate(PRESSES, 1):
        member = told.members[("FIRST", "SECOND").index(who)]
        await room.press(ballot, member, choice, press_id)
        told.press(("FIRST", "SECOND").index(who), press_id, choice, number)
        told.look("display", number, "open", ballot={"turnout": {"voted": min(number, 2)}})
    await command("suspend")
    told.look("display", 4, "suspended")
    await command("resume")
    await command("close")
    told.look("display", 5, "closed", ballot={"turnout": {"voted": 2}})
    await command("declare")
    entries = await room.journal.read()
    checkpoint = checkpoint_of(entries, room.desk.ledger.state.hall, 1, KEY)
    built = build_record(entries, ballot, checkpoint)
    assert isinstance(built, dict)
    told.record = built
    for row in built["roll"]:
        for receipt in history.receipts:
            if receipt.press_id == row["press_id"]:
                told.change(receipt.press_id, code=row["code"])
    counts = built["counts"]
    told.look(
        "display", 6, "declared", ballot={"counts": counts, "turnout": {"voted": 2}, "outcome": {}}
    )
    mine = {"n": 3, "code": told.row(0)["code"], "choice": "abstain"}
    told.look(told.members[0], 6, "declared", "seat", ballot={"mine": mine})
    return told


@pytest.fixture
def told(words: Words) -> Told:
    return asyncio.run(honest(words))


def test_an_honest_hall_broke_no_promise(told: Told) -> None:
    found = check(
        told.history,
        {told.ballot: json.dumps(told.record).encode()},
        known=[told.ballot],
        all_answered=True,
    )
    assert found.violations == ()
    assert (found.ballots, found.presses, found.receipts, found.views) == (1, 3, 3, 7)
    assert (found.commands, found.unknown, found.repeats, found.said) == (5, 0, 0, 0)


def test_a_press_without_a_receipt_counts_once_or_not_at_all(told: Told) -> None:
    told.drop("p2")
    assert told.kinds() == set()
    told.history.send("x", told.members[1], told.ballot, "p4", "yes")
    assert told.kinds() == set()


def test_a_press_that_was_given_up_may_count_until_the_next_one_does(told: Told) -> None:
    """The seat presses anew, and has no answer either: whichever came last may be counted."""
    for press_id, choice in (("p4", "yes"), ("p5", "no")):
        told.history.send(told.members[1], told.members[1], told.ballot, press_id, choice)
        told.history.given_up.add(press_id)
    for press_id, choice in (("p2", "no"), ("p4", "yes"), ("p5", "no")):
        kept = {"n": 2} if press_id == "p2" else {"n": 9, "press_id": press_id, "choice": choice}
        told.row(1).update(kept)
        assert Violations.LOST not in told.kinds(), press_id


Lie = Callable[[Told], object]


def _lose(told: Told) -> None:
    told.row(1).update(choice=None, n=None, code=None, press_id=None, status="not_voted")


def _count_the_older(told: Told) -> None:
    told.row(0).update(choice="yes", n=1, press_id="p1")


def _count_one_that_was_given_up(told: Told) -> None:
    """It comes late, after the same device's next vote had its receipt."""
    (receipted,) = (each for each in told.history.attempts if each.press_id == "p2")
    given_up = replace(receipted, press_id="p0", at=receipted.at - 0.5, choice="yes")
    told.history.attempts.insert(0, given_up)
    told.history.given_up.add("p0")
    told.row(1).update(choice="yes", n=9, press_id="p0")


def _count_another_choice(told: Told) -> None:
    told.row(1)["choice"] = "yes"


def _count_a_stranger(told: Told) -> None:
    told.row(2).update(choice="yes", n=9, code="x", press_id="nobody's", status="voted")


def _count_a_refused_press(told: Told) -> None:
    told.drop("p2")
    frame = {"type": "refused", "press_id": "p2", "reason": "not_open"}
    told.history.hear("s", "seat", frame, told.members[1])


def _two_rows(told: Told) -> None:
    told.record["roll"].append(told.row(1))


def _change_an_answer(told: Told) -> None:
    told.history.receipts.append(replace(told.receipt("p1"), n=7))


def _answer_what_was_not_asked(told: Told) -> None:
    told.change("p1", choice="no")


def _run_back_in_number(told: Told) -> None:
    told.change("p1", n=12)


def _take_after_the_close(told: Told) -> None:
    told.press(2, "late", "yes", 4)
    told.row(2).update(choice="yes", n=4, code="code-4", press_id="late", status="voted")


def _take_while_interrupted(told: Told) -> None:
    (suspended,) = (e.at for e in told.history.answered if e.command == "suspend")
    (sent,) = (e for e in told.history.attempts if e.press_id == "p3")
    told.history.attempts.remove(sent)
    told.history.attempts.append(replace(sent, at=suspended + 0.1))
    told.change("p3", at=suspended + 0.2)


def _say_current_of_a_superseded_one(told: Told) -> None:
    told.history.send(told.members[0], told.members[0], told.ballot, "p1", "yes")
    told.history.receipts.append(replace(told.receipt("p1"), at=told.history.clock()))


def _say_superseded_of_the_only_one(told: Told) -> None:
    told.change("p2", current=False)


def _interrupt_unasked(told: Told) -> None:
    history = told.history
    history.asked[:] = [each for each in history.asked if each.command != "suspend"]
    history.answered[:] = [each for each in history.answered if each.command != "suspend"]


LIES: tuple[tuple[Violations, Lie], ...] = (
    (Violations.LOST, _lose),
    (Violations.LOST, _count_the_older),
    (Violations.LOST, _count_one_that_was_given_up),
    (Violations.MADE_UP, _count_another_choice),
    (Violations.MADE_UP, _count_a_stranger),
    (Violations.MADE_UP, _answer_what_was_not_asked),
    (Violations.REFUSED_YET_COUNTED, _count_a_refused_press),
    (Violations.COUNTED_TWICE, _two_rows),
    (Violations.COUNTED_TWICE, lambda told: told.row(1).update(n=3)),
    (Violations.ANSWER_CHANGED, _change_an_answer),
    (Violations.NUMBER_TWICE, lambda told: told.change("p1", n=2)),
    (Violations.OUT_OF_ORDER, _run_back_in_number),
    (Violations.WRONG_CURRENT, _say_current_of_a_superseded_one),
    (Violations.WRONG_CURRENT, _say_superseded_of_the_only_one),
    (Violations.TAKEN_WHILE_CLOSED, _take_after_the_close),
    (Violations.TAKEN_WHILE_CLOSED, _take_while_interrupted),
    (Violations.RAN_BACK, lambda told: told.look("display", 5, "closed")),
    (Violations.TOO_EARLY, lambda told: told.look("display", 9, "published")),
    (Violations.COMMAND_LOST, lambda told: told.command("suspend", "again")),
    (Violations.COMMAND_LOST, lambda told: told.command("certify", "certified")),
    (Violations.COMMAND_TWICE, _interrupt_unasked),
    (Violations.UNSOUND, lambda told: told.record.update(version=2)),
    (Violations.UNSOUND, lambda told: told.row(1).update(choice="yes")),
)


@pytest.mark.parametrize(("kind", "lie"), LIES, ids=lambda each: getattr(each, "name", ""))
def test_each_lie_is_found(told: Told, kind: Violations, lie: Lie) -> None:
    lie(told)
    assert kind in told.kinds()


@pytest.mark.parametrize(
    ("audience", "phase", "shown"),
    [
        ("display", "open", {"ballot": {"counts": {"yes": 1}}}),
        ("display", "open", {"ballot": {"board": "y.."}}),
        ("display", "in_doubt", {"ballot": {"turnout": {"voted": 1}}}),
        ("display", "closed", {"ballot": {"counts": {"yes": 1}}}),
        ("display", "closed", {"ballot": {"outcome": {"outcome": "adopted"}}}),
        ("chair", "open", {"chair": {"undeclared": {"outcome": "adopted"}}}),
        ("console", "open", {"undeclared": {"outcome": "adopted"}}),
        ("console", "open", {"reconciliation": {"voted": 1}}),
        ("console", "in_doubt", {"seats": [{"seat": "1", "voted": True}]}),
        ("console", "open", {"ballot": {"election": {"candidates": [{"votes": 1}]}}}),
        ("seat", "open", {"ballot": {"somewhere": {"new": [{"counts": {"yes": 1}}]}}}),
        ("display", "cancelled", {"ballot": {"turnout": {"voted": 1}}}),
        ("display", "void", {"ballot": {"board": "y"}}),
        ("console", "declared", {"ballot": {"mode": "secret", "board": "yn."}}),
    ],
)
def test_whatever_is_withheld_is_found(
    told: Told, audience: str, phase: str, shown: dict[str, Any]
) -> None:
    told.look("spy", 9, phase, audience, **shown)
    assert Violations.WITHHELD in told.kinds()


def test_what_the_disclosure_grants_is_no_violation(told: Told) -> None:
    told.look("c", 1, "open", "console", ballot={"board": "v.."}, seats=[{"voted": True}])
    told.look("c", 2, "closed", "console", undeclared={"counts": {}}, reconciliation={"voted": 2})
    told.look("c", 3, "declared", ballot={"board": "yn."}, ballots=[{"outcome": "adopted"}])
    assert told.kinds() == set()


def test_final_views_say_what_the_record_says(told: Told) -> None:
    wrong = {"yes": 2, "no": 0, "abstain": 0}
    told.look("d", 9, "declared", ballot={"counts": wrong, "turnout": {"voted": 2}})
    assert told.kinds() == {Violations.SHOWN_WRONG}
    told.history.looks.pop()
    told.look(told.members[1], 9, "closed", "seat", ballot={"mine": None})
    assert told.kinds() == {Violations.SHOWN_WRONG}


def test_a_view_that_knows_of_more_votes_than_were_pressed(told: Told) -> None:
    told.look("d", 9, "closed", ballot={"turnout": {"voted": 3}})
    assert told.kinds() == {Violations.MADE_UP}
    told.history.looks.pop()
    mine = {"n": 1, "code": "x", "choice": "no"}
    told.look(told.members[0], 9, "open", "seat", ballot={"mine": mine})
    assert told.kinds() == {Violations.MADE_UP}


def test_a_press_that_nobody_answered_is_found_where_seats_insist(told: Told) -> None:
    told.history.send("s", told.members[2], told.ballot, "p9", "yes")
    found = check(told.history, {told.ballot: json.dumps(told.record).encode()}, all_answered=True)
    assert {each.kind for each in found.violations} == {Violations.UNANSWERED}
    assert found.unknown == 1


def test_a_prepared_ballot_that_is_gone_is_found(told: Told) -> None:
    told.history.prepared.append("gone")
    found = check(
        told.history, {told.ballot: json.dumps(told.record).encode()}, known=[told.ballot]
    )
    assert [(each.kind, each.ballot) for each in found.violations] == [
        (Violations.COMMAND_LOST, "gone")
    ]


async def test_what_the_hall_itself_put_in_doubt_may_be_missing_from_before(words: Words) -> None:
    """The store loses a receipted vote; the hall says so; the operator resumes; another votes."""
    room = await Room(words).enter()
    ballot = await room.open()
    first, second = room.members[:2]
    history = History(clock=Ticks())
    told = Told(history, ballot, {}, room.members)
    for command in ("open", "close"):
        history.ask(command, ballot, command)
    await room.press(ballot, first, "yes", "p1")
    told.press(0, "p1", "yes", 1)
    await room.mark(ballot)
    await room.box.remove(ballot)
    # Until it is noticed, the lost number may be given again.
    told.press(2, "p3", "no", 1)
    await room.finish()
    history.ask("resume", ballot, "resume")
    await room.command(ballot, Command.RESUME, reason="they vote again")
    history.answer("resume", ballot, "resume", 200)
    await room.press(ballot, second, "no", "p2")
    told.press(1, "p2", "no", 1)
    await room.command(ballot, Command.CLOSE)
    await room.command(ballot, Command.DECLARE)
    entries = await room.journal.read()
    built = build_record(
        entries, ballot, checkpoint_of(entries, room.desk.ledger.state.hall, 1, KEY)
    )
    assert isinstance(built, dict)
    told.record = built
    told.change("p2", code=told.row(1)["code"])
    history.ask("declare", ballot, "declare")
    found = check(history, {ballot: json.dumps(built).encode()})
    assert found.violations == ()
    assert found.said == 2
    # What was receipted after the operator settled it has no excuse.
    told.drop("p1")
    told.drop("p3")
    _lose(told)
    assert Violations.LOST in told.kinds()
