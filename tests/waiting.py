"""Waiting for what somebody else does in their own time: for a condition, never for a while."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable


async def until(reached: Callable[[], object], seconds: float = 20) -> None:
    """Let the others work until this holds."""
    deadline = time.monotonic() + seconds
    while not reached():
        assert time.monotonic() < deadline, "it did not happen"
        await asyncio.sleep(0.01)


def wait_until(reached: Callable[[], object], seconds: float = 60) -> None:
    """The same where no loop runs: other processes and threads work."""
    deadline = time.monotonic() + seconds
    while not reached():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.1)
