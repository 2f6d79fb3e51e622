"""A bad network between the hall and its stores, which may stand on machines of their own.

The seats' own network is good here: whatever goes wrong, goes wrong behind the hall's back.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from server.adapters.redis_server import find_server
from tests.contracts.real_redis import RealRedis
from tests.contracts.sql_stores import (
    at_port,
    postgres_server,
    postgres_socket,
    postgres_url,
)
from tests.faults.stage import judged
from tests.faults.tally import Tally
from tests.faults.wire import Wire
from tests.halls import HallProcess
from tests.history import History
from tests.history.clients import Operator, Seat, voting, watching

__all__ = ["postgres_server", "postgres_url"]

pytestmark = [pytest.mark.faults, pytest.mark.postgres, pytest.mark.timeout(600)]

SEATS = 8
SECONDS_TO_GIVE_UP = 12
"""Longer than the hall waits for an answer of either store."""


@pytest.fixture
def redis(tmp_path: Path) -> Iterator[Path]:
    """The socket of a Redis that is not the hall's own."""
    folder = tmp_path / "redis"
    folder.mkdir()
    server = RealRedis(find_server(), folder)
    server.start()
    yield folder / "s"
    server.stop()


@dataclass
class Far:
    """A hall whose Redis and PostgreSQL are at the other ends of two networks."""

    hall: HallProcess
    to_redis: Wire
    to_journal: Wire


@pytest.fixture
async def far(redis: Path, postgres_url: str, tmp_path: Path) -> AsyncIterator[Far]:
    async with (
        Wire(lambda: redis) as to_redis,
        Wire(lambda: postgres_socket(postgres_url)) as to_journal,
    ):
        database = at_port(postgres_url, to_journal.port)
        stores = ("--redis", f"redis://127.0.0.1:{to_redis.port}", "--database", database)
        hall = HallProcess(tmp_path / "data", *stores)
        await asyncio.to_thread(hall.start)
        yield Far(hall, to_redis, to_journal)
        to_redis.join()
        to_journal.join()
        assert await asyncio.to_thread(hall.stop) == 0


Fault = Callable[[Wire], Awaitable[int]]
"""Strikes a network, and heals it; returns how many connections it hit."""


async def deliver_late(wire: Wire) -> int:
    """The hall is cut off from what it has sent, which arrives when it has gone on."""
    links = wire.keep()
    async with asyncio.timeout(30):
        while not any(link.kept for link in links):  # noqa: ASYNC110  # a wire tells nobody
            await asyncio.sleep(0.01)
    await asyncio.sleep(1)
    for link in links:
        link.passes = None
    return wire.deliver(links)


async def cut(wire: Wire) -> int:
    links = wire.cut_mid_frame()
    await asyncio.sleep(1)
    return sum(link.client.is_closing() for link in links)


async def slow(wire: Wire) -> int:
    links = wire.slow(0.3)
    await asyncio.sleep(2)
    for link in links:
        link.delay = 0
    return len(links)


async def half_open(wire: Wire) -> int:
    """The connections that there are say nothing any more; new ones work."""
    links = wire.hold()
    await asyncio.sleep(SECONDS_TO_GIVE_UP)
    for link in links:
        link.abort()
    return len(links)


async def part(wire: Wire) -> int:
    """Nothing gets through; then everything does, what the hall gave up as well."""
    links = wire.links()
    wire.part()
    await asyncio.sleep(SECONDS_TO_GIVE_UP)
    wire.join()
    return len(links)


async def play(far: Far, tally: Tally, faults: list[Fault], seed: int) -> None:
    """One ballot in which each fault strikes either network, one after the other, then both."""
    history, chance = History(), random.Random(seed)
    where = lambda: far.hall.ws  # noqa: E731  # the clients ask anew where the hall is
    async with Operator(history, lambda: far.hall.url) as operator:
        tokens = sorted((await operator.tokens()).items())[:SEATS]
        seats = [Seat(history, where, *each, chance, fickle=0.7) for each in tokens]
        display = await operator.display()
        ballot = await operator.open(disclosure="individual")
        async with (
            watching(history, where, "display", display),
            watching(history, where, "console", operator.token),
            voting(seats, ballot, seconds=400),
        ):
            for fault in faults:
                for wires in (
                    {"Redis": far.to_redis},
                    {"the journal": far.to_journal},
                    {"Redis": far.to_redis, "the journal": far.to_journal},
                ):
                    async with asyncio.timeout(120):
                        await asyncio.gather(*(seat.more(1) for seat in seats))
                        commanding = asyncio.create_task(operator.command(ballot, "last_call"))
                        hits = await asyncio.gather(*map(fault, wires.values()))
                        for store, hit in zip(wires, hits, strict=True):
                            kind = fault.__name__.replace("_", " ")
                            tally.hit(f"network to {store}: {kind}", hit)
                        await commanding
            # Presses are kept back, their seats press anew and have their receipts; no more follow.
            late = far.to_redis.keep()
            async with asyncio.timeout(120):
                await asyncio.gather(*(seat.more(2) for seat in seats))
        assert await operator.phase(ballot) == "open"
        tally.hit("network to Redis: deliver late", far.to_redis.deliver(late))
        await asyncio.sleep(0.5)
        await operator.command(ballot, "close")
        await operator.command(ballot, "declare")
        report = await judged(tally, history, operator, ballot)
    assert report.receipts > 2 * SEATS


async def test_a_network_that_cuts_slows_and_delivers_late(far: Far, tally: Tally) -> None:
    await play(far, tally, [deliver_late, cut, slow], seed=1)


@pytest.mark.long
async def test_a_network_in_which_nothing_gets_through(far: Far, tally: Tally) -> None:
    await play(far, tally, [half_open, part], seed=2)


@pytest.mark.long
async def test_a_journal_that_says_nothing_is_unavailable_and_costs_no_vote(
    far: Far, tally: Tally
) -> None:
    history, chance = History(), random.Random(3)
    async with Operator(history, lambda: far.hall.url) as operator:
        tokens = sorted((await operator.tokens()).items())[:SEATS]
        seats = [Seat(history, lambda: far.hall.ws, *each, chance) for each in tokens]
        ballot = await operator.open(disclosure="turnout")
        async with voting(seats, ballot, seconds=120):
            await asyncio.gather(*(seat.more(1) for seat in seats))
            tally.hit("network to the journal: part", len(far.to_journal.links()))
            far.to_journal.part()
            asking = asyncio.create_task(operator.ask_once(ballot, "last_call", "silent"))
            async with asyncio.timeout(60):
                await asyncio.gather(*(seat.more(2) for seat in seats))
                answer = await asking
            assert answer is not None
            assert (answer.status_code, answer.json()["code"]) == (503, "unavailable")
            far.to_journal.join()
            done = await operator.ask(ballot, "last_call", "silent")
            assert done.status_code == 200, done.text
        await operator.command(ballot, "close")
        await operator.command(ballot, "declare")
        await judged(tally, history, operator, ballot)
