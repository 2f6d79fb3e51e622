"""Redis with a replica and three Sentinels, all real: a fail-over loses no receipted vote."""

from __future__ import annotations

import asyncio
import random
import uuid
from collections.abc import Iterator

import pytest

from server.adapters.redis_box_calls import connect
from server.adapters.redis_sentinel import UnfitAddress, sentinels
from tests.faults.stage import held_at
from tests.faults.tally import Tally
from tests.history import History, check
from tests.history.bel import ballots_in
from tests.history.clients import Operator, Seat, voting, watching
from tests.history.sealing import Keyring, SealedSeat, keyrings, opened, scrutinising
from tests.many.conftest import Cluster, anywhere
from tests.many.watched import Watched

pytestmark = [pytest.mark.postgres, pytest.mark.faults, pytest.mark.timeout(600)]

SEATS = 12


@pytest.fixture(scope="module")
def watched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Watched]:
    group = Watched(tmp_path_factory.mktemp("sentinel"), replicas=2, with_users=True)
    group.start()
    yield group
    group.stop()


@pytest.fixture(scope="module")
def hall(
    watched: Watched, database: str, rounds: int, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Cluster]:
    """Two servers, or one in the short version."""
    cluster = Cluster(tmp_path_factory.mktemp("many"), watched.url, database)
    for _ in range(min(2, rounds)):
        cluster.server().start()
    yield cluster
    cluster.stop()


@pytest.fixture(scope="module")
def rings(hall: Cluster) -> tuple[Keyring, ...]:
    """Three scrutineers who have made the key, once for the module."""
    return keyrings(hall.servers[0])


async def test_a_fail_over_in_mid_vote_loses_no_receipted_vote(
    hall: Cluster, watched: Watched, rounds: int, tally: Tally
) -> None:
    two = hall.servers
    for number in range(rounds):
        chance = random.Random(number)
        history = History()
        async with Operator(history, anywhere(two)) as operator:
            tokens = sorted((await operator.tokens()).items())[:SEATS]
            seats = [Seat(history, anywhere(two, "ws"), *each, chance) for each in tokens]
            display = await operator.display()
            ballot = await operator.open(disclosure=("counts", "individual")[number % 2])
            async with (
                watching(history, anywhere(two, "ws"), "display", display),
                voting(seats, ballot),
            ):
                await asyncio.gather(*(each.more(2) for each in seats))
                victim = watched.primary
                victim.kill()
                tally.hit("primary Redis killed, fail-over by Sentinel")
                async with asyncio.timeout(90):
                    await asyncio.gather(*(each.more(2) for each in seats))
                assert watched.primary is not victim
            # What was receipted is there: not in doubt, and nothing was decided without us.
            assert await operator.phase(ballot) == "open"
            await operator.command(ballot, "close")
            await operator.command(ballot, "declare")
            report = check(history, {ballot: await operator.record(ballot)}, all_answered=True)
        tally.add(report)
        assert not report.violations, str(report)
        assert report.receipts > 2 * SEATS
        await asyncio.to_thread(victim.start)
        await asyncio.to_thread(watched.settle)


