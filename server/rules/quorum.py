"""The quorum: how many must be present, or must vote, for a decision to stand.

Rule: a quorum is measured in the same count as the vote. Without it there is no decision, which
is not the same as a rejection.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import assert_never

from server.rules.count import BaseName, MotionCount, base_of
from server.rules.majority import Majority, majority_of
from server.rules.reading import joined, one_of, table, whole


class QuorumMeasure(StrEnum):
    """What a quorum counts."""

    PRESENT = "present"
    CAST = "cast"
    YES_NO = "yes_no"


class QuorumBase(StrEnum):
    """What a quorum is a share of."""

    MEMBERS = "members"
    ENTITLED = "entitled"


@dataclass(frozen=True, slots=True)
class QuorumShare:
    """A share of all Members, or of those entitled to vote: "more than half of the Members"."""

    measure: QuorumMeasure
    share: Majority
    base: QuorumBase

    def as_json(self) -> dict[str, object]:
        """Return the quorum in the shape of the `decide` format."""
        return {"measure": str(self.measure), **self.share.as_json(), "base": str(self.base)}


@dataclass(frozen=True, slots=True)
class QuorumNumber:
    """A fixed number: "297 votes in favour and against"."""

    measure: QuorumMeasure
    number: int

    def as_json(self) -> dict[str, object]:
        """Return the quorum in the shape of the `decide` format."""
        return {"measure": str(self.measure), "at_least": self.number}


Quorum = QuorumShare | QuorumNumber


@dataclass(frozen=True, slots=True)
class QuorumFinding:
    """What was measured, and the least number that would have met the quorum."""

    measure: QuorumMeasure
    measured: int
    needed: int

    @property
    def met(self) -> bool:
        """Whether the quorum is there."""
        return self.measured >= self.needed

    def as_json(self) -> dict[str, object]:
        """Return the finding as plain JSON."""
        return {
            "measure": str(self.measure),
            "measured": self.measured,
            "needed": self.needed,
            "met": self.met,
        }


_MEASURED: dict[QuorumMeasure, BaseName] = {
    QuorumMeasure.PRESENT: BaseName.PRESENT,
    QuorumMeasure.CAST: BaseName.CAST,
    QuorumMeasure.YES_NO: BaseName.YES_NO,
}
_SHARED: dict[QuorumBase, BaseName] = {
    QuorumBase.MEMBERS: BaseName.MEMBERS,
    QuorumBase.ENTITLED: BaseName.ENTITLED,
}


def quorum_needed(quorum: Quorum, count: MotionCount) -> int:
    """Return the least measure that meets the quorum; raises `Malformed` if a figure is missing."""
    match quorum:
        case QuorumNumber(number=number):
            return number
        case QuorumShare(share=share, base=base):
            return share.needed(base_of(_SHARED[base], count))
        case _:
            assert_never(quorum)


def measure_quorum(quorum: Quorum, count: MotionCount) -> QuorumFinding:
    """Measure a quorum in a count; raises `Malformed` if a figure was not taken."""
    measured = base_of(_MEASURED[quorum.measure], count)
    return QuorumFinding(quorum.measure, measured, quorum_needed(quorum, count))


def quorum_from_json(value: object, path: str) -> Quorum:
    """Read either shape of a quorum; raises `Malformed`."""
    if isinstance(value, dict) and ("of" in value or "base" in value):
        keys = table(value, path, ("measure", "of", "at_least", "base"))
        return QuorumShare(
            one_of(keys["measure"], joined(path, "measure"), QuorumMeasure),
            majority_of(keys, path),
            one_of(keys["base"], joined(path, "base"), QuorumBase),
        )
    keys = table(value, path, ("measure", "at_least"), ("of", "base"))
    return QuorumNumber(
        one_of(keys["measure"], joined(path, "measure"), QuorumMeasure),
        whole(keys["at_least"], joined(path, "at_least")),
    )
