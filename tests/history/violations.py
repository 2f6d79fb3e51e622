"""The ways in which a hall can break its word."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Violations(StrEnum):
    """Each kind is a promise of the design's section 3, broken."""

    LOST = "a receipted vote is not counted"
    MADE_UP = "something is counted or shown that nobody pressed"
    REFUSED_YET_COUNTED = "a press that was refused is counted"
    COUNTED_TWICE = "a Member or a number is counted twice"
    ANSWER_CHANGED = "a press was told one thing and then another"
    NUMBER_TWICE = "two presses have the same number"
    OUT_OF_ORDER = "a press has a lower number than one that was receipted before it was sent"
    WRONG_CURRENT = "a receipt says wrongly whether its vote still holds"
    TAKEN_WHILE_CLOSED = "a press was taken that began after everybody could know of the close"
    UNANSWERED = "a press was never answered"
    RAN_BACK = "a view is older than one that the same client had seen"
    WITHHELD = "somebody was shown what was withheld"
    TOO_EARLY = "a phase was shown that nobody had asked for"
    SHOWN_WRONG = "a view shows another result or vote than the record"
    COMMAND_LOST = "an acknowledged command is not in the record"
    COMMAND_TWICE = "a command is in the record more often than it was asked for"
    UNSOUND = "the record or the archive does not verify"
    NOT_ARCHIVED = "a receipted sealed ballot is not in the archive"
    ARCHIVED_TWICE = "a sealed ballot is in the archive twice"
    ARCHIVE_OUT_OF_ORDER = "the archive has the sealed ballots in another order than their numbers"
    MISCOUNTED = "the tally is not that of each Member's last sealed ballot"
    UNSIGNED = "a receipt for a sealed ballot has no signature of the hall that holds"


@dataclass(frozen=True, slots=True)
class Violation:
    """One broken promise: of which kind, in which ballot, and what exactly."""

    kind: Violations
    ballot: str
    what: str

    def __str__(self) -> str:
        return f"{self.kind.name} ({self.kind}): ballot {self.ballot}: {self.what}"
