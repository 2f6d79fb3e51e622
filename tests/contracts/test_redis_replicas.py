"""A Redis with a replica: what is told is what the replica has, also when a network parts the two.

Redis counts a replica as connected for up to a minute after its last word, so that a wait for
replicas which concerns nothing new ends at once. Who asks again, or only reads, must not be told
what would be gone with this Redis, or what another one, which took its place, knows better.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest

from server.adapters.redis_box import RedisBallotBox
from server.adapters.redis_server import find_server
from server.ports import Accepted, BoxPhase, StoreUnavailable
from tests.contracts.box_worlds import look, one, opening, press
from tests.contracts.real_redis import RealRedis, free_port
from tests.faults.wire import Wire

Question = Callable[[RedisBallotBox], Awaitable[object]]

PARTED = r"0 of 1 replicas"


class Pair:
    """A Redis and its replica, and what lies between the two."""

    def __init__(self, folder: Path, port: int, network: Wire) -> None:
        self.network = network
        for name in ("primary", "replica"):
            (folder / name).mkdir()
        swift = (
            *("--repl-diskless-sync-delay", "0", "--shutdown-timeout", "0"),
            *("--shutdown-on-sigterm", "force"),  # also while a replica writes its first file
        )
        self.primary = RealRedis(find_server(), folder / "primary", *swift, "--port", str(port))
        self.replica = RealRedis(
            find_server(), folder / "replica", *swift, "--replicaof", f"127.0.0.1 {network.port}"
        )
        self.box = self._at_primary()
        self.copy = RedisBallotBox.at(self.replica.url, "hall")

    def _at_primary(self) -> RedisBallotBox:
        return RedisBallotBox.at(self.primary.url, "hall", wait_replicas=1)

    async def tells_nothing(self, question: Question) -> None:
        """Another server asks, on connections that have written nothing."""
        box = self._at_primary()
        with pytest.raises(StoreUnavailable, match=PARTED):
            await question(box)
        await box.aclose()

    async def start(self) -> None:
        for each in (self.primary, self.replica):
            await asyncio.to_thread(each.start)
        async with asyncio.timeout(30):
            while True:  # the replica takes its first copy
                with contextlib.suppress(StoreUnavailable):
                    await self.box.open(opening())
                    return

    def promote(self) -> None:
        """What a fail-over does; the old primary hears nothing of it."""
        with self.replica.client() as client:
            client.replicaof("NO", "ONE")

    async def stop(self) -> None:
        await self.box.aclose()
        await self.copy.aclose()
        for each in (self.replica, self.primary):
            await asyncio.to_thread(each.stop)


@pytest.fixture
async def pair(tmp_path: Path) -> AsyncIterator[Pair]:
    port = free_port()
    async with Wire(lambda: port) as network:
        pair = Pair(tmp_path, port, network)
        try:
            await pair.start()
            yield pair
        finally:
            await pair.stop()


async def test_replicas_confirm_or_the_effect_is_unknown(pair: Pair) -> None:
    assert isinstance(await one(pair.box, press()), Accepted)
    assert set(await pair.copy.votes("b-1")) == {"AF"}
    with pytest.raises(StoreUnavailable, match=r"READONLY|read only"):
        await pair.copy.bump()
    assert await pair.box.erase("b-2") == 1, "it has files of its own"
    pair.replica.kill()
    with pytest.raises(StoreUnavailable, match=PARTED):
        await pair.box.press("b-1", [press("BE")])


async def test_a_primary_that_has_become_a_replica_tells_nothing(pair: Pair) -> None:
    """It answers who reads, and what is published there; it cannot wait for replicas."""
    with pair.primary.client() as client:
        client.replicaof("127.0.0.1", 1)  # where nobody is
    for question in (
        lambda: pair.box.votes("b-1"),
        lambda: pair.box.raise_revision(0),
        lambda: pair.box.press("b-1", [press()]),
    ):
        with pytest.raises(StoreUnavailable, match=r"READONLY|read only|used with replica"):
            await question()


async def test_what_is_only_read_waits_for_no_disk(pair: Pair) -> None:
    await pair.box.press("b-1", [press()])
    with pair.primary.client() as client:
        written = client.info("persistence")["aof_current_size"]
        for _ in range(5):
            assert set(await pair.box.votes("b-1")) == {"AF"}
        assert client.info("persistence")["aof_current_size"] == written


async def test_a_press_that_is_sent_again_has_its_receipt_when_the_replica_has_it(
    pair: Pair,
) -> None:
    pair.network.part()
    for _ in range(3):
        with pytest.raises(StoreUnavailable, match=PARTED):
            await pair.box.press("b-1", [press()])
    assert await pair.copy.votes("b-1") == {}
    pair.network.join()
    async with asyncio.timeout(30):
        while True:
            with contextlib.suppress(StoreUnavailable):
                answer = await one(pair.box, press())
                break
    assert isinstance(answer, Accepted)
    assert set(await pair.copy.votes("b-1")) == {"AF"}


async def test_a_box_that_was_replaced_says_nothing_more(pair: Pair) -> None:
    """The old primary has latched; who believes it would journal a close without the votes that
    the new one takes."""
    assert isinstance(await one(pair.box, press()), Accepted)
    pair.network.part()
    pair.promote()
    assert isinstance(await one(pair.copy, press("BE")), Accepted)
    with pytest.raises(StoreUnavailable, match=PARTED):
        await pair.box.close("b-1")
    questions: tuple[Question, ...] = (
        lambda box: box.close("b-1"),
        lambda box: box.state("b-1"),
        lambda box: box.votes("b-1"),
        lambda box: box.held_presses([("b-1", "BE", "p1")]),
        lambda box: box.raise_revision(0),
        lambda box: box.press("b-1", [press()]),
    )
    await asyncio.gather(*(pair.tells_nothing(ask) for ask in questions))
    assert (await look(pair.copy)).phase is BoxPhase.OPEN
