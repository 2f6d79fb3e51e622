"""The roll: who may vote in one ballot, fixed when the ballot is announced.

Rule: freezing is a copy. What changes in the assembly afterwards (a right restored, a Member
admitted) counts from the next ballot on. A Member whose right is suspended stays among the
Members but is not entitled.
"""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from enum import StrEnum

from server.assembly.assembly import Assembly, codes_of
from server.assembly.remembered import remembered


class RightToVote(StrEnum):
    """Whether a Member may vote in the ballot."""

    ENTITLED = "entitled"
    SUSPENDED = "suspended"


@dataclass(frozen=True, slots=True)
class RollEntry:
    """A Member on the roll, whether it was present when the roll was frozen, and what its vote
    weighs, by the name of the weight."""

    member: str
    status: RightToVote
    present: bool
    weights: Mapping[str, int] = field(default_factory=dict)

    def weighs(self, weight: str | None) -> int:
        """What the Member's vote weighs by this weight; one where votes are counted by heads."""
        return 1 if weight is None else self.weights.get(weight, 0)


@dataclass(frozen=True, slots=True)
class Roll:
    """The frozen roll, in the assembly's order of Members.

    `members_total` is the number of all Members, the base of a majority "of the Members".
    `proxies` says who is to vote for whom: Member → the Member that holds its proxy.
    """

    entries: tuple[RollEntry, ...]
    members_total: int
    proxies: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RollCounts:
    """Counts in Members. `present` counts only those who may vote."""

    entitled: int
    present: int
    members: int


def freeze_roll(
    assembly: Assembly, present: AbstractSet[str], *, with_proxies: bool = True
) -> Roll:
    """The roll of a ballot announced now, with the codes of the Members who are present.

    Nobody can vote for another Member where the votes are sealed (`with_proxies` is false).
    A code in `present` that is no Member is a bug of the caller: `ValueError`.
    """
    strangers = present - codes_of(assembly)
    if strangers:
        raise ValueError(f"present, but not Members: {sorted(strangers)}")
    return Roll(
        entries=tuple(
            RollEntry(
                member=member.code,
                status=RightToVote.SUSPENDED if member.suspended else RightToVote.ENTITLED,
                present=member.code in present,
                weights=member.weights,
            )
            for member in assembly.members
        ),
        members_total=len(assembly.members),
        proxies=_proxies(assembly) if with_proxies else {},
    )


def _proxies(assembly: Assembly) -> dict[str, str]:
    """The proxies that can be used: neither Member's right to vote is suspended."""
    entitled = {member.code for member in assembly.members if not member.suspended}
    return {
        giver: holder
        for giver, holder in assembly.proxies.items()
        if giver in entitled and holder in entitled
    }


@remembered
def roll_counts(roll: Roll) -> RollCounts:
    """How many are entitled to vote, entitled and present, and Members."""
    entitled = [entry for entry in roll.entries if entry.status is RightToVote.ENTITLED]
    return RollCounts(
        entitled=len(entitled),
        present=sum(entry.present for entry in entitled),
        members=roll.members_total,
    )
