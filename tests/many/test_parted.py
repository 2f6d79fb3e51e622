"""A network parts the Redis nodes from each other, and the servers with them: a split brain.

The Sentinels of the greater part promote a replica, while the old primary goes on answering whoever
still reaches it. All servers reach the journal, so that the one beside the old primary could write
there what it believes.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, ExitStack, asynccontextmanager
from dataclasses import dataclass

import pytest

from tests.faults.tally import Tally
from tests.halls import HallProcess
from tests.history import History, check
from tests.history.clients import Operator, Seat, voting, watching
from tests.many.conftest import Cluster, anywhere
from tests.many.network import Network
from tests.many.watched import Node, Watched

pytestmark = [pytest.mark.postgres, pytest.mark.faults, pytest.mark.timeout(600)]

SEATS = 8
PATIENCE = 90.0


@dataclass(frozen=True)
class Hall:
    """Two servers on hosts of their own, three Redis nodes and three Sentinels."""

    network: Network
    watched: Watched
    hosts: tuple[str, str]
    servers: tuple[HallProcess, HallProcess]

    @property
    def replicas(self) -> list[Node]:
        primary = self.watched.primary
        return [each for each in self.watched.nodes if each is not primary]

    def part_the_primary(self, *, with_a_replica: bool, with_a_server: bool) -> Node:
        """The primary is on one side, with one Sentinel of three; returns it."""
        primary, replicas = self.watched.primary, self.replicas
        alone, *others = self.watched.sentinels
        here, there = {primary.host, alone.host}, {each.host for each in (*others, replicas.pop())}
        (here if with_a_replica else there).update(each.host for each in replicas)
        if with_a_server:
            here.add(self.hosts[0])
            there.add(self.hosts[1])
        self.network.part(here, there)
        return primary

    async def promoted(self, old: Node) -> None:
        """Wait until the greater part has another primary."""
        async with asyncio.timeout(PATIENCE):
            while self.watched.primary_of(self.watched.sentinels[-1]) is old:  # noqa: ASYNC110  # it is asked for
                await asyncio.sleep(0.1)

    async def join(self) -> None:
        """The network is whole again, and so are all nodes."""
        self.network.join()
        await asyncio.to_thread(self.watched.settle)


@pytest.fixture(scope="module")
def hall(database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    with ExitStack() as stack:
        network = stack.enter_context(Network())
        watched = Watched(tmp_path_factory.mktemp("parted"), replicas=2, network=network)
        stack.callback(watched.stop)
        watched.start()
        cluster = Cluster(tmp_path_factory.mktemp("many"), watched.url, database)
        stack.callback(cluster.stop)
        hosts = (network.host(), network.host())
        first, second = (cluster.server(host=host).start() for host in hosts)
        yield Hall(network, watched, hosts, (first, second))


class Sitting:
    """A ballot at which seats vote, with screens at either server."""

    def __init__(self, hall: Hall, history: History, operator: Operator, seats: list[Seat]) -> None:
        self.hall = hall
        self.history = history
        self.operator = operator
        """At the server of the greater part."""
        self.seats = seats
        self.ballot = ""
        self._old = hall.watched.primary

    @asynccontextmanager
    async def parted(
        self,
        tally: Tally,
        *,
        with_a_replica: bool = False,
        with_a_server: bool = True,
        **fields: object,
    ) -> AsyncIterator[None]:
        """While seats vote, the primary is parted from the others. The ballot has these fields."""
        self.ballot = await self.operator.open(**fields)
        async with voting(self.seats, self.ballot, PATIENCE):
            await self.more()
            self._old = self.hall.part_the_primary(
                with_a_replica=with_a_replica, with_a_server=with_a_server
            )
            tally.hit("Redis nodes parted")
            yield

    async def goes_on(self) -> None:
        """The greater part has another primary, and every seat votes on."""
        await self.hall.promoted(self._old)
        await self.more()

    async def more(self) -> None:
        """Every seat has the answer to two more presses."""
        async with asyncio.timeout(PATIENCE):
            await asyncio.gather(*(each.more(2) for each in self.seats))

    async def reaches(self, phase: str) -> None:
        async with asyncio.timeout(PATIENCE):
            while await self.operator.phase(self.ballot) != phase:  # noqa: ASYNC110  # it is asked for
                await asyncio.sleep(0.1)

    async def judge(self, tally: Tally) -> None:
        """The network is whole; declare, and compare with what was told."""
        await self.hall.join()
        await self.operator.command(self.ballot, "declare")
        record = await self.operator.record(self.ballot)
        report = check(self.history, {self.ballot: record}, all_answered=True)
        tally.add(report)
        assert not report.violations, str(report)
        assert report.receipts > 2 * SEATS


@asynccontextmanager
async def sitting(hall: Hall) -> AsyncIterator[Sitting]:
    history, chance = History(), random.Random(1)
    here, there = hall.servers
    async with AsyncExitStack() as stack:
        stack.callback(hall.network.join)
        operator = await stack.enter_async_context(Operator(history, lambda: there.url))
        tokens = sorted((await operator.tokens()).items())[:SEATS]
        seats = [Seat(history, anywhere((here, there), "ws"), *each, chance) for each in tokens]
        display = await operator.display()
        for server, name in ((here, "display here"), (there, "display there")):
            await stack.enter_async_context(
                watching(history, anywhere([server], "ws"), "display", display, name)
            )
        yield Sitting(hall, history, operator, seats)


async def test_a_primary_alone_gives_no_receipt_and_ends_no_ballot(
    hall: Hall, tally: Tally
) -> None:
    """The timer ends on both sides: what the others took meanwhile counts."""
    async with sitting(hall) as at:
        async with at.parted(tally, seconds=28, auto_close=True):
            await at.goes_on()
            await at.reaches("closed")
        await at.judge(tally)


async def test_a_close_beside_the_old_primary_waits_until_the_network_is_whole(
    hall: Hall, tally: Tally
) -> None:
    async with (
        sitting(hall) as at,
        Operator(at.history, lambda: hall.servers[0].url) as colleague,
    ):
        async with at.parted(tally):
            closing = asyncio.create_task(colleague.command(at.ballot, "close"))
            await at.goes_on()
            assert await at.operator.phase(at.ballot) == "open"
            assert not closing.done()
            await hall.join()
            await closing
        await at.judge(tally)


async def test_a_server_that_sees_both_sides_goes_with_the_greater_part(
    hall: Hall, tally: Tally
) -> None:
    async with sitting(hall) as at:
        async with at.parted(tally, with_a_server=False):
            await at.goes_on()
        await at.operator.command(at.ballot, "close")
        await at.judge(tally)


@pytest.mark.long
async def test_receipts_that_the_new_primary_does_not_know_of_put_the_ballot_in_doubt(
    hall: Hall, tally: Tally
) -> None:
    """One confirmation where there are two replicas: the Sentinels promote the one that has less,
    because they see no other."""
    async with sitting(hall) as at:
        async with at.parted(tally, with_a_replica=True):
            await at.goes_on()
            await hall.join()
            await at.reaches("in_doubt")
            await at.operator.command(at.ballot, "resume", reason="the Members vote again")
            await at.more()
        await at.operator.command(at.ballot, "close")
        await at.judge(tally)
