"""Servers of one hall are killed while seats vote at all of them: the others go on.

`HEMICYCLE_FAULT_ROUNDS` repeats every killing that often.
"""

from __future__ import annotations

import asyncio
import os
import random
import signal

import pytest

from tests.faults.tally import Tally
from tests.halls import HallProcess
from tests.history import History, check
from tests.history.clients import Operator, Seat, voting, watching
from tests.many.conftest import anywhere

pytestmark = [pytest.mark.postgres, pytest.mark.faults, pytest.mark.timeout(600)]

Two = tuple[HallProcess, HallProcess]

SEATS = 12
DISCLOSURES = ("counts", "individual", "turnout", "none")


async def test_a_killed_servers_seats_go_on_at_the_other(
    two: Two, rounds: int, tally: Tally
) -> None:
    for number in range(rounds):
        chance = random.Random(number)
        history = History()
        async with Operator(history, anywhere(two)) as operator:
            tokens = sorted((await operator.tokens()).items())[:SEATS]
            seats = [Seat(history, anywhere(two, "ws"), *each, chance) for each in tokens]
            display = await operator.display()
            ballot = await operator.open(disclosure=DISCLOSURES[number % len(DISCLOSURES)])
            async with (
                watching(history, anywhere(two, "ws"), "display", display),
                watching(history, anywhere(two[::-1], "ws"), "console", operator.token),
                voting(seats, ballot),
            ):
                for victim in chance.sample(two, k=2):
                    await asyncio.gather(*(each.more(2) for each in seats))
                    victim.kill()
                    tally.hit("one of two servers killed")
                    async with asyncio.timeout(60):
                        await asyncio.gather(*(each.more(2) for each in seats))
                    await asyncio.to_thread(victim.start)
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
        assert report.receipts > 2 * SEATS


async def test_a_close_outlives_the_server_that_was_asked_for_it(
    two: Two, rounds: int, tally: Tally
) -> None:
    for number in range(rounds):
        chance = random.Random(number)
        victim, other = two if number % 2 else two[::-1]
        history = History()
        async with Operator(history, anywhere([other])) as operator:
            tokens = sorted((await operator.tokens()).items())[:4]
            seats = [Seat(history, anywhere([other], "ws"), *each, chance) for each in tokens]
            ballot = await operator.open()
            async with voting(seats, ballot):
                await asyncio.gather(*(each.more(1) for each in seats))
            # Two operators close at once, at two servers; one of the servers dies of it.
            async with Operator(history, anywhere([victim])) as colleague:
                asked = asyncio.create_task(colleague.ask_once(ballot, "close", f"there-{number}"))
                if number % 4 < 2:
                    closing = asyncio.create_task(operator.ask(ballot, "close"))
                await asyncio.sleep(chance.uniform(0.0, 0.05))
                victim.kill()
                tally.hit("one of two servers killed in a close")
                await asked
                if number % 4 < 2:
                    assert (await closing).status_code in (200, 409)
                else:
                    await operator.ask(ballot, "close")
            assert await operator.phase(ballot) == "closed"
            await operator.command(ballot, "declare")
            report = check(history, {ballot: await operator.record(ballot)}, all_answered=True)
        await asyncio.to_thread(victim.start)
        tally.add(report)
        assert not report.violations, str(report)


async def test_a_frozen_server_that_wakes_is_no_server_of_yesterday(
    two: Two, rounds: int, tally: Tally
) -> None:
    """Held for so long that the other took its seats and closed: it shows and takes nothing old."""
    frozen, other = two
    for number in range(rounds):
        history = History()
        async with Operator(history, lambda: other.url) as operator:
            tokens = sorted((await operator.tokens()).items())[:SEATS]
            chance = random.Random(number)
            here = [Seat(history, lambda: frozen.ws, *each, chance) for each in tokens]
            ballot = await operator.open()
            stopping = asyncio.Event()
            tasks = [asyncio.create_task(seat.run(ballot, stopping)) for seat in here]
            await asyncio.gather(*(each.more(1) for each in here))
            os.kill(frozen.pid, signal.SIGSTOP)
            tally.hit("one of two servers frozen")
            there = [
                Seat(history, lambda: other.ws, *each, chance, device=" (second device)")
                for each in tokens
            ]
            async with voting(there, ballot):
                await asyncio.gather(*(each.more(2) for each in there))
            await operator.command(ballot, "close")
            os.kill(frozen.pid, signal.SIGCONT)
            await asyncio.sleep(1.5)
            stopping.set()
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            await operator.command(ballot, "declare")
            report = check(history, {ballot: await operator.record(ballot)})
        tally.add(report)
        assert not report.violations, str(report)
        assert {code for seat in here for code in seat.closed_with} <= {
            4409,
            None,
            1006,
            1011,
            4000,
        }
