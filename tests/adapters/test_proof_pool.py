"""Proofs in processes of their own: right, ended with the server, and asked again after a death.

A process that is frozen is really stopped (SIGSTOP), and killed by whoever waits for it.
"""

from __future__ import annotations

import asyncio
import os
import resource
import signal
import sys
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress

import pytest

from server.adapters.proof_pool import ProofPool
from server.ports import ProofsUnavailable
from server.secrecy.credential import new_credential
from server.secrecy.sealing import marks_of, seal
from tests.processes import is_dead, provers, stopped
from tests.secrecy.elections import MOTION, election, rng
from tests.secrecy.forging import unproved
from tests.waiting import until

SOON = 4.0
"""The patience of the pools here, in seconds: a process may need two or three to begin."""

HELD = election(MOTION)


def ballots() -> tuple[str, str]:
    """A sealed ballot whose proofs hold, and one whose proofs do not."""
    random = rng(3)
    credential = new_credential(random)
    good = seal(HELD, credential, marks_of(MOTION, [1]), random).text
    return good, unproved(credential, good, random)


GOOD, BAD = ballots()

SERVER = """
import asyncio, sys
from server.adapters.proof_pool import ProofPool

async def main():
    pool = ProofPool(1)
    while True:
        await asyncio.gather(*(pool.hold(*sys.argv[1:]) for _ in range(8)))
        print("asked", flush=True)

asyncio.run(main())
"""
"""A program that is never done with its proofs."""


def children() -> set[int]:
    """The workers that this process has started and that are not gone."""
    return set(provers(os.getpid()))


@contextmanager
def no_more_files() -> Iterator[None]:
    """This process may open nothing: the machine has no room."""
    most, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (3, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))


@asynccontextmanager
async def working(
    workers: int, patience: float = SOON
) -> AsyncIterator[tuple[ProofPool, set[int]]]:
    """A pool whose processes have all begun, and their pids."""
    before = children()
    pool = ProofPool(workers, patience)
    try:
        async with asyncio.timeout(60):
            while len(children() - before) < workers:
                await asyncio.gather(*(pool.hold(HELD.text, GOOD) for _ in range(4 * workers)))
        yield pool, children() - before
    finally:
        async with asyncio.timeout(20):
            await pool.aclose()


async def until_lost(pool: ProofPool, election: str, text: str) -> None:
    """Ask until the pool has noticed that its worker is gone."""
    for _ in range(100):
        await pool.hold(election, text)
        await asyncio.sleep(0.05)


async def test_what_holds_and_what_does_not_and_nothing_is_left_behind() -> None:
    random, held, before = rng(3), election(MOTION), children()
    credential = new_credential(random)
    texts = [seal(held, credential, marks_of(MOTION, [at]), random).text for at in range(3)]
    bad = unproved(credential, texts[0], random)
    pool = ProofPool(1)
    try:
        verdicts = await asyncio.gather(*(pool.hold(held.text, text) for text in (*texts, bad)))
        assert verdicts == [True, True, True, False]
        workers = children() - before
        assert workers
    finally:
        await pool.aclose()
    assert not workers & children()


async def test_a_worker_that_dies_leaves_the_proof_unknown_and_the_next_one_is_made() -> None:
    random, held = rng(3), election(MOTION)
    text = seal(held, new_credential(random), marks_of(MOTION, [1]), random).text
    pool = ProofPool(1)
    try:
        before = children()
        assert await pool.hold(held.text, text)
        for pid in children() - before:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        with pytest.raises(ProofsUnavailable):
            await until_lost(pool, held.text, text)
        assert await pool.hold(held.text, text)
    finally:
        await pool.aclose()


async def test_a_worker_that_is_killed_at_work_takes_few_proofs_along() -> None:
    async with working(1) as (pool, workers):
        (worker,) = workers
        asked = [asyncio.create_task(pool.hold(HELD.text, GOOD)) for _ in range(100)]
        await asyncio.sleep(0.05)
        os.kill(worker, signal.SIGKILL)
        told = await asyncio.gather(*asked, return_exceptions=True)
        lost = [each for each in told if isinstance(each, ProofsUnavailable)]
        assert 1 <= len(lost) <= 2
        assert told.count(True) == len(told) - len(lost)


async def test_workers_that_died_with_nothing_to_do_cost_no_proof() -> None:
    async with working(2) as (pool, workers):
        for worker in workers:
            os.kill(worker, signal.SIGKILL)
        await until(lambda: not workers & children())
        await asyncio.sleep(0.05)  # the loop hears that their sockets have ended
        assert await asyncio.gather(*(pool.hold(HELD.text, GOOD) for _ in range(4))) == [True] * 4


async def test_where_there_is_no_room_for_another_the_one_that_lives_goes_on() -> None:
    async with working(2) as (pool, workers):
        victim = min(workers)
        os.kill(victim, signal.SIGKILL)
        await until(lambda: victim not in children())
        await asyncio.sleep(0.05)
        with no_more_files():
            held = await asyncio.gather(*(pool.hold(HELD.text, GOOD) for _ in range(6)))
        assert held == [True] * 6
        assert children() & workers == workers - {victim}


async def test_a_pool_that_was_never_asked_starts_nothing() -> None:
    before = children()
    pool = ProofPool()
    await pool.aclose()
    assert children() == before


