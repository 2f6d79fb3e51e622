"""A ballot that is counted and decides nothing: test vote, attendance check, informal poll.

Rule: the outcome is `counted`, whatever the numbers. An attendance check says besides whether the
quorum is there; who answered is present, and nobody else.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from server.rules.count import MotionCount
from server.rules.quorum import Quorum, QuorumFinding, measure_quorum
from server.vocabulary import Kind, OutcomeKind


@dataclass(frozen=True, slots=True)
class Counted:
    """What was counted. `quorum` is None where none was asked for."""

    of: Kind
    quorum: QuorumFinding | None

    @property
    def outcome(self) -> OutcomeKind:
        """Always the same."""
        return OutcomeKind.COUNTED

    def as_json(self) -> dict[str, object]:
        """The result in the shape of a motion's, with the kind in `of`."""
        return {
            "outcome": str(self.outcome),
            "of": str(self.of),
            "base": None,
            "needed": None,
            "tied": False,
            "explain": (
                None
                if self.quorum is None
                else {"base_name": None, "quorum": self.quorum.as_json()}
            ),
        }


def count_only(kind: Kind, quorum: Quorum | None, count: MotionCount) -> Counted:
    """The result of a ballot of a kind that decides nothing."""
    if kind is not Kind.ATTENDANCE or quorum is None:
        return Counted(kind, None)
    return Counted(kind, measure_quorum(quorum, replace(count, present=count.yes)))
