"""A Redis on another machine, which is spoken to in TLS."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import pytest

from server.adapters.redis_box import RedisBallotBox
from server.adapters.redis_server import find_server
from server.cli.bench.certificate import write_certificate
from server.ports import Accepted, StoreUnavailable
from tests.contracts.box_worlds import opening, press
from tests.contracts.real_redis import RealRedis
from tests.faults.wire import Wire


@pytest.fixture
async def certificate(tmp_path: Path) -> Path:
    return write_certificate(tmp_path / "redis.pem")


@pytest.fixture
async def door(tmp_path: Path, certificate: Path) -> AsyncIterator[Wire]:
    """Before a Redis of ours, which speaks no TLS by itself."""
    redis = RealRedis(find_server(), tmp_path)
    own = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    own.load_cert_chain(certificate)
    async with Wire(lambda: tmp_path / "s", own=own) as wire:
        await asyncio.to_thread(redis.start)
        try:
            yield wire
        finally:
            await asyncio.to_thread(redis.stop)


@asynccontextmanager
async def box_at(url: str) -> AsyncIterator[RedisBallotBox]:
    box = RedisBallotBox.at(url, "hall")
    try:
        yield box
    finally:
        await box.aclose()


async def test_votes_go_to_who_is_trusted(door: Wire, certificate: Path) -> None:
    async with box_at(f"rediss://127.0.0.1:{door.port}?ssl_ca_certs={certificate}") as box:
        await box.open(opening())
        await box.press("b-1", [press()])
        for link in door.links():
            link.abort()
        for ask in (lambda: box.press("b-1", [press("BE")]), lambda: box.votes("b-1")):
            with suppress(StoreUnavailable):  # that its connection has ended may not be known yet
                await ask()
        answers = (await box.press("b-1", [press("AF"), press("BE")])).outcomes
        assert all(isinstance(each, Accepted) for each in answers)
        assert set(await box.votes("b-1")) == {"AF", "BE"}


async def test_nothing_is_told_to_who_is_not(door: Wire) -> None:
    async with box_at(f"rediss://127.0.0.1:{door.port}") as box:
        with pytest.raises(StoreUnavailable, match="certificate verify failed"):
            await box.open(opening())
        with pytest.raises(StoreUnavailable, match="certificate verify failed"):
            await box.press("b-1", [press()])
