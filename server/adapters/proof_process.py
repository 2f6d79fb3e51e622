"""One process that checks proofs, and how it is asked.

Rule: it has a socket of its own, and answers in order. It shares no lock, queue or thread with
another process, so that nothing but itself can hold it up, nor it another. An answer is waited for
with patience, counted from the answer before it: a process that shows no progress for so long is
stuck, or frozen, and is killed (SIGKILL ends one that is stopped, too). However it ends, those who
wait for it hear that nothing is known. Each answer names its question, so that no verdict is taken
for another's.
"""

from __future__ import annotations

import asyncio
import contextlib
import multiprocessing
import os
import signal
import socket
import traceback
from itertools import count
from multiprocessing.process import BaseProcess
from typing import Final, Self

import orjson

from server.ports import ProofsUnavailable
from server.secrecy.admission import proofs_hold
from server.secrecy.election import read_election

NICENESS: Final = 5
"""How far a worker steps back behind the server on the same cores."""

TOLD: Final = 8_000
"""How many characters are told of what went wrong in a process: the last ones."""

_DIED: Final = "a process that checks proofs died"
_SPAWN: Final = multiprocessing.get_context("spawn")


class ProofProcess:
    """A process that checks proofs, one after the other; `owes` is how many it was asked for."""

    def __init__(
        self, process: BaseProcess, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        self.owes = 0
        self._process = process
        self._reader = reader
        self._writer = writer
        self._numbers = count()
        self._turn = asyncio.Lock()
        """Of those who wait for an answer: it comes to them in the order in which they asked."""

    @classmethod
    async def start(cls) -> Self:
        """Start one; it needs a second or so until it answers. Raises ProofsUnavailable where the
        machine has no room for it."""
        try:
            ours, theirs = socket.socketpair()
            with theirs:  # the process has a copy, so that the connection ends when it does
                reader, writer = await asyncio.open_connection(sock=ours)
                # Daemonic: should nobody end it, the interpreter does, instead of waiting for it.
                process = _SPAWN.Process(target=_work, args=(theirs,), daemon=True)
                try:
                    process.start()
                except BaseException:
                    writer.transport.abort()
                    raise
        except OSError as refused:
            raise ProofsUnavailable(f"no process to check proofs: {refused}") from refused
        return cls(process, reader, writer)

    async def ask(self, election: str, text: str, patience: float) -> bool:
        """Whether the proofs of a sealed ballot hold. Raises ProofsUnavailable if the process ends,
        or shows no progress for `patience` seconds, which ends it. What was asked is worked out
        also where nobody waits for it any more."""
        if self._writer.is_closing():
            raise ProofsUnavailable(_DIED)  # those who wait for it hear it, too
        number = next(self._numbers)
        # Never waited for: a process that reads nothing more must not hold up who asks.
        self._writer.write(orjson.dumps([number, election, text]) + b"\n")
        self.owes += 1
        try:
            async with self._turn:
                verdict = await self._answer(number, patience)
        except TimeoutError as late:
            self._kill()
            raise ProofsUnavailable(
                f"a process that checks proofs said nothing for {patience:g} s and was killed"
            ) from late
        except OSError as died:
            self._kill()
            raise ProofsUnavailable(_DIED) from died
        finally:
            self.owes -= 1
        if not isinstance(verdict, bool):
            raise RuntimeError(f"a proof could not be checked: {verdict}")
        return verdict

    def has_ended(self) -> bool:
        """Whether it has gone, perhaps while nothing was asked of it."""
        gone = self._writer.is_closing() or self._reader.at_eof()
        if gone:
            self._kill()
        return gone

    async def end(self) -> None:
        """Kill it, and wait until it is gone."""
        self._kill()
        await asyncio.to_thread(self._process.join)

    def _kill(self) -> None:
        self._process.kill()
        self._writer.transport.abort()

    async def _answer(self, number: int, patience: float) -> bool | str:
        while True:
            answered, verdict = orjson.loads(await self._line(patience))
            if answered == number:
                return verdict  # type: ignore[no-any-return]  # `_work` wrote it
            # Else it is the answer to somebody who has ceased to wait.

    async def _line(self, patience: float) -> bytes:
        # In halves: should the loop itself stand still for as long, as in a server that was frozen,
        # it hears in the second half what was said meanwhile.
        for _ in range(2):
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(patience / 2):
                    line = await self._reader.readline()
                    if not line.endswith(b"\n"):
                        raise ConnectionResetError(_DIED)
                    return line
        raise TimeoutError


def _work(asked: socket.socket) -> None:
    """In the process: leave Ctrl-C to the server, step back, and answer until the server ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    os.nice(NICENESS)
    with contextlib.suppress(ConnectionError), asked, asked.makefile("rb") as questions:
        for question in questions:
            number, election, text = orjson.loads(question)
            asked.sendall(orjson.dumps([number, _verdict(election, text)]) + b"\n")


def _verdict(election: str, text: str) -> bool | str:
    """Whether the proofs hold; text says what went wrong, which nothing should."""
    try:
        return proofs_hold(read_election(election), text)
    except Exception:
        return traceback.format_exc()[-TOLD:]
