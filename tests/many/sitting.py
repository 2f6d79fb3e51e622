"""A hall on a network that can be parted, and a ballot in it at which seats vote.

Three Redis nodes, three Sentinels, two servers and the journal are on hosts of their own. Whoever
votes reaches all servers.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import AsyncExitStack, ExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from server.ballots.events import BallotEvent
from tests.contracts.sql_stores import at_port, postgres_socket
from tests.faults.tally import Tally
from tests.halls import HallProcess
from tests.history import History, check
from tests.history.clients import Operator, Seat, voting, watching
from tests.history.sealing import Keyring, Scrutineers, SealedSeat, opened, scrutinising
from tests.many.conftest import Cluster, anywhere
from tests.many.network import Network
from tests.many.watched import Node, Watched

SEATS = 8
PATIENCE = 90.0


@dataclass(frozen=True)
class Hall:
    """Two servers, three Redis nodes, three Sentinels and the journal, on hosts of their own."""

    network: Network
    watched: Watched
    hosts: tuple[str, str]
    servers: tuple[HallProcess, HallProcess]
    journal: str
    """The host of PostgreSQL."""

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


@contextmanager
def hall_on_a_network(database: str, folder: Path, confirmations: int = 1) -> Iterator[Hall]:
    """A hall whose receipts wait for so many of its two replicas."""
    with ExitStack() as stack:
        network = stack.enter_context(Network())
        (folder / "watched").mkdir()
        (folder / "servers").mkdir()
        watched = Watched(folder / "watched", replicas=2, network=network, enough=confirmations)
        stack.callback(watched.stop)
        watched.start()
        cluster = Cluster(folder / "servers", watched.url, database)
        stack.callback(cluster.stop)
        hosts, journal = (network.host(), network.host()), network.host()

        def server(host: str) -> HallProcess:
            port = network.reach(journal, postgres_socket(database), caller=host)
            options = ("--wait-replicas", str(confirmations), "--database", at_port(database, port))
            return cluster.server(*options, host=host).start()

        yield Hall(network, watched, hosts, (server(hosts[0]), server(hosts[1])), journal)


class Sitting:
    """A ballot at which seats vote, with screens at either server. With `scrutineers` it is secret,
    and the seats are such as seal."""

    def __init__(
        self,
        hall: Hall,
        history: History,
        operator: Operator,
        seats: Sequence[Seat],
        scrutineers: Scrutineers | None = None,
    ) -> None:
        self.hall = hall
        self.history = history
        self.operator = operator
        """At the server of the greater part."""
        self.seats = seats
        self.scrutineers = scrutineers
        self.ballot = ""
        self._old = hall.watched.primary

    @asynccontextmanager
    async def voted_on(self, **fields: object) -> AsyncIterator[None]:
        """Seats vote on a ballot with these fields, and vote again."""
        if self.scrutineers is None:
            self.ballot = await self.operator.open(**fields)
        else:
            sealing = [each for each in self.seats if isinstance(each, SealedSeat)]
            self.ballot = await opened(self.operator, self.scrutineers, sealing, **fields)
        async with voting(self.seats, self.ballot, PATIENCE):
            await self.more()
            yield

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
        async with self.voted_on(**fields):
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

    async def more_or_resumed(self) -> None:
        """The same; if the ballot is put in doubt, the operator resumes it."""
        async with asyncio.TaskGroup() as both:
            going_on = both.create_task(self.more())
            while not going_on.done():
                await asyncio.wait({going_on}, timeout=0.5)
                await self.resume()

    async def interrupt(self, *, may_doubt: bool) -> None:
        """The operator suspends and resumes, whatever happens meanwhile."""
        answer = await self.operator.ask(self.ballot, "suspend", reason="a point of order")
        if answer.status_code == httpx.codes.OK:
            await self.operator.command(self.ballot, "resume", reason="it is settled")
        else:
            assert may_doubt, answer.text

    async def resume(self) -> None:
        """Go on, if the ballot was put in doubt."""
        if await self.operator.phase(self.ballot) == "in_doubt":
            await self.operator.command(self.ballot, "resume", reason="the Members vote again")

    async def close_or_resume(self) -> None:
        """Close; doubt may come until then."""
        async with asyncio.timeout(PATIENCE):
            while (await self.operator.ask(self.ballot, "close")).status_code != httpx.codes.OK:
                await self.resume()

    async def reaches(self, phase: str) -> None:
        async with asyncio.timeout(PATIENCE):
            while await self.operator.phase(self.ballot) != phase:  # noqa: ASYNC110  # it is asked for
                await asyncio.sleep(0.1)

    async def judge(self, tally: Tally, *, may_doubt: bool = True) -> None:
        """The network is whole; declare, and compare with what was told."""
        await self.hall.join()
        archives: dict[str, bytes] = {}
        if self.scrutineers is not None:
            await self.scrutineers.open(self.ballot)
            archives[self.ballot] = await self.operator.archive(self.ballot)
        await self.operator.command(self.ballot, "declare")
        record = await self.operator.record(self.ballot)
        report = check(self.history, {self.ballot: record}, archives=archives, all_answered=True)
        tally.add(report)
        assert not report.violations, str(report)
        assert may_doubt or BallotEvent.DOUBTED.encode() not in record
        assert report.receipts > 2 * SEATS


@asynccontextmanager
async def sitting(
    hall: Hall, seed: int = 1, rings: Sequence[Keyring] = ()
) -> AsyncIterator[Sitting]:
    """A ballot to come; it is secret where there are scrutineers' `rings`."""
    history, chance = History(), random.Random(seed)
    here, there = hall.servers
    async with AsyncExitStack() as stack:
        stack.callback(hall.network.join)
        operator = await stack.enter_async_context(Operator(history, lambda: there.url))
        await operator.clear_the_floor()
        tokens = sorted((await operator.tokens()).items())[:SEATS]
        seat = SealedSeat if rings else Seat
        seats = [seat(history, anywhere((here, there), "ws"), *each, chance) for each in tokens]
        display = await operator.display()
        for server, name in ((here, "display here"), (there, "display there")):
            await stack.enter_async_context(
                watching(history, anywhere([server], "ws"), "display", display, name)
            )
        scrutineers: Scrutineers | None = None
        if rings:
            scrutineers = await stack.enter_async_context(
                scrutinising(history, lambda: there.url, rings)
            )
        yield Sitting(hall, history, operator, seats, scrutineers)
