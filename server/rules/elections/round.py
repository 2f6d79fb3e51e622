"""What was counted in one round of an election.

Rule: the candidates of a round are the names in it. Withdrawals happen between rounds.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import assert_never

from server.rules.elections.rule import ElectionBase
from server.rules.reading import Malformed, flag, joined, sequence, shown, table, whole


@dataclass(frozen=True, slots=True)
class RoundCount:
    """The votes of each candidate, and the papers.

    `ballots` are the valid papers, given where a paper may carry several names; otherwise the
    votes for candidates are the valid papers. `abstain` are blank papers, `invalid` spoilt ones.
    `members` are all Members, for a majority taken of them. `tie_ballot` marks a ballot between
    tied candidates only.
    """

    votes: Mapping[str, int]
    abstain: int = 0
    invalid: int = 0
    ballots: int | None = None
    members: int | None = None
    tie_ballot: bool = False

    @property
    def valid(self) -> int:
        """Return the number of valid papers."""
        return sum(self.votes.values()) if self.ballots is None else self.ballots

    def size_of(self, base: ElectionBase) -> int:
        """Return the size of a base; raises `Malformed` if the figure was not taken."""
        match base:
            case ElectionBase.VALID:
                return self.valid
            case ElectionBase.CAST:
                return self.valid + self.abstain + self.invalid
            case ElectionBase.MEMBERS:
                if self.members is None:
                    raise Malformed("members", 'missing; the rule takes a majority of "members"')
                return self.members
            case _:
                assert_never(base)


def rounds_from_json(value: object, path: str) -> tuple[RoundCount, ...]:
    """Read the rounds of an election, oldest first; raises `Malformed`."""
    return tuple(_round(entry, f"{path}[{i}]") for i, entry in enumerate(sequence(value, path)))


def _round(value: object, path: str) -> RoundCount:
    keys = table(
        value, path, ("votes",), ("abstain", "invalid", "ballots", "members", "tie_ballot")
    )
    votes = keys["votes"]
    where = joined(path, "votes")
    if not isinstance(votes, dict) or not votes:
        raise Malformed(where, f"expected an object of candidates and votes, got {shown(votes)}")
    return RoundCount(
        {name: whole(n, joined(where, name)) for name, n in votes.items()},
        whole(keys.get("abstain", 0), joined(path, "abstain")),
        whole(keys.get("invalid", 0), joined(path, "invalid")),
        whole(keys["ballots"], joined(path, "ballots")) if "ballots" in keys else None,
        whole(keys["members"], joined(path, "members")) if "members" in keys else None,
        flag(keys.get("tie_ballot", False), joined(path, "tie_ballot")),
    )
