"""The votes of a secret ballot that may be shown as cast, and those that are still being proved.

Rule: a sealed ballot counts for nobody who looks before its proofs hold. Until then the Member's
last proved one stands, and is remembered here, for the box names only the newest: a turnout that
dipped with each change would tell who changes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Self, assert_never

from server.ports import HeldVote

Verdict = Callable[[HeldVote], bool | None]
"""Whether the proofs of what the box holds are known to hold; None: there is no verdict yet."""


@dataclass(frozen=True, slots=True)
class ProvedVotes:
    """By Member: the last vote whose proofs hold, and a newer one without a verdict.

    What is in them changes in place, as the box's votes do; after a verdict the whole is another
    object.
    """

    votes: dict[str, HeldVote] = field(default_factory=dict)
    waiting: dict[str, HeldVote] = field(default_factory=dict)
    _whose: dict[str, str] = field(default_factory=dict)
    """The Member of each tracker in `waiting`."""

    @classmethod
    def read(cls, held: Mapping[str, HeldVote], verdict: Verdict, before: Self) -> Self:
        """What the box holds; `before` is what was known of the same box, or nothing."""
        now = cls()
        for member, vote in held.items():
            earlier = before.votes.get(member)
            if earlier is not None and earlier.n < vote.n:
                now.votes[member] = earlier
            now.take(member, vote, verdict(vote))
        return now

    def take(self, member: str, vote: HeldVote, verdict: bool | None) -> None:
        """A Member's vote in the box, and what is known of it."""
        waits = self.waiting.get(member)
        if waits is not None and waits.n <= vote.n:
            del self.waiting[member]
            del self._whose[waits.choice]
        match verdict:
            case True:
                proved = self.votes.get(member)
                if proved is None or proved.n < vote.n:
                    self.votes[member] = vote
            case None if waits is None or waits.n <= vote.n:
                self.waiting[member] = vote
                self._whose[vote.choice] = member
            case None | False:
                pass
            case _:
                assert_never(verdict)

    def whose(self, tracker: str) -> str | None:
        """The Member whose ballot with this tracker waits for its verdict."""
        return self._whose.get(tracker)

    def judged(self, member: str, holds: bool) -> Self:
        """After the verdict on what waits for this Member."""
        self.take(member, self.waiting[member], holds)
        return replace(self)

    def others_than(self, before: Self) -> set[str]:
        """The Members whose seat is to see something else than before."""
        return _changed(self.votes, before.votes) | _changed(self.waiting, before.waiting)


def _changed(one: Mapping[str, HeldVote], other: Mapping[str, HeldVote]) -> set[str]:
    changed = {member for member, vote in one.items() if other.get(member) != vote}
    return changed | (other.keys() - one.keys())
