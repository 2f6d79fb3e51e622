"""One ballot's part of a history, beside its record, with what follows from both."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from tests.history.seen import OVER
from tests.history.told import (
    Answered,
    Asked,
    Attempt,
    Choice,
    History,
    Look,
    Receipt,
    Received,
)

ENDS: Final = frozenset({"close", "cancel", "rerun", "void"})
"""The commands after which no press is taken again."""


@dataclass(frozen=True, slots=True)
class Counted:
    """A row of the record's roll that has a vote; `choice` is the tracker of a sealed one."""

    member: str
    choice: Choice | None
    n: int
    code: str
    press_id: str


@dataclass(frozen=True)
class Case:
    """A ballot: what was told of it, and what its record says."""

    ballot: str
    record: Mapping[str, Any]
    history: History
    archive: bytes | None = None
    """Of a secret ballot that was closed: what was published."""

    @cached_property
    def counted(self) -> tuple[Counted, ...]:
        """The votes that the record counts, in the order of its roll."""
        return tuple(
            Counted(
                row["member"],
                row["tracker"] if self.is_secret else _choice(row["choice"]),
                row["n"],
                row["code"],
                row["press_id"],
            )
            for row in self.record["roll"]
            if row["press_id"] is not None
        )

    @property
    def is_secret(self) -> bool:
        """Whether the votes were sealed."""
        return bool(self.record["question"]["mode"] == "secret")

    @property
    def names_votes(self) -> bool:
        """Whether the record says who voted how: a cancelled ballot's does not."""
        return bool(self.record["phase"] != "cancelled")

    @cached_property
    def attempts(self) -> Mapping[str, tuple[Attempt, ...]]:
        """By press_id, in time."""
        found: defaultdict[str, list[Attempt]] = defaultdict(list)
        for each in self.history.attempts:
            if each.ballot == self.ballot:
                found[each.press_id].append(each)
        return {press_id: tuple(sent) for press_id, sent in found.items()}

    @cached_property
    def by_member(self) -> Mapping[str, tuple[Attempt, ...]]:
        """By Member, the first attempt of each press, in time."""
        found: defaultdict[str, list[Attempt]] = defaultdict(list)
        for sent in self.attempts.values():
            found[sent[0].member].append(sent[0])
        return {member: tuple(sent) for member, sent in found.items()}

    @cached_property
    def receipts(self) -> tuple[Receipt, ...]:
        """In the order of their arrival."""
        return tuple(each for each in self.history.receipts if each.ballot == self.ballot)

    @cached_property
    def received(self) -> tuple[Received, ...]:
        """What was told before a receipt, in the order of its arrival."""
        return tuple(each for each in self.history.received if each.ballot == self.ballot)

    @cached_property
    def first_receipts(self) -> Mapping[str, Receipt]:
        """By press_id, the receipt that came first."""
        found: dict[str, Receipt] = {}
        for each in self.receipts:
            found.setdefault(each.press_id, each)
        return found

    @cached_property
    def looks(self) -> tuple[Look, ...]:
        """The views that showed this ballot."""
        return tuple(
            each
            for each in self.history.looks
            if each.seen is not None and each.seen.ballot == self.ballot
        )

    # --- doubt

    @cached_property
    def doubted(self) -> bool:
        """Whether the hall said that the box lacked votes."""
        return "ballot_doubted" in self.events

    @cached_property
    def events(self) -> tuple[str, ...]:
        """The types of the journal's entries about the ballot, in order."""
        return tuple(line["type"] for line in self.record["history"])

    @cached_property
    def _turns(self) -> tuple[float, ...]:
        """When a `resume` was asked for and when it was answered, if the ballot was in doubt."""
        if not self.doubted:
            return ()
        told: list[Asked | Answered] = [*self.history.asked, *self.history.answered]
        return tuple(
            sorted(e.at for e in told if e.ballot == self.ballot and e.command == "resume")
        )

    def piece(self, at: float) -> int:
        """Which piece of the ballot's life a time is in: after a doubt numbers may begin anew.

        Whether a time between question and answer was before or after nobody knows: it is a piece
        of its own. A suspended ballot is resumed too, which does no harm: it only parts the life
        into more pieces.
        """
        return bisect_right(self._turns, at)

    @cached_property
    def _settled(self) -> float:
        """When the operator was told that the ballot goes on after its last doubt."""
        resumed = [index for index, kind in enumerate(self.events) if kind == "ballot_resumed"]
        doubted = max(index for index, kind in enumerate(self.events) if kind == "ballot_doubted")
        after = [index for index in resumed if index > doubted]
        answers = sorted(each.at for each in self.acknowledged("resume"))
        if not after:
            return math.inf
        if len(answers) == len(resumed):
            return answers[resumed.index(after[0])]
        return answers[-1] if answers else math.inf

    def may_be_gone(self, receipt: Receipt | Received) -> bool:
        """Whether the hall said, after this answer, that votes are missing."""
        return self.doubted and receipt.at < self._settled

    def may_be_torn(self, told: Receipt | Received) -> bool:
        """Whether this was only `received` when the store lost its last write."""
        if isinstance(told, Receipt):
            return False
        receipt = self.first_receipts.get(told.press_id)
        until = math.inf if receipt is None else receipt.at
        return any(told.at <= torn <= until for torn in self.history.tears)

    # --- commands

    def acknowledged(self, command: str) -> tuple[Answered, ...]:
        """The answers that say that a command was carried out."""
        return tuple(
            each
            for each in self.history.answered
            if each.ballot == self.ballot and each.command == command and _is_done(each.status)
        )

    @cached_property
    def over_since(self) -> float:
        """From when on somebody knew that no press is taken any more."""
        answers = (each.at for command in ENDS for each in self.acknowledged(command))
        seen = (each.at for each in self.looks if each.seen is not None and each.seen.phase in OVER)
        return min((*answers, *seen), default=math.inf)

    @cached_property
    def pauses(self) -> tuple[tuple[float, float], ...]:
        """Times in which the ballot was surely interrupted: (from, until).

        From the answer to `suspend` until a `resume` is asked; none, if one was under way.
        """
        asked: dict[str, float] = {}
        answered: dict[str, float] = {}
        for ask in self.history.asked:
            if ask.ballot == self.ballot:
                asked.setdefault(ask.key, ask.at)
        for answer in self.history.answered:
            if answer.ballot == self.ballot and answer.status is not None:
                answered[answer.key] = answer.at
        resumes = [
            (asked[ask.key], answered.get(ask.key, math.inf))
            for ask in self.history.asked
            if ask.ballot == self.ballot and ask.command == "resume"
        ]
        found = []
        for answer in self.acknowledged("suspend"):
            began = asked.get(answer.key, answer.at)
            if any(start <= answer.at and end >= began for start, end in resumes):
                continue
            until = min((start for start, _ in resumes if start > answer.at), default=math.inf)
            found.append((answer.at, until))
        return tuple(found)


def _is_done(status: int | None) -> bool:
    return status is not None and 200 <= status < 300


def _choice(choice: str | list[str] | None) -> Choice | None:
    return tuple(choice) if isinstance(choice, list) else choice
