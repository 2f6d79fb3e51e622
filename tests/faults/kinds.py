"""The faults of the schedules: each injects, sees that it hit, counts it, and heals.

Rule: a fault ends healed, so that any may follow any. `seconds` is how long the slow ones last: a
long schedule freezes for as long as the design says, a short one for as long as it takes to hit.
"""

from __future__ import annotations

import asyncio
import os
import random
import resource
import signal
import socket
import sqlite3
import uuid
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from tests.faults.redis_clock import LIBRARY, RedisClock
from tests.faults.tally import Tally
from tests.faults.wire import Link, Wire
from tests.halls import HallProcess
from tests.history import History
from tests.history.clients import Operator, Seat
from tests.processes import is_dead, is_stopped, provers, stopped

HOUR_MS: Final = 3_600_000

GIVEN_UP: Final = 60
"""Seconds in which a server has killed a process that checks no more proofs; 20 are its rule."""


@dataclass
class World:
    """A hall in which a ballot is open and seats vote through a wire."""

    folder: Path
    hall: HallProcess
    wire: Wire
    history: History
    operator: Operator
    seats: list[Seat]
    ballot: str
    chance: random.Random
    tally: Tally
    seconds: float
    redis_clock: RedisClock | None = None

    @property
    def where(self) -> Callable[[], str]:
        return lambda: self.hall.url


async def kill_server(world: World) -> None:
    world.hall.kill()
    world.tally.hit("server killed")
    await asyncio.to_thread(world.hall.start)


async def kill_redis(world: World) -> None:
    await _kill_redis(world)
    world.tally.hit("Redis killed")


async def kill_both(world: World) -> None:
    redis = world.hall.redis_pid()
    os.kill(redis, signal.SIGKILL)
    world.hall.kill()
    world.tally.hit("server and Redis killed")
    await asyncio.to_thread(world.hall.start)


async def tear_the_tail(world: World) -> None:
    """Both die, and the last bytes that Redis wrote are gone: the last write is lost."""
    redis = world.hall.redis_pid()
    world.hall.kill()
    os.kill(redis, signal.SIGKILL)
    await dead(redis)
    (file,) = (world.hall.data / "redis" / "appendonlydir").glob("*.incr.aof")
    os.truncate(file, max(0, file.stat().st_size - world.chance.randint(1, 40)))
    world.history.tears.append(world.history.clock())
    world.tally.hit("last write torn off Redis's file")
    await asyncio.to_thread(world.hall.start)
    # Whoever holds a receipt that is lost says so on coming back.
    await asyncio.sleep(1.5)
    if await world.operator.phase(world.ballot) == "in_doubt":
        await world.operator.command(world.ballot, "resume", reason="a vote was lost")


async def freeze_redis(world: World) -> None:
    await _freeze(world, world.hall.redis_pid())
    world.tally.hit("Redis frozen")


async def freeze_server(world: World) -> None:
    await _freeze(world, world.hall.pid)
    world.tally.hit("server frozen")


async def fill_redis_disk(world: World) -> None:
    """Redis's file can grow no more: it dies in mid-write, as `appendfsync always` demands."""
    redis = world.hall.redis_pid()
    (file,) = (world.hall.data / "redis" / "appendonlydir").glob("*.incr.aof")
    _limit(redis, file.stat().st_size + world.chance.randint(0, 200))
    await dead(redis)
    world.tally.hit("disk of Redis full")


async def fill_journal_disk(world: World) -> None:
    """The server's files can grow no more: a command is answered `unavailable`, then done."""
    _limit(world.hall.pid, 1024)
    key = f"full-{uuid.uuid4()}"
    answer = await world.operator.ask_once(world.ballot, "extend", key, seconds=1)
    _limit(world.hall.pid, None)
    assert answer is not None
    assert answer.status_code == 503, answer.text
    world.tally.hit("disk of the journal full")
    again = await world.operator.ask(world.ballot, "extend", key, seconds=1)
    assert again.status_code == 200, again.text


