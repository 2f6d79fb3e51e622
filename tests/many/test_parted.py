"""A network parts the Redis nodes from each other, and the servers with them: a split brain.

The Sentinels of the greater part promote a replica, while the old primary goes on answering whoever
still reaches it. All servers reach the journal, so that the one beside the old primary could write
there what it believes.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest

from tests.faults.tally import Tally
from tests.history.clients import Operator
from tests.many.sitting import Hall, hall_on_a_network, sitting

pytestmark = [pytest.mark.postgres, pytest.mark.faults, pytest.mark.timeout(600)]


@pytest.fixture(scope="module")
def hall(database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    with hall_on_a_network(database, tmp_path_factory.mktemp("parted")) as hall:
        yield hall


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
