"""Server or Redis is killed at every step of a ballot's life, and each kill is known to have hit.

A first life is lived without faults and notes how many writes each command makes. In life 0
everything is killed before the first write of each command, in life k after its k-th write: between
two writes there is nothing that could be told apart from outside. The short schedule takes the
steps that matter most.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from typing import Any, Literal

import pytest

from tests.faults.doomed import Plan
from tests.faults.stage import Stage
from tests.faults.tally import Tally
from tests.history import History, check
from tests.history.clients import Operator, Seat, watching

pytestmark = [pytest.mark.faults, pytest.mark.timeout(1800)]

Victim = Literal["server", "Redis"]

LIFE: tuple[tuple[str, dict[str, Any]], ...] = (
    ("open", {"seconds": 600}),
    ("press", {}),
    ("extend", {"seconds": 60}),
    ("last_call", {}),
    ("suspend", {"reason": "a reason"}),
    ("resume", {"reason": "a reason"}),
    ("press", {}),
    ("close", {}),
    ("declare", {}),
    ("certify", {}),
    ("publish", {}),
)
CANCELLED: tuple[tuple[str, dict[str, Any]], ...] = (
    ("announce", {}),
    ("open", {}),
    ("press", {}),
    ("cancel", {"reason": "a reason"}),
)
SHORT: dict[tuple[str, Victim], Plan] = {
    ("open", "server"): Plan("journal.append", "after", 1, "server"),
    ("press", "server"): Plan("box.press", "after", 1, "server"),
    ("close", "server"): Plan("box.close", "after", 1, "server"),
    ("suspend", "Redis"): Plan("journal.append", "after", 1, "Redis"),
    ("resume", "Redis"): Plan("box.resume", "before", 1, "Redis"),
    ("declare", "Redis"): Plan("journal.append", "before", 1, "Redis"),
}
"""Between entry and box, between vote and receipt, between latch and entry…"""


@pytest.fixture(scope="module")
def doomed(tmp_path_factory: pytest.TempPathFactory, tally: Tally) -> Iterator[Stage]:
    stage = Stage(tmp_path_factory.mktemp("steps"), tally)
    yield stage
    assert stage.hall.stop() == 0


Choose = Callable[[str], Plan | None]


async def live(
    doomed: Stage, life: tuple[tuple[str, dict[str, Any]], ...], choose: Choose
) -> dict[str, int]:
    """One ballot's life; returns how many writes each step of it made."""
    history = History()
    hall = doomed.hall
    chance = random.Random(0)
    writes: dict[str, int] = {}
    async with Operator(history, lambda: hall.url) as operator:
        tokens = await operator.tokens(["FR", "ES"])
        seats = [Seat(history, lambda: hall.ws, *each, chance) for each in tokens.items()]
        ballot = await operator.prepare(disclosure="turnout")
        async with (
            watching(history, lambda: hall.ws, "chair", operator.token),
            watching(history, lambda: hall.ws, "console", operator.token),
        ):
            for command, body in life:
                before = doomed.calls()

                async def act(command: str = command, body: dict[str, Any] = body) -> None:
                    if command == "press":
                        # One after the other: seats that come together share calls, or do not.
                        for seat in seats:
                            await seat.vote_once(ballot)
                    else:
                        await operator.command(ballot, command, **body)

                plan = choose(command)
                if plan is None:
                    await act()
                    writes[command] = max(doomed.calls() - before, writes.get(command, 0))
                else:
                    await doomed.through(command, plan, act)
        report = check(
            history,
            {ballot: await operator.record(ballot)},
            known=await operator.known(),
            all_answered=True,
        )
    doomed.tally.add(report)
    assert not report.violations, str(report)
    assert report.receipts >= len(seats)
    return writes


async def test_the_steps_that_matter_most(doomed: Stage) -> None:
    left = dict(SHORT)

    def choose(command: str) -> Plan | None:
        key: tuple[str, Victim]
        for key in ((command, "server"), (command, "Redis")):
            if key in left:
                return left.pop(key)
        return None

    await live(doomed, LIFE, choose)
    assert left == {}


@pytest.mark.long
@pytest.mark.parametrize("victim", ["server", "Redis"])
@pytest.mark.parametrize("life", [LIFE, CANCELLED], ids=["declared", "cancelled"])
async def test_every_step(
    doomed: Stage,
    life: tuple[tuple[str, dict[str, Any]], ...],
    victim: Victim,
) -> None:
    writes = await live(doomed, life, lambda _: None)
    for number in range(max(writes.values()) + 1):

        def choose(command: str, number: int = number) -> Plan | None:
            if number > writes[command]:
                return None
            if number == 0:
                return Plan("", "before", 1, victim)
            return Plan("", "after", number, victim)

        await live(doomed, life, choose)