async def lock_journal(world: World) -> None:
    """Another program holds the journal while a command comes in."""
    other = sqlite3.connect(
        world.hall.data / "hall.sqlite3",
        isolation_level=None,
        timeout=20,
        check_same_thread=False,
    )
    await asyncio.to_thread(other.execute, "BEGIN IMMEDIATE")
    asking = asyncio.create_task(world.operator.command(world.ballot, "extend", seconds=1))
    await asyncio.sleep(world.seconds)
    assert not asking.done()
    other.execute("ROLLBACK")
    other.close()
    await asking
    world.tally.hit("journal locked")


async def jump_clock(world: World) -> None:
    """The server's clock is an hour fast, then an hour slow; Redis's says when a ballot ends."""
    for wrong in (HOUR_MS, -HOUR_MS, 0):
        (world.folder / "clock").write_text(str(wrong))
        await world.operator.command(world.ballot, "last_call")
        world.tally.hit("server's clock jumped")


async def jump_redis_clock(world: World) -> None:
    """Redis's clock is an hour fast, then an hour slow, then right; seats vote meanwhile."""
    assert world.redis_clock is not None
    for wrong in (HOUR_MS, -HOUR_MS, 0):
        await world.redis_clock.jump(wrong // 1000, world.hall.data)
        world.tally.hit("Redis's clock jumped")
        await asyncio.gather(*(seat.more(2) for seat in world.seats))
        await world.operator.command(world.ballot, "last_call")


async def cut_mid_frame(world: World) -> None:
    await _on_the_wire(world, world.wire.cut_mid_frame, "connection cut in mid-frame")


async def hold_the_wire(world: World) -> None:
    await _on_the_wire(world, world.wire.hold, "connection half-open")


async def slow_the_wire(world: World) -> None:
    links = world.wire.slow(0.3)
    world.tally.hit("slow reader", len(links))
    await asyncio.sleep(world.seconds)
    for link in links:
        link.delay = 0


async def repeat_presses(world: World) -> None:
    links = world.wire.repeat()
    await _until(lambda: not any(link.repeat for link in links if link in world.wire.links()))
    world.tally.hit("frame duplicated on the wire", sum(not link.repeat for link in links))


async def delay_presses(world: World) -> None:
    """Presses reach the hall when their seats have gone, and perhaps come back and pressed."""
    links = world.wire.keep()
    await _until(lambda: all(link.kept for link in links if link in world.wire.links()))
    delivered = world.wire.deliver(links)
    world.tally.hit("press delivered late and out of order", delivered)


async def second_device(world: World) -> None:
    """Another device comes with a seat's token and votes; the first comes back and votes on."""
    first = world.chance.choice(world.seats)
    other = first.another_device(lambda: world.hall.ws)
    before = first.connections
    await other.vote_once(world.ballot)
    await _until(lambda: first.connections > before)
    world.tally.hit("seat taken over by another device")


async def kill_prover(world: World) -> None:
    """A process that checks the proofs of sealed ballots dies."""
    await _until(lambda: bool(provers(world.hall.pid)))
    victim = provers(world.hall.pid)[0]
    os.kill(victim, signal.SIGKILL)
    await dead(victim)
    world.tally.hit("process that checks proofs killed")


async def freeze_prover(world: World) -> None:
    """A process that checks proofs stands still, until the server gives it up and kills it."""
    await _until(lambda: bool(provers(world.hall.pid)))
    with stopped(provers(world.hall.pid)[:1]) as (victim,):
        await dead(victim, GIVEN_UP)
    world.tally.hit("process that checks proofs frozen")


async def never_read(world: World) -> None:
    """Clients that say hello and read nothing, while the hall goes on."""
    with ExitStack() as stack:
        for _ in range(20):
            deaf = stack.enter_context(socket.create_connection(_address(world.hall)))
            deaf.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            deaf.sendall(upgrade("display") + text_frame(hello(world.operator.token)))
        world.tally.hit("client that never reads", 20)
        await asyncio.gather(*(seat.more(2) for seat in world.seats))


async def interrupt(world: World) -> None:
    """Not a fault, but what operators do while others happen."""
    await world.operator.command(world.ballot, "suspend", reason="a point of order")
    await world.operator.command(world.ballot, "resume", reason="it is settled")


Fault = Callable[[World], Awaitable[None]]

FAULTS: Final[dict[str, Fault]] = {
    fault.__name__: fault
    for fault in (
        kill_server,
        kill_redis,
        kill_both,
        freeze_redis,
        freeze_server,
        fill_redis_disk,
        fill_journal_disk,
        lock_journal,
        jump_clock,
        cut_mid_frame,
        hold_the_wire,
        slow_the_wire,
        repeat_presses,
        delay_presses,
        second_device,
        never_read,
        interrupt,
        tear_the_tail,
    )
}


if LIBRARY is not None:
    FAULTS[jump_redis_clock.__name__] = jump_redis_clock

SEALED_FAULTS: Final = FAULTS | {fault.__name__: fault for fault in (kill_prover, freeze_prover)}
"""Those of a secret ballot."""


def hello(token: str) -> str:
    """The first frame."""
    return f'{{"type":"hello","protocol":1,"token":"{token}"}}'


def upgrade(path: str) -> bytes:
    """The request that opens a WebSocket, written by hand: ten thousand of them are cheap."""
    return (
        f"GET /ws/v1/{path} HTTP/1.1\r\nHost: hall\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"
    ).encode()


def text_frame(text: str) -> bytes:
    """A short text frame as clients send it, masked with zeros (RFC 6455, 5.2 and 5.3)."""
    payload = text.encode()
    assert len(payload) < 65536
    length = (
        bytes([0x80 | len(payload)])
        if len(payload) < 126
        else bytes([0x80 | 126]) + len(payload).to_bytes(2)
    )
    return b"\x81" + length + bytes(4) + payload


def _address(hall: HallProcess) -> tuple[str, int]:
    """Where it is spoken to in the clear."""
    found = urlsplit(hall.url)
    assert found.hostname is not None
    assert found.port is not None
    return found.hostname, found.port


async def _freeze(world: World, pid: int) -> None:
    os.kill(pid, signal.SIGSTOP)
    try:
        await _until(lambda: is_stopped(pid))
        await asyncio.sleep(world.seconds)
    finally:
        os.kill(pid, signal.SIGCONT)


async def _on_the_wire(world: World, strike: Callable[[], list[Link]], kind: str) -> None:
    """Strike every connection; a hit is one that its seat has left for a new one."""
    before = sum(seat.connections for seat in world.seats)
    links = strike()
    await _until(lambda: sum(seat.connections for seat in world.seats) >= before + len(links))
    for link in links:
        link.open.set()
        link.abort()
    world.tally.hit(kind, len(links))


async def _kill_redis(world: World) -> None:
    redis = world.hall.redis_pid()
    os.kill(redis, signal.SIGKILL)
    await dead(redis)


async def dead(pid: int, seconds: float = 30) -> None:
    """Wait until a process is gone."""
    await _until(lambda: is_dead(pid), seconds)


async def _until(reached: Callable[[], bool], seconds: float = 30) -> None:
    async with asyncio.timeout(seconds):
        while not reached():  # noqa: ASYNC110  # processes and links tell nobody
            await asyncio.sleep(0.01)


def _limit(pid: int, size: int | None) -> None:
    """Let a process write no file beyond this size: what a full disk does, for one process."""
    _, hard = resource.prlimit(pid, resource.RLIMIT_FSIZE)
    soft = hard if size is None else size
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (soft, hard))


async def go_through(world: World, faults: Sequence[str], of: Mapping[str, Fault]) -> None:
    """One fault after the other; before each and after the last, every seat votes once more."""
    for fault in faults:
        async with asyncio.timeout(90):
            await asyncio.gather(*(seat.more(1) for seat in world.seats))
            await of[fault](world)
    async with asyncio.timeout(90):
        await asyncio.gather(*(seat.more(1) for seat in world.seats))
