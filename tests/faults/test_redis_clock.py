"""Redis's clock is set by an hour while a ballot is open: nothing is lost, nobody is thrown out.

A ballot without a timer goes on; one with a timer ends when its time has really passed.
"""

from __future__ import annotations

import asyncio
import json
import random
import sqlite3
import time
from contextlib import closing
from typing import Any

import pytest

from tests.faults.kinds import HOUR_MS
from tests.faults.redis_clock import LIBRARY, RedisClock
from tests.faults.stage import Stage, judged
from tests.halls import Client
from tests.history import History
from tests.history.clients import Operator, Seat, voting, watching

pytestmark = [
    pytest.mark.faults,
    pytest.mark.timeout(300),
    pytest.mark.skipif(LIBRARY is None, reason="libfaketime is built for Linux on x86-64"),
]

SEATS = 6
HOUR = HOUR_MS // 1000
JUMPS = (HOUR, -HOUR, 0)


@pytest.mark.parametrize("timer", [{}, {"seconds": 900, "auto_close": True}])
async def test_no_vote_is_lost_and_the_ballot_goes_on(stage: Stage, timer: dict[str, Any]) -> None:
    async with Operator(history := History(), lambda: stage.hall.url) as operator:
        seats = await seats_of(stage, history, operator)
        display = await operator.display()
        ballot = await operator.open(disclosure="counts", **timer)
        console = await Client.open(f"{stage.hall.ws}/console", operator.token)
        async with (
            watching(history, lambda: stage.hall.ws, "display", display),
            watching(history, lambda: stage.hall.ws, "chair", operator.token),
            voting(seats, ballot),
        ):
            await asyncio.gather(*(each.more(1) for each in seats))
            opened = (await console.view(lambda view: shows(view, ballot)))["ballot"]
            for wrong in JUMPS:
                await clock(stage).jump(wrong, stage.hall.data)
                stage.tally.hit("Redis's clock jumped")

                def is_right(view: dict[str, Any], wrong: int = wrong) -> bool:
                    """An hour fast or slow, and the timer with it: what is left is as it was."""
                    if not shows(view, ballot):
                        return False
                    closes_at, meant = view["ballot"]["closes_at"], opened["closes_at"]
                    return (closes_at is None and not timer) or (
                        abs(closes_at - meant - wrong * 1000) < 10_000
                    )

                await console.view(is_right)
                await asyncio.gather(*(each.more(2) for each in seats))
                assert await operator.phase(ballot) == "open"
            await console.view(lambda view: any("clock" in each["en"] for each in view["alarms"]))
            assert {each.member for each in seats} <= noted_as_present(stage)
        await console.close()
        await operator.command(ballot, "close")
        await operator.command(ballot, "declare")
        report = await judged(stage.tally, history, operator, ballot)
    assert report.receipts >= SEATS * (1 + 2 * len(JUMPS))


async def test_a_timer_ends_when_its_time_has_passed(stage: Stage) -> None:
    async with Operator(history := History(), lambda: stage.hall.url) as operator:
        seats = await seats_of(stage, history, operator)
        began = time.monotonic()
        ballot = await operator.open(disclosure="counts", seconds=12, auto_close=True)
        async with voting(seats, ballot):
            await asyncio.gather(*(each.more(1) for each in seats))
            await asyncio.sleep(1.5)
            for wrong in JUMPS[:2]:
                await clock(stage).jump(wrong, stage.hall.data)
                stage.tally.hit("Redis's clock jumped")
                await asyncio.sleep(1.5)
            assert await operator.phase(ballot) == "open"
            while await operator.phase(ballot) == "open":
                assert time.monotonic() < began + 40
                await asyncio.sleep(0.1)
        assert 8 < time.monotonic() - began < 25
        await clock(stage).jump(0, stage.hall.data)
        await operator.command(ballot, "declare")
        report = await judged(stage.tally, history, operator, ballot)
    assert report.receipts >= SEATS


async def seats_of(stage: Stage, history: History, operator: Operator) -> list[Seat]:
    await operator.clear_the_floor()
    chance = random.Random(1)
    tokens = sorted((await operator.tokens()).items())[:SEATS]
    return [Seat(history, lambda: stage.hall.ws, *each, chance) for each in tokens]


def shows(view: dict[str, Any], ballot: str) -> bool:
    return (view["ballot"] or {}).get("id") == ballot


def noted_as_present(stage: Stage) -> set[str]:
    """Who is in the hall, by its journal."""
    present: set[str] = set()
    with closing(sqlite3.connect(stage.hall.data / "hall.sqlite3")) as journal:
        for (payload,) in journal.execute(
            "SELECT payload FROM entries"
            " WHERE json_extract(header, '$.type') = 'presence_noted' ORDER BY seq"
        ):
            change = json.loads(payload)
            present = present - set(change["left"]) | set(change["arrived"])
    return present


def clock(stage: Stage) -> RedisClock:
    assert stage.redis_clock is not None
    return stage.redis_clock
