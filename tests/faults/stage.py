"""A hall whose processes can be made to die at a step, for one module of tests."""

from __future__ import annotations

import asyncio
import subprocess
from collections.abc import Awaitable, Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from tests.faults.doomed import Plan
from tests.faults.tally import Tally
from tests.halls import HallProcess

PATIENCE: Final = 60
"""Seconds in which a step that was planned to kill has to come."""


@contextmanager
def held_at(folder: Path) -> Generator[None]:
    """A server behind a door checks no proof meanwhile: sealed ballots wait for their receipts."""
    hold = folder / "hold"
    hold.touch()
    try:
        yield
    finally:
        hold.unlink()


class Stage:
    """A hall behind the doors of `doomed`, and the folder in which it is told what to do."""

    def __init__(self, folder: Path, tally: Tally) -> None:
        self.folder = folder
        self.tally = tally
        self.hall = HallProcess(
            folder / "data",
            program="tests.faults.doomed",
            environment={"HEMICYCLE_FAULTS": str(folder)},
        ).start()

    def calls(self) -> int:
        """How many steps there were so far."""
        file = self.folder / "calls"
        return len(file.read_text().splitlines()) if file.exists() else 0

    async def through(self, step: str, plan: Plan, act: Callable[[], Awaitable[Any]]) -> None:
        """Do something that insists, and have `plan` hit meanwhile."""
        (self.folder / "hit").unlink(missing_ok=True)
        plan.leave(self.folder)
        acting = asyncio.ensure_future(act())
        if plan.victim == "server":
            try:
                await asyncio.to_thread(self.hall.died, PATIENCE)
            except subprocess.TimeoutExpired as missed:
                # It must not hit whoever comes next.
                self.hall.kill()
                await asyncio.to_thread(self.hall.start)
                raise AssertionError(f"in {step}, {plan} did not hit") from missed
            await asyncio.to_thread(self.hall.start)
        await acting
        hit = (self.folder / "hit").read_text()
        self.tally.hit(f"{plan.victim} killed in {step}, {hit}")
