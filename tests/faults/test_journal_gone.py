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
from tests.faults.stage import judged
from tests.faults.tally import Tally
from tests.halls import HallProcess
from tests.history import History
from tests.history.clients import Operator, Seat, voting, watching
from tests.history.sealing import SealedSeat, keyrings, opened, scrutinising

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
                await judged(tally, history, operator, ballot)
    finally:
        assert hall.stop() == 0


async def test_sealed_ballots_go_on_and_refusals_wait_for_the_journal(
    postgres: PostgresServer, tmp_path: Path, rounds: int, tally: Tally
) -> None:
    """One that proves nothing is refused when that is journaled, and not before."""
    hall = HallProcess(tmp_path / "data", "--database", postgres.get_uri()).start()
    try:
        rings = keyrings(hall)
        for number in range(min(rounds, 2)):
            history, chance = History(), random.Random(number)
            async with (
                Operator(history, lambda: hall.url) as operator,
                scrutinising(history, lambda: hall.url, rings) as scrutineers,
            ):
                tokens = await operator.tokens(["FR", "ES", "DE", "IT"])
                hostile, *honest = [
                    SealedSeat(history, lambda: hall.ws, *each, chance) for each in tokens.items()
                ]
                ballot = await opened(operator, scrutineers, [hostile, *honest])
                async with (
                    watching(history, lambda: hall.ws, "console", operator.token),
                    voting([hostile, *honest], ballot, seconds=120),
                ):
                    await asyncio.gather(*(seat.more(1) for seat in (hostile, *honest)))
                    postmaster = postgres.get_postmaster_info().pid
                    os.kill(postmaster, signal.SIGKILL)
                    await dead(postmaster)
                    tally.hit("journal's database killed in a secret ballot")
                    hostile.spoilt = 1.0
                    async with asyncio.timeout(90):
                        await asyncio.gather(*(seat.more(2) for seat in honest))
                        while not history.refusals:  # noqa: ASYNC110  # a history tells nobody
                            await asyncio.sleep(0.05)
                    assert {each.reason for each in history.refusals} == {"unavailable"}
                    await asyncio.to_thread(wait_until_ready, postgres)
                    async with asyncio.timeout(60):
                        await hostile.more(1)
                await operator.command(ballot, "close")
                await scrutineers.open(ballot)
                await operator.command(ballot, "declare")
                await judged(tally, history, operator, ballot, is_opened=True)
            assert "bad_proof" in {each.reason for each in history.refusals}
    finally:
        assert hall.stop() == 0
