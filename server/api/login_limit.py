"""Guessing passwords is slowed down.

Rule: ten failures in a row for one name, and sign-ins under that name wait a minute. An attempt
counts as a failure until it succeeds, so that many at once are no way round. The table is bounded;
a name that succeeds is forgotten.
"""

from __future__ import annotations

from typing import Final

FAILURES: Final = 10
PAUSE_SECONDS: Final = 60.0
BOUND: Final = 4096


class LoginLimit:
    """Failures by user name."""

    def __init__(self) -> None:
        self._failures: dict[str, tuple[int, float]] = {}

    def wait(self, user: str, now: float) -> float:
        """Seconds until this name may try again; 0 if it may now."""
        count, last = self._failures.get(user, (0, now))
        return max(0.0, last + PAUSE_SECONDS - now) if count >= FAILURES else 0.0

    def failed(self, user: str, now: float) -> None:
        """Note a failure. After the pause the name has one try at a time."""
        count, _ = self._failures.pop(user, (0, now))
        if len(self._failures) >= BOUND:
            del self._failures[next(iter(self._failures))]
        self._failures[user] = (count + 1, now)

    def succeeded(self, user: str) -> None:
        """Forget the name's failures."""
        self._failures.pop(user, None)
