"""The log says the same thing once.

Rule: in an outage thousands of presses fail in a second for one reason, and a log that says so each
time fills the disk and takes the server's time. A line is written when it is new; the same line is
then counted for a while, and the next one says how often it was left out.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from typing import Final

SECONDS: Final = 5.0
"""For how long a line is not repeated."""

MOST_LINES: Final = 1000
"""So many different ones are remembered."""


class Unrepeated(logging.Filter):
    """For a handler: leaves out what the log has just said, word for word."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._clock = clock
        self._lock = threading.Lock()
        self._said: dict[str, tuple[float, int]] = {}
        """When each line was written last, oldest first, and how often it was left out since."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether to write a record; one that is written again says what was left out."""
        try:
            error = record.exc_info and record.exc_info[1]
            text = record.getMessage()
            line = f"{record.name} {record.levelno} {text} {error!r}"
        except Exception:
            return True  # what cannot be written the handler reports; the caller goes on
        with self._lock:
            left_out = self._left_out(line)
        if left_out:
            record.msg, record.args = f"{text} ({left_out} more times since)", None
        return left_out is not None

    def _left_out(self, line: str) -> int | None:
        """How often the line was left out since it was written, or None if it is not due again."""
        now = self._clock()
        at, left_out = self._said.get(line, (-SECONDS, 0))
        if now - at < SECONDS:
            self._said[line] = (at, left_out + 1)
            return None
        self._said.pop(line, None)
        self._said[line] = (now, 0)
        if len(self._said) > MOST_LINES:
            del self._said[next(iter(self._said))]
        return left_out
