"""What a process has cost so far: CPU and memory, read from outside.

Rule: the process that is measured takes no part, so measuring costs it nothing.
"""

from __future__ import annotations

import re
import time
from pathlib import Path

CPU_CLOCK = 2
"""The kind of clock that clock_getcpuclockid(3) puts in the low bits for a process (Linux)."""


def cpu_seconds(pid: int) -> float:
    """CPU time of all threads of a process, user and system, to the nanosecond."""
    return time.clock_gettime((~pid << 3) | CPU_CLOCK)


def resident_kib(pid: int) -> int:
    """Resident memory (VmRSS) in KiB. Buffers that the kernel holds for sockets are not in it."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    found = re.search(r"^VmRSS:\s+(\d+) kB", status, re.MULTILINE)
    if found is None:
        raise ProcessLookupError(f"process {pid} has ended")
    return int(found[1])


class CpuMeter:
    """How much CPU time processes have taken, together, since the meter was made."""

    def __init__(self, *pids: int) -> None:
        self._pids = pids
        self._cpu = self._spent()
        self._wall = time.monotonic()

    def read(self) -> tuple[float, float]:
        """CPU seconds and wall seconds since then."""
        return self._spent() - self._cpu, time.monotonic() - self._wall

    def _spent(self) -> float:
        return sum(map(cpu_seconds, self._pids))
