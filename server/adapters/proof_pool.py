"""Proofs of sealed ballots, checked by processes of their own.

Rule: the hall's loop never does this arithmetic: a proof takes ten milliseconds, and a press must
not wait for another's. The processes are started when the first proof is asked for, work with a
lower priority than the server, and end when it does, however it ends.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import signal
import threading
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool

from server.ports import ProofsUnavailable
from server.secrecy.admission import proofs_hold
from server.secrecy.election import read_election

NICENESS = 5
"""How far a worker steps back behind the server on the same cores."""


def usual_workers() -> int:
    """One for each core but the server's own; at least one."""
    return max(1, len(os.sched_getaffinity(0)) - 1)


class ProofPool:
    """`server.ports.Proofs` over a pool of processes."""

    def __init__(self, workers: int | None = None) -> None:
        self._workers = workers or usual_workers()
        self._pool: ProcessPoolExecutor | None = None

    async def hold(self, election: str, text: str) -> bool:
        """Whether every proof of a sealed ballot holds. May raise ProofsUnavailable."""
        if self._pool is None:
            self._pool = ProcessPoolExecutor(
                self._workers,
                mp_context=multiprocessing.get_context("spawn"),
                initializer=_begin,
            )
        pool = self._pool
        try:
            loop = asyncio.get_running_loop()
            return await loop.run_in_executor(pool, _hold, election, text)
        except BrokenProcessPool as broken:
            # A worker died, and the pool with it: the next proof is asked of a new one.
            if self._pool is pool:
                self._pool = None
            pool.shutdown(wait=False, cancel_futures=True)
            raise ProofsUnavailable("a process that checks proofs died") from broken

    async def aclose(self) -> None:
        """End the processes; what they have not begun is dropped."""
        pool, self._pool = self._pool, None
        if pool is not None:
            await asyncio.to_thread(pool.shutdown, wait=True, cancel_futures=True)


def _hold(election: str, text: str) -> bool:
    return proofs_hold(read_election(election), text)


def _begin() -> None:
    """In a worker: leave Ctrl-C to the server, step back, and end with the server."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    os.nice(NICENESS)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