async def test_a_frozen_worker_is_killed_and_the_next_proof_is_made_by_another() -> None:
    async with working(1) as (pool, workers):
        (worker,) = workers
        with stopped([worker]):
            async with asyncio.timeout(30):
                with pytest.raises(ProofsUnavailable):
                    await pool.hold(HELD.text, GOOD)
                await until(lambda: is_dead(worker))
                assert await pool.hold(HELD.text, GOOD)
                assert not await pool.hold(HELD.text, BAD)
        assert worker not in children()


async def test_while_one_of_two_is_frozen_the_other_goes_on() -> None:
    async with working(2) as (pool, workers):
        stuck, well = workers
        with stopped([stuck]):
            async with asyncio.timeout(60):
                asked = [pool.hold(HELD.text, GOOD) for _ in range(40)]
                told = await asyncio.gather(*asked, return_exceptions=True)
                # What it was handed is unknown, and nothing else; that is little.
                lost = [each for each in told if isinstance(each, ProofsUnavailable)]
                assert 1 <= len(lost) <= 4
                assert told.count(True) == len(told) - len(lost)
                await until(lambda: is_dead(stuck))
                assert all(await asyncio.gather(*(pool.hold(HELD.text, GOOD) for _ in range(40))))
        assert well in children()


async def test_two_that_are_frozen_are_both_given_up() -> None:
    async with working(2) as (pool, workers):
        one, other = workers
        with stopped([one, other]):
            async with asyncio.timeout(60):
                asked = [pool.hold(HELD.text, GOOD) for _ in range(2)]
                told = await asyncio.gather(*asked, return_exceptions=True)
                assert [type(each) for each in told] == [ProofsUnavailable] * 2
                await until(lambda: is_dead(one) and is_dead(other))
                assert await pool.hold(HELD.text, GOOD)


async def test_a_long_queue_that_goes_on_is_not_given_up() -> None:
    """The last of these waits for longer than any pool waits for one that makes no progress."""
    clock = asyncio.get_running_loop().time
    async with working(1) as (pool, workers):
        waited, together = 0.0, 100
        while waited <= SOON:
            began = clock()
            verdicts = await asyncio.gather(*(pool.hold(HELD.text, GOOD) for _ in range(together)))
            assert all(verdicts)
            waited, together = clock() - began, 2 * together
        assert workers <= children()


async def test_a_worker_is_not_blamed_for_a_loop_that_stood_still() -> None:
    """As when the whole server was frozen: what the worker has said meanwhile is heard."""
    async with working(1) as (pool, workers):
        asked = asyncio.create_task(pool.hold(HELD.text, GOOD))
        await asyncio.sleep(0.001)
        time.sleep(SOON + 1)  # noqa: ASYNC251  # the loop is to stand still
        assert await asked
        assert workers <= children()


async def test_a_pool_with_a_frozen_worker_ends_and_so_do_those_who_wait_for_it() -> None:
    before = children()
    async with working(1, 1000.0) as (pool, workers):
        (worker,) = workers
        with stopped([worker]):
            # More than a socket or a pipe takes of what nobody reads.
            big = GOOD + " " * 1_000_000
            asked = [asyncio.create_task(pool.hold(HELD.text, big)) for _ in range(10)]
            await asyncio.sleep(0.1)
            async with asyncio.timeout(20):
                await pool.aclose()
                told = await asyncio.gather(*asked, return_exceptions=True)
            assert [type(each) for each in told] == [ProofsUnavailable] * 10
            assert is_dead(worker)
    assert children() <= before


async def test_a_pool_that_has_ended_starts_nothing() -> None:
    async with working(1) as (pool, _):
        pass
    before = children()
    with pytest.raises(ProofsUnavailable):
        await pool.hold(HELD.text, GOOD)
    assert children() == before


async def test_who_stops_waiting_takes_nobody_elses_verdict_along() -> None:
    async with working(1) as (pool, workers):
        for _ in range(20):
            given_up = asyncio.create_task(pool.hold(HELD.text, GOOD))
            others = [asyncio.create_task(pool.hold(HELD.text, BAD)) for _ in range(3)]
            await asyncio.sleep(0.002)
            given_up.cancel()
            assert await asyncio.gather(*others) == [False] * 3
        assert workers <= children()


async def test_what_is_no_election_is_told_and_the_next_proof_is_made() -> None:
    async with working(1) as (pool, workers):
        with pytest.raises(Exception, match="election"):
            await pool.hold("no election", GOOD)
        assert await pool.hold(HELD.text, GOOD)
        assert workers <= children()


async def test_where_there_is_no_room_for_a_process_nothing_is_known() -> None:
    before = children()
    pool = ProofPool(1)
    with no_more_files(), pytest.raises(ProofsUnavailable):
        await pool.hold(HELD.text, GOOD)
    assert children() == before
    try:
        assert await pool.hold(HELD.text, GOOD)
    finally:
        await pool.aclose()


async def test_the_workers_of_a_program_that_is_killed_end() -> None:
    program = await asyncio.create_subprocess_exec(
        sys.executable, "-c", SERVER, HELD.text, GOOD, stdout=asyncio.subprocess.PIPE
    )
    assert program.stdout is not None
    assert await program.stdout.readline() == b"asked\n"
    (worker,) = provers(program.pid)
    program.kill()
    await program.wait()
    await until(lambda: is_dead(worker))
