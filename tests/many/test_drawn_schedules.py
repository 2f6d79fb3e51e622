"""Schedules of faults in a hall of two servers and three Redis nodes, drawn by Hypothesis.

What a schedule strikes is drawn, too: any of the nodes, Sentinels and servers, and who, the journal
among them, is on which side of a network that is parted. Meanwhile the operator interrupts the
ballot now and then. Where as many replicas confirm as there are, nothing may ever put
the ballot in doubt; with one of two it may be, and then it is said.
"""

from __future__ import annotations

import asyncio
import random
import signal
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest

from tests.faults.schedules import draw_schedules
from tests.faults.tally import Tally
from tests.history.sealing import Keyring, keyrings
from tests.many.conftest import empty_database
from tests.many.sitting import Hall, Sitting, hall_on_a_network, sitting
from tests.many.watched import Node

pytestmark = [pytest.mark.postgres, pytest.mark.faults, pytest.mark.timeout(3600)]

SHORT: Final = ("part", "part_the_journal", "kill_a_server", "fail_over")


@dataclass
class World:
    """A hall in which a ballot is open and seats vote. `seconds` is how long a slow fault lasts."""

    hall: Hall
    at: Sitting
    chance: random.Random
    tally: Tally
    seconds: float

    async def a_moment(self) -> None:
        """Anything from not even a fail-over to a long one."""
        await asyncio.sleep(self.chance.uniform(0.0, self.seconds))


async def part(world: World) -> None:
    """Two sides at random, and a third of the time some who see both."""
    hall, chance = world.hall, world.chance
    everybody = [each.host for each in (*hall.watched.nodes, *hall.watched.sentinels)]
    everybody += (*hall.hosts, hall.journal)
    chance.shuffle(everybody)
    between = chance.choice((0, 0, chance.randint(1, 3)))
    apart = everybody[between:]
    here = chance.randint(1, len(apart) - 1)
    hall.network.part(apart[:here], apart[here:])
    world.tally.hit("drawn: hosts parted at random")
    await asyncio.sleep(world.seconds)
    hall.network.join()


async def flap(world: World) -> None:
    """The primary comes and goes."""
    for _ in range(world.chance.randint(2, 6)):
        primary = world.hall.watched.primary
        others = {each.host for each in world.hall.watched.nodes} - {primary.host}
        world.hall.network.part({primary.host}, others)
        await asyncio.sleep(world.chance.uniform(0.1, 2.5))
        world.hall.network.join()
        await asyncio.sleep(world.chance.uniform(0.0, 0.5))
    world.tally.hit("drawn: the primary comes and goes")


async def part_the_journal(world: World) -> None:
    """One server, or both, are without the journal for a while, and with it again for a moment."""
    hall, chance = world.hall, world.chance
    for _ in range(chance.randint(1, 3)):
        servers = chance.sample(hall.hosts, chance.randint(1, 2))
        hall.network.part({hall.journal}, servers)
        await world.a_moment()
        hall.network.join()
        await asyncio.sleep(chance.uniform(0.0, 1.0))
    world.tally.hit("drawn: servers parted from the journal")


async def _killed(world: World, *nodes: Node) -> None:
    for each in nodes:
        each.kill()
    try:
        await world.a_moment()
    finally:
        for each in world.chance.sample(nodes, len(nodes)):
            await asyncio.to_thread(each.start)


async def kill_the_primary(world: World) -> None:
    await _killed(world, world.hall.watched.primary)
    world.tally.hit("drawn: primary killed")


async def kill_a_replica(world: World) -> None:
    await _killed(world, world.chance.choice(world.hall.replicas))
    world.tally.hit("drawn: replica killed")


async def kill_all_nodes(world: World) -> None:
    await _killed(world, *world.hall.watched.nodes)
    world.tally.hit("drawn: all Redis nodes killed")


