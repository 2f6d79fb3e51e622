"""Processes as the system sees them: who lives, who stands still, who checks a server's proofs."""

from __future__ import annotations

import os
import signal
from collections.abc import Generator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path


def state(pid: int) -> str:
    """One letter, as `ps` has it; `X` where the process is gone."""
    with suppress(FileNotFoundError, ProcessLookupError):
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    return "X"


def is_dead(pid: int) -> bool:
    """Whether a process is gone, or is only waited for by its parent."""
    return state(pid) in "ZX"


def is_stopped(pid: int) -> bool:
    """Whether a process stands still until it is told to go on."""
    return state(pid) in "Tt"


def provers(of: int) -> list[int]:
    """The processes that check proofs for this one, the oldest first."""
    children = Path(f"/proc/{of}/task/{of}/children").read_text().split()
    return [int(each) for each in children if b"spawn_main" in _line_of(each)]


@contextmanager
def stopped(pids: Sequence[int]) -> Generator[Sequence[int]]:
    """These processes stand still (SIGSTOP); what is left of them in the end is killed."""
    for pid in pids:
        os.kill(pid, signal.SIGSTOP)
    try:
        yield pids
    finally:
        for pid in pids:
            if is_stopped(pid):
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)


def _line_of(pid: str) -> bytes:
    with suppress(FileNotFoundError, ProcessLookupError):
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    return b""
