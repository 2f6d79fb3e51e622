"""Proofs of sealed ballots, checked by processes of their own.

Rule: the hall's loop never does this arithmetic: a proof takes ten milliseconds, and a press must
not wait for another's. The processes are started when the first proofs are asked for, work with a
lower priority than the server, and end when it does, however it ends.

A queue may be long, and is never given up for that. Each process is judged by itself: who makes no
progress for `PATIENCE` seconds, while a proof is asked of it, is killed, and only the proofs that
it was handed are unknown: `AHEAD` at most. The queue goes on with the others, and with a new one in
its place. It is not `concurrent.futures`: there a frozen process may hold a lock that all others
need, is known to the pool alone, and keeps the server from ending.
"""

from __future__ import annotations

import asyncio
import os
from typing import Final

from server.adapters.proof_process import ProofProcess
from server.ports import ProofsUnavailable

PATIENCE: Final = 20.0
"""For how many seconds a process may make no progress. A proof takes ten milliseconds, on a machine
with too much to do perhaps a second, and the first one of a process a few: it has to begin."""

AHEAD: Final = 2
"""How many proofs a process is handed: the one that it checks, and the next, so that it need not
wait for the server's loop in between."""


def usual_workers() -> int:
    """One for each core but the server's own; at least one."""
    return max(1, len(os.sched_getaffinity(0)) - 1)


class ProofPool:
    """`server.ports.Proofs` over a pool of processes."""

    def __init__(self, workers: int | None = None, patience: float = PATIENCE) -> None:
        self._most = workers or usual_workers()
        self._patience = patience
        self._processes: list[ProofProcess] = []
        self._turns = asyncio.Semaphore(AHEAD * self._most)
        """The queue, first in, first out."""
        self._choosing = asyncio.Lock()
        """Held while one process is started, so that nobody starts another in the same place."""
        self._has_ended = False

    async def hold(self, election: str, text: str) -> bool:
        """Whether every proof of a sealed ballot holds. May raise ProofsUnavailable."""
        async with self._turns:
            process = await self._chosen()
            try:
                return await process.ask(election, text, self._patience)
            except ProofsUnavailable:
                if process in self._processes:  # two may hear of its end
                    self._processes.remove(process)
                raise

    async def aclose(self) -> None:
        """End the processes, whatever they do; who waits for a proof hears that it is unknown."""
        async with self._choosing:
            self._has_ended = True
            processes, self._processes = self._processes, []
        await asyncio.gather(*(each.end() for each in processes))

    async def _chosen(self) -> ProofProcess:
        """A process that has nothing to do, a new one, or one that has the least to do.

        Whoever has a turn finds one that was handed less than it may be.
        """
        async with self._choosing:
            if self._has_ended:
                raise ProofsUnavailable("nobody checks proofs any more: the server ends")
            self._processes = [each for each in self._processes if not each.has_ended()]
            may_start = len(self._processes) < self._most
            if may_start and all(each.owes for each in self._processes):
                try:
                    self._processes.append(await ProofProcess.start())
                except ProofsUnavailable:
                    if not self._processes:
                        raise
            return min(self._processes, key=lambda each: each.owes)
