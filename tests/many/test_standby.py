"""The journal's PostgreSQL dies in mid-vote, and its synchronous standby is promoted.

Votes go on meanwhile: they are in the box. What was acknowledged is in the journal of the new
primary. The old one, should somebody start it again, cannot commit, for nobody confirms.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from server.adapters.redis_server import find_server
from tests.contracts.real_redis import RealRedis
from tests.faults.tally import Tally
from tests.history import History, check
from tests.history.clients import Operator, Seat, voting, watching
from tests.many.conftest import Cluster, anywhere
from tests.many.postgres_pair import Pair, Postgres, running_pair

pytestmark = [pytest.mark.postgres, pytest.mark.faults, pytest.mark.timeout(300)]

SEATS = 8
PATIENCE = 60.0


@dataclass(frozen=True)
class Hall:
    pair: Pair
    cluster: Cluster


@pytest.fixture
def hall(postgres_server: str, tmp_path: Path) -> Iterator[Hall]:
    """Two servers that know both databases."""
    (tmp_path / "redis").mkdir()
    redis = RealRedis(find_server(), tmp_path / "redis")
    with running_pair() as pair:
        redis.start()
        cluster = Cluster(tmp_path, redis.url, pair.url)
        try:
            for _ in range(2):
                cluster.server().start()
            yield Hall(pair, cluster)
        finally:
            cluster.stop()
            redis.stop()


@dataclass
class Vote:
    history: History
    operator: Operator
    seats: list[Seat]
    ballot: str

    async def more(self) -> None:
        """Every seat has the answer to two more presses."""
        async with asyncio.timeout(PATIENCE):
            await asyncio.gather(*(each.more(2) for each in self.seats))


@asynccontextmanager
async def vote(hall: Hall, tally: Tally) -> AsyncIterator[Vote]:
    """Seats vote; afterwards the ballot is closed and declared, and all goes with what was told."""
    servers, history, chance = hall.cluster.servers, History(), random.Random(1)
    async with Operator(history, anywhere(servers)) as operator:
        tokens = sorted((await operator.tokens()).items())[:SEATS]
        seats = [Seat(history, anywhere(servers, "ws"), *each, chance) for each in tokens]
        display = await operator.display()
        ballot = await operator.open(disclosure="individual")
        at = Vote(history, operator, seats, ballot)
        async with watching(history, anywhere(servers, "ws"), "display", display):
            async with voting(seats, ballot):
                await at.more()
                yield at
                await at.more()
            await operator.command(ballot, "close")
            await operator.command(ballot, "declare")
        records, known = {ballot: await operator.record(ballot)}, await operator.known()
    report = check(history, records, known=known, all_answered=True)
    tally.add(report)
    assert not report.violations, str(report)
    assert report.receipts > 2 * SEATS


async def test_a_fail_over_of_the_journal_in_mid_vote_loses_nothing(
    hall: Hall, tally: Tally
) -> None:
    async with vote(hall, tally) as at:
        hall.pair.primary.kill()
        tally.hit("primary PostgreSQL killed, and its standby promoted")
        asked = asyncio.create_task(at.operator.command(at.ballot, "last_call"))
        await at.more()
        assert not asked.done()
        await asyncio.to_thread(hall.pair.promote)
        async with asyncio.timeout(PATIENCE):
            await asked


async def test_an_old_primary_that_is_started_again_decides_nothing(
    hall: Hall, tally: Tally
) -> None:
    """It takes writes, is named first, and lacks what was journaled since."""
    async with vote(hall, tally) as at:
        hall.pair.primary.kill()
        await asyncio.to_thread(hall.pair.promote)
        await at.operator.command(at.ballot, "last_call")
        await asyncio.to_thread(hall.pair.primary.start)
        tally.hit("old primary PostgreSQL started again")
        for server in hall.cluster.servers:
            server.kill()
            await asyncio.to_thread(server.start)
            await at.more()
        assert hall.pair.primary.ask("SELECT pg_is_in_recovery()") is False


async def test_a_primary_that_lives_on_beside_its_successor_is_left(
    hall: Hall, tally: Tally
) -> None:
    """All servers are connected with it, and it is named first; what it is given has no answer,
    and who only reads there is told of what it lacks by the store of the votes."""
    first, second = hall.cluster.servers
    async with vote(hall, tally) as at:
        async with asyncio.timeout(PATIENCE):
            await asyncio.to_thread(hall.pair.promote)
            tally.hit("standby promoted beside a living primary PostgreSQL")
            for server, command in ((first, "suspend"), (second, "resume"), (first, "last_call")):
                async with Operator(at.history, anywhere([server])) as operator:
                    await operator.command(at.ballot, command)
        await at.more()
        assert hall.pair.primary.ask("SELECT pg_is_in_recovery()") is False
    assert entries(hall.pair.primary) < entries(hall.pair.standby)


async def test_who_only_reads_from_an_old_primary_leaves_it(hall: Hall) -> None:
    """The store of the votes knows of an entry that this one lacks."""
    first, second = hall.cluster.servers
    async with (
        Operator(History(), anywhere([first])) as writer,
        Operator(History(), anywhere([second])) as reader,
    ):
        await asyncio.to_thread(hall.pair.promote)
        async with asyncio.timeout(PATIENCE):
            ballot = await writer.prepare()
            while ballot not in await reader.known():  # noqa: ASYNC110  # it is asked for
                await asyncio.sleep(0.1)


def entries(database: Postgres) -> int:
    """How many entries its journal has."""
    number = database.ask("SELECT count(*) FROM entries", "hall")
    assert isinstance(number, int)
    return number
