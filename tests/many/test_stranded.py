"""A store is away for longer than a server hopes: who can vote stays, who cannot goes elsewhere.

That a server without the votes' Redis sends its seats to another one is tried in `test_parted`.
"""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from server.adapters.redis_server import find_server
from server.live.neighbourhood import STRANDED_SECONDS
from tests.contracts.real_redis import RealRedis
from tests.contracts.sql_stores import at_port, postgres_socket
from tests.faults.tally import Tally
from tests.faults.wire import Wire
from tests.halls import Client
from tests.history import History
from tests.history.clients import Operator
from tests.many.conftest import Cluster, anywhere

pytestmark = [pytest.mark.postgres, pytest.mark.faults, pytest.mark.timeout(300)]


async def test_where_only_the_journal_is_away_seats_stay_and_vote(
    database: str, tmp_path: Path, tally: Tally
) -> None:
    redis = RealRedis(find_server(), tmp_path)
    redis.start()
    async with Wire(lambda: postgres_socket(database)) as network:
        cluster = Cluster(tmp_path, redis.url, at_port(database, network.port))
        try:
            here, there = [await asyncio.to_thread(cluster.server().start) for _ in range(2)]
            async with Operator(History(), anywhere([there])) as operator:
                ballot = await operator.open()
                tokens = await operator.tokens(["FR"])
                seat = await Client.open(f"{here.ws}/kiosk", tokens["FR"])
                await seat.view()
                network.part()
                for link in network.links():
                    link.abort()  # nobody has to find out that these are dead
                tally.hit("network to the journal: part")
                for second in range(int(STRANDED_SECONDS) + 10):
                    answer = await seat.press(ballot, ("yes", "no")[second % 2])
                    assert (answer["type"], answer.get("n")) == ("receipt", second + 1)
                    await asyncio.sleep(1)
                network.join()
                await operator.command(ballot, "close")
                await seat.close()
        finally:
            network.join()
            await asyncio.to_thread(cluster.stop)
            redis.stop()
