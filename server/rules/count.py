"""What was counted in a vote on a motion, and the bases that a majority is taken of.

Rule: a figure that nobody counted is `None`, never a silent zero.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import assert_never

from server.rules.reading import Malformed, table, whole


class BaseName(StrEnum):
    """What a majority is a fraction of."""

    YES_NO = "yes_no"
    VALID = "valid"
    CAST = "cast"
    PRESENT = "present"
    ENTITLED = "entitled"
    MEMBERS = "members"


@dataclass(frozen=True, slots=True)
class MotionCount:
    """The figures of one vote, in votes (or in weights, if the ballot is weighted).

    `invalid` are papers that say nothing countable; `present` the Members present, `entitled` the
    voting roll, `members` all Members, represented or not. A Member whose vote is suspended stays
    in `members`. A figure is `None` if it was not taken; a rule that needs it cannot be applied.
    """

    yes: int
    no: int | None = None
    abstain: int | None = None
    invalid: int | None = None
    present: int | None = None
    entitled: int | None = None
    members: int | None = None

    def as_json(self) -> dict[str, object]:
        """Return the figures that were taken."""
        return {key: n for key in FIGURES if (n := getattr(self, key)) is not None}


FIGURES = ("yes", "no", "abstain", "invalid", "present", "entitled", "members")
"""The keys of a count, in the order in which they are written."""

_KNOWN = frozenset(FIGURES)
_QUICK_MOST = 2**63

_TAKEN_OF: dict[BaseName, tuple[str, ...]] = {
    BaseName.YES_NO: ("yes", "no"),
    BaseName.VALID: ("yes", "no", "abstain"),
    BaseName.CAST: ("yes", "no", "abstain", "invalid"),
    BaseName.PRESENT: ("present",),
    BaseName.ENTITLED: ("entitled",),
    BaseName.MEMBERS: ("members",),
}


def base_of(name: BaseName, count: MotionCount) -> int:
    """Return the size of a base in a count; raises `Malformed` if a figure was not taken."""
    size: int | None
    yes, no = count.yes, count.no
    match name:
        case BaseName.YES_NO:
            size = None if no is None else yes + no
        case BaseName.VALID:
            size = None if no is None or count.abstain is None else yes + no + count.abstain
        case BaseName.CAST:
            size = (
                None
                if no is None or count.abstain is None or count.invalid is None
                else yes + no + count.abstain + count.invalid
            )
        case BaseName.PRESENT:
            size = count.present
        case BaseName.ENTITLED:
            size = count.entitled
        case BaseName.MEMBERS:
            size = count.members
        case _:
            assert_never(name)
    if size is None:
        missing = next(key for key in _TAKEN_OF[name] if getattr(count, key) is None)
        raise Malformed(missing, f'missing; the rule takes "{name}", which needs this figure')
    return size


def count_from_json(value: object, path: str) -> MotionCount:
    """Read a count with `yes` and whatever else was taken; raises `Malformed`."""
    if isinstance(value, dict) and "yes" in value and value.keys() <= _KNOWN:
        # The common case at the speed of a batch; whatever fails here is told below by its name.
        for n in value.values():
            if type(n) is not int or not 0 <= n <= _QUICK_MOST:
                break
        else:
            return MotionCount(**value)
    keys = table(value, path, ("yes",), FIGURES[1:])
    return MotionCount(**{key: whole(n, f"{path}.{key}") for key, n in keys.items()})
