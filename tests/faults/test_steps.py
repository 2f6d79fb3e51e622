"""Server or Redis is killed at every step of a ballot's life, and each kill is known to have hit.

A first life is lived without faults and notes how many writes each command makes. In life 0
everything is killed before the first write of each command, in life k after its k-th write: between
two writes there is nothing that could be told apart from outside. The short schedule takes the
steps that matter most.
"""

from __future__ import annotations

import random
from typing import Any

import pytest

from tests.faults.doomed import Plan
from tests.faults.stage import Choose, Stage, Victim, at_the, first_of, judged
from tests.history import History
from tests.history.clients import Operator, Seat, watching

pytestmark = [pytest.mark.faults, pytest.mark.timeout(1800)]

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


async def live(
    stage: Stage, life: tuple[tuple[str, dict[str, Any]], ...], choose: Choose
) -> dict[str, int]:
    """One ballot's life; returns how many writes each step of it made."""
    history = History()
    hall = stage.hall
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
                before = stage.calls()

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
                    writes[command] = max(stage.calls() - before, writes.get(command, 0))
                else:
                    await stage.through(command, plan, act)
        report = await judged(stage.tally, history, operator, ballot)
    assert report.receipts >= len(seats)
    return writes


async def test_the_steps_that_matter_most(stage: Stage) -> None:
    left = dict(SHORT)
    await live(stage, LIFE, first_of(left))
    assert left == {}


@pytest.mark.long
@pytest.mark.parametrize("victim", ["server", "Redis"])
@pytest.mark.parametrize("life", [LIFE, CANCELLED], ids=["declared", "cancelled"])
async def test_every_step(
    stage: Stage,
    life: tuple[tuple[str, dict[str, Any]], ...],
    victim: Victim,
) -> None:
    writes = await live(stage, life, lambda _: None)
    for number in range(max(writes.values()) + 1):
        await live(stage, life, at_the(number, victim, writes))
