"""The bare baseline of a commit: the same press script, on the same Redis, without a hall.

Rule: the same script, the same settings (so every reply waits for fsync), the same file on the
same disk, in the same run. The box has a prefix of its own; the hall never sees it. Where receipts
wait for replicas, so do single calls and groups; redis-benchmark waits for none.
"""

from __future__ import annotations

import asyncio
import re
import shutil
import socket
import subprocess
import time
import uuid
from collections.abc import Sequence
from pathlib import Path
from typing import Final
from urllib.parse import quote

import orjson

from server.adapters.redis_box import RedisBallotBox
from server.adapters.redis_box_calls import Argument, Replicas, Script
from server.cli.bench.failure import BenchFailed
from server.cli.bench.figures import Figures, spread
from server.ports import BoxOpening, NoBox, Right
from server.vocabulary import Disclosure

PREFIX: Final = "bench"
CLIENTS: Final = 50
PIPELINE: Final = 16
GROUP: Final = 100
DIGITS: Final = 12
"""How redis-benchmark writes a random number."""

FEWEST: Final = 1000
"""Members on the roll at least: redis-benchmark draws press_ids from as many numbers, thrice."""

ACCEPTED: Final = 0.9
"""The least part of the bare presses that must have been accepted as new."""

COLUMNS: Final = 7
"""What redis-benchmark tells after the name of the test: calls a second, then six latencies."""

PATIENCE: Final = 120.0