async def kill_sentinels(world: World) -> None:
    sentinels = world.hall.watched.sentinels
    await _killed(world, *world.chance.sample(sentinels, world.chance.randint(1, 3)))
    world.tally.hit("drawn: Sentinels killed")


async def freeze_a_node(world: World) -> None:
    node = world.chance.choice((*world.hall.watched.nodes, world.hall.watched.primary))
    node.signal(signal.SIGSTOP)
    try:
        await asyncio.sleep(world.seconds)
    finally:
        node.signal(signal.SIGCONT)
    world.tally.hit("drawn: Redis node frozen")


async def fail_over(world: World) -> None:
    """As its keeper would, before the primary's machine is serviced."""
    await asyncio.to_thread(world.hall.watched.fail_over)
    world.tally.hit("drawn: fail-over by the keeper")
    await world.a_moment()


async def kill_a_server(world: World) -> None:
    server = world.chance.choice(world.hall.servers)
    server.kill()
    try:
        await world.a_moment()
    finally:
        await asyncio.to_thread(server.start)
    world.tally.hit("drawn: server killed")


FAULTS: Final[Mapping[str, Callable[[World], Awaitable[None]]]] = {
    "part": part,
    "part_more_often": part,  # no other fault has so many kinds
    "part_the_journal": part_the_journal,
    "flap": flap,
    "kill_the_primary": kill_the_primary,
    "kill_a_replica": kill_a_replica,
    "kill_all_nodes": kill_all_nodes,
    "kill_sentinels": kill_sentinels,
    "freeze_a_node": freeze_a_node,
    "fail_over": fail_over,
    "kill_a_server": kill_a_server,
}


async def play(
    hall: Hall, tally: Tally, faults: list[str], disclosure: str, seed: int, seconds: float,
    *, may_doubt: bool = False, rings: Sequence[Keyring] = (),
) -> None:  # fmt: skip
    """One ballot under these faults, and its history judged; with `rings` it is secret."""
    async with sitting(hall, seed, rings) as at:
        world = World(hall, at, random.Random(seed), tally, seconds)
        async with at.voted_on(disclosure=disclosure):
            for fault in faults:
                async with asyncio.TaskGroup() as both:
                    if world.chance.random() < 0.5:
                        both.create_task(at.interrupt(may_doubt=may_doubt))
                    await FAULTS[fault](world)
                    await hall.join()
                await (at.more_or_resumed() if may_doubt else at.more())
        if may_doubt:
            await at.close_or_resume()
        else:
            assert await at.operator.phase(at.ballot) == "open"
            await at.operator.command(at.ballot, "close")
        await at.judge(tally, may_doubt=may_doubt)


def test_a_short_schedule(postgres_server: str, tmp_path: Path, tally: Tally) -> None:
    with (
        empty_database(postgres_server) as database,
        hall_on_a_network(database, tmp_path, confirmations=2) as hall,
    ):
        asyncio.run(play(hall, tally, list(SHORT), "individual", seed=1, seconds=1.0))


@pytest.mark.long
@pytest.mark.parametrize("confirmations", [1, 2])
def test_drawn_schedules(
    confirmations: int, postgres_server: str, tmp_path: Path, tally: Tally
) -> None:
    with (
        empty_database(postgres_server) as database,
        hall_on_a_network(database, tmp_path, confirmations) as hall,
    ):
        draw_schedules(
            FAULTS,
            ["none", "turnout", "counts", "individual"],
            lambda *drawn: asyncio.run(play(hall, tally, *drawn, may_doubt=confirmations == 1)),
        )


@pytest.mark.long
def test_drawn_schedules_of_secret_ballots(
    postgres_server: str, tmp_path: Path, tally: Tally
) -> None:
    with (
        empty_database(postgres_server) as database,
        hall_on_a_network(database, tmp_path, confirmations=2) as hall,
    ):
        rings = keyrings(hall.servers[0])
        draw_schedules(
            FAULTS,
            ["none", "turnout"],
            lambda *drawn: asyncio.run(play(hall, tally, *drawn, rings=rings)),
        )
