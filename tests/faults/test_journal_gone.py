"""The journal's database is killed while seats vote: the votes go on, commands wait."""

from __future__ import annotations

import asyncio
import os
import random
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.contracts.sql_stores import PostgresServer, server_folder, started, wait_until_ready
from tests.faults.kinds import dead
from tests.faults.tally import Tally
from tests.halls import HallProcess
from tests.history import History, check
from tests.history.clients import Operator, Seat, voting, watching

pytestmark = [
    pytest.mark.faults,
    pytest.mark.long,
    pytest.mark.postgres,
    pytest.mark.timeout(600),
]


@pytest.fixture
def postgres() -> Iterator[PostgresServer]:
    with server_folder() as folder, started(folder) as server:
        yield server


async def test_a_database_that_is_gone_costs_no_vote_and_no_command(
    postgres: PostgresServer, tmp_path: Path, rounds: int, tally: Tally
) -> None:
    hall = HallProcess(tmp_path / "data", "--database", postgres.get_uri()).start()
    try:
        for number in range(min(rounds, 5)):
            history, chance = History(), random.Random(number)
            async with Operator(history, lambda: hall.url) as operator:
                tokens = sorted((await operator.tokens()).items())[:8]
                seats = [Seat(history, lambda: hall.ws, *each, chance) for each in tokens]
                ballot = await operator.open(disclosure="turnout")
                async with (
                    watching(history, lambda: hall.ws, "console", operator.token),
                    voting(seats, ballot, seconds=120),
                ):
                    await asyncio.gather(*(seat.more(1) for seat in seats))
                    postmaster = postgres.get_postmaster_info().pid
                    os.kill(postmaster, signal.SIGKILL)
                    await dead(postmaster)
                    answer = await operator.ask_once(ballot, "last_call", f"gone-{number}")
                    assert answer is not None
                    assert (answer.status_code, answer.json()["code"]) == (503, "unavailable")
                    tally.hit("journal's database killed")
                    # The seats do not wait for the journal.
                    async with asyncio.timeout(60):
                        await asyncio.gather(*(seat.more(2) for seat in seats))
                    await asyncio.to_thread(wait_until_ready, postgres)
                    done = await operator.ask(ballot, "last_call", f"gone-{number}")
                    assert done.status_code == 200, done.text
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
    finally:
        assert hall.stop() == 0
