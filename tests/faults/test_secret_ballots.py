"""Secret ballots under faults: killed at every step, closed with proofs queued, drawn schedules.

As in `test_steps.py` and `test_schedule.py`, with these steps more: a sealed ballot is stored and
told as received, then proved, then receipted; one that proves nothing is journaled and then
disowned; the list of credentials is signed; a close waits for the proofs; two partial decryptions
open the tally. All of it shares one hall, and its scrutineers make the key once.
"""

from __future__ import annotations

import asyncio
import json
import random
from collections.abc import Sequence
from typing import Any

import pytest

from tests.faults.doomed import Plan
from tests.faults.kinds import (
    GIVEN_UP,
    SEALED_FAULTS,
    World,
    dead,
    go_through,
)
from tests.faults.schedules import draw_schedules
from tests.faults.stage import Choose, Stage, Victim, at_the, first_of, held_at, judged
from tests.faults.tally import Tally
from tests.faults.wire import Wire
from tests.history import History, check
from tests.history.clients import Operator, voting, watching
from tests.history.sealing import (
    Keyring,
    Scrutineers,
    SealedSeat,
    keyrings,
    opened,
    scrutinising,
)
from tests.processes import is_dead, provers, stopped
from tests.waiting import until

pytestmark = [pytest.mark.faults, pytest.mark.timeout(1800)]

SEATS = 4

LIFE = (
    "accredit",
    "announce",
    "sign",
    "open",
    "press",
    "spoil",
    "suspend",
    "resume",
    "press again",
    "close",
    "decrypt",
    "decrypt again",
    "declare",
    "certify",
    "publish",
)
ELSEWHERE = frozenset({"suspend", "resume", "certify", "publish"})
"""Steps that are those of any ballot, at which `test_steps.py` kills."""

CANCELLED = ("accredit", "announce", "sign", "open", "press", "cancel")
SHORT: dict[tuple[str, Victim], Plan] = {
    ("sign", "Redis"): Plan("journal.append", "after", 1, "Redis"),
    ("press", "Redis"): Plan("proofs.hold", "before", 1, "Redis"),
    ("spoil", "server"): Plan("journal.append", "after", 1, "server"),
    ("press again", "Redis"): Plan("box.press", "after", 1, "Redis"),
    ("close", "Redis"): Plan("box.close", "after", 1, "Redis"),
    ("decrypt again", "server"): Plan("journal.append", "after", 1, "server"),
    ("declare", "Redis"): Plan("journal.append", "before", 1, "Redis"),
}
"""Between received and receipt, between refusal and box, between latch and entry, between the
opened tally and its answer…"""

QUICK = (
    "second_device",
    "repeat_presses",
    "cut_mid_frame",
    "fill_redis_disk",
    "fill_journal_disk",
    "delay_presses",
    "kill_prover",
    "freeze_prover",
    "freeze_redis",
)


@pytest.fixture(scope="module")
def rings(stage: Stage) -> tuple[Keyring, ...]:
    """Three scrutineers who have made the key, once for the module."""
    return keyrings(stage.hall)


class Life:
    """One secret ballot, step by step."""

    def __init__(
        self, operator: Operator, scrutineers: Scrutineers, seats: Sequence[SealedSeat]
    ) -> None:
        self.ballot = ""
        self._operator = operator
        self._scrutineers = scrutineers
        self._seats = seats

    async def act(self, step: str) -> None:
        match step:
            case "accredit":
                hall = (await self._operator.get("secrecy")).json()["hall"]
                await asyncio.gather(*(seat.register(hall) for seat in self._seats))
            case "sign":
                await self._scrutineers.sign(self.ballot)
            case "press" | "press again":
                await asyncio.gather(*(seat.vote_once(self.ballot) for seat in self._seats))
            case "spoil":
                await self._spoil(self._seats[0])
            case "decrypt" | "decrypt again":
                await self._scrutineers.decrypt(self.ballot, int(step == "decrypt again"))
            case "suspend" | "resume" | "cancel":
                await self._operator.command(self.ballot, step, reason="a reason")
            case _:
                await self._operator.command(self.ballot, step)

    async def _spoil(self, seat: SealedSeat) -> None:
        seat.spoilt = 1.0
        await seat.vote_once(self.ballot)
        seat.spoilt = 0.0


