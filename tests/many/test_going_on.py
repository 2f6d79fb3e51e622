"""Servers are killed, frozen or upgraded while seats vote at all of them: the hall goes on.

`HEMICYCLE_FAULT_ROUNDS` repeats every killing that often.
"""

from __future__ import annotations

import asyncio
import os
import random
import re
import signal
from pathlib import Path

import pytest

from server.adapters.redis_box_calls import connect
from tests.faults.stage import held_at
from tests.faults.tally import Tally
from tests.halls import HallProcess
from tests.history import History, check
from tests.history.bel import ballots_in
from tests.history.clients import Operator, Seat, voting, watching
from tests.history.sealing import Keyring, SealedSeat, keyrings, opened, scrutinising
from tests.many.conftest import Cluster, anywhere
from tests.many.test_upgrade import NEXT, THIS, next_package

pytestmark = [pytest.mark.postgres, pytest.mark.faults, pytest.mark.timeout(600)]

Two = tuple[HallProcess, HallProcess]

SEATS = 12
DISCLOSURES = ("counts", "individual", "turnout", "none")


@pytest.fixture(scope="module")
def rings(two: Two) -> tuple[Keyring, ...]:
    """Three scrutineers who have made the key, once for the module."""
    return keyrings(two[1])


async def test_a_killed_servers_seats_go_on_at_the_other(
    two: Two, rounds: int, tally: Tally
) -> None:
    for number in range(rounds):
        chance = random.Random(number)
        history = History()
        async with Operator(history, anywhere(two)) as operator:
            tokens = sorted((await operator.tokens()).items())[:SEATS]
            seats = [Seat(history, anywhere(two, "ws"), *each, chance) for each in tokens]
            display = await operator.display()
            ballot = await operator.open(disclosure=DISCLOSURES[number % len(DISCLOSURES)])
            async with (
                watching(history, anywhere(two, "ws"), "display", display),
                watching(history, anywhere(two[::-1], "ws"), "console", operator.token),
                voting(seats, ballot),
            ):
                for victim in chance.sample(two, k=min(2, rounds)):
                    await asyncio.gather(*(each.more(2) for each in seats))
                    victim.kill()
                    tally.hit("one of two servers killed")
                    async with asyncio.timeout(60):
                        await asyncio.gather(*(each.more(2) for each in seats))
                    await asyncio.to_thread(victim.start)
                assert await operator.phase(ballot) == "open"
            await operator.command(ballot, "close")
            await operator.command(ballot, "declare")
            report = check(
                history,
                {ballot: await operator.record(ballot)},
                known=await operator.known(),
                all_answered=True,
            )
        tally.add(report)
        assert not report.violations, str(report)
        assert report.receipts > 2 * SEATS


async def test_a_close_outlives_the_server_that_was_asked_for_it(
    two: Two, rounds: int, tally: Tally
) -> None:
    for number in range(rounds):
        chance = random.Random(number)
        victim, other = two if number % 2 else two[::-1]
        history = History()
        async with Operator(history, anywhere([other])) as operator:
            tokens = sorted((await operator.tokens()).items())[:4]
            seats = [Seat(history, anywhere([other], "ws"), *each, chance) for each in tokens]
            ballot = await operator.open()
            async with voting(seats, ballot):
                await asyncio.gather(*(each.more(1) for each in seats))
            # Two operators close at once, at two servers; one of the servers dies of it.
            async with Operator(history, anywhere([victim])) as colleague:
                asked = asyncio.create_task(colleague.ask_once(ballot, "close", f"there-{number}"))
                if number % 4 < 2:
                    closing = asyncio.create_task(operator.ask(ballot, "close"))
                await asyncio.sleep(chance.uniform(0.0, 0.05))
                victim.kill()
                tally.hit("one of two servers killed in a close")
                await asked
                if number % 4 < 2:
                    assert (await closing).status_code in (200, 409)
                else:
                    await operator.ask(ballot, "close")
            assert await operator.phase(ballot) == "closed"
            await operator.command(ballot, "declare")
            report = check(history, {ballot: await operator.record(ballot)}, all_answered=True)
        await asyncio.to_thread(victim.start)
        tally.add(report)
        assert not report.violations, str(report)


async def test_a_frozen_server_that_wakes_is_no_server_of_yesterday(
    two: Two, rounds: int, tally: Tally
) -> None:
    """Held for so long that the other took its seats and closed: it shows and takes nothing old."""
    frozen, other = two
    for number in range(rounds):
        history = History()
        async with Operator(history, lambda: other.url) as operator:
            tokens = sorted((await operator.tokens()).items())[:SEATS]
            chance = random.Random(number)
            here = [Seat(history, lambda: frozen.ws, *each, chance) for each in tokens]
            ballot = await operator.open()
            stopping = asyncio.Event()
            tasks = [asyncio.create_task(seat.run(ballot, stopping)) for seat in here]
            await asyncio.gather(*(each.more(1) for each in here))
            os.kill(frozen.pid, signal.SIGSTOP)
            tally.hit("one of two servers frozen")
            there = [
                Seat(history, lambda: other.ws, *each, chance, device=" (second device)")
                for each in tokens
            ]
            async with voting(there, ballot):
                await asyncio.gather(*(each.more(2) for each in there))
            await operator.command(ballot, "close")
            os.kill(frozen.pid, signal.SIGCONT)
            await asyncio.sleep(1.5)
            stopping.set()
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            await operator.command(ballot, "declare")
            report = check(history, {ballot: await operator.record(ballot)})
        tally.add(report)
        assert not report.violations, str(report)
        assert {code for seat in here for code in seat.closed_with} <= {
            4409,
            None,
            1006,
            1011,
            4000,
        }


