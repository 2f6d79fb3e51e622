"""Proofs in processes of their own: right, ended with the server, and asked again after a death."""

from __future__ import annotations

import asyncio
import os
import signal
from contextlib import suppress
from pathlib import Path

import pytest

from server.adapters.proof_pool import ProofPool
from server.ports import ProofsUnavailable
from server.secrecy.credential import new_credential
from server.secrecy.sealing import marks_of, seal
from tests.secrecy.elections import MOTION, election, rng
from tests.secrecy.forging import unproved


def children() -> set[int]:
    """The workers that this process has started and that are not gone."""
    started = Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()
    return {int(pid) for pid in started if b"spawn_main" in _line_of(pid)}


def _line_of(pid: str) -> bytes:
    with suppress(FileNotFoundError, ProcessLookupError):
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    return b""


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


async def test_a_pool_that_was_never_asked_starts_nothing() -> None:
    before = children()
    pool = ProofPool()
    await pool.aclose()
    assert children() == before