class BareRedis:
    """A box of its own on the hall's Redis, for one baseline. So many Members are on its roll, and
    so many replicas confirm a call."""

    def __init__(self, redis: Path, members: int, replicas: int = 0) -> None:
        self._redis = redis
        self._replicas = Replicas(replicas, f"{{{PREFIX}}}:confirmed")
        self._members = max(members, FEWEST)
        self._ballot = uuid.uuid4().hex
        self._script = Script.load("press")
        box = f"{{{PREFIX}}}:box:{self._ballot}"
        self._keys = (
            *(box, f"{box}|roll", f"{box}|votes", f"{box}|presses"),
            *(f"{{{PREFIX}}}:generations", f"{{{PREFIX}}}:revision", f"{box}|sealed"),
        )

    def measure(self, calls: int, groups: int, pipelined: int) -> Figures:
        """Single calls one after the other, groups, and a pipelined flood of single calls."""
        asyncio.run(self._open())
        try:
            with _Wire(self._redis, self._replicas) as wire:
                wire.call(("SCRIPT", "LOAD", self._script.text))
                single = [wire.call(self._press(1)) for _ in range(calls)]
                grouped = [wire.call(self._press(GROUP)) for _ in range(groups)]
                looks = [wire.call(("HGET", self._keys[0], "n")) for _ in range(calls)]
            flooded = self._pipelined(pipelined)
            asyncio.run(self._check(calls + groups * GROUP + pipelined))
            return {
                **spread("bare_call_ms", single, 1000.0),
                **spread("bare_group_ms", grouped, 1000.0),
                **spread("bare_look_ms", looks, 1000.0),
                "bare_single_per_s": calls / sum(single),
                "bare_grouped_per_s": groups * GROUP / sum(grouped),
                "bare_pipelined_per_s": flooded,
            }
        finally:
            asyncio.run(self._remove())

    # --- the box

    async def _open(self) -> None:
        roll = {_member(index): Right.ENTITLED for index in range(self._members)}
        box = self._box()
        try:
            await box.open(
                BoxOpening(
                    ballot=self._ballot,
                    fence=1,
                    incarnation=self._ballot,
                    choices=("yes", "no", "abstain"),
                    revocable=True,
                    disclosure=Disclosure.COUNTS,
                    seconds=None,
                    auto_close=False,
                    roll=roll,
                )
            )
        finally:
            await box.aclose()

    async def _check(self, presses: int) -> None:
        """See that the presses were accepted: refusals would be faster, and prove nothing."""
        box = self._box()
        try:
            state = await box.state(self._ballot)
        finally:
            await box.aclose()
        # redis-benchmark draws press_ids: a few come twice.
        if isinstance(state, NoBox) or state.n < ACCEPTED * presses:
            raise BenchFailed(f"the bare Redis did not accept its {presses} presses: {state}")

    async def _remove(self) -> None:
        box = self._box()
        try:
            await box.remove(self._ballot)
        finally:
            await box.aclose()

    def _box(self) -> RedisBallotBox:
        return RedisBallotBox.at("unix://" + quote(str(self._redis)), PREFIX)

    # --- presses

    def _press(self, size: int) -> tuple[str, ...]:
        presses: list[str | int] = []
        for index in range(size):
            member = _member((time.monotonic_ns() + index) % self._members)
            presses += (member, 1, str(uuid.uuid4()), "yes")
        return self._call(orjson.dumps(presses).decode())

    def _call(self, presses: str) -> tuple[str, ...]:
        return ("EVALSHA", self._script.sha, str(len(self._keys)), *self._keys, presses, "")

    def _pipelined(self, presses: int) -> float:
        """Presses a second of 50 clients with 16 calls under way each, one press a call."""
        program = shutil.which("redis-benchmark") or shutil.which("valkey-benchmark")
        if program is None:
            return asyncio.run(self._flood(presses))
        draw = "__rand_int__"
        call = self._call(f'["m{draw}",1,"{draw}{draw}{draw}","yes"]')
        done = subprocess.run(  # noqa: S603  # found on the PATH, our own arguments
            [
                program, "-s", str(self._redis), "-c", str(CLIENTS), "-P", str(PIPELINE),
                "-n", str(presses), "-r", str(self._members), "--csv", *call,
            ],
            capture_output=True, text=True, timeout=PATIENCE, check=False,
        )  # fmt: skip
        # The name of the test is our own call, whose quotes the program does not escape.
        told = re.findall(r'"([\d.]+)"', done.stdout.rpartition("EVALSHA")[2])
        if done.returncode != 0 or len(told) < COLUMNS:
            raise BenchFailed(f"{program} failed: {(done.stderr or done.stdout)[-500:]}")
        return float(told[-COLUMNS])

    async def _flood(self, presses: int) -> float:
        """The same where there is no redis-benchmark; Python may then be what limits it."""
        batches = max(1, presses // (CLIENTS * PIPELINE))

        async def client() -> None:
            reader, writer = await asyncio.open_unix_connection(str(self._redis))
            for _ in range(batches):
                writer.writelines(encoded(self._press(1)) for _ in range(PIPELINE))
                for _ in range(PIPELINE):
                    await read_reply(reader)
            writer.close()
            await writer.wait_closed()

        began = time.monotonic()
        async with asyncio.timeout(PATIENCE), asyncio.TaskGroup() as clients:
            for _ in range(CLIENTS):
                clients.create_task(client())
        return batches * CLIENTS * PIPELINE / (time.monotonic() - began)


class _Wire:
    """A blocking connection that carries one call at a time."""

    def __init__(self, redis: Path, replicas: Replicas) -> None:
        self._confirmed = b"".join(map(encoded, replicas.commands))
        self._replicas = replicas
        self._socket = socket.socket(socket.AF_UNIX)
        self._socket.settimeout(PATIENCE)
        self._socket.connect(str(redis))
        self._replies = self._socket.makefile("rb")

    def __enter__(self) -> _Wire:
        return self

    def __exit__(self, *_: object) -> None:
        self._replies.close()
        self._socket.close()

    def call(self, command: Sequence[str]) -> float:
        """Run a command, and wait for the replicas; how long it took, in seconds. Raises
        BenchFailed on an error reply."""
        sent = encoded(command) + self._confirmed
        began = time.monotonic()
        self._socket.sendall(sent)
        replies = [self._read() for _ in range(1 + len(self._replicas.commands))]
        took = time.monotonic() - began
        if self._confirmed and replies[-1] != b":%d\r\n" % self._replicas.wanted:
            raise BenchFailed(f"the replicas did not confirm a bare press: {replies[-1]!r}")
        return took

    def _read(self) -> bytes:
        """Read one reply to its end; its first line."""
        line = self._replies.readline()
        match _shape(line):
            case "bulk", size:
                self._replies.read(size + 2)
            case "list", size:
                for _ in range(size):
                    self._read()
            case _:
                pass  # the line was all
        return line


def encoded(command: Sequence[Argument]) -> bytes:
    """A command as Redis reads it (RESP 2)."""
    parts = [f"*{len(command)}\r\n".encode()]
    for word in command:
        data = str(word).encode()
        parts.append(b"$%d\r\n%b\r\n" % (len(data), data))
    return b"".join(parts)


async def read_reply(reader: asyncio.StreamReader) -> None:
    """Read one reply to its end. Raises BenchFailed on an error reply."""
    match _shape(await reader.readline()):
        case "bulk", size:
            await reader.readexactly(size + 2)
        case "list", size:
            for _ in range(size):
                await read_reply(reader)
        case _:
            return  # the line was all


def _shape(line: bytes) -> tuple[str, int]:
    match line[:1]:
        case b"$" if line != b"$-1\r\n":
            return "bulk", int(line[1:])
        case b"*":
            return "list", int(line[1:])
        case b"-" | b"":
            raise BenchFailed(f"Redis answered a bare press: {line.decode().strip() or 'nothing'}")
        case _:
            return "line", 0


def _member(index: int) -> str:
    return f"m{index:0{DIGITS}d}"
