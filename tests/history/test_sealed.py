"""The checker finds each kind of broken promise of a secret ballot, and nothing in an honest hall.

As in `test_check.py`: the honest story comes from a real hall without a network, with real sealed
ballots and a real opening; each lie changes one thing in what seats were told, in the record or in
the archive.
"""

from __future__ import annotations

import asyncio
import copy
import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import pytest

from server.hall.desk import Done
from server.hall.press import NotTaken, Taken
from server.hall.proving import Received
from server.record.record import build_record, checkpoint_of
from server.record.sealed import archive_of
from server.secrecy.archive import write_archive
from server.secrecy.strict import SoundArchive, verify_archive
from server.vocabulary import Command
from tests.hall_cases.room import KEY, Room, read_words
from tests.hall_cases.secret_room import SecretRoom
from tests.history import History, Report, Violations, check
from tests.history.bel import ballots_in, tracker_of
from tests.history.test_check import Ticks
from tests.secrecy.forging import unproved

CHOICES = ("yes", "no", "abstain")
PRESSES = (
    (0, "p1", "yes"),
    (1, "p2", "no"),
    (0, "p3", "abstain"),
    (1, "p4", None),
    (2, "p5", "yes"),
)
"""Who presses what; `p4` proves nothing, and of `p5` the seat hears no more than that it was
received."""


@dataclass
class Told:
    """An honest history of a secret ballot with its record and archive, to be falsified."""

    history: History
    ballot: str
    record: dict[str, Any]
    archive: bytes

    def check(self, *, all_answered: bool = False) -> Report:
        return check(
            self.history,
            {self.ballot: json.dumps(self.record).encode()},
            archives={self.ballot: self.archive},
            all_answered=all_answered,
        )

    def kinds(self) -> set[Violations]:
        return {each.kind for each in self.check().violations}

    def change(self, press_id: str, **fields: Any) -> None:
        """Falsify a receipt."""
        self.history.receipts[:] = [
            replace(each, **fields) if each.press_id == press_id else each
            for each in self.history.receipts
        ]

    def receive(self, press_id: str, **fields: Any) -> None:
        """Falsify what was told as received."""
        self.history.received[:] = [
            replace(each, **fields) if each.press_id == press_id else each
            for each in self.history.received
        ]

    def refuse(self, press_id: str, reason: str) -> None:
        frame = {"type": "refused", "press_id": press_id, "reason": reason}
        self.history.hear("seat", "seat", frame, "a member")

    def rewrite(self, change: Callable[[tuple[str, ...]], tuple[str, ...]]) -> None:
        """Publish an archive with other ballots."""
        sound = verify_archive(self.archive)
        assert isinstance(sound, SoundArchive)
        contents = sound.contents
        self.archive = write_archive(replace(contents, ballots=change(contents.ballots)))

    def look(self, audience: str, phase: str, at: float, **shown: Any) -> None:
        """A client is shown the ballot at some time of the history."""
        ballot = {"id": self.ballot, "phase": phase, "mode": "secret", "disclosure": "turnout"}
        view = {"ballot": {**ballot, **shown.pop("ballot", {})}, **shown}
        self.history.clock = lambda: at
        frame = {"type": "view", "epoch": "1", "seq": 1, "view": view}
        member = self.record["roll"][0]["member"] if audience == "seat" else None
        self.history.hear("spy", audience, frame, member)

    def when(self, command: str) -> float:
        """When a command was first asked for."""
        return next(each.at for each in self.history.asked if each.command == command)