async def test_sealed_ballots_whose_server_died_before_the_proof(
    two: Two, rings: tuple[Keyring, ...], rounds: int, tally: Tally
) -> None:
    """Received by one server, proved by the other: at the close, or for a seat that comes back."""
    for number in range(min(rounds, 4)):
        await received_by_the_dead(
            two, rings, tally, random.Random(number), closes_first=number % 2 == 0
        )


async def received_by_the_dead(
    two: Two,
    rings: tuple[Keyring, ...],
    tally: Tally,
    chance: random.Random,
    *,
    closes_first: bool,
) -> None:
    victim, other = two
    history = History()
    at = dict.fromkeys(("FR", "ES", "DE"), victim) | dict.fromkeys(("IT", "PT"), other)
    async with (
        Operator(history, lambda: other.url) as operator,
        scrutinising(history, lambda: other.url, rings) as scrutineers,
    ):

        def seat(member: str, token: str) -> SealedSeat:
            return SealedSeat(history, lambda: at[member].ws, member, token, chance)

        seats = [seat(*each) for each in (await operator.tokens(list(at))).items()]
        here = [each for each in seats if at[each.member] is victim]
        there = [each for each in seats if at[each.member] is other]
        ballot = await opened(operator, scrutineers, seats)
        await asyncio.gather(*(each.vote_once(ballot) for each in seats))
        # The next ballot of one proves nothing: the one before stays in force.
        here[0].spoilt = 1.0
        with held_at(victim.data):
            before = len(history.received)
            waiting = [asyncio.create_task(each.vote_once(ballot)) for each in here]
            async with asyncio.timeout(60):
                while len(history.received) < before + len(here):  # noqa: ASYNC110  # it tells nobody
                    await asyncio.sleep(0.02)
            await asyncio.gather(*(each.vote_once(ballot) for each in there))
            victim.kill()
            tally.hit("one of two servers killed with proofs queued", len(here))
            waiting[-1].cancel()  # this one never comes back
            if closes_first:
                await operator.command(ballot, "close")
            at |= dict.fromkeys(at, other)
        await asyncio.gather(*waiting[:-1])
        if not closes_first:
            await operator.command(ballot, "close")
        await scrutineers.open(ballot)
        await operator.command(ballot, "declare")
        record, raw = await operator.record(ballot), await operator.archive(ballot)
    await asyncio.to_thread(victim.start)
    async with Operator(History(), lambda: victim.url) as operator:
        assert await operator.archive(ballot) == raw
    report = check(history, {ballot: record}, archives={ballot: raw})
    tally.add(report)
    assert not report.violations, str(report)
    assert (report.presses, report.receipts, report.unknown) == (10, 8, 1)
    assert len(ballots_in(raw)) == 9
    assert {each.reason for each in history.refusals} == {"bad_proof"}


async def test_a_ballot_survives_a_rolling_upgrade(
    cluster: Cluster, two: Two, tmp_path: Path, tally: Tally
) -> None:
    """The last test here: it leaves servers of the next version."""
    next_version = next_package(tmp_path)
    history = History()
    chance = random.Random(1)
    async with Operator(history, anywhere(two)) as operator:
        tokens = sorted((await operator.tokens()).items())[:SEATS]
        seats = [Seat(history, anywhere(two, "ws"), *each, chance) for each in tokens]
        display = await operator.display()
        ballot = await operator.open(disclosure="individual")
        async with (
            watching(history, anywhere(two, "ws"), "display", display),
            voting(seats, ballot),
        ):
            for each in two:
                await asyncio.gather(*(seat.more(1) for seat in seats))
                assert await asyncio.to_thread(each.stop) == 0
                tally.hit("one of two servers upgraded")
                # The door before its stores is this version's; it stands in `tests`.
                path = f"{next_version}{os.pathsep}{Path(__file__).parents[2]}"
                each.environment |= {"PYTHONPATH": path, "PYTHONSAFEPATH": "1"}
                await asyncio.to_thread(each.start)
                # Old and new at once: commands and votes at both.
                await operator.command(ballot, "extend", seconds=60)
                async with asyncio.timeout(60):
                    await asyncio.gather(*(seat.more(2) for seat in seats))
        await operator.command(ballot, "close")
        await operator.command(ballot, "declare")
        # The next ballot is opened by the new scripts.
        other = await operator.open()
        async with voting(seats, other):
            await asyncio.gather(*(seat.more(1) for seat in seats))
        await operator.command(other, "close")
        await operator.command(other, "declare")
        records = {each: await operator.record(each) for each in (ballot, other)}
        report = check(history, records, all_answered=True)
    tally.add(report)
    assert not report.violations, str(report)
    redis = connect(cluster.redis)
    versions = {
        key.rsplit(b":", 1)[1].decode(): await redis.hget(key, "version")
        async for key in redis.scan_iter("*:box:*")
        if re.search(rb":box:[^|]*$", key)
    }
    await redis.aclose(close_connection_pool=True)
    assert (versions[ballot], versions[other]) == (THIS.encode(), NEXT.encode())
