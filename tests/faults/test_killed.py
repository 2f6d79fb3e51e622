"""Server and Redis are killed while seats vote: no receipted vote is lost, none is made up.

`HEMICYCLE_FAULT_ROUNDS` repeats every killing that often.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable

import pytest

from tests.faults.tally import Tally
from tests.halls import HallProcess
from tests.history import History, check
from tests.history.clients import Operator, Seat, voting, watching

pytestmark = [pytest.mark.faults, pytest.mark.timeout(600)]

SEATS = 12
DISCLOSURES = ("counts", "none", "turnout", "individual")


async def kill_server(hall: HallProcess) -> None:
    hall.kill()
    await asyncio.to_thread(hall.start)


async def kill_redis(hall: HallProcess) -> None:
    """The server lives, and starts its Redis again."""
    hall.kill_redis()


async def kill_both(hall: HallProcess) -> None:
    hall.kill_redis()
    hall.kill()
    await asyncio.to_thread(hall.start)


KILLINGS: dict[str, Callable[[HallProcess], Awaitable[None]]] = {
    "server killed": kill_server,
    "Redis killed": kill_redis,
    "server and Redis killed": kill_both,
}


async def test_whatever_is_killed_every_receipted_vote_counts(
    hall: HallProcess, rounds: int, tally: Tally
) -> None:
    for number in range(rounds):
        chance = random.Random(number)
        history = History()
        async with Operator(history, lambda: hall.url) as operator:
            tokens = sorted((await operator.tokens()).items())[:SEATS]
            seats = [Seat(history, lambda: hall.ws, *each, chance) for each in tokens]
            disclosure = DISCLOSURES[number % len(DISCLOSURES)]
            display = await operator.display()
            ballot = await operator.open(disclosure=disclosure)
            async with (
                watching(history, lambda: hall.ws, "display", display),
                watching(history, lambda: hall.ws, "chair", operator.token),
                watching(history, lambda: hall.ws, "console", operator.token),
                voting(seats, ballot),
            ):
                for kind in chance.sample(sorted(KILLINGS), k=len(KILLINGS)):
                    await asyncio.sleep(chance.uniform(0.2, 1.3))
                    await KILLINGS[kind](hall)
                    tally.hit(kind)
                    async with asyncio.timeout(60):
                        await asyncio.gather(*(each.more(2) for each in seats))
                assert await operator.phase(ballot) == "open"
            await operator.command(ballot, "close")
            await operator.command(ballot, "declare")
            report = check(
                history,
                {ballot: await operator.record(ballot)},
                known=await operator.known(),
                all_answered=True,
            )
        tally.add(report)
        assert not report.violations, str(report)
        assert not history.refusals or {e.reason for e in history.refusals} == {"unavailable"}
        assert len({each.client for each in history.looks}) == SEATS + 3