class Sitting:
    """A secret ballot in a room, and what its clients are told."""

    def __init__(self, room: Room) -> None:
        self.secret = SecretRoom(room)
        self.history = History(clock=Ticks())
        self.ballot = ""

    async def open(self) -> None:
        await self.secret.ready()
        self.ballot = await self.secret.open()
        for key, command in (("1", "accreditation"), ("2", "accreditation"), ("open", "open")):
            self.history.ask(key, self.ballot, command)
            self.history.answer(key, self.ballot, command, 200)

    async def command(self, name: str) -> None:
        self.history.ask(name, self.ballot, name)
        await self.secret.room.command(self.ballot, Command(name), reason="a reason")
        self.history.answer(name, self.ballot, name, 200)

    async def press(self, at: int, press_id: str, choice: str | None) -> None:
        """A press whose every answer is heard; None is one that proves nothing."""
        member = self.secret.room.members[at]
        chosen = 0 if choice is None else CHOICES.index(choice)
        text = self.secret.ballot_of(self.ballot, member, chosen)
        if choice is None:
            text = unproved(self.secret.credentials[member], text, self.secret.random)
        tracked = tracker_of(text)
        self.history.send(member, member, self.ballot, press_id, choice, tracked)
        self.secret.put(self.ballot, member, press_id, text)
        for answer in await self.secret.answers(press_id):
            told: dict[str, Any] = {"press_id": press_id, "ballot": self.ballot}
            match answer:
                case Received(tracker=tracker, n=n):
                    told |= {"type": "received", "tracker": tracker, "n": n}
                case NotTaken(reason=reason):
                    told |= {"type": "refused", "reason": reason.value}
                case Taken(accepted=accepted):
                    told |= self._receipt(press_id, accepted.choice, accepted.n)
            self.history.hear(member, "seat", told, member)

    def _receipt(self, press_id: str, tracked: str, n: int) -> dict[str, Any]:
        hall = self.secret.room.desk.ledger.state.hall
        claim = ["hemicycle sealed receipt 1", hall, self.ballot, press_id, tracked, n]
        signature = KEY.sign(json.dumps(claim, separators=(",", ":")).encode()).hex()
        told = {"tracker": tracked, "n": n, "code": "", "current": True, "signature": signature}
        return {"type": "receipt", **told}

    async def decrypt(self, name: str) -> None:
        self.history.ask(f"open-{name}", self.ballot, "decryptions")
        assert isinstance(await self.secret.share(self.ballot, name), Done)
        self.history.answer(f"open-{name}", self.ballot, "decryptions", 200)

    async def told(self) -> Told:
        """Closed, opened by two, declared."""
        await self.command("close")
        await self.decrypt("ana")
        await self.decrypt("cy")
        await self.command("declare")
        room = self.secret.room
        entries = await room.journal.read()
        checkpoint = checkpoint_of(entries, room.desk.ledger.state.hall, 1, KEY)
        record = build_record(entries, self.ballot, checkpoint)
        assert isinstance(record, dict)
        archive = archive_of(room.ballot(self.ballot))
        assert archive is not None
        told = Told(self.history, self.ballot, record, archive)
        for row in record["roll"]:
            told.change(row["press_id"], code=row["code"])
        return told


async def honest() -> Told:
    sitting = Sitting(await Room(read_words()).enter())
    await sitting.open()
    for press in PRESSES:
        await sitting.press(*press)
    told = await sitting.told()
    told.history.receipts[:] = [each for each in told.history.receipts if each.press_id != "p5"]
    return told


@pytest.fixture(scope="module")
def first() -> Told:
    return asyncio.run(honest())


@pytest.fixture
def told(first: Told) -> Told:
    return copy.deepcopy(first)


def test_an_honest_hall_broke_no_promise(told: Told) -> None:
    told.look("display", "open", told.when("close") - 0.5, ballot={"turnout": {"voted": 3}})
    told.look("chair", "closed", told.when("declare") - 0.5, undeclared={"counts": {}})
    found = told.check()
    assert found.violations == ()
    assert (found.ballots, found.presses, found.receipts, found.unknown) == (1, 5, 3, 1)
    assert told.record["counts"] == {"yes": 1, "no": 1, "abstain": 1}
    assert len(ballots_in(told.archive)) == 4


def test_a_sealed_press_without_an_answer_counts_once_or_not_at_all(told: Told) -> None:
    # p5 is in the archive, and this one is not.
    member = told.record["roll"][3]["member"]
    told.history.send(member, member, told.ballot, "p6", "yes", "a tracker")
    assert told.kinds() == set()
    found = told.check(all_answered=True)
    assert [each.kind for each in found.violations] == [Violations.UNANSWERED] * 2


