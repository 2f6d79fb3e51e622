"""Schedules of faults, drawn by Hypothesis, while seats vote and screens watch.

The short schedule is one ballot with every fault that is quick; the long one draws sequences of
all of them until its time is over (`HEMICYCLE_FAULT_MINUTES`).
"""

from __future__ import annotations

import asyncio
import random
import ssl
from pathlib import Path

import pytest

from server.cli.bench.certificate import write_certificate
from tests.faults.kinds import FAULTS, World, go_through
from tests.faults.schedules import draw_schedules
from tests.faults.stage import EncryptedHall, Stage, judged
from tests.faults.tally import Tally
from tests.faults.wire import Wire
from tests.history import History
from tests.history.clients import Operator, Seat, voting, watching

pytestmark = [pytest.mark.faults, pytest.mark.timeout(1800)]

SEATS = 8
SHORT = (
    "second_device",
    "repeat_presses",
    "cut_mid_frame",
    "fill_redis_disk",
    "fill_journal_disk",
    "delay_presses",
    "jump_clock",
    "never_read",
    "freeze_redis",
)
OVER_TLS = (
    "cut_mid_frame",
    "second_device",
    "kill_server",
    "hold_the_wire",
    "slow_the_wire",
    "repeat_presses",
    "kill_both",
    "never_read",
    "freeze_server",
    "delay_presses",
)


async def play(
    stage: Stage,
    faults: list[str],
    disclosure: str,
    seed: int,
    seconds: float,
    trusted: ssl.SSLContext | None = None,
) -> None:
    """One ballot under these faults, closed by two operators at once, and its history judged."""
    hall, history, chance = stage.hall, History(), random.Random(seed)
    async with (
        Wire(lambda: hall.port, trusted) as wire,
        Operator(history, lambda: hall.url) as operator,
        Operator(history, lambda: hall.url) as another,
    ):
        await operator.clear_the_floor()  # a schedule that failed left its ballot open
        tokens = dict(sorted((await operator.tokens()).items())[:SEATS])
        display = await operator.display()
        seats = [Seat(history, wire.where, *each, chance) for each in tokens.items()]
        ballot = await operator.open(disclosure=disclosure, seconds=3000, auto_close=True)
        world = World(
            folder=stage.folder, hall=hall, wire=wire, history=history, operator=operator,
            seats=seats, ballot=ballot, chance=chance, tally=stage.tally,
            seconds=seconds, redis_clock=stage.redis_clock,
        )  # fmt: skip
        async with (
            watching(history, lambda: hall.ws, "display", display),
            watching(history, lambda: hall.ws, "chair", operator.token),
            watching(history, lambda: hall.ws, "console", operator.token),
            voting(seats, ballot),
        ):
            await go_through(world, faults, FAULTS)
            assert await operator.phase(ballot) == "open"
        closes = await asyncio.gather(operator.ask(ballot, "close"), another.ask(ballot, "close"))
        assert 200 in {each.status_code for each in closes}
        stage.tally.hit("two operators closing at once")
        await operator.command(ballot, "declare")
        report = await judged(stage.tally, history, operator, ballot)
    assert report.receipts >= SEATS
    assert len({each.client for each in history.looks}) >= SEATS + 3


async def test_the_quick_faults_in_one_ballot(stage: Stage) -> None:
    await play(stage, list(SHORT), "individual", seed=1, seconds=1.0)


async def test_a_hall_that_speaks_tls_in_one_ballot(tmp_path: Path, tally: Tally) -> None:
    certificate = write_certificate(tmp_path / "hall.pem")
    trusted = ssl.create_default_context(cafile=certificate)
    option = ("--tls-certificate", str(certificate))
    stage = Stage(tmp_path, tally, *option, hall_type=EncryptedHall)
    assert isinstance(stage.hall, EncryptedHall)
    async with Wire(lambda: stage.hall.port, trusted) as door:
        stage.hall.door = door.port
        await play(stage, list(OVER_TLS), "counts", seed=2, seconds=1.0, trusted=trusted)
    assert stage.hall.stop() == 0


@pytest.mark.long
def test_drawn_schedules(stage: Stage) -> None:
    draw_schedules(
        FAULTS,
        ["none", "turnout", "counts", "individual"],
        lambda faults, disclosure, seed, seconds: asyncio.run(
            play(stage, faults, disclosure, seed, seconds)
        ),
    )