async def live(
    stage: Stage, rings: tuple[Keyring, ...], steps: Sequence[str], choose: Choose
) -> dict[str, int]:
    """One ballot's life; returns how many steps of the stores each step of it took."""
    history, hall = History(), stage.hall
    taken: dict[str, int] = {}
    async with (
        Operator(history, lambda: hall.url) as operator,
        scrutinising(history, lambda: hall.url, rings) as scrutineers,
    ):
        tokens = await operator.tokens(["FR"])
        chance = random.Random(0)
        seats = [SealedSeat(history, lambda: hall.ws, *each, chance) for each in tokens.items()]
        life = Life(operator, scrutineers, seats)
        life.ballot = await operator.prepare(mode="secret", disclosure="turnout")
        async with (
            watching(history, lambda: hall.ws, "chair", operator.token),
            watching(history, lambda: hall.ws, "console", operator.token),
        ):
            for step in steps:
                before = stage.calls()

                async def act(step: str = step) -> None:
                    await life.act(step)

                plan = choose(step)
                if plan is None:
                    await act()
                    taken[step] = stage.calls() - before
                else:
                    await stage.through(f"secret {step}", plan, act)
        report = await judged(
            stage.tally, history, operator, life.ballot, is_opened="cancel" not in steps
        )
    assert report.receipts >= len(seats)
    bad = {each.press_id for each in history.refusals if each.reason == "bad_proof"}
    assert len(bad) == steps.count("spoil")
    return taken


async def test_the_steps_that_matter_most(stage: Stage, rings: tuple[Keyring, ...]) -> None:
    left = dict(SHORT)
    await live(stage, rings, LIFE, first_of(left))
    assert left == {}


@pytest.mark.long
@pytest.mark.parametrize("victim", ["server", "Redis"])
@pytest.mark.parametrize("steps", [LIFE, CANCELLED], ids=["published", "cancelled"])
async def test_every_step(
    stage: Stage, rings: tuple[Keyring, ...], steps: Sequence[str], victim: Victim
) -> None:
    taken = await live(stage, rings, steps, lambda _: None)
    here = {step: n for step, n in taken.items() if step not in ELSEWHERE}
    for number in range(max(here.values()) + 1):
        await live(stage, rings, steps, at_the(number, victim, here))


async def test_a_close_waits_for_the_proofs_and_outlives_its_server(
    stage: Stage, rings: tuple[Keyring, ...], rounds: int, tally: Tally
) -> None:
    """All ballots are received and none is proved when the Chair closes; then the server dies.

    One of the ballots proves nothing, and one seat never comes back for its answer.
    """
    hall = stage.hall
    for number in range(min(rounds, 3)):
        history, chance = History(), random.Random(number)
        async with (
            Operator(history, lambda: hall.url) as operator,
            scrutinising(history, lambda: hall.url, rings) as scrutineers,
        ):
            tokens = await operator.tokens(["FR", "ES", "DE", "IT"])
            seats = [SealedSeat(history, lambda: hall.ws, *each, chance) for each in tokens.items()]
            ballot = await opened(operator, scrutineers, seats)
            # An earlier ballot of the one whose next proves nothing: it has to stay in force.
            await seats[0].vote_once(ballot)
            seats[0].spoilt = 1.0
            with held_at(stage.folder):
                before = len(history.received)
                voting = [asyncio.create_task(seat.vote_once(ballot)) for seat in seats]
                closing = await _closing(operator, history, ballot, before + len(seats))
                assert len({each.press_id for each in history.receipts}) == 1
                hall.kill()
                tally.hit("server killed in a close with proofs queued", len(seats))
                voting[-1].cancel()
            await asyncio.to_thread(hall.start)
            await asyncio.gather(closing, *voting[:-1])
            await scrutineers.open(ballot)
            await operator.command(ballot, "declare")
            record, raw = await operator.record(ballot), await operator.archive(ballot)
            report = check(history, {ballot: record}, archives={ballot: raw})
        tally.add(report)
        assert not report.violations, str(report)
        assert {each.reason for each in history.refusals} >= {"bad_proof"}
        # What was received was in the box before the latch: it counts, though nobody was told.
        assert report.unknown == 1
        assert _voted(record) == {"FR", "ES", "DE", "IT"}


async def _closing(
    operator: Operator, history: History, ballot: str, received: int
) -> asyncio.Task[dict[str, Any]]:
    """Close once so many ballots are received, and wait until nothing is taken any more."""
    async with asyncio.timeout(60):
        while len(history.received) < received:  # noqa: ASYNC110  # a history tells nobody
            await asyncio.sleep(0.02)
    closing = asyncio.create_task(operator.command(ballot, "close"))
    async with asyncio.timeout(10):  # before a seat loses patience and makes the hall look anew
        while True:
            view = (await operator.get(f"ballots/{ballot}")).json()["view"]
            if view["phase"] == "closed":
                break
            await asyncio.sleep(0.05)
    assert view["recording"]
    assert not closing.done()
    return closing