async def test_a_fail_over_in_a_secret_ballot_loses_no_sealed_ballot(
    hall: Cluster, watched: Watched, rings: tuple[Keyring, ...], tally: Tally
) -> None:
    """The primary dies while some sealed ballots are receipted, others wait for their proof, and
    more come in: each that was receipted is in the archive once, and the archive verifies."""
    server, history, chance = hall.servers[0], History(), random.Random(1)
    async with (
        Operator(history, anywhere([server])) as operator,
        scrutinising(history, anywhere([server]), rings) as scrutineers,
    ):
        tokens = await operator.tokens(["FR", "ES", "DE", "IT", "PT", "SE"])
        where = anywhere([server], "ws")
        seats = [SealedSeat(history, where, *each, chance) for each in tokens.items()]
        ballot = await opened(operator, scrutineers, seats)
        await asyncio.gather(*(each.vote_once(ballot) for each in seats))
        with held_at(server.data):
            before = len(history.received)
            waiting = [asyncio.create_task(each.vote_once(ballot)) for each in seats[:3]]
            async with asyncio.timeout(60):
                while len(history.received) < before + len(waiting):  # noqa: ASYNC110  # it tells nobody
                    await asyncio.sleep(0.02)
            waiting += [asyncio.create_task(each.vote_once(ballot)) for each in seats[3:]]
            victim = watched.primary
            victim.kill()
            tally.hit("primary Redis killed with proofs queued", 3)
        async with asyncio.timeout(120):
            await asyncio.gather(*waiting)
        assert watched.primary is not victim
        assert await operator.phase(ballot) == "open"
        await operator.command(ballot, "close")
        await scrutineers.open(ballot)
        await operator.command(ballot, "declare")
        record, raw = await operator.record(ballot), await operator.archive(ballot)
    report = check(history, {ballot: record}, archives={ballot: raw}, all_answered=True)
    tally.add(report)
    assert not report.violations, str(report)
    assert (report.presses, report.receipts) == (2 * len(seats), 2 * len(seats))
    assert len(ballots_in(raw)) == 2 * len(seats)
    await asyncio.to_thread(victim.start)
    await asyncio.to_thread(watched.settle)


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("redis+sentinel:///votes", "names no Sentinels"),
        ("redis+sentinel://one,two", "names no Sentinels"),
        ("redis+sentinel://one:many/votes", "not HOST or HOST:PORT"),
        ("redis+sentinel://:half/of-a-password@one/votes", "not HOST or HOST:PORT"),
    ],
)
def test_an_address_that_names_no_sentinels_is_refused(url: str, told: str) -> None:
    with pytest.raises(UnfitAddress, match=told) as refused:
        sentinels(url)
    assert "half" not in str(refused.value)


def test_an_address_of_sentinels_is_read() -> None:
    read = sentinels("rediss+sentinel://hall:a%20b@one,[::1]:7000/votes?sentinel_password=c")
    assert read.addresses == (("one", 26379), ("::1", 7000))
    assert (read.service, read.tls) == ("votes", True)
    assert (read.user, read.password, read.sentinel_password) == ("hall", "a b", "c")
    assert sentinels("redis+sentinel://secret@one/votes").password == "secret"


@pytest.mark.parametrize("url", ["http://one", "redis://a,[::1]:1", "redis://x:secret@one:port"])
def test_an_address_of_no_redis_is_refused_without_its_password(url: str) -> None:
    with pytest.raises(UnfitAddress, match="cannot be read: give redis://HOST") as refused:
        connect(url)
    assert "secret" not in str(refused.value)


async def test_a_replica_that_is_not_confirmed_gives_no_receipt(
    hall: Cluster, watched: Watched
) -> None:
    """Both replicas are away: votes are answered `unavailable`, and taken when one is back."""
    server = hall.servers[0]
    history = History()
    replicas = [each for each in watched.nodes if each is not watched.primary]
    async with Operator(history, anywhere([server])) as operator:
        ballot = await operator.open()
        tokens = await operator.tokens(["FR"])
        seat = Seat(history, anywhere([server], "ws"), "FR", tokens["FR"], random.Random(1))
        client = await seat.connect()
        assert (await seat.press(client, ballot, str(uuid.uuid4()), "yes"))["type"] == "receipt"
        again = str(uuid.uuid4())
        for each in replicas:
            each.kill()
        answer = await seat.press(client, ballot, again, "no")
        assert (answer["type"], answer["reason"]) == ("refused", "unavailable")
        for each in replicas:
            await asyncio.to_thread(each.start)
        await asyncio.to_thread(watched.settle)
        async with asyncio.timeout(30):
            while answer["type"] == "refused":
                assert answer["reason"] == "unavailable"
                await asyncio.sleep(0.2)
                answer = await seat.press(client, ballot, again, "no")
        assert answer["n"] == 2
        await client.close()
        assert await operator.phase(ballot) == "open"
        await operator.command(ballot, "cancel", reason="the test is over")
