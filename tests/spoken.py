"""A program as a process of its own, and what it prints: read as it comes, by a thread."""

from __future__ import annotations

import queue
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence


class Spoken:
    """It runs from the start on; `lines` are those that somebody has waited for."""

    def __init__(self, command: Sequence[str], environment: Mapping[str, str]) -> None:
        self.lines: list[str] = []
        self._told: queue.Queue[str | None] = queue.Queue()
        self.process = subprocess.Popen(
            command,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env=environment,
        )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self._told.put(line.rstrip())
        self._told.put(None)

    def says(self, words: str, seconds: float) -> str:
        """The next line with these words in it."""
        deadline = time.monotonic() + seconds
        while True:
            line = self._told.get(timeout=max(0.1, deadline - time.monotonic()))
            assert line is not None, f"it ended before it said {words!r}: {self.lines[-8:]}"
            self.lines.append(line)
            if words in line:
                return line

    def ends(self, seconds: float) -> int:
        """Its exit status, once it has ended; all that it printed is in `lines`."""
        status = self.process.wait(timeout=seconds)
        self._reader.join(timeout=20)
        assert self.process.stdout is not None
        self.process.stdout.close()
        while (line := self._told.get(timeout=1)) is not None:
            self.lines.append(line)
        self._told.put(None)
        return status