async def test_a_close_and_a_stop_outlive_frozen_provers(
    stage: Stage, rings: tuple[Keyring, ...], tally: Tally
) -> None:
    """Ballots are received when all that check proofs stand still. The server is told to stop, and
    stops; the next time the Chair closes, and the close goes on when the frozen are given up."""
    hall, history, chance = stage.hall, History(), random.Random(0)
    async with (
        Operator(history, lambda: hall.url) as operator,
        scrutinising(history, lambda: hall.url, rings) as scrutineers,
    ):
        await operator.clear_the_floor()
        tokens = await operator.tokens(["FR", "ES", "DE", "IT"])
        seats = [SealedSeat(history, lambda: hall.ws, *each, chance) for each in tokens.items()]
        ballot = await opened(operator, scrutineers, seats)

        await asyncio.gather(*(seat.vote_once(ballot) for seat in seats))
        with stopped(provers(hall.pid)) as frozen:
            assert frozen
            before = len(history.received)
            voting = [asyncio.create_task(seat.vote_once(ballot)) for seat in seats]
            await until(lambda: len(history.received) >= before + len(seats))
            assert await asyncio.to_thread(hall.stop) == 0
            assert all(is_dead(each) for each in frozen)
            tally.hit("server stopped while what checks proofs was frozen", len(frozen))
        await asyncio.to_thread(hall.start)
        await asyncio.gather(*voting)

        with stopped(provers(hall.pid)) as frozen:
            assert frozen
            before = len(history.received)
            voting = [asyncio.create_task(seat.vote_once(ballot)) for seat in seats]
            closing = await _closing(operator, history, ballot, before + len(seats))
            async with asyncio.timeout(90):
                for each in frozen:
                    await dead(each, GIVEN_UP)
                await asyncio.gather(closing, *voting)
            tally.hit("what checks proofs frozen in a close", len(frozen))

        await scrutineers.open(ballot)
        await operator.command(ballot, "declare")
        report = await judged(tally, history, operator, ballot, is_opened=True)
    assert report.receipts == 3 * len(seats)
    assert report.unknown == 0


def _voted(record: bytes) -> set[str]:
    return {row["member"] for row in json.loads(record)["roll"] if row["status"] == "voted"}


async def play(
    stage: Stage,
    rings: tuple[Keyring, ...],
    faults: Sequence[str],
    disclosure: str,
    seed: int,
    seconds: float,
) -> None:
    """One secret ballot under these faults, opened, declared, and its history judged."""
    hall, history, chance = stage.hall, History(), random.Random(seed)
    async with (
        Wire(lambda: hall.port) as wire,
        Operator(history, lambda: hall.url) as operator,
        scrutinising(history, lambda: hall.url, rings) as scrutineers,
    ):
        await operator.clear_the_floor()  # a schedule that failed left its ballot open
        tokens = dict(sorted((await operator.tokens()).items())[:SEATS])
        display = await operator.display()
        seats = [
            SealedSeat(history, wire.where, *each, chance, spoilt=0.1) for each in tokens.items()
        ]
        ballot = await opened(
            operator, scrutineers, seats, disclosure=disclosure, seconds=3000, auto_close=True
        )
        world = World(
            folder=stage.folder, hall=hall, wire=wire, history=history, operator=operator,
            seats=list(seats), ballot=ballot, chance=chance, tally=stage.tally, seconds=seconds,
            redis_clock=stage.redis_clock,
        )  # fmt: skip
        async with (
            watching(history, lambda: hall.ws, "display", display),
            watching(history, lambda: hall.ws, "chair", operator.token),
            watching(history, lambda: hall.ws, "console", operator.token),
        ):
            async with voting(seats, ballot):
                await go_through(world, faults, SEALED_FAULTS)
                assert await operator.phase(ballot) == "open"
            await operator.command(ballot, "close")
            await scrutineers.open(ballot)
            await operator.command(ballot, "declare")
        report = await judged(stage.tally, history, operator, ballot, is_opened=True)
    assert report.receipts >= SEATS
    assert len({each.client for each in history.looks}) >= SEATS + 3


async def test_the_quick_faults_in_one_ballot(stage: Stage, rings: tuple[Keyring, ...]) -> None:
    await play(stage, rings, QUICK, "turnout", seed=1, seconds=1.0)


@pytest.mark.long
def test_drawn_schedules(stage: Stage, rings: tuple[Keyring, ...]) -> None:
    draw_schedules(
        SEALED_FAULTS,
        ["none", "turnout"],
        lambda faults, disclosure, seed, seconds: asyncio.run(
            play(stage, rings, faults, disclosure, seed, seconds)
        ),
    )
