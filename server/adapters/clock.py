"""The machine's clock.

Rule: nothing else in the hall asks the operating system for the time, so that tests can move it.
"""

from __future__ import annotations

import time


class SystemClock:
    """Wall time and monotonic time of this process (`server.ports.Clock`)."""

    def now_ms(self) -> int:
        """Milliseconds since 1970."""
        return time.time_ns() // 1_000_000

    def monotonic(self) -> float:
        """Seconds that never go backwards."""
        return time.monotonic()