def test_a_closed_secret_ballot_is_not_judged_without_its_archive(told: Told) -> None:
    with pytest.raises(ValueError, match="give its archive"):
        check(told.history, {told.ballot: json.dumps(told.record).encode()})


def _forget(told: Told, press_id: str) -> None:
    """Nobody has sent it."""
    history = told.history
    history.attempts[:] = [each for each in history.attempts if each.press_id != press_id]
    history.received[:] = [each for each in history.received if each.press_id != press_id]


def _mean(told: Told, press_id: str, choice: str) -> None:
    told.history.attempts[:] = [
        replace(each, choice=choice) if each.press_id == press_id else each
        for each in told.history.attempts
    ]


def _count_the_older(told: Told) -> None:
    row = told.record["roll"][0]
    older = next(each for each in told.history.receipts if each.press_id == "p1")
    row.update(tracker=older.tracker, n=older.n, press_id="p1", height=1)


def _say_another_number(told: Told) -> None:
    """The receipt is signed, but for another number than was told as received."""
    other = next(each for each in told.history.receipts if each.press_id == "p3")
    told.change("p2", n=other.n + 9)


def _take_after_the_close(told: Told) -> None:
    """What was taken was sent when somebody knew of the close already."""
    closed = next(each.at for each in told.history.answered if each.command == "close")
    told.history.attempts[:] = [
        replace(each, at=closed + 0.1) if each.press_id == "p3" else each
        for each in told.history.attempts
    ]
    told.receive("p3", at=closed + 0.2)
    told.change("p3", at=closed + 0.3)


Lie = Callable[[Told], object]
LIES: tuple[tuple[Violations, Lie], ...] = (
    (Violations.NOT_ARCHIVED, lambda told: told.rewrite(lambda each: each[1:])),
    (Violations.NOT_ARCHIVED, lambda told: told.rewrite(lambda each: each[:2] + each[3:])),
    (Violations.NOT_ARCHIVED, lambda told: told.record["roll"][1].update(height=4)),
    (Violations.NOT_ARCHIVED, lambda told: told.record["roll"][1].update(event="0" * 64)),
    (Violations.ARCHIVED_TWICE, lambda told: told.rewrite(lambda each: (*each, each[0]))),
    (
        Violations.ARCHIVE_OUT_OF_ORDER,
        lambda told: told.rewrite(lambda each: (each[1], each[0], *each[2:])),
    ),
    (
        Violations.ARCHIVE_OUT_OF_ORDER,
        lambda told: told.rewrite(lambda each: (*each[:2], each[3], each[2])),
    ),
    (Violations.MISCOUNTED, lambda told: _mean(told, "p2", "yes")),
    (Violations.MISCOUNTED, lambda told: told.record["counts"].update(yes=2)),
    (Violations.MISCOUNTED, _count_the_older),
    (Violations.LOST, _count_the_older),
    (Violations.UNSIGNED, lambda told: told.change("p1", signature="ab" * 64)),
    (Violations.UNSIGNED, lambda told: told.change("p1", signature=None)),
    (Violations.UNSIGNED, _say_another_number),
    (Violations.MADE_UP, lambda told: _forget(told, "p5")),
    (Violations.MADE_UP, lambda told: told.change("p1", tracker="another")),
    (Violations.MADE_UP, lambda told: told.receive("p5", tracker="another")),
    (Violations.REFUSED_YET_COUNTED, lambda told: told.refuse("p5", "bad_proof")),
    (Violations.REFUSED_YET_COUNTED, lambda told: told.refuse("p5", "closed")),
    (Violations.ANSWER_CHANGED, lambda told: told.refuse("p1", "bad_proof")),
    (Violations.ANSWER_CHANGED, _say_another_number),
    (Violations.NUMBER_TWICE, lambda told: told.receive("p5", n=1)),
    (Violations.NUMBER_TWICE, lambda told: told.receive("p4", n=3)),
    (Violations.TAKEN_WHILE_CLOSED, _take_after_the_close),
    (Violations.WITHHELD, lambda told: told.change("p1", choice="yes")),
    (Violations.UNSOUND, lambda told: told.rewrite(lambda each: each[:3])),
)


