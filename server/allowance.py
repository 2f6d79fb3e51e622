"""How often somebody may do something: so many at once, and so many a second for long."""

from __future__ import annotations


class Allowance:
    """Full at first with `burst`; each taking costs one, and `rate` come back a second."""

    __slots__ = ("_at", "_burst", "_left", "_rate")

    def __init__(self, burst: float, rate: float, now: float) -> None:
        self._burst, self._rate = burst, rate
        self._left, self._at = burst, now

    def take(self, now: float) -> bool:
        """Whether there is one left, which is taken; `now` in seconds that never go backwards."""
        self._left = min(self._burst, self._left + (now - self._at) * self._rate)
        self._at = now
        if self._left < 1.0:
            return False
        self._left -= 1.0
        return True
