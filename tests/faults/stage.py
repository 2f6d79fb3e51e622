"""A hall whose processes can be made to die at a step, the choice of the step, and the verdict."""

from __future__ import annotations

import asyncio
import subprocess
from collections.abc import Awaitable, Callable, Generator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, Literal

from tests.faults.doomed import Plan
from tests.faults.redis_clock import LIBRARY, RedisClock
from tests.faults.tally import Tally
from tests.halls import HallProcess
from tests.history import History, Report, check
from tests.history.clients import Operator

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


class EncryptedHall(HallProcess):
    """A hall that speaks TLS, and is spoken to in the clear through a `Wire` that does not."""

    door = 0
    """The port of that wire."""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.door}"

    @property
    def ws(self) -> str:
        return f"ws://127.0.0.1:{self.door}/ws/v1"


class Stage:
    """A hall behind the doors of `doomed`, and the folder in which it is told what to do."""

    def __init__(
        self,
        folder: Path,
        tally: Tally,
        *options: str,
        hall_type: type[HallProcess] = HallProcess,
    ) -> None:
        self.folder = folder
        self.tally = tally
        self.redis_clock = None if LIBRARY is None else RedisClock(folder)
        found = {} if self.redis_clock is None else self.redis_clock.environment
        self.hall = hall_type(
            folder / "data",
            *options,
            program="tests.faults.doomed",
            environment={"HEMICYCLE_FAULTS": str(folder), **found},
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


Victim = Literal["server", "Redis"]
Choose = Callable[[str], Plan | None]
"""Which plan is to hit in a step of a ballot's life, if any."""


def first_of(left: dict[tuple[str, Victim], Plan]) -> Choose:
    """Each of these plans once, taken from them; where a step comes twice, the server's first."""

    def choose(step: str) -> Plan | None:
        keys: tuple[tuple[str, Victim], ...] = ((step, "server"), (step, "Redis"))
        for key in keys:
            if key in left:
                return left.pop(key)
        return None

    return choose


def at_the(number: int, victim: Victim, taken: Mapping[str, int]) -> Choose:
    """Kill after so many of the calls that each step takes, or before the first; steps that take
    fewer are let through."""

    def choose(step: str) -> Plan | None:
        if number > taken.get(step, -1):
            return None
        return Plan("", "after", number, victim) if number else Plan("", "before", 1, victim)

    return choose


async def judged(
    tally: Tally, history: History, operator: Operator, ballot: str, *, is_opened: bool = False
) -> Report:
    """What the hall hands out of a ballot goes with the history, and is counted; `is_opened` where
    it was secret and its archive has to be there. Every press has had its answer."""
    report = check(
        history,
        {ballot: await operator.record(ballot)},
        archives={ballot: await operator.archive(ballot)} if is_opened else {},
        known=await operator.known(),
        all_answered=True,
    )
    tally.add(report)
    assert not report.violations, str(report)
    return report
