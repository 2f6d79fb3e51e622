"""How an election is decided: data that a rulebook holds.

Rule: rounds are counted from 1, and tie ballots are not counted.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from server.rules.majority import Majority, majority_of
from server.rules.reading import Malformed, joined, one_of, sequence, table, whole


class ElectionBase(StrEnum):
    """What a majority is a fraction of: valid papers, all papers cast, or all Members."""

    VALID = "valid"
    CAST = "cast"
    MEMBERS = "members"


class ReduceMethod(StrEnum):
    """How the list of candidates gets shorter from round to round."""

    NONE = "none"
    DROP_LAST = "drop_last"
    TOP_TWO = "top_two"
    TWICE_PLACES = "twice_places"


class LastTie(StrEnum):
    """What follows a tie that decides who drops out of the list or gets into it."""

    TIE_BALLOT = "tie_ballot"
    LOTS = "lots"
    ASK = "ask"


class ElectionTie(StrEnum):
    """What follows a tie that decides who is elected."""

    TIE_BALLOT_THEN_LOTS = "tie_ballot_then_lots"
    LOTS = "lots"
    ASK = "ask"


@dataclass(frozen=True, slots=True)
class RoundMajority:
    """A majority and how many rounds it serves; the last of a rule serves all that follow."""

    majority: Majority
    rounds: int | None = None

    def as_json(self) -> dict[str, object]:
        """Return the entry in the shape of the `decide` format."""
        served: dict[str, object] = {} if self.rounds is None else {"rounds": self.rounds}
        return {**served, **self.majority.as_json()}


@dataclass(frozen=True, slots=True)
class Reduction:
    """How the list gets shorter; `from_round` is the first round whose list is shortened."""

    method: ReduceMethod
    from_round: int = 2

    def shortens(self, round_: int) -> bool:
        """Whether the list of this round is shortened; they are counted from 1."""
        return self.method is not ReduceMethod.NONE and round_ >= self.from_round

    def as_json(self) -> dict[str, object]:
        """Return the reduction in the shape of the `decide` format."""
        return {"method": str(self.method), "from_round": self.from_round}


@dataclass(frozen=True, slots=True)
class ElectionRule:
    """An election of `places` with up to `names_per_ballot` names on a paper.

    `majorities` stand in the order of the rounds; an entry without `rounds` serves one round,
    the last entry every round that follows.
    """

    places: int
    names_per_ballot: int
    majorities: tuple[RoundMajority, ...]
    base: ElectionBase
    reduction: Reduction
    last_tie: LastTie
    election_tie: ElectionTie

    def majority_in(self, number: int) -> Majority:
        """Return the majority in force in a round, counted from 1 without tie ballots."""
        served = 0
        for entry in self.majorities[:-1]:
            served += 1 if entry.rounds is None else entry.rounds
            if number <= served:
                return entry.majority
        return self.majorities[-1].majority

    def as_json(self) -> dict[str, object]:
        """Return the rule in the shape of the `decide` format."""
        return {
            "kind": "election",
            "places": self.places,
            "names_per_ballot": self.names_per_ballot,
            "majority": [entry.as_json() for entry in self.majorities],
            "base": str(self.base),
            "reduce": self.reduction.as_json(),
            "tie": {"last": str(self.last_tie), "election": str(self.election_tie)},
        }


def election_rule_from_json(value: object, path: str = "rule") -> ElectionRule:
    """Read an election rule of the `decide` format; raises `Malformed`."""
    keys = table(
        value,
        path,
        ("kind", "places", "names_per_ballot", "majority", "base", "reduce", "tie"),
    )
    if keys["kind"] != "election":
        raise Malformed(joined(path, "kind"), 'expected "election"')
    majorities = joined(path, "majority")
    tie_path = joined(path, "tie")
    tie = table(keys["tie"], tie_path, ("last", "election"))
    return ElectionRule(
        whole(keys["places"], joined(path, "places"), least=1),
        whole(keys["names_per_ballot"], joined(path, "names_per_ballot"), least=1),
        tuple(
            _round_majority(entry, f"{majorities}[{i}]")
            for i, entry in enumerate(sequence(keys["majority"], majorities))
        ),
        one_of(keys["base"], joined(path, "base"), ElectionBase),
        _reduction(keys["reduce"], joined(path, "reduce")),
        one_of(tie["last"], joined(tie_path, "last"), LastTie),
        one_of(tie["election"], joined(tie_path, "election"), ElectionTie),
    )


def _round_majority(value: object, path: str) -> RoundMajority:
    keys = table(value, path, ("of", "at_least"), ("rounds",))
    rounds = whole(keys["rounds"], joined(path, "rounds"), least=1) if "rounds" in keys else None
    return RoundMajority(majority_of(keys, path), rounds)


def _reduction(value: object, path: str) -> Reduction:
    keys = table(value, path, ("method",), ("from_round",))
    method = one_of(keys["method"], joined(path, "method"), ReduceMethod)
    # The list of round 1 is what was nominated: nothing can shorten it.
    return Reduction(method, whole(keys.get("from_round", 2), joined(path, "from_round"), least=2))
