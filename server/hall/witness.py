"""What this server has seen of each box with its own eyes.

Rule (invariant 7): the highest pair that was receipted is kept, here at once and in the journal's
database every second. A box that is behind it was restored, truncated, or is a replica that
lagged; the presses that it takes before anybody notices get no receipt.
"""

from __future__ import annotations

from server.ports import BoxState, HighWater


class Witness:
    """The furthest that this server saw each box, and the boxes that went back."""

    def __init__(self) -> None:
        self._seen: dict[str, HighWater] = {}

    def saw(self, box: BoxState, fresh: int) -> bool:
        """Whether a box that has just taken `fresh` new presses still holds all earlier ones.

        Presses of other servers may have come in between; none may have gone. A box that went
        back is remembered: `seen` stays ahead of it until the operator has settled the doubt,
        which gives it another incarnation.
        """
        seen = self._seen.get(box.ballot)
        if seen is None or seen.incarnation != box.incarnation or _follows(seen, box, fresh):
            self._keep(box, n=box.n)
            return True
        self._keep(box, n=max(seen.n, box.n) + 1)
        return False

    def seen(self, ballot: str) -> HighWater | None:
        """The furthest that this server saw a box, or None if it never did."""
        return self._seen.get(ballot)

    def _keep(self, box: BoxState, *, n: int) -> None:
        self._seen[box.ballot] = HighWater(box.ballot, box.incarnation, n, box.chain, box.revision)


def _follows(seen: HighWater, box: BoxState, fresh: int) -> bool:
    before = box.n - fresh
    unchanged = before == seen.n and fresh == 0
    return before >= seen.n and not (unchanged and box.chain != seen.chain)