@pytest.mark.parametrize(("kind", "lie"), LIES, ids=lambda each: getattr(each, "name", ""))
def test_each_lie_is_found(told: Told, kind: Violations, lie: Lie) -> None:
    lie(told)
    assert kind in told.kinds()


def test_an_archive_that_was_changed_does_not_verify(told: Told) -> None:
    changed = bytearray(told.archive)
    changed[told.archive.index(b'"alpha":"') + 12] ^= 1
    told.archive = bytes(changed)
    assert Violations.UNSOUND in told.kinds()


@pytest.mark.parametrize(
    ("audience", "phase", "before", "shown"),
    [
        ("display", "open", "close", {"ballot": {"counts": {"yes": 1}}}),
        ("display", "closed", "declare", {"ballot": {"counts": {"yes": 1}}}),
        ("display", "closed", "declare", {"ballot": {"outcome": {"outcome": "adopted"}}}),
        ("display", "open", "close", {"ballot": {"disclosure": "counts", "counts": {"yes": 1}}}),
        ("console", "declared", "declare", {"ballot": {"board": "y.n"}}),
        ("chair", "closed", "decryptions", {"chair": {"undeclared": {"outcome": "adopted"}}}),
        ("console", "closed", "decryptions", {"undeclared": {"outcome": "adopted"}}),
        ("seat", "open", "close", {"ballot": {"mine": {"n": 1, "code": "x", "choice": "yes"}}}),
    ],
)
def test_whatever_tells_a_sealed_vote_is_found(
    told: Told, audience: str, phase: str, before: str, shown: dict[str, Any]
) -> None:
    told.look(audience, phase, told.when(before) - 0.5, **shown)
    assert Violations.WITHHELD in told.kinds()


@pytest.mark.parametrize("proved", [True, False])
def test_a_seat_that_is_shown_a_refused_ballot_as_its_vote_is_found(
    told: Told, proved: bool
) -> None:
    sent = next(each for each in told.history.attempts if each.press_id == "p3")
    told.refuse("p3", "bad_proof")
    assert Violations.SHOWN_WRONG not in told.kinds()
    mine = {"n": 3, "code": "x", "choice": None, "tracker": sent.tracker, "proved": proved}
    told.look("seat", "open", told.when("close") - 0.5, ballot={"mine": mine})
    assert (Violations.SHOWN_WRONG in told.kinds()) == proved


def test_one_decryption_opens_nothing(told: Told) -> None:
    second = [each.at for each in told.history.asked if each.command == "decryptions"][1]
    told.look("chair", "closed", second - 0.5, chair={"undeclared": {"outcome": "adopted"}})
    assert told.kinds() == {Violations.WITHHELD}


def test_a_number_that_was_only_received_may_go_with_the_stores_last_write(told: Told) -> None:
    """`p5` was received as number 1 before the store was torn, and is number 5 in the end."""
    received = next(each for each in told.history.received if each.press_id == "p5")
    first = next(each for each in told.history.received if each.press_id == "p1")
    told.history.received.insert(0, replace(received, at=first.at - 0.5, n=1))
    told.history.attempts[:] = [replace(each, at=0.0) for each in told.history.attempts]
    assert told.kinds() == {Violations.NUMBER_TWICE, Violations.ANSWER_CHANGED}
    told.history.tears.append(first.at - 0.25)
    assert told.kinds() == set()
    # A receipt has no such excuse.
    told.change("p1", n=2)
    assert Violations.NUMBER_TWICE in told.kinds()


async def test_what_the_hall_itself_put_in_doubt_may_be_missing_from_before() -> None:
    """The store loses a receipted sealed ballot; the hall says so; the operator resumes."""
    sitting = Sitting(await Room(read_words()).enter())
    await sitting.open()
    await sitting.press(0, "p1", "yes")
    room = sitting.secret.room
    await room.mark(sitting.ballot)
    await room.box.remove(sitting.ballot)
    await room.finish()
    await sitting.command("resume")
    await sitting.press(1, "p2", "no")
    told = await sitting.told()
    found = told.check()
    assert found.violations == ()
    assert found.said == 1
    # What was receipted after the operator settled it has no excuse.
    told.rewrite(lambda _: ())
    assert Violations.NOT_ARCHIVED in told.kinds()
