"""A disk whose fsync takes longer, for the one process that waits for it: the hall's Redis.

Rule: nothing is simulated but the delay. strace(1) holds the process up at the end of each fsync
and fdatasync (`inject`), for whoever may trace it; the disk does its own work besides.
"""

from __future__ import annotations

import shutil
import subprocess
import time
from pathlib import Path
from typing import Final, Self

from server.cli.bench.failure import BenchFailed

CALLS: Final = "fsync,fdatasync"
SECONDS_TO_ATTACH: Final = 5.0


def tracer() -> str:
    """The program that holds a process up. Raises BenchFailed where it is not installed."""
    program = shutil.which("strace")
    if program is None:
        raise BenchFailed("--slow-disk needs strace: install it, or leave the option out")
    return program


class SlowDisk:
    """While it is entered, each fsync of a process ends `ms` milliseconds later."""

    def __init__(self, pid: int, ms: float) -> None:
        self._pid = pid
        self._ms = ms

    def __enter__(self) -> Self:
        program = tracer()
        delay = f"inject={CALLS}:delay_exit={self._ms * 1000:.0f}"
        self._tracer = subprocess.Popen(  # noqa: S603  # found on the path, our own arguments
            [
                *(program, "-f", "-qq", "-o", "/dev/null", "-p", str(self._pid)),
                *("-e", f"trace={CALLS}", "-e", delay),
            ],
            stdin=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )
        deadline = time.monotonic() + SECONDS_TO_ATTACH
        while not self._is_attached():
            if self._tracer.poll() is not None or time.monotonic() > deadline:
                self._end()
                raise BenchFailed(f"--slow-disk: strace could not hold up Redis: {self._said()}")
            time.sleep(0.02)
        return self

    def __exit__(self, *_: object) -> None:
        self._end()

    def _is_attached(self) -> bool:
        status = Path(f"/proc/{self._pid}/status").read_text(encoding="ascii")
        return f"TracerPid:\t{self._tracer.pid}\n" in status

    def _end(self) -> None:
        self._tracer.terminate()  # strace lets the process go and ends
        self._tracer.wait()

    def _said(self) -> str:
        assert self._tracer.stderr is not None  # noqa: S101  # it was asked for
        return self._tracer.stderr.read().decode(errors="replace").strip()
