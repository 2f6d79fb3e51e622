"""The result of an election after the ballot just counted, and what comes next.

Rule: the whole election is folded anew from its rounds, so that a recount and the hall agree.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import assert_never

from server.rules.elections.round import RoundCount
from server.rules.elections.rule import ElectionRule
from server.rules.elections.standing import OpenTie, Settling, Standing, after, before
from server.rules.reading import Malformed


@dataclass(frozen=True, slots=True)
class NextBallot:
    """Another round, between `names`, for `places`.

    No names means that places are left over and nobody stands: new candidates are needed.
    """

    names: tuple[str, ...]
    places: int

    def as_json(self) -> dict[str, object]:
        """Return `{"ballot":[…],"places":k}`."""
        return {"ballot": list(self.names), "places": self.places}


@dataclass(frozen=True, slots=True)
class TieBallot:
    """A ballot between the tied candidates only; it does not count as a round."""

    names: tuple[str, ...]

    def as_json(self) -> dict[str, object]:
        """Return `{"tie_ballot":[…]}`."""
        return {"tie_ballot": list(self.names)}


@dataclass(frozen=True, slots=True)
class DrawLots:
    """Lots between the tied candidates, drawn in public."""

    names: tuple[str, ...]

    def as_json(self) -> dict[str, object]:
        """Return `{"lots":[…]}`."""
        return {"lots": list(self.names)}


@dataclass(frozen=True, slots=True)
class AskChair:
    """The rule is silent on this tie: the Chair decides what follows."""

    names: tuple[str, ...]

    def as_json(self) -> dict[str, object]:
        """Return `{"ask":[…]}`."""
        return {"ask": list(self.names)}


NextStep = NextBallot | TieBallot | DrawLots | AskChair


@dataclass(frozen=True, slots=True)
class ElectionResult:
    """Where an election stands.

    `elected` and `eliminated` cover the whole election so far, highest first within each ballot;
    `next` is `None` once every place is filled. `needed` and `base` are of the ballot counted
    last, `round` is its number (tie ballots not counted). `tie` says what an open tie decides and
    for how many places. `places` are still to be filled, those of an open tie included; `field`
    stands in the next round in any case.
    """

    elected: tuple[str, ...]
    next: NextStep | None
    eliminated: tuple[str, ...]
    needed: int
    base: int
    round: int
    tie: OpenTie | None
    places: int
    field: tuple[str, ...]

    def as_json(self) -> dict[str, object]:
        """Return the result in the shape of the `decide` format."""
        return {
            "elected": list(self.elected),
            "next": None if self.next is None else self.next.as_json(),
            "eliminated": list(self.eliminated),
            "needed": self.needed,
            "base": self.base,
        }


def decide_election(rule: ElectionRule, rounds: Sequence[RoundCount]) -> ElectionResult:
    """Decide an election from all of its ballots, oldest first; the last is the one just counted.

    Raises `Malformed` if there is none, if a ballot cannot follow those before it, or if the rule
    needs a figure that a ballot does not have.
    """
    if not rounds:
        raise Malformed("rounds", "expected at least one ballot")
    standing = before(rule)
    for i, count in enumerate(rounds):
        try:
            standing = after(rule, standing, count)
        except Malformed as problem:
            raise problem.within(f"rounds[{i}]") from None
    return ElectionResult(
        standing.elected,
        _next_step(standing),
        standing.eliminated,
        standing.needed,
        standing.base,
        standing.round,
        standing.tie,
        standing.places,
        tuple(sorted(standing.field)),
    )


def _next_step(standing: Standing) -> NextStep | None:
    if standing.tie is None:
        names = tuple(sorted(standing.field))
        return None if standing.over else NextBallot(names, standing.places)
    names = tuple(sorted(standing.tie.names))
    match standing.tie.settling:
        case Settling.TIE_BALLOT:
            return TieBallot(names)
        case Settling.LOTS:
            return DrawLots(names)
        case Settling.ASK:
            return AskChair(names)
        case _:
            assert_never(standing.tie.settling)
